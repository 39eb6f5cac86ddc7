"""Invitations: who sends them, that a link works once, and that nobody learns who has an account."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from offices.invitations import (
    MOST_LETTERS,
    MOST_UNANSWERED,
    accept,
    accept_with_new_account,
    invitation_behind,
    invite,
    link_to,
    resend,
    revoke,
    send_letter,
)
from offices.memberships import end_membership
from offices.models import Entry, Invitation, Kind, Membership, User
from offices.roles import Role
from tests.factories import UserFactory, member, ministry, province_office, regency_office

pytestmark = pytest.mark.django_db
PASSWORD = "kata-sandi-yang-panjang"
REQUEST = RequestFactory().get("/")


@pytest.fixture
def manager():
    return member(Role.MANAGER, regency_office(), name="Manajer Contoh")


@pytest.fixture
def invitation(manager):
    return invite("Siti Baru", "siti@example.org", regency_office(), Role.WRITER, by=manager)


def path_to(invitation):
    return link_to(invitation, REQUEST).removeprefix("http://testserver")


def with_account(email="siti@example.org", **fields):
    user = UserFactory(email=email, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def new_account(client, url, username="siti", password=PASSWORD):
    return client.post(url, {"username": username, "password1": password, "password2": password})


def test_the_letter_tells_who_invites_to_what_and_for_how_long(invitation):
    assert send_letter(invitation, REQUEST)
    letter = mail.outbox[0]
    assert letter.to == ["siti@example.org"]
    for word in ("Siti Baru", "Manajer Contoh", "Penulis", "satu kali"):
        assert word in letter.body
    assert invitation_behind(re.search(r"http://testserver/undangan/([^/]+)/", letter.body)[1]) == invitation
    assert "<" not in letter.body


def test_a_stranger_opens_an_account_and_the_membership_begins(client, invitation):
    url = path_to(invitation)
    page = client.get(url)
    assert page.status_code == 200
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("same-origin", "noindex")
    assert "no-store" in page["Cache-Control"]
    assert not User.objects.filter(email="siti@example.org").exists()
    assert new_account(client, url).status_code == 302
    user = User.objects.get(username="siti")
    assert (user.name, user.email, user.is_staff, user.check_password(PASSWORD)) == (
        "Siti Baru",
        "siti@example.org",
        True,
        True,
    )
    membership = user.memberships.get()
    assert (membership.office, membership.role, membership.starts_on) == (
        regency_office(),
        "writer",
        timezone.localdate(),
    )
    assert "_auth_user_id" not in client.session


def test_a_link_works_once(client, invitation):
    url = path_to(invitation)
    new_account(client, url)
    assert client.get(url).status_code == 404
    assert new_account(client, url, "orang.lain").status_code == 404
    assert not User.objects.filter(username="orang.lain").exists()


def test_one_who_reads_the_mailbox_and_has_an_account_accepts_with_its_password(client, invitation):
    user = with_account(email="Siti@Example.org")
    url = path_to(invitation)
    assert user.username in client.get(url).content.decode()
    assert client.post(url, {"account": user.pk, "password": "salah"}).status_code == 400
    assert not user.memberships.exists()
    assert client.post(url, {"account": user.pk, "password": PASSWORD}).status_code == 302
    assert user.memberships.get().office == regency_office()
    assert User.objects.filter(email__iexact="siti@example.org").count() == 1


def test_an_account_with_another_mailbox_cannot_be_chosen(client, invitation):
    with_account()
    other = with_account(email="lain@example.org")
    assert client.post(path_to(invitation), {"account": other.pk, "password": PASSWORD}).status_code == 400
    with pytest.raises(PermissionDenied):
        accept(invitation, other)
    assert not Membership.objects.filter(user=other).exists()


@pytest.mark.parametrize("how", ["forged", "altered", "expired", "revoked", "replaced", "nonsense"])
def test_a_link_that_opens_nothing_answers_the_same_for_every_reason(client, invitation, manager, how):
    url = path_to(invitation)
    if how == "forged":
        url = reverse("invitation", args=["WzEsIngiXQ:1tP:abc"])
    elif how == "altered":
        url = url[:-2] + "x/" if url[-2] != "x" else url[:-2] + "y/"
    elif how == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    elif how == "revoked":
        revoke(invitation, by=manager)
    elif how == "replaced":
        resend(invitation, by=manager)
    else:
        url = reverse("invitation", args=["%00"])
    answers = [client.get(url), new_account(client, url)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "tidak berlaku lagi" in answers[0].content.decode()
    assert not User.objects.filter(username="siti").exists()


def test_a_new_letter_opens_the_same_invitation(client, invitation, manager):
    renewed = resend(invitation, by=manager)
    assert invitation_behind(path_to(renewed).split("/")[2]) == invitation
    assert new_account(client, path_to(renewed)).status_code == 302


def test_an_invitation_dies_with_the_right_to_grant(client, invitation, manager):
    administrator = member(Role.ADMINISTRATOR, ministry())
    end_membership(Membership.objects.get(user=manager), by=administrator)
    response = new_account(client, path_to(invitation))
    assert response.status_code == 400
    assert "tidak dapat dipenuhi" in response.content.decode()
    assert not User.objects.filter(username="siti").exists()


@pytest.mark.parametrize("password", ["pendek", "1234567890123", "siti-baru-siti"])
def test_a_weak_password_opens_nothing(client, invitation, password):
    assert new_account(client, path_to(invitation), "siti-baru-siti", password).status_code == 400
    assert not User.objects.filter(username="siti-baru-siti").exists()


def test_a_taken_username_is_said_to_who_holds_the_link(client, invitation):
    UserFactory(username="siti", email="")
    taken = new_account(client, path_to(invitation))
    assert taken.status_code == 400
    assert "Nama pengguna ini sudah dipakai. Pilih yang lain." in taken.content.decode()
    assert new_account(client, path_to(invitation), "siti.b").status_code == 302


def test_one_who_holds_the_role_already_cannot_accept(client, invitation):
    user = with_account()
    Membership.objects.create(user=user, office=regency_office(), role=Role.WRITER)
    response = client.post(path_to(invitation), {"account": user.pk, "password": PASSWORD})
    assert response.status_code == 400
    assert "sudah memegang" in response.content.decode()
    assert Invitation.objects.get().is_open


@pytest.mark.parametrize("role", ["writer", "editor", "supervisor", "curator", "auditor"])
def test_only_managers_and_administrators_invite(role):
    place = {"supervisor": province_office, "curator": ministry, "auditor": ministry}.get(role, regency_office)
    person = member(Role(role), place())
    with pytest.raises(PermissionDenied):
        invite("Siti", "siti@example.org", regency_office(), Role.WRITER, by=person)
    assert not Invitation.objects.exists()


def test_a_manager_invites_to_the_own_newsroom_alone(manager):
    for office, role in ((regency_office("73.05"), Role.WRITER), (regency_office(), Role.SUPERVISOR)):
        with pytest.raises(PermissionDenied):
            invite("Siti", "siti@example.org", office, role, by=manager)


def test_nobody_invites_themselves(manager):
    with pytest.raises(ValidationError, match="diri sendiri"):
        invite("Saya", manager.email.upper(), regency_office(), Role.EDITOR, by=manager)


def test_the_same_mailbox_is_invited_once_at_a_time(manager, invitation):
    with pytest.raises(ValidationError, match="Kirim ulang"):
        invite("Siti", "SITI@example.org", regency_office(), Role.WRITER, by=manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            name="Siti",
            email="Siti@example.org",
            office=regency_office(),
            role="writer",
            invited_by=manager,
            expires_at=timezone.now(),
        )
    revoke(invitation, by=manager)
    assert invite("Siti", "SITI@example.org", regency_office(), Role.WRITER, by=manager).is_open


def test_an_office_does_not_flood_mailboxes(manager):
    for number in range(MOST_UNANSWERED):
        invite("Orang", f"orang-{number}@example.org", regency_office(), Role.WRITER, by=manager)
    with pytest.raises(ValidationError, match="Terlalu banyak"):
        invite("Orang", "satu-lagi@example.org", regency_office(), Role.WRITER, by=manager)


def test_a_manager_of_another_office_neither_revokes_nor_resends(invitation):
    stranger = member(Role.MANAGER, regency_office("73.05"))
    for verb in (revoke, resend):
        with pytest.raises(PermissionDenied):
            verb(invitation, by=stranger)
    assert invitation_behind(path_to(invitation).split("/")[2]) == invitation


def test_what_was_answered_is_neither_revoked_nor_sent_again(client, invitation, manager):
    new_account(client, path_to(invitation))
    for verb in (revoke, resend):
        with pytest.raises(ValidationError, match="sudah dijawab"):
            verb(invitation, by=manager)


def test_every_act_is_recorded_and_no_link_is_kept(client, invitation, manager):
    send_letter(resend(invitation, by=manager), REQUEST)
    link = re.search(r"/undangan/([^/]+)/", mail.outbox[0].body)[1]
    new_account(client, f"/undangan/{link}/")
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-4:] == [
        Kind.INVITED,
        Kind.INVITED,
        Kind.MEMBERSHIP_GRANTED,
        Kind.INVITATION_ACCEPTED,
    ]
    kept = "".join(str(row) for row in Entry.objects.values_list())
    assert link not in kept
    assert Invitation.objects.get().nonce not in kept
    assert "siti@example.org" not in kept


@pytest.mark.parametrize("known", [True, False])
def test_the_newsroom_answers_the_same_whether_the_mailbox_has_an_account(client, manager, known):
    if known:
        with_account()
    client.force_login(manager)
    form = {"name": "Siti", "email": "siti@example.org", "office": regency_office().pk, "role": "editor"}
    response = client.post(reverse("admin:offices_invitation_add"), form)
    assert (response.status_code, response["Location"]) == (302, reverse("admin:offices_invitation_changelist"))
    assert [letter.to for letter in mail.outbox] == [["siti@example.org"]]
    page = client.get(response["Location"]).content.decode()
    assert "Undangan dikirim ke siti@example.org." in page
    assert "Menunggu jawaban" in page


def test_a_letter_that_is_not_taken_is_said(client, manager, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client.force_login(manager)
    form = {"name": "Siti", "email": "siti@example.org", "office": regency_office().pk, "role": "editor"}
    response = client.post(reverse("admin:offices_invitation_add"), form)
    assert "suratnya tidak terkirim" in client.get(response["Location"]).content.decode()
    assert Invitation.objects.get().is_open


def test_a_letter_that_is_not_taken_again_is_said_and_the_invitation_waits(client, manager, invitation, settings):
    client.force_login(manager)
    url = reverse("admin:offices_invitation_resend", args=[invitation.pk])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = client.post(url, follow=True).content.decode()
    assert "suratnya tidak terkirim" in page
    assert "Undangan dikirim ulang" not in page
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert "Undangan dikirim ulang" in client.post(url, follow=True).content.decode()
    [letter] = mail.outbox
    assert invitation_behind(re.search(r"http://testserver/undangan/([^/]+)/", letter.body)[1]) == invitation


def test_a_letter_that_cannot_be_written_is_none(invitation):
    invitation.email = "siti@example.org\nBcc: x@example.org"
    assert not send_letter(invitation, REQUEST)
    assert mail.outbox == []


def test_a_mailbox_gets_so_many_letters_an_hour_and_no_more(client, manager, invitation):
    for _number in range(MOST_LETTERS - 1):
        resend(invitation, by=manager)
    before = Invitation.objects.get().nonce
    client.force_login(manager)
    resent = client.post(reverse("admin:offices_invitation_resend", args=[invitation.pk]), follow=True)
    assert "sudah dikirimi 5 surat dalam satu jam" in resent.content.decode()
    assert (Invitation.objects.get().nonce, mail.outbox) == (before, [])

    revoke(invitation, by=manager)
    anew = {"name": "Siti", "email": "SITI@example.org", "office": regency_office().pk, "role": "editor"}
    assert "5 surat" in client.post(reverse("admin:offices_invitation_add"), anew).content.decode()
    invite("Budi", "budi@example.org", regency_office(), Role.WRITER, by=manager)

    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=True):
        assert invite("Siti", "siti@example.org", regency_office(), Role.WRITER, by=manager).is_open


def test_letters_of_one_office_do_not_use_up_those_of_another(manager, invitation):
    for _number in range(MOST_LETTERS - 1):
        resend(invitation, by=manager)
    other = regency_office("73.05")
    invite("Siti", "siti@example.org", other, Role.WRITER, by=member(Role.MANAGER, other))


@pytest.mark.parametrize("page", ["invitation", "membership", "user"])
def test_a_manager_of_one_office_need_not_choose_it(client, manager, page):
    client.force_login(manager)
    form = client.get(reverse(f"admin:offices_{page}_add")).context["adminform"].form
    assert form.initial["office"] == regency_office().pk


def test_buttons_send_again_and_take_back(client, manager, invitation):
    client.force_login(manager)
    page = client.get(reverse("admin:offices_invitation_change", args=[invitation.pk])).content.decode()
    for verb in ("resend", "revoke"):
        url = reverse(f"admin:offices_invitation_{verb}", args=[invitation.pk])
        assert url in page
        assert client.get(url).status_code == 400
        assert client.post(url).status_code == 302
    assert len(mail.outbox) == 1
    assert Invitation.objects.get().revoked_at
    assert client.post(url).status_code == 302
    assert "sudah dijawab" in client.get(reverse("admin:offices_invitation_changelist")).content.decode()


def test_an_expired_invitation_is_shown_as_such(client, manager, invitation):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    client.force_login(manager)
    assert "Lewat waktu" in client.get(reverse("admin:offices_invitation_changelist")).content.decode()


def test_who_accepted_is_told_under_words_that_say_so(client, manager, invitation):
    client.force_login(manager)
    url = reverse("admin:offices_invitation_change", args=[invitation.pk])
    waiting = client.get(url).content.decode()
    assert "Diterima oleh:" in waiting
    assert "None" not in waiting
    accept_with_new_account(invitation, username="siti", password=PASSWORD)
    assert client.get(url).content.decode().count("Siti Baru") > waiting.count("Siti Baru")
