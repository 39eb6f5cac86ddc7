"""Signing in as people do: with an app, with a passkey, with a link from a mail."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from offices.roles import Role
from tests.browser.conftest import faults_in_both_schemes
from tests.browser.newsroom import PASSWORD, sign_in, with_password
from tests.factories import regency_office
from tests.nu_checker import vnu
from tests.offices.second_factors import code_of

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def editor(transactional_db):
    return with_password(Role.EDITOR, regency_office(), username="redaktur", email="redaktur@example.org")


@pytest.fixture
def complaints(page):
    """What the browser complains of, broken rules of our own policy among them."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    return heard


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def set_up_app(page) -> str:
    page.goto("/akun/keamanan/")
    page.get_by_role("link", name="Pasang aplikasi").click()
    secret = page.locator(".signin-secret").inner_text()
    page.get_by_label("Kode").fill(code_of(secret))
    press(page, "Pasang aplikasi")
    page.wait_for_url("**/akun/keamanan/kode/")
    return secret


def sign_out(page):
    press(page, "Keluar")
    page.goto("/admin/login/")


def give_password(page, user):
    page.goto("/admin/login/")
    page.get_by_label("Nama pengguna").fill(user.username)
    page.get_by_label("Sandi").fill(PASSWORD)
    press(page, "Masuk")


def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(page, editor, complaints):
    sign_in(page, editor)
    secret = set_up_app(page)
    codes = page.locator(".signin-codes li").all_inner_texts()
    assert len(set(codes)) == 10
    sign_out(page)

    give_password(page, editor)
    expect(page.get_by_role("heading", level=1)).to_have_text("Langkah kedua")
    page.goto("/admin/news/article/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk")

    give_password(page, editor)
    page.get_by_label("Kode").fill("000000")
    press(page, "Masuk")
    expect(page.locator(".errorlist")).to_contain_text("Kode ini tidak berlaku.")
    page.get_by_label("Kode").fill(code_of(secret, later=1))
    press(page, "Masuk")
    page.wait_for_url("**/admin/")
    assert complaints == []


def test_a_passkey_is_added_and_leads_in(page, editor, complaints, settings):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]
    sign_in(page, editor)
    page.goto("/akun/keamanan/")
    page.get_by_role("link", name="Tambahkan kunci sandi").click()
    page.get_by_label("Nama kunci sandi").fill("Ponsel dinas")
    press(page, "Tambahkan kunci sandi")
    page.wait_for_url("**/akun/keamanan/kode/")
    assert len(devices.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1
    sign_out(page)

    give_password(page, editor)
    press(page, "Pakai kunci sandi")
    page.wait_for_url("**/admin/")
    page.goto("/akun/keamanan/kunci/")
    expect(page.locator(".signin-keys")).to_contain_text("Ponsel dinas")

    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1  # as if one had signed in long ago
    page.get_by_role("link", name="Lepas Ponsel dinas").click()
    page.get_by_role("link", name="Pakai kunci sandi").click()
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
    press(page, "Pakai kunci sandi")
    press(page, "Lepas kunci sandi")
    expect(page.locator(".messagelist .success")).to_contain_text("Kunci sandi sudah dilepas.")
    assert complaints == []


def test_a_device_that_refuses_is_explained(page, editor):
    sign_in(page, editor)
    page.goto("/akun/keamanan/kunci/tambah/")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new DOMException('', 'AbortError')) }")
    press(page, "Tambahkan kunci sandi")
    expect(page.get_by_role("alert")).to_contain_text("Kunci sandi tidak terbaca.")


def test_a_forgotten_password_is_replaced_by_a_link_from_the_mail(page, editor, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    page.goto("/admin/login/")
    page.get_by_role("link", name="Lupa kata sandi?").click()
    page.get_by_label("Nama pengguna atau surel").fill("redaktur@example.org")
    press(page, "Kirim tautan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa kotak surat Anda")

    page.goto(re.search(r"http\S+/akun/lupa/\S+", mail.outbox[0].body)[0])
    for field in ("new_password1", "new_password2"):
        page.fill(f"input[name={field}]", "kata sandi yang baru sekali")
    press(page, "Simpan kata sandi")
    expect(page.locator(".messagelist .success")).to_contain_text("Silakan masuk.")
    page.get_by_label("Nama pengguna").fill("redaktur")
    page.get_by_label("Sandi").fill("kata sandi yang baru sekali")
    press(page, "Masuk")
    page.wait_for_url("**/admin/")


def test_the_pages_before_sign_in_are_valid_and_have_no_accessibility_fault(new_page, editor, settings):
    page = new_page(bypass_csp=True)
    settings.SIGN_IN_LIMITS = {"account_and_address": 3, "address": 30, "account": 50}
    found, pages = [], {}
    for address in ("/admin/login/", "/akun/lupa/", "/akun/lupa/terkirim/", "/akun/lupa/MQ/tidak-berlaku/"):
        page.goto(address)
        found += faults_in_both_schemes(page)
        pages[address] = page.request.get(address).text()
    for _time in range(3):
        answer = page.request.post("/admin/login/", form=wrong_password(page))
    pages["locked"] = answer.text()
    assert (answer.status, found, vnu(pages)) == (429, [], [])


def wrong_password(page):
    page.goto("/admin/login/")
    token = page.locator("#login-form [name=csrfmiddlewaretoken]").input_value()
    return {"csrfmiddlewaretoken": token, "username": "redaktur", "password": "salah"}


def test_the_pages_about_an_account_are_valid_and_have_no_accessibility_fault(new_page, editor):
    page = new_page(bypass_csp=True)
    sign_in(page, editor)
    page.goto("/akun/keamanan/aplikasi/")
    found, pages = faults_in_both_schemes(page), {"app": page.request.get(page.url).text()}
    secret = set_up_app(page)
    for name in ("", "aplikasi/lepas/", "kunci/", "kunci/tambah/", "kode/", "kode/baru/"):
        page.goto(f"/akun/keamanan/{name}")
        found += faults_in_both_schemes(page)
        pages[name or "security"] = page.request.get(page.url).text()
    page.goto("/admin/password_change/")
    found += faults_in_both_schemes(page)
    sign_out(page)
    give_password(page, editor)
    found += faults_in_both_schemes(page)
    pages["code"] = page.request.get("/akun/masuk/kode/").text()
    page.get_by_label("Kode").fill(code_of(secret, later=1))
    press(page, "Masuk")
    page.wait_for_url("**/admin/")
    assert (found, vnu(pages)) == ([], [])
