"""A lost second factor is taken away by those who keep the account, and its owner is told."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from offices.models import Entry, Kind
from offices.roles import Role
from tests.factories import MembershipFactory, member, ministry, regency_office
from tests.offices.second_factors import PASSWORD, browser_after_password, given_password, is_signed_in, set_up_app

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def background(settings):
    """Background work is done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def editor():
    return given_password(member(Role.EDITOR, regency_office(), username="redaktur", email="redaktur@example.org"))


@pytest.fixture
def browser_of_editor(editor):
    browser = browser_after_password(editor)
    set_up_app(browser)
    mail.outbox.clear()
    return browser


@pytest.fixture
def manager():
    return member(Role.MANAGER, regency_office(), name="Budi Pengelola")


def page_of(user):
    return f"/admin/offices/user/{user.pk}/second-factor/"


def as_(user):
    browser = Client()
    browser.force_login(user)
    return browser


def test_a_manager_takes_away_what_was_lost_after_being_asked(editor, browser_of_editor, manager):
    page = as_(manager).get(page_of(editor))
    assert "Lepas aplikasi autentikasi, kunci sandi, dan kode cadangan" in page.content.decode()
    assert Authenticator.objects.filter(user=editor).count() == 2

    answer = as_(manager).post(page_of(editor))
    assert answer["Location"] == f"/admin/offices/user/{editor.pk}/change/"
    assert not Authenticator.objects.filter(user=editor).exists()
    assert browser_of_editor.get("/admin/").status_code == 302
    assert is_signed_in(browser_after_password(editor))


def test_it_is_recorded_and_the_owner_is_told(editor, browser_of_editor, manager):
    as_(manager).post(page_of(editor))
    assert LogEntry.objects.get(user=manager).get_change_message() == "Langkah kedua dilepas"
    assert Entry.objects.get(kind=Kind.SECOND_FACTOR, actor=manager).person == editor
    (letter,) = mail.outbox
    assert letter.to == ["redaktur@example.org"]
    assert "Langkah kedua dilepas, " in letter.body
    assert "oleh Budi Pengelola." in letter.body
    assert "WITA" in letter.body


def test_where_there_is_none_nothing_is_taken(editor, manager):
    assert "tidak memasang langkah kedua" in as_(manager).get(page_of(editor)).content.decode()
    assert as_(manager).post(page_of(editor)).status_code == 409
    assert not LogEntry.objects.exists()


def test_nobody_takes_the_own_factor_away_here(manager):
    browser = browser_after_password(given_password(manager))
    set_up_app(browser)
    assert browser.get(page_of(manager)).status_code == 403
    assert browser.post(page_of(manager)).status_code == 403
    assert Authenticator.objects.filter(user=manager).exists()


def test_a_manager_does_not_disarm_somebody_with_a_role_above(editor, browser_of_editor, manager):
    MembershipFactory(user=editor, office=ministry(), role=Role.CURATOR)
    assert as_(manager).post(page_of(editor)).status_code == 403
    assert Authenticator.objects.filter(user=editor).exists()
    assert as_(member(Role.ADMINISTRATOR, ministry())).post(page_of(editor)).status_code == 302
    assert not Authenticator.objects.filter(user=editor).exists()


def test_where_it_is_required_set_up_follows_the_removal(editor, browser_of_editor, manager, settings):
    settings.REQUIRE_SECOND_FACTOR_FOR = frozenset({Role.EDITOR})
    as_(manager).post(page_of(editor))
    assert browser_after_password(editor).get("/admin/")["Location"] == "/akun/keamanan/"


def test_the_account_page_leads_there(editor, manager):
    link = f'href="{page_of(editor)}"'
    assert link in as_(manager).get(f"/admin/offices/user/{editor.pk}/change/").content.decode()
    own = as_(manager).get(f"/admin/offices/user/{manager.pk}/change/").content.decode()
    assert "second-factor" not in own


def test_a_command_helps_the_last_administrator(editor, browser_of_editor, capsys):
    call_command("remove_second_factor", "redaktur")
    assert "redaktur kini masuk dengan kata sandi saja." in capsys.readouterr().out
    assert is_signed_in(browser_after_password(editor))
    assert len(mail.outbox) == 1
    with pytest.raises(CommandError, match="tidak memasang langkah kedua"):
        call_command("remove_second_factor", "redaktur")
    with pytest.raises(CommandError, match="Tidak ada akun siapa"):
        call_command("remove_second_factor", "siapa")


def test_owners_are_told_what_they_did_themselves(editor, browser_of_editor):
    browser_of_editor.post("/akun/keamanan/aplikasi/lepas/")
    new = "kata-sandi-yang-baru"
    browser_of_editor.post(
        "/admin/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )
    told = [letter.body for letter in mail.outbox]
    assert ["Aplikasi autentikasi dilepas, " in told[0], "Kata sandi diganti, " in told[1], len(told)] == [
        True,
        True,
        2,
    ]


def test_the_former_mailbox_is_told_of_a_new_one(editor, manager):
    form = {"username": "redaktur", "name": editor.name, "email": "lain@example.org", "is_active": "on"}
    change = f"/admin/offices/user/{editor.pk}/change/"

    assert as_(manager).post(change, {**form, "email": editor.email, "name": "Nama baru"}).status_code == 302
    assert mail.outbox == []
    assert as_(manager).post(change, form).status_code == 302

    [letter] = mail.outbox
    assert letter.to == ["redaktur@example.org"]
    assert "Alamat surel diganti" in letter.body
    assert "Budi Pengelola" in letter.body
