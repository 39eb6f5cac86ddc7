"""Sessions know whose they are; they end with the membership, by idleness, by age, and when one says so."""

from datetime import timedelta

import pytest
from allauth.account.internal.flows import login as allauth_login
from django.test import Client
from django.utils import timezone

from offices import session_store
from offices.models import Session, User
from offices.roles import Role
from offices.sessions import end_sessions_of, end_sessions_of_leaver, sweep_sessions
from tests.factories import MembershipFactory, member, ministry, regency_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return member(Role.EDITOR, regency_office())


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    assert browser.get("/admin/").status_code == 200
    return browser


def is_inside(browser):
    return browser.get("/admin/").status_code == 200


def test_a_session_knows_whose_it_is(editor):
    browser = browser_of(editor)
    assert Session.objects.get().user == editor
    browser.post("/admin/logout/")
    assert not Session.objects.exists()


def test_the_sessions_of_a_person_are_ended_without_reading_those_of_others(editor, django_assert_num_queries):
    mine = [browser_of(editor), browser_of(editor)]
    other = browser_of(member(Role.WRITER, regency_office()))
    with django_assert_num_queries(1):
        assert end_sessions_of(editor) == 2
    assert [is_inside(browser) for browser in mine] == [False, False]
    assert is_inside(other)


def test_one_session_can_be_kept(editor):
    here, elsewhere = browser_of(editor), browser_of(editor)
    assert end_sessions_of(editor, keep=here.session.session_key) == 1
    assert (is_inside(here), is_inside(elsewhere)) == (True, False)


def test_who_loses_the_last_membership_is_signed_out(editor):
    browser_of(editor)
    editor.memberships.update(ends_on=timezone.localdate())
    assert end_sessions_of_leaver(editor) == 1


def test_who_keeps_another_membership_works_on_with_it(editor):
    MembershipFactory(user=editor, office=regency_office("73.71"), role=Role.WRITER)
    browser = browser_of(editor)
    editor.memberships.filter(role=Role.EDITOR).update(ends_on=timezone.localdate())
    assert end_sessions_of_leaver(editor) == 0
    assert is_inside(browser)


def test_a_new_role_holds_from_the_next_request(editor):
    browser = browser_of(editor)
    assert browser.get("/admin/offices/user/").status_code == 403
    MembershipFactory(user=editor, office=regency_office(), role=Role.MANAGER)
    assert browser.get("/admin/offices/user/").status_code == 200
    editor.memberships.filter(role=Role.MANAGER).update(ends_on=timezone.localdate())
    assert browser.get("/admin/offices/user/").status_code == 403


@pytest.mark.parametrize("address", ["/admin/", "/pusat/", "/akun/keamanan/"])
def test_a_membership_that_ends_by_its_date_ends_the_session_at_the_next_request(address):
    person = member(Role.CURATOR, ministry())
    browser = browser_of(person)
    person.memberships.update(ends_on=timezone.localdate())
    assert browser.get(address)["Location"].startswith("/admin/login/?")
    assert not Session.objects.exists()
    MembershipFactory(user=person, office=ministry(), role=Role.AUDITOR)
    assert not is_inside(browser)


def test_ending_a_membership_in_the_newsroom_signs_out(editor):
    browser, manager = browser_of(editor), browser_of(member(Role.MANAGER, regency_office()))
    row = editor.memberships.get()
    assert manager.post(f"/admin/offices/membership/{row.pk}/end/", {"on": timezone.localdate()}).status_code == 302
    assert not Session.objects.filter(user=editor).exists()
    assert not is_inside(browser)


def test_closing_an_account_in_the_newsroom_signs_out(editor):
    browser_of(editor)
    manager = browser_of(member(Role.MANAGER, regency_office()))
    form = {"username": editor.username, "name": editor.name, "email": ""}
    assert manager.post(f"/admin/offices/user/{editor.pk}/change/", form).status_code == 302
    assert not User.objects.get(pk=editor.pk).is_active
    assert not Session.objects.filter(user=editor).exists()


def test_signing_out_everywhere_ends_every_session_of_ones_own(editor):
    here, elsewhere = browser_of(editor), browser_of(editor)
    other = browser_of(member(Role.WRITER, regency_office()))
    assert "Anda sedang masuk di 2 perangkat." in here.get("/akun/keamanan/").content.decode()
    assert here.get("/akun/keamanan/keluar/").status_code == 405
    assert is_inside(elsewhere)
    assert here.post("/akun/keamanan/keluar/")["Location"] == "/admin/login/"
    assert [is_inside(browser) for browser in (here, elsewhere, other)] == [False, False, True]


def test_an_idle_session_ends(editor, settings):
    browser = browser_of(editor)
    ends = Session.objects.get().expire_date
    assert ends - timezone.now() == pytest.approx(
        timedelta(seconds=settings.SESSION_IDLE_AGE), abs=timedelta(seconds=9)
    )
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_inside(browser)


def test_working_on_keeps_a_session_alive_and_writes_at_most_once_a_minute(editor, monkeypatch):
    browser = browser_of(editor)
    first = Session.objects.get().expire_date
    browser.get("/admin/")
    assert Session.objects.get().expire_date == first
    in_a_while(monkeypatch, 61)
    browser.get("/admin/")
    assert Session.objects.get().expire_date > first


def in_a_while(monkeypatch, seconds):
    now = session_store.time.time() + seconds
    monkeypatch.setattr(session_store.time, "time", lambda: now)


def test_a_session_ends_by_its_age_however_busy_it_is(editor, settings, monkeypatch):
    browser = browser_of(editor)
    in_a_while(monkeypatch, settings.SESSION_COOKIE_AGE - 100)
    browser.get("/admin/")
    left = Session.objects.get().expire_date - timezone.now()
    assert left <= timedelta(seconds=100)


def test_readers_get_no_session_and_no_cookie(client):
    assert client.get("/").cookies == {}
    assert not Session.objects.exists()


def test_a_password_given_marks_the_session_before_the_second_factor(editor):
    assert allauth_login._AUTHENTICATION_METHODS_USER_SESSION_KEY == session_store.PASSWORD_GIVEN_BY


def test_sessions_that_are_over_are_swept(editor):
    browser_of(editor)
    ended = browser_of(member(Role.WRITER, regency_office()))
    Session.objects.filter(session_key=ended.session.session_key).update(
        expire_date=timezone.now() - timedelta(minutes=1)
    )
    assert sweep_sessions() == 1
    assert Session.objects.get().user == editor
