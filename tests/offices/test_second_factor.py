"""The second factor: set up by oneself, passed at every sign-in, required of the roles that a setting names."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application
from django.test import Client

from offices.models import Entry, Kind, Session
from offices.roles import Role
from offices.signin.adapters import SecondFactorAdapter
from tests.factories import MembershipFactory, member, ministry, regency_office
from tests.offices.second_factors import (
    PASSWORD,
    browser_after_password,
    code_of,
    given_password,
    is_signed_in,
    set_up_app,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return given_password(member(Role.MANAGER, regency_office(), username="pengelola"))


@pytest.fixture
def secret(manager):
    return set_up_app(browser_after_password(manager))


def pass_code(browser, code):
    return browser.post("/akun/masuk/kode/", {"code": code})


def codes_of(browser):
    return browser.get("/akun/keamanan/kode/").context["unused_codes"]


# Signing in


def test_without_a_factor_the_password_is_enough(manager):
    assert is_signed_in(browser_after_password(manager))


def test_with_a_factor_the_password_opens_nothing(manager, secret):
    browser = browser_after_password(manager)
    assert not is_signed_in(browser)
    for address in ("/admin/", "/admin/news/article/", "/pusat/", "/akun/keamanan/"):
        assert browser.get(address)["Location"].startswith("/admin/login/?next=")


def test_a_code_completes_the_sign_in_and_leads_where_one_was_going(manager, secret):
    browser = browser_after_password(manager, next="/admin/news/photo/")
    answer = pass_code(browser, code_of(secret))
    assert (answer["Location"], is_signed_in(browser)) == ("/admin/news/photo/", True)
    assert browser.get("/admin/").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_no_sign_in_leads_to_another_site(manager, secret, elsewhere):
    browser = browser_after_password(manager, next=elsewhere)
    assert pass_code(browser, code_of(secret))["Location"] == "/admin/"
    again = browser.post("/akun/buktikan/kode/", {"code": code_of(secret, later=1), "next": elsewhere})
    assert again["Location"] == "/admin/"


def test_the_second_step_speaks_indonesian_and_hides_from_others(manager, secret):
    page = browser_after_password(manager).get("/akun/masuk/kode/")
    assert "Tuliskan kode enam angka" in page.content.decode()
    assert "Kabar Daerah" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert Client().get("/akun/masuk/kode/")["Location"] == "/akun/masuk/"


def test_a_wrong_code_does_not_lead_in(manager, secret):
    browser = browser_after_password(manager)
    assert "Kode ini tidak berlaku." in pass_code(browser, "000000").content.decode()
    assert not is_signed_in(browser)


def test_a_code_is_taken_once(manager, secret):
    code = code_of(secret)
    assert is_signed_in_with(manager, code)
    assert not is_signed_in_with(manager, code)
    assert is_signed_in_with(manager, code_of(secret, later=1))
    assert not is_signed_in_with(manager, code)


def is_signed_in_with(user, code, **where):
    browser = browser_after_password(user, **where)
    pass_code(browser, code)
    return is_signed_in(browser)


def test_a_recovery_code_is_taken_once(manager):
    browser = browser_after_password(manager)
    set_up_app(browser)
    first, second, *rest = codes_of(browser)
    assert is_signed_in_with(manager, first)
    assert not is_signed_in_with(manager, first)
    assert is_signed_in_with(manager, second)
    assert codes_of(browser) == rest


def test_wrong_codes_are_counted_like_wrong_passwords(manager, secret, settings):
    settings.SIGN_IN_LIMITS = {"account_and_address": 3, "address": 30, "account": 50}
    browser = browser_after_password(manager)
    assert [pass_code(browser, "000000").status_code for _time in range(3)] == [200, 200, 429]
    assert pass_code(browser, code_of(secret)).status_code == 429
    assert not is_signed_in(browser)
    assert not is_signed_in(browser_after_password(manager))
    assert is_signed_in_with(manager, code_of(secret), address="192.0.2.2")


def test_giving_the_password_again_does_not_forget_wrong_codes(manager, secret, settings):
    settings.SIGN_IN_LIMITS = {"account_and_address": 3, "address": 30, "account": 50}
    answers = [pass_code(browser_after_password(manager), "000000").status_code for _time in range(3)]
    assert answers == [200, 200, 429]


def test_a_half_finished_sign_in_ends_with_the_account(manager, secret):
    browser = browser_after_password(manager)
    manager.is_active = False
    manager.save()
    pass_code(browser, code_of(secret))
    assert not is_signed_in(browser)


def test_a_half_finished_sign_in_is_one_of_the_persons_sessions(manager, secret):
    Session.objects.all().delete()
    browser_after_password(manager)
    assert Session.objects.get().user == manager


# Setting up and taking down


def test_setting_up_ends_the_sessions_elsewhere_and_keeps_this_one(manager):
    here, elsewhere = browser_after_password(manager), browser_after_password(manager)
    set_up_app(here)
    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def test_a_wrong_code_sets_nothing_up(manager):
    browser = browser_after_password(manager)
    browser.get("/akun/keamanan/aplikasi/")
    assert "Kode ini tidak berlaku." in browser.post("/akun/keamanan/aplikasi/", {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()


def test_the_page_shows_a_picture_and_the_secret_in_words(manager):
    page = browser_after_password(manager).get("/akun/keamanan/aplikasi/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert "<code" in page


@pytest.mark.parametrize(
    "address",
    [
        "/akun/keamanan/aplikasi/",
        "/akun/keamanan/aplikasi/lepas/",
        "/akun/keamanan/kunci/tambah/",
        "/akun/keamanan/kode/",
        "/akun/keamanan/kode/baru/",
        "/akun/keamanan/kode/unduh/",
    ],
)
def test_factors_change_only_after_one_has_proved_again_who_one_is(manager, secret, address):
    """A session that was not signed in a moment ago, as `force_login` makes one."""
    browser = Client()
    browser.force_login(manager)
    assert browser.get(address)["Location"].startswith("/akun/buktikan/kode/?next=")
    before = list(Authenticator.objects.values())
    browser.post(address, {"code": "000000", "name": "x", "credential": "{}"})
    assert list(Authenticator.objects.values()) == before


def test_without_a_factor_one_proves_it_with_the_password(manager):
    browser = Client()
    browser.force_login(manager)
    asked = browser.get("/akun/keamanan/aplikasi/")["Location"]
    assert asked == "/akun/buktikan/?next=%2Fakun%2Fkeamanan%2Faplikasi%2F"
    assert "Kata sandi ini salah." in browser.post(asked, {"password": "salah"}).content.decode()
    assert browser.post(asked, {"password": PASSWORD})["Location"] == "/akun/keamanan/aplikasi/"
    assert browser.get("/akun/keamanan/aplikasi/").status_code == 200


def test_with_a_factor_the_password_does_not_prove_it(manager, secret):
    browser = Client()
    browser.force_login(manager)
    asked = "/akun/buktikan/?next=/akun/keamanan/aplikasi/lepas/"
    assert browser.post(asked, {"password": PASSWORD})["Location"].startswith("/akun/buktikan/kode/")
    assert browser.get("/akun/keamanan/aplikasi/lepas/").status_code == 302
    assert Authenticator.objects.filter(type="totp").exists()


def test_wrong_passwords_given_again_are_counted(manager, settings):
    settings.SIGN_IN_LIMITS = {"account_and_address": 3, "address": 30, "account": 50}
    browser = Client()
    browser.force_login(manager)
    asked = "/akun/buktikan/?next=/akun/keamanan/aplikasi/"
    assert [browser.post(asked, {"password": "salah"}).status_code for _time in range(3)] == [200, 200, 429]


def test_taking_the_app_down_takes_the_recovery_codes_too(manager, secret):
    browser = browser_after_password(manager)
    pass_code(browser, code_of(secret))
    asked = "/akun/buktikan/kode/?next=/akun/keamanan/aplikasi/lepas/"
    assert browser.post(asked, {"code": code_of(secret, later=1)})["Location"] == "/akun/keamanan/aplikasi/lepas/"
    assert browser.get("/akun/keamanan/aplikasi/lepas/").status_code == 200
    assert Authenticator.objects.count() == 2
    browser.post("/akun/keamanan/aplikasi/lepas/")
    assert not Authenticator.objects.exists()
    assert is_signed_in(browser_after_password(manager))


def test_recovery_codes_are_downloaded_and_renewed(manager):
    browser = browser_after_password(manager)
    set_up_app(browser)
    old = codes_of(browser)
    assert len(set(old)) == 10
    file = browser.get("/akun/keamanan/kode/unduh/")
    assert file["Content-Disposition"] == 'attachment; filename="kode-cadangan.txt"'
    assert "akun pengelola pada Kabar Daerah" in file.content.decode()
    assert set(old) <= set(file.content.decode().split())
    browser.post("/akun/keamanan/kode/baru/")
    assert set(codes_of(browser)) & set(old) == set()


def test_when_the_app_was_used_is_told_on_the_clock_of_ones_office(manager, secret):
    """Bantaeng lies in Waktu Indonesia Tengah, an hour ahead of the ministry."""
    browser = browser_after_password(manager)
    pass_code(browser, code_of(secret))
    used = datetime(2026, 11, 26, 15, 34, tzinfo=UTC)
    app = Authenticator.objects.get(type="totp")
    app.last_used_at = used
    app.save()
    assert "Terakhir dipakai 26 Nov 2026, 23.34 WITA." in browser.get("/akun/keamanan/").content.decode()


def test_new_codes_are_promised_before_they_are_made(manager, secret):
    browser = browser_after_password(manager)
    pass_code(browser, code_of(secret))
    old = codes_of(browser)
    assert "Sepuluh kode baru akan dibuat" in browser.get("/akun/keamanan/kode/baru/").content.decode()
    assert codes_of(browser) == old


def test_a_passkey_of_somebody_else_is_not_found(manager, secret):
    other = given_password(member(Role.EDITOR, regency_office()))
    browser = browser_after_password(other)
    key = Authenticator.objects.create(user=manager, type="webauthn", data={"name": "Kunci", "credential": {}})
    assert browser.get(f"/akun/keamanan/kunci/{key.pk}/lepas/").status_code == 404
    assert browser.post(f"/akun/keamanan/kunci/{key.pk}/lepas/").status_code == 404
    assert "Kunci</" not in browser.get("/akun/keamanan/kunci/").content.decode()


def test_what_is_done_to_factors_stands_in_the_audit_trail(manager):
    browser = browser_after_password(manager)
    set_up_app(browser)
    browser.post("/akun/keamanan/kode/baru/")
    browser.post("/akun/keamanan/aplikasi/lepas/")
    rows = Entry.objects.filter(kind=Kind.SECOND_FACTOR, actor=manager, person=manager).order_by("pk")
    assert [row.note for row in rows] == [
        "Aplikasi autentikasi dipasang",
        "Kode cadangan dibuat ulang",
        "Aplikasi autentikasi dilepas",
    ]


# Secrets


def test_secrets_are_encrypted_at_rest(manager, secret):
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored


def test_secrets_survive_a_change_of_the_key(settings):
    kept = SecondFactorAdapter().encrypt("RAHASIA")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    assert SecondFactorAdapter().decrypt(kept) == "RAHASIA"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        SecondFactorAdapter().decrypt(kept)
    settings.SECOND_FACTOR_KEYS = ["only tests"]
    kept = SecondFactorAdapter().encrypt("RAHASIA")
    settings.SECRET_KEY = "a third key"
    assert SecondFactorAdapter().decrypt(kept) == "RAHASIA"


# Where it is required

CLOSED = ("/admin/", "/admin/news/article/", "/admin/news/article/add/", "/admin/autocomplete/", "/pusat/")


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR_FOR = frozenset({Role.MANAGER, Role.CURATOR})


def test_by_default_it_is_required_of_nobody(settings):
    assert settings.REQUIRE_SECOND_FACTOR_FOR == frozenset()


@pytest.mark.parametrize("address", CLOSED)
def test_who_must_have_one_opens_nothing_before_it_is_set_up(manager, required, address):
    browser = browser_after_password(manager)
    assert is_signed_in(browser)
    for answer in (browser.get(address), browser.post(address, {"headline": "x"})):
        assert (answer.status_code, answer["Location"]) == (302, "/akun/keamanan/")
    assert "Peran Anda mewajibkan langkah kedua" in browser.get("/akun/keamanan/").content.decode()
    assert browser.post("/admin/logout/").status_code == 200


def test_setting_it_up_opens_the_newsroom_in_the_same_session(manager, required):
    browser = browser_after_password(manager)
    set_up_app(browser)
    assert browser.get("/admin/").status_code == 200


def test_a_session_from_before_the_factor_must_show_it(manager, secret, required):
    browser = Client()
    browser.force_login(manager)
    asked = browser.get("/admin/news/article/?q=x")["Location"]
    assert asked == "/akun/buktikan/kode/?next=%2Fadmin%2Fnews%2Farticle%2F%3Fq%3Dx"
    assert browser.post("/admin/news/article/add/", {})["Location"] == "/akun/buktikan/kode/?next=%2Fadmin%2F"
    assert browser.post(asked, {"code": code_of(secret)})["Location"] == "/admin/news/article/?q=x"
    assert browser.get("/admin/news/article/").status_code == 200


def test_who_takes_the_last_factor_down_is_led_to_set_up_again(manager, secret, required):
    browser = browser_after_password(manager)
    pass_code(browser, code_of(secret))
    assert browser.get("/admin/").status_code == 200
    Authenticator.objects.all().delete()
    assert browser.get("/admin/")["Location"] == "/akun/keamanan/"


def test_other_roles_are_not_asked(required):
    browser = browser_after_password(given_password(member(Role.EDITOR, regency_office())))
    assert browser.get("/admin/").status_code == 200


def test_one_of_several_roles_is_enough_to_be_asked(required):
    person = given_password(member(Role.EDITOR, regency_office()))
    browser = browser_after_password(person)
    assert browser.get("/admin/").status_code == 200
    MembershipFactory(user=person, office=ministry(), role=Role.CURATOR)
    assert browser.get("/admin/")["Location"] == "/akun/keamanan/"


def test_a_role_that_does_not_exist_is_noticed(settings):
    settings.REQUIRE_SECOND_FACTOR_FOR = frozenset({"manger"})
    with pytest.raises(SystemCheckError, match="names no role: manger"):
        call_command("check")
    with pytest.raises(ImproperlyConfigured, match="names no role: manger"):
        get_wsgi_application()


# Only what is used is there


@pytest.mark.parametrize(
    "address",
    [
        "login/",
        "signup/",
        "logout/",
        "email/",
        "confirm-email/",
        "password/reset/",
        "password/change/",
        "2fa/",
        "social/",
    ],
)
@pytest.mark.parametrize("prefix", ["/accounts/", "/akun/"])
def test_allauths_other_pages_do_not_exist(manager, prefix, address):
    browser = browser_after_password(manager)
    for visitor in (Client(), browser):
        assert visitor.get(prefix + address).status_code == 404
        assert visitor.post(prefix + address).status_code == 404


def test_the_pages_of_signing_in_keep_the_strict_policy(manager):
    browser = browser_after_password(manager)
    for address in ("/akun/keamanan/", "/akun/keamanan/aplikasi/", "/akun/keamanan/kunci/tambah/", "/akun/lupa/"):
        page = browser.get(address)
        assert page.status_code == 200
        assert "unsafe" not in page["Content-Security-Policy"]
        assert page["X-Robots-Tag"] == "noindex"
