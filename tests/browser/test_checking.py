"""Checking in a real browser: a link for an outside checker, the preview at two widths, two editions side by side."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from news.models import Article, ShareLink
from news.sharelinks import share
from news.states import Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.roles import Role
from tests.browser.conftest import PHONE, faults_in_both_schemes
from tests.browser.newsroom import sign_in, with_password
from tests.factories import PhotoFactory, drafted, published, regency_office
from tests.factories.news import someone
from tests.nu_checker import vnu

HEADLINE = "Naskah untuk diperiksa dari luar"


@pytest.fixture
def office(transactional_db):
    return regency_office("73.03")


@pytest.fixture
def draft(office):
    return drafted(office, headline=HEADLINE, photos=(PhotoFactory(office), PhotoFactory(office)))


def complaints_of(page) -> list[str]:
    """What the browser complains of from now on: broken policies, failed files."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    return complaints


def make_link(page, draft, checker: str) -> str:
    """Ask for a link on the desk and read its address from the page that shows it once."""
    page.goto(f"/admin/news/article/{draft.article_id}/change/")
    page.locator(".desk__tools").get_by_role("link", name="pratinjau", exact=False).last.click()
    page.get_by_label("Untuk siapa").fill(checker)
    page.get_by_role("button", name="Buat tautan").click()
    return page.get_by_label("Alamat tautan").input_value()


def closed(page, address: str, sentence: str) -> None:
    response = page.goto(address)
    assert response.status == 410
    expect(page.locator("main")).to_contain_text(sentence)
    assert HEADLINE not in page.content()


def test_a_link_opens_signed_out_and_ends_by_date_by_hand_and_by_publication(new_page, office, draft):
    desk, visitor = new_page(), new_page(**PHONE)
    complaints = complaints_of(visitor)
    sign_in(desk, with_password(Role.EDITOR, office, name="Redaktur Pratinjau"))

    ended = make_link(desk, draft, "Pemeriksa Kesatu")
    visitor.goto(ended)
    expect(visitor.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(visitor.locator(".strip").first).to_contain_text("Pratinjau untuk Pemeriksa Kesatu")
    lead = visitor.locator(".story__lead img")
    expect(lead).to_be_visible()
    visitor.wait_for_function("document.querySelector('.story__lead img').naturalWidth > 0")
    assert "/pratinjau/" in lead.get_attribute("src")
    assert visitor.context.cookies() == []
    assert complaints == []

    now = timezone.now()
    ShareLink.objects.update(created_at=now - timedelta(days=4), expires_at=now - timedelta(days=1))
    closed(visitor, ended, "Tautan ini berlaku sampai")

    revoked = make_link(desk, draft, "Pemeriksa Kedua")
    assert visitor.goto(revoked).status == 200
    desk.get_by_role("button", name="Cabut tautan untuk Pemeriksa Kedua").click()
    desk.locator(".messagelist .success").wait_for()
    closed(visitor, revoked, "Redaksi menutup tautan ini.")

    last = make_link(desk, draft, "Pemeriksa Ketiga")
    assert visitor.goto(last).status == 200
    publish(draft, office)
    closed(visitor, last, "sudah selesai diperiksa dan terbit")
    visitor.get_by_role("link", name="Baca berita yang terbit").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    assert visitor.url.endswith(Article.objects.get(pk=draft.article_id).get_absolute_url())


def publish(draft, office) -> None:
    checker = someone(Role.MANAGER, office)
    for step, person in ((Step.SUBMIT, draft.started_by), (Step.APPROVE, checker), (Step.PUBLISH, checker)):
        draft.refresh_from_db()
        take_step(draft, step, by=person)


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_the_preview_changes_its_width_by_keyboard(new_page, office, draft, options):
    page = new_page(**options)
    complaints = complaints_of(page)
    sign_in(page, with_password(Role.WRITER, office, name="Penulis Pratinjau"))
    page.goto(f"/admin/news/article/{draft.article_id}/change/")
    page.locator(".desk__tools").get_by_role("link", name="Pratinjau", exact=True).click()

    story = page.frame_locator("iframe")
    expect(story.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    assert story.locator("body").evaluate("() => innerWidth") == 390
    page.get_by_label("Telepon (390 piksel)").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Desktop (1280 piksel)")).to_be_checked()
    page.wait_for_function("document.querySelector('iframe').clientWidth === 1280")
    assert story.locator("body").evaluate("() => innerWidth") == 1280
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Buka tanpa bingkai").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    assert complaints == []


def test_two_editions_stand_side_by_side_on_a_desk_and_below_each_other_on_a_phone(new_page, office):
    editor = with_password(Role.EDITOR, office, name="Redaktur Pembanding")
    newer = start_edition(published(office, headline="Rapat kerja digelar").article, by=editor)
    newer.headline = "Rapat besar digelar"
    newer.save()
    save_content(newer, by=editor, version=newer.version)
    for options, is_beside in (({}, True), (PHONE, False)):
        page = new_page(**options)
        sign_in(page, editor)
        page.goto(f"/admin/news/article/{newer.article_id}/change/")
        page.get_by_role("link", name="Bandingkan dengan edisi terbit").click()
        old, new = (page.locator(".comparison__line--changed").first.locator(f"> div:nth-child({n})") for n in (1, 2))
        expect(old.locator("del")).to_contain_text("kerja")
        expect(new.locator("ins")).to_contain_text("besar")
        left, right = old.bounding_box(), new.bounding_box()
        assert (left["y"] == right["y"]) is is_beside
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1280, 390])
def test_what_a_checker_from_outside_meets_is_valid_and_has_no_accessibility_fault(new_page, office, draft, width):
    editor = someone(Role.EDITOR, office)
    (_link, token), (closed_link, other) = (share(draft, by=editor, checker="Luar", days=1) for _n in range(2))
    now = timezone.now()
    ShareLink.objects.filter(pk=closed_link.pk).update(revoked_at=now, revoked_by=editor)
    page = new_page(bypass_csp=True, viewport={"width": width, "height": 900})
    for name in (token, other):
        page.goto(f"/pratinjau/{name}/")
        assert faults_in_both_schemes(page) == []
        assert vnu({"shared": page.request.get(f"/pratinjau/{name}/").text()}) == []
