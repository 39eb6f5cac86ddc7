"""The whole first road, played by three people in a real browser."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from news.models import Article
from offices.roles import Role
from tests.browser.newsroom import choose, sign_in, take_step, with_password, write_body
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    OfficialFactory,
    PhotoFactory,
    PositionFactory,
    RubricFactory,
    ministry,
    published,
    regency_office,
)

HEADLINE = "Bantaeng hadir di Rakornas komunikasi publik"


@pytest.fixture
def bantaeng(transactional_db):
    """The office with its library, a rubric, an event, an official, and stories of other regions to point to."""
    office = regency_office("73.03")
    RubricFactory(name="Pemerintahan")
    EventFactory(title="Rakornas 2019", slug="rakornas-2019", state="published", organiser=ministry())
    position = PositionFactory(office=office, title="Kepala Dinas Kominfo")
    AppointmentFactory(official=OfficialFactory(name="Andi Contoh"), position=position, held_from=date(2019, 6, 1))
    PhotoFactory(office, title="Penyematan pin", caption="Ilustrasi: penyematan pin", credit="Humas", alt="Ilustrasi")
    published(regency_office("11.01"), headline="Aceh memperluas kanal informasi", tags=("rakornas",))
    published(regency_office("64.01"), headline="Kalimantan melatih humas muda", tags=("humas",))
    return office


def public_places(page) -> dict[str, str]:
    """What a signed-out visitor gets at every place where a new story could appear."""
    places = ("/", "/berita/", "/feed/", "/sitemap-berita-0.xml", "/kantor/kantor-73-03/", "/tag/rakornas/")
    return {place: page.request.get(place).text() for place in places}


def dashboard_count(page) -> int:
    """The number of items `/pusat/` shows for this month."""
    page.goto("/pusat/")
    return int(page.locator(".figure-tile__value").first.inner_text().replace(".", ""))


def test_a_story_goes_from_a_draft_to_the_public_and_is_counted(new_page, bantaeng):
    writer_page, editor_page, visitor, curator_page = (new_page() for _n in range(4))
    writer = with_password(Role.WRITER, bantaeng)
    editor = with_password(Role.EDITOR, bantaeng)
    sign_in(curator_page, with_password(Role.CURATOR, ministry()))
    before = dashboard_count(curator_page)

    sign_in(writer_page, writer)
    address = write_the_story(writer_page)
    assert HEADLINE not in "".join(public_places(visitor).values())
    assert visitor.request.get(expected_address()).status == 404
    assert dashboard_count(curator_page) == before

    sign_in(editor_page, editor)
    editor_page.goto(address)
    take_step(editor_page, "Setujui")
    assert HEADLINE not in "".join(public_places(visitor).values())
    take_step(editor_page, "Terbitkan")

    for place, text in public_places(visitor).items():
        assert (HEADLINE if place != "/sitemap-berita-0.xml" else expected_address()) in text, place
    read_the_story(visitor)
    assert dashboard_count(curator_page) == before + 1


def write_the_story(page) -> str:
    """Draft, save and submit the story as its writer; the address of its page in the newsroom."""
    page.goto("/admin/news/article/add/")
    page.fill("#id_headline", HEADLINE)
    page.fill("#id_deck", "Humas pemerintah diajak menyampaikan, bukan sekadar mengirim.")
    page.select_option("#id_rubric", label="Pemerintahan")
    page.fill("#id_dateline_place", "Jakarta")
    page.fill("#id_dateline_on", "11/12/2019")
    write_body(page, "<p>Paragraf pembuka dari Jakarta.</p><p>Paragraf kedua.</p>")
    insert_read_also(page, "Aceh memperluas")
    page.fill("#id_tags", "rakornas, humas")
    choose(page, "event", "Rakornas 2019")
    add_rows(page)
    page.click("input[name=_continue]")
    page.locator(".messagelist .success").wait_for()
    take_step(page, "Kirim untuk diperiksa")
    return page.url


def insert_read_also(page, term: str) -> None:
    page.locator(".cke_button__bacajuga").click()
    dialog = page.locator(".cke_dialog:visible")
    dialog.get_by_label("Cari judul berita").fill(term)
    dialog.get_by_label("Cari judul berita").press("End")
    expect(dialog.locator("select option")).to_have_count(1)
    dialog.locator("select").select_option(index=0)
    dialog.locator(".cke_dialog_ui_button_ok").click()
    page.locator(".cke_wysiwyg_div .baca-juga", has_text=term).wait_for()


def add_rows(page) -> None:
    """A photo, an official and a retold quote, each by its own search."""
    page.locator("#photos-group .add-row a").click()
    choose(page, "photos-0-photo", "Penyematan pin")
    page.locator("#mentions-group .add-row a").click()
    choose(page, "mentions-0-official", "Andi Contoh")
    page.locator("#quotes-group .add-row a").click()
    page.fill("#id_quotes-0-number", "1")
    page.select_option("#id_quotes-0-kind", "retold")
    page.fill("#id_quotes-0-text", "Berita harus sampai kepada warga.")
    choose(page, "quotes-0-speaker", "Andi Contoh")


def expected_address() -> str:
    today = timezone.localdate(timezone=regency_office("73.03").region.zone)
    return f"/berita/{today.year}/{today.month:02}/bantaeng-hadir-di-rakornas-komunikasi-publik/"


def read_the_story(page) -> None:
    assert page.goto(expected_address()).status == 200
    text = page.locator("main").inner_text()
    for part in (HEADLINE, "Jakarta", "Andi Contoh", "Kepala Dinas Kominfo", "Rakornas 2019", "disampaikan ulang"):
        assert part.lower() in text.lower(), part
    assert page.locator(".read-also a", has_text="Aceh memperluas").count() == 1
    assert page.locator(".related a.card__link").count() >= 1
    assert page.locator(".story__lead img").evaluate("image => image.complete && image.naturalWidth > 0")
    assert Article.objects.published().count() == 3
