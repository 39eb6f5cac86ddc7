"""A forgotten password: a link by mail, for those who work here, once and for a short time."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from offices.models import PasswordRequest, User
from offices.roles import Role
from tests.factories import UserFactory, member, regency_office

pytestmark = pytest.mark.django_db
OLD, NEW = "kata-sandi-yang-lama", "kata-sandi-yang-baru"


@pytest.fixture
def editor():
    user = member(Role.EDITOR, regency_office(), username="redaktur", name="Andi Contoh", email="andi@example.org")
    user.set_password(OLD)
    user.save()
    return user


@pytest.fixture(autouse=True)
def background(settings):
    """Background work is done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def ask(identity, **headers):
    return Client(**headers).post("/akun/lupa/", {"identity": identity})


def link_in(message):
    return re.search(r"http://testserver(/akun/lupa/\S+)", message.body)[1]


def use(link, password=NEW):
    """Follow `link` in a new browser and set a password there."""
    browser = Client()
    form = browser.get(link, follow=True)
    answer = browser.post(form.request["PATH_INFO"], {"new_password1": password, "new_password2": password})
    return form, answer


def signed_in(password, username="redaktur"):
    browser = Client()
    browser.post("/admin/login/", {"username": username, "password": password})
    return browser if SESSION_KEY in browser.session else None


@pytest.mark.parametrize("identity", ["redaktur", "andi@example.org", "Andi@Example.ORG"])
def test_a_link_is_mailed_to_the_stored_address(editor, identity):
    assert ask(identity)["Location"] == "/akun/lupa/terkirim/"
    assert [message.to for message in mail.outbox] == [["andi@example.org"]]
    assert "Yth. Andi Contoh," in mail.outbox[0].body
    assert "redaktur" in mail.outbox[0].body
    assert "selama 2 jam." in mail.outbox[0].body


def test_the_request_itself_sends_nothing_so_that_its_time_tells_nothing(editor, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    ask("redaktur")
    assert mail.outbox == []
    queued = DBTaskResult.objects.get()
    assert queued.args_kwargs["args"] == ["redaktur", "http://testserver/"]


def test_the_request_costs_the_same_whether_or_not_there_is_an_account(editor, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with CaptureQueriesContext(connection) as known:
        ask("redaktur")
    with CaptureQueriesContext(connection) as unknown:
        ask("tidak-ada")
    assert len(known) == len(unknown)


def test_the_link_sets_a_password_once(editor):
    ask("redaktur")
    link = link_in(mail.outbox[0])
    form, answer = use(link)
    assert "redaktur" in form.content.decode()
    assert answer["Location"] == "/admin/login/"
    assert signed_in(NEW)
    assert not signed_in(OLD)

    form, _answer = use(link, "kata-sandi-ketiga")
    assert "Tautan ini tidak berlaku lagi." in form.content.decode()
    assert signed_in(NEW)


def test_the_link_expires(editor, settings):
    ask("redaktur")
    settings.PASSWORD_RESET_TIMEOUT = -1
    form, _answer = use(link_in(mail.outbox[0]))
    assert "Tautan ini tidak berlaku lagi." in form.content.decode()
    assert signed_in(OLD)


def test_a_weak_password_is_refused(editor):
    ask("redaktur")
    _form, answer = use(link_in(mail.outbox[0]), "12345678")
    assert answer.status_code == 200
    assert signed_in(OLD)


def test_a_new_password_ends_the_sessions_and_the_wait(editor):
    elsewhere = signed_in(OLD)
    for _time in range(5):
        signed_in("salah")
    assert not signed_in(OLD)
    ask("redaktur")
    use(link_in(mail.outbox[0]))
    assert elsewhere.get("/admin/").status_code == 302
    assert SESSION_KEY not in elsewhere.session
    assert signed_in(NEW)


def closed(editor):
    User.objects.filter(pk=editor.pk).update(is_active=False)


def left(editor):
    editor.memberships.update(ends_on=timezone.localdate())


def without_address(editor):
    User.objects.filter(pk=editor.pk).update(email="")


@pytest.mark.parametrize("change", [closed, left, without_address, User.delete])
def test_nobody_learns_whether_there_is_an_account(editor, change):
    known = ask("redaktur")
    if change is User.delete:
        other = "tidak-ada"
    else:
        change(editor)
        other = "redaktur"
    mail.outbox.clear()
    unknown = ask(other)
    assert (known.status_code, known["Location"], known.content) == (
        unknown.status_code,
        unknown["Location"],
        unknown.content,
    )
    assert mail.outbox == []


def test_accounts_that_share_an_address_each_get_their_own_link(editor):
    member(Role.WRITER, regency_office("73.71"), username="penulis", email="andi@example.org")
    UserFactory(username="tamu", email="andi@example.org")
    ask("andi@example.org")
    assert sorted(re.search(r"akun (\S+) di", message.body)[1] for message in mail.outbox) == ["penulis", "redaktur"]


def test_an_account_gets_few_mails_in_an_hour_and_the_answer_stays_the_same(editor):
    answers = {(answer.status_code, answer["Location"]) for answer in (ask("redaktur") for _time in range(5))}
    assert answers == {(302, "/akun/lupa/terkirim/")}
    assert len(mail.outbox) == 3
    PasswordRequest.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    ask("redaktur")
    assert len(mail.outbox) == 4


def test_an_address_asks_few_times_in_an_hour(editor, settings):
    settings.PASSWORD_RESET_LIMITS = {"account": 3, "address": 2}
    assert [ask(f"orang{number}", REMOTE_ADDR="192.0.2.1").status_code for number in range(3)] == [302, 302, 429]
    assert ask("redaktur", REMOTE_ADDR="192.0.2.2").status_code == 302
    assert len(mail.outbox) == 1


def test_old_requests_are_swept(editor):
    ask("redaktur")
    PasswordRequest.objects.update(asked_at=timezone.now() - timedelta(days=2))
    ask("tidak-ada")
    assert PasswordRequest.objects.count() == 1


@pytest.mark.parametrize("identity", ["", "x" * 255, "a\x00b"])
def test_what_can_be_no_name_is_refused(identity):
    assert ask(identity).status_code == 200
    assert not PasswordRequest.objects.exists()


def test_the_sign_in_page_leads_to_the_link(client):
    assert 'href="/akun/lupa/"' in client.get("/admin/login/").content.decode()


def test_changing_ones_password_keeps_this_session_and_ends_the_others(editor):
    here, elsewhere = signed_in(OLD), signed_in(OLD)
    page = here.get("/admin/password_change/")
    assert page.status_code == 200
    answer = here.post("/admin/password_change/", {"old_password": OLD, "new_password1": NEW, "new_password2": NEW})
    assert answer["Location"] == "/admin/password_change/done/"
    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302
    assert SESSION_KEY not in elsewhere.session


def test_the_old_password_cannot_be_guessed_at_in_an_open_session(editor, settings):
    settings.SIGN_IN_LIMITS = {"account_and_address": 3, "address": 30, "account": 50}
    browser, new = signed_in(OLD), {"new_password1": NEW, "new_password2": NEW}
    guesses = [browser.post("/admin/password_change/", {"old_password": "salah", **new}) for _time in range(3)]
    assert [answer.status_code for answer in guesses] == [200, 200, 429]
    assert browser.post("/admin/password_change/", {"old_password": OLD, **new}).status_code == 429
    AccessAttempt.objects.all().delete()
    assert not signed_in(NEW)
    assert browser.post("/admin/password_change/", {"old_password": OLD, **new}).status_code == 302


def test_a_password_given_by_a_manager_ends_the_sessions(editor):
    elsewhere, manager = signed_in(OLD), Client()
    manager.force_login(member(Role.MANAGER, regency_office()))
    manager.post(f"/admin/offices/user/{editor.pk}/password/", {"new_password1": NEW, "new_password2": NEW})
    assert elsewhere.get("/admin/").status_code == 302
    assert signed_in(NEW)
