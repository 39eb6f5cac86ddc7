"""The desk, the calendar and steps on many rows, by mouse, by finger and by keyboard."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from news.models import Edition, ReadCount
from news.reads import waiting
from news.states import Step
from news.workflow import take_step
from offices.memberships import grant_membership
from offices.roles import Role
from tests.browser.conftest import faults_in_both_schemes
from tests.browser.newsroom import sign_in, with_password
from tests.factories import (
    EventFactory,
    approved,
    drafted,
    member,
    ministry,
    published,
    regency_office,
    scheduled,
    submitted,
    urgent,
)
from tests.factories.offices import LONG_AGO

READER = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


@pytest.fixture
def office(transactional_db):
    return regency_office("73.03")


@pytest.fixture
def editor(office):
    return with_password(Role.EDITOR, office)


@pytest.fixture
def full_desk(office, editor):
    """One text in every section of the editor's desk, and the heading of the page that each leads to."""
    writer, colleague = member(Role.WRITER, office), member(Role.EDITOR, office)
    returned = submitted(office, by=editor, headline="Perbaiki saya")
    take_step(returned, Step.REQUEST_CHANGES, by=colleague, note="Sebutkan namanya.")
    submitted(office, by=writer, headline="Periksa saya")
    drafted(office, by=editor, headline="Lanjutkan saya")
    approved(office, by=writer, headline="Terbitkan saya")
    scheduled(office, by=writer, headline="Jadwal saya")
    urgent(office, by=writer, publisher=colleague, headline="Mendesak")
    article = published(office, by=writer, headline="Sudah terbit").article
    ReadCount.objects.create(article=article, day=timezone.localdate(), reads=7)
    EventFactory(organiser=office, title="Agenda saya")
    return {
        "returned": ("Perbaiki", "Perbaiki saya"),
        "check": ("Periksa", "Periksa saya"),
        "drafts": ("Lanjutkan", "Lanjutkan saya"),
        "ready": ("Terbitkan", "Terbitkan saya"),
        "scheduled": ("Lihat jadwal", "Jadwal saya"),
        "confirm": ("Periksa", "Mendesak"),
        "today": ("Buka", "Sudah terbit"),
        "events": ("Umumkan", "Agenda saya"),
    }


def test_every_section_of_the_desk_leads_to_its_next_step(page, phone, editor, full_desk):
    for device in (page, phone):
        sign_in(device, editor)
        for key, (action, title) in full_desk.items():
            device.goto("/admin/")
            section = device.locator(f"#{key}")
            section.get_by_role("link", name=f"{action}: {title}", exact=True).click()
            expect(device.locator("body")).to_contain_text(title)
            assert device.url.endswith("/change/"), key
        device.goto("/admin/news/photo/")
        count = device.get_by_role("link", name="Menunggu pemeriksaan 1").locator("visible=true")
        count.click()
        expect(device).to_have_url(re.compile("#check$"))


def test_a_person_of_two_offices_works_for_one_and_then_for_all(page, office, editor):
    other = regency_office("73.71")
    grant_membership(editor, other, Role.EDITOR, by=None, starts_on=LONG_AGO)
    drafted(office, by=editor, headline="Naskah rumah")
    drafted(other, by=editor, headline="Naskah tetangga")
    sign_in(page, editor)
    desk = page.locator("#drafts")
    expect(desk.get_by_role("listitem")).to_have_count(2)
    page.get_by_label("Bekerja untuk").select_option(label=str(other))
    page.get_by_role("button", name="Pilih", exact=True).click()
    expect(desk.get_by_role("listitem")).to_have_count(1)
    expect(desk).to_contain_text("Naskah tetangga")
    page.goto("/admin/news/article/add/")
    expect(page.locator("#id_office option:checked")).to_have_text(str(other))
    page.get_by_label("Bekerja untuk").select_option("semua")
    page.get_by_role("button", name="Pilih", exact=True).click()
    page.goto("/admin/")
    expect(desk.get_by_role("listitem")).to_have_count(2)


def test_the_calendar_is_used_by_keyboard_and_is_a_list_on_a_phone(page, phone, office, editor):
    published(office, headline="Terbit hari ini")
    noon = timezone.localtime(timezone=office.region.zone).replace(hour=12)
    event = EventFactory(organiser=office, title="Agenda hari ini", starts_at=noon, ends_at=noon + timedelta(hours=1))
    sign_in(page, editor)
    page.get_by_role("link", name="Kalender redaksi").first.click()
    today = page.locator(".month__today")
    expect(today).to_contain_text("Hari ini")
    page.get_by_role("link", name="Bulan berikutnya").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Belum ada apa-apa pada bulan ini")).to_be_visible()
    page.keyboard.press("Tab")
    page.get_by_role("link", name="Bulan ini").focus()
    page.keyboard.press("Enter")
    link = today.get_by_role("link", name="Agenda hari ini")
    for _ in range(80):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/admin/news/event/{event.pk}/change/")

    sign_in(phone, editor)
    phone.goto("/admin/kalender/")
    assert phone.locator(".month caption").evaluate("caption => caption.clientHeight < 60")
    expect(phone.locator(".month td:visible")).to_have_count(1)
    expect(phone.locator(".month thead")).to_be_hidden()
    phone.get_by_role("link", name="Terbit hari ini").click()
    phone.wait_for_url("**/admin/news/article/*/change/")


def test_several_texts_are_approved_at_once_and_each_refusal_is_read(new_page, office, editor):
    page = new_page(bypass_csp=True)
    writer = member(Role.WRITER, office)
    fine = submitted(office, by=writer, headline="Boleh disetujui")
    own = submitted(office, by=editor, headline="Tulisan sendiri")
    sign_in(page, editor)
    page.goto("/admin/news/article/")
    for headline in ("Boleh disetujui", "Tulisan sendiri"):
        page.get_by_label(f"Pilih: {headline}").check()
    page.locator("select[name=action]").select_option("approve")
    page.locator("button[name=index]").click()
    expect(page.get_by_role("heading", name="Setujui: 2 naskah")).to_be_visible()
    assert faults_in_both_schemes(page) == []
    page.get_by_role("button", name="Setujui", exact=True).click()
    expect(page.get_by_text("1 berhasil, 1 ditolak.")).to_be_visible()
    assert faults_in_both_schemes(page) == []
    expect(page.locator(".bulk__rows")).to_contain_text("Langkah ini bukan wewenang Anda pada naskah ini.")
    assert Edition.objects.get(pk=fine.pk).state == "approved"
    assert Edition.objects.get(pk=own.pk).state == "submitted"


def test_a_reader_is_counted_once_and_keeps_no_cookie(new_page, office):
    article = published(office).article
    reader = new_page(user_agent=READER)
    with reader.expect_request("**/dibaca/*/") as asked:
        reader.goto(article.get_absolute_url())
    assert asked.value.response().status == 204
    assert reader.context.cookies() == []
    waiting.write()
    assert [(row.article, row.reads) for row in ReadCount.objects.all()] == [(article, 1)]


def test_on_a_phone_no_list_is_wider_than_the_screen_and_every_cell_says_its_column(phone, office, editor):
    drafted(office)
    sign_in(phone, editor)
    phone.goto("/admin/news/article/")
    cell = phone.locator("#result_list .field-saved")
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Disimpan: "'
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert phone.locator(".results").evaluate("list => list.scrollWidth <= list.clientWidth")


def test_on_a_desk_the_curator_sees_every_column_of_every_office_at_once(new_page, office):
    published(office, by=member(Role.WRITER, office, name="Penulis Contoh Kabupaten Bantaeng"))
    submitted(office)
    page = new_page(viewport={"width": 1280, "height": 900})
    sign_in(page, with_password(Role.CURATOR, ministry()))
    for rows in ("news/article", "offices/user", "offices/membership"):
        page.goto(f"/admin/{rows}/")
        assert page.locator(".results").evaluate("list => list.scrollWidth <= list.clientWidth"), rows
