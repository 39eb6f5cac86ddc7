"""The audit trail: what is written into whose book, and that nothing in it is changed or gives a secret away."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from news.models import Tag
from offices.memberships import grant_membership
from offices.models import Entry, Kind, Membership, User
from offices.models.records import AppendOnlyError
from offices.roles import Role
from offices.trail import network_of, record
from tests.factories import (
    AppointmentFactory,
    MembershipFactory,
    PhotoFactory,
    PositionFactory,
    UserFactory,
    member,
    ministry,
    regency_office,
)

pytestmark = pytest.mark.django_db
PASSWORD = "kata-sandi-yang-panjang"


@pytest.fixture
def siti():
    person = member(Role.WRITER, regency_office(), username="siti", name="Siti")
    person.set_password(PASSWORD)
    person.save()
    return person


def books(**wanted):
    """The offices in whose books such entries stand; None is the centre's own."""
    return sorted(Entry.objects.filter(**wanted).values_list("office", flat=True), key=str)


def told(kind):
    return Entry.objects.filter(kind=kind).get()


def test_an_entry_is_never_changed_nor_deleted():
    record(Kind.CHANGED, name="Apa saja")
    entry = Entry.objects.get()
    entry.note = "Lain"
    for act in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(note="Lain")):
        with pytest.raises(AppendOnlyError):
            act()
    assert list(Entry.objects.values_list("note", flat=True)) == [""]


def test_what_belongs_to_an_office_stands_in_its_book():
    record(Kind.CHANGED, thing=PositionFactory(office=regency_office()))
    assert books() == [regency_office().pk]


def test_what_concerns_two_offices_stands_in_both_books():
    term = AppointmentFactory(position=PositionFactory(office=regency_office()))
    AppointmentFactory(official=term.official, position=PositionFactory(office=regency_office("73.05")))
    record(Kind.CHANGED, thing=term.official)
    assert books() == sorted([regency_office().pk, regency_office("73.05").pk], key=str)


def test_what_belongs_to_no_office_stands_in_the_centres_book():
    record(Kind.CHANGED, thing=Tag.objects.create(name="humas"))
    assert books() == [None]


def test_a_person_stands_in_the_books_of_the_present_offices_or_else_of_the_former(siti):
    old = MembershipFactory(user=siti, office=regency_office("73.05"), ends_on=timezone.localdate())
    record(Kind.CHANGED, about=siti)
    assert books(kind=Kind.CHANGED) == [regency_office().pk]

    Membership.objects.exclude(pk=old.pk).update(ends_on=timezone.localdate())
    record(Kind.SIGN_IN_FAILED, about=siti)
    assert books(kind=Kind.SIGN_IN_FAILED) == sorted([regency_office().pk, old.office_id], key=str)


def test_too_long_a_name_is_cut_and_a_nul_left_out():
    record(Kind.CHANGED, name="a\x00" * 400, note="b\x00" * 900)
    entry = Entry.objects.get()
    assert (entry.thing_name, entry.note) == ("a" * 200, "b" * 500)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1234:5678::1", "2001:db8:1234::/48"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_of_an_address_only_its_network_is_kept(address, network):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_a_sign_in_is_recorded_with_its_network(client, siti):
    client.post(
        reverse("admin:login"), {"username": "siti", "password": PASSWORD, "next": "/admin/"}, REMOTE_ADDR="203.0.113.7"
    )
    entry = told(Kind.SIGNED_IN)
    assert (entry.actor, entry.person, entry.office, entry.address) == (siti, siti, regency_office(), "203.0.113.0/24")


def test_a_failed_sign_in_is_recorded_for_whom_it_was_tried(client, siti):
    client.post(reverse("admin:login"), {"username": "siti", "password": "salah sama sekali"})
    entry = told(Kind.SIGN_IN_FAILED)
    assert (entry.actor, entry.person, entry.office) == (None, siti, regency_office())


@pytest.mark.parametrize("typed", ["kata-sandi-di-tempat-yang-salah", "x" * 60, "siti "])
def test_a_name_that_nobody_has_is_not_kept(typed):
    assert authenticate(RequestFactory().get("/"), username=typed, password="apa saja") is None
    entry = told(Kind.SIGN_IN_FAILED)
    assert (entry.person, entry.office, entry.thing_name, entry.note) == (None, None, "", "")


def test_a_granted_membership_is_recorded_once(client):
    manager = member(Role.MANAGER, regency_office())
    client.force_login(manager)
    person = MembershipFactory(office=regency_office(), ends_on=timezone.localdate()).user
    form = {"user": person.pk, "office": regency_office().pk, "role": "editor", "starts_on": timezone.localdate()}
    Entry.objects.all()._raw_delete(using="default")
    assert client.post(reverse("admin:offices_membership_add"), form).status_code == 302
    entry = Entry.objects.get()
    assert (entry.kind, entry.actor, entry.person, entry.note) == (
        Kind.MEMBERSHIP_GRANTED,
        manager,
        person,
        "Redaktur",
    )
    assert entry.thing_key == str(Membership.objects.get(role="editor").pk)


def test_an_admin_form_leaves_the_names_of_what_it_changed_and_no_value(client):
    client.force_login(member(Role.MANAGER, regency_office()))
    person = member(Role.WRITER, regency_office(), username="budi", name="Budi")
    form = {"username": "budi", "name": "Budi Baru", "email": "rahasia@example.org", "is_active": "on"}
    client.post(reverse("admin:offices_user_change", args=[person.pk]), form)
    entry = told(Kind.CHANGED)
    assert (entry.thing_model, entry.thing_key, entry.office) == ("offices.user", str(person.pk), regency_office())
    assert "Surel" in entry.note
    assert "rahasia" not in entry.note + entry.thing_name


def test_an_article_is_remembered_by_its_headline(client):
    from tests.architecture.scope_world import rows_of
    from tests.factories import RubricFactory

    writer = member(Role.WRITER, regency_office())
    client.force_login(writer)
    form = {"office": regency_office().pk, "headline": "Judul baru", "body": "", "rubric": RubricFactory().pk}
    for prefix in ("photos", "mentions", "quotes", "picks"):
        form |= rows_of(prefix)
    assert client.post(reverse("admin:news_article_add"), form).status_code == 302
    entry = told(Kind.ADDED)
    assert (entry.thing_model, entry.thing_name, entry.office) == ("news.article", "Judul baru", regency_office())


def test_an_uploaded_file_is_recorded():
    photo = PhotoFactory(regency_office(), title="Rapat")
    entry = told(Kind.UPLOADED)
    assert (entry.thing_model, entry.thing_name, entry.actor) == ("news.photo", "Rapat", photo.uploaded_by)


def test_a_changed_password_is_recorded_without_it(client, siti):
    client.force_login(siti)
    new = "kata-sandi-yang-lebih-panjang"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(reverse("admin:password_change"), {**form, "new_password2": "lain"}).status_code == 200
    assert not Entry.objects.filter(kind=Kind.PASSWORD_CHANGED).exists()
    assert client.post(reverse("admin:password_change"), form).status_code == 302
    entry = told(Kind.PASSWORD_CHANGED)
    assert (entry.actor, entry.person, entry.office) == (siti, siti, regency_office())
    assert new not in "".join(str(value) for value in Entry.objects.values_list())


def test_a_password_set_by_a_manager_is_recorded(client, siti):
    manager = member(Role.MANAGER, regency_office())
    client.force_login(manager)
    form = {"new_password1": "kata-sandi-lain-lagi", "new_password2": "kata-sandi-lain-lagi"}
    assert client.post(reverse("admin:offices_user_password", args=[siti.pk]), form).status_code == 302
    entry = told(Kind.PASSWORD_CHANGED)
    assert (entry.actor, entry.person, entry.office) == (manager, siti, regency_office())


def test_a_command_records_without_an_actor():
    person = User.objects.create_user("admin", name="Admin")
    grant_membership(person, ministry(), Role.ADMINISTRATOR, by=None)
    assert (told(Kind.MEMBERSHIP_GRANTED).actor, books()) == (None, [ministry().pk])


def test_a_closed_account_stays_in_its_offices_book(siti):
    User.objects.filter(pk=siti.pk).update(is_active=False)
    record(Kind.CHANGED, thing=User.objects.get(pk=siti.pk))
    assert books(kind=Kind.CHANGED) == [regency_office().pk]


def test_a_stranger_stands_in_the_centres_book():
    record(Kind.CHANGED, about=UserFactory())
    assert books() == [None]


def test_entries_are_dated_as_they_are_written():
    record(Kind.CHANGED)
    assert timezone.now() - told(Kind.CHANGED).at < timedelta(minutes=1)
