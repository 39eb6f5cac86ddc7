"""A text goes back and forth between its writer and an editor, who talk about it beside the form."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from news.broadcast import tell_announcements
from news.comments import comment_on, settle
from news.delivery import deliver_owed_mail
from news.digests import owe_daily_digests
from news.models import Announcement, Comment, Edition, Notice, NoticePreference
from offices.roles import Role
from tests.browser.conftest import faults_of
from tests.browser.newsroom import sign_in, take_step, with_password, write_body
from tests.factories import drafted, member, ministry, regency_office, submitted
from tests.nu_checker import vnu

REASON = "Sebutkan keempat pasar."


@pytest.fixture
def office(transactional_db):
    return regency_office("73.03")


@pytest.fixture
def writer(office):
    return with_password(Role.WRITER, office, username="sari.dewi", name="Sari Dewi")


@pytest.fixture
def editor(office):
    return with_password(Role.EDITOR, office, username="budi", name="Budi Santoso")


@pytest.fixture
def edition(office, writer):
    return drafted(office, by=writer, headline="Pasar baru dibuka")


def open_notice(page, sentence: str) -> None:
    """Follow the bell to the notice that says `sentence`, and go on from there."""
    page.locator(".bell").click()
    notice = page.locator(".notice", has_text=sentence)
    notice.locator(".button.default").click()
    page.locator(".desk").wait_for()


def say(page, text: str) -> None:
    """Write a comment, and send it."""
    details = page.locator(".comments__new")
    if details.get_attribute("open") is None:
        details.locator("summary").first.click()
    page.get_by_label("Komentar Anda").fill(text)
    page.get_by_role("button", name="Kirim komentar").click()
    page.locator(".messagelist .success", has_text="Komentar terkirim").wait_for()


def test_a_text_is_returned_and_submitted_again_with_comments(new_page, office, writer, editor, edition):
    writer_page, editor_page = new_page(), new_page()
    sign_in(writer_page, writer)
    sign_in(editor_page, editor)
    writer_page.goto(f"/admin/news/article/{edition.article_id}/change/")
    take_step(writer_page, "Kirim untuk diperiksa")

    editor_page.goto("/admin/")
    open_notice(editor_page, "Sari Dewi mengirim “Pasar baru dibuka” untuk diperiksa.")
    mention_by_keyboard(editor_page)
    request_changes(editor_page)

    writer_page.goto("/admin/")
    expect(writer_page.locator(".bell__count")).to_have_text("2")
    open_notice(writer_page, "Budi Santoso menyebut Anda dalam komentar")
    expect(writer_page.locator(".comment__text")).to_contain_text("@sari.dewi lihat jam layanannya")
    open_notice(writer_page, REASON)
    write_body(writer_page, "<p>Empat pasar dibuka hari ini.</p>")
    writer_page.click("input[name=_continue]")
    writer_page.locator(".messagelist .success").wait_for()
    say(writer_page, "Sudah saya tambahkan, @budi.")
    writer_page.get_by_role("button", name="Selesaikan").first.click()
    expect(writer_page.locator(".comment__settled")).to_contain_text("Selesai — Sari Dewi")
    take_step(writer_page, "Kirim untuk diperiksa")

    editor_page.goto("/admin/")
    open_notice(editor_page, "Sari Dewi menyebut Anda dalam komentar")
    take_step(editor_page, "Setujui")
    assert Edition.objects.get().state == "approved"
    assert not Notice.objects.filter(recipient=writer, kind__in=["mentioned", "returned"], read_at=None).exists()


def mention_by_keyboard(page) -> None:
    """Begin a name, choose it from the list with the keys, and go on writing."""
    field = page.get_by_label("Komentar Anda")
    field.focus()
    field.press_sequentially("@sar")
    option = page.get_by_role("option", name="Sari Dewi")
    expect(option).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(field).to_have_value("@sari.dewi ")
    field.press_sequentially("lihat jam layanannya")
    page.get_by_label("Bagian naskah yang dimaksud").fill("empat pasar")
    page.get_by_role("button", name="Kirim komentar").click()
    page.locator(".messagelist .success", has_text="Komentar terkirim").wait_for()
    expect(page.locator(".comment blockquote")).to_have_text("empat pasar")


def request_changes(page) -> None:
    page.locator(".desk__steps summary", has_text="Minta perbaikan").click()
    page.fill("#note-request_changes", REASON)
    page.locator(".desk__steps").get_by_role("button", name="Minta perbaikan", exact=True).click()
    page.locator(".messagelist .success").wait_for()


def test_comments_and_notices_work_without_scripts(new_page, office, writer, editor, edition):
    page = new_page(java_script_enabled=False)
    sign_in(page, editor)
    page.goto(f"/admin/news/article/{edition.article_id}/change/")
    page.get_by_label("Komentar Anda").fill("Halo @sari.dewi")
    page.get_by_role("button", name="Kirim komentar").click()
    expect(page.locator(".comment__text")).to_have_text("Halo @sari.dewi")
    page.get_by_role("button", name="Tarik komentar").click()
    expect(page.locator(".comment")).to_contain_text("Komentar ini ditarik oleh penulisnya.")
    assert [row.is_open for row in Comment.objects.all()] == [False]
    other = new_page(java_script_enabled=False)
    sign_in(other, writer)
    expect(other.locator(".bell__count")).to_have_text("1")
    other.goto("/admin/notices/")
    other.get_by_role("button", name="Tandai semua sudah dibaca").click()
    expect(other.locator(".bell__count")).to_have_count(0)


@pytest.fixture
def much_to_tell(office, writer, editor, edition):
    """Comments of every kind, announcements, notices, and mail that went out."""
    settle(comment_on(edition, "Sudah @budi.", by=writer), by=editor)
    comment_on(edition, "Lihat @sari.dewi.", by=editor, quoted="empat pasar")
    curator = member(Role.CURATOR, ministry())
    for severity in ("info", "urgent"):
        ends = timezone.now() + timedelta(days=1)
        Announcement.objects.create(
            title=f"Kabar {severity}", text="Satu.\nDua.", severity=severity, ends_at=ends, created_by=curator
        )
    tell_announcements()
    submitted(office, by=writer, headline="Jembatan selesai")
    deliver_owed_mail()
    NoticePreference.objects.create(user=editor, channel="daily", digest_hour=0)
    owe_daily_digests()
    deliver_owed_mail()
    return edition


@pytest.mark.parametrize("width", [1280, 390])
def test_what_people_are_told_has_no_accessibility_fault(new_page, editor, much_to_tell, width):
    page = new_page(bypass_csp=True, viewport={"width": width, "height": 900})
    sign_in(page, editor)
    article = f"/admin/news/article/{much_to_tell.article_id}"
    addresses = ("/admin/", "/admin/notices/", "/admin/preferences/", f"{article}/change/", f"{article}/history/")
    assert faults_of(page, {address: address for address in addresses}) == []


def test_what_people_are_told_is_valid_html(new_page, editor, much_to_tell):
    page = new_page(bypass_csp=True)
    administrator = with_password(Role.ADMINISTRATOR, ministry())
    mails = {f"mail {number}": sent.alternatives[0].content for number, sent in enumerate(mail.outbox)}
    assert {sent.subject for sent in mail.outbox if "Ringkasan" in sent.subject}
    assert vnu(mails) == []
    sign_in(page, administrator)
    row = Announcement.objects.first()
    addresses = ("/admin/", "/admin/news/announcement/", f"/admin/news/announcement/{row.pk}/change/")
    addresses += ("/admin/news/announcement/add/", "/admin/news/maillog/")
    assert vnu({address: page.request.get(address).text() for address in addresses}) == []
    assert faults_of(page, {address: address for address in addresses}) == []
