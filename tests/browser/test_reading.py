"""What readers do, with scripts and without: read on, listen, share, and set the page as they like it."""

import pytest

from news.models import Article
from tests.browser.conftest import PHONE
from tests.factories import EventFactory, PhotoFactory, ministry, published, regency_office
from tests.factories.news import BODY

SCHEME_AND_SIZE = (
    "() => (({ backgroundColor, fontSize }) => [backgroundColor, fontSize])(getComputedStyle(document.documentElement))"
)
BODY_BEGINS = "Paragraf pertama"
PAPER, NIGHT = "rgb(251, 250, 247)", "rgb(15, 24, 32)"


@pytest.fixture
def story(transactional_db) -> str:
    """The address of a published article with a photo."""
    office = regency_office("73.03")
    edition = published(office, headline="Pasar ikan dibuka lagi", photos=(PhotoFactory(office),))
    return edition.article.get_absolute_url()


def test_a_reader_chooses_scheme_and_size_by_keyboard_and_finds_them_again(new_page, story):
    page = new_page(color_scheme="light")
    page.goto(story)
    assert page.evaluate(SCHEME_AND_SIZE) == [PAPER, "16px"]
    page.get_by_role("banner").get_by_role("button", name="Tampilan").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SCHEME_AND_SIZE) == [NIGHT, "19.2px"]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Aa Tampilan"
    page.goto("/berita/")
    assert page.evaluate(SCHEME_AND_SIZE) == [NIGHT, "19.2px"]
    page.get_by_role("banner").get_by_role("button", name="Tampilan").click()
    assert page.get_by_label("Gelap").is_checked()
    page.get_by_label("Terang").check()
    assert page.evaluate("document.querySelector('meta[data-for-scheme=dark]').media") == "not all"
    assert page.context.cookies() == []


def test_the_choice_is_there_before_the_first_paint(new_page, story):
    page = new_page(color_scheme="light")
    page.add_init_script("localStorage.setItem('scheme', 'dark')")
    page.goto(story)
    blocking = page.evaluate(
        "performance.getEntriesByName(document.querySelector('script[src*=display]').src)[0].renderBlockingStatus"
    )
    assert blocking == "blocking"
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"


@pytest.mark.parametrize("width", [320, 390])
def test_the_largest_text_leaves_search_and_menu_to_a_finger(new_page, story, width):
    page = new_page(**{**PHONE, "viewport": {"width": width, "height": 700}})
    page.add_init_script("localStorage.setItem('text', 'largest')")
    page.goto(story)
    for control in (page.locator(".search-link"), page.locator(".menu > summary")):
        box = control.bounding_box()
        assert box["width"] >= 44
        assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_office_is_found_in_the_directory_by_the_names_it_is_called_by(new_page, transactional_db):
    office = regency_office("73.03")
    office.abbreviation = "Diskominfo-SP"
    office.save()
    regency_office("73.71")
    page = new_page()
    page.goto("/kantor/")
    for typed in ("diskominfo-sp", f"diskominfo {office.region.short_name}", office.region.name):
        page.get_by_label("Cari kantor atau daerah").fill(typed)
        assert page.locator("li[data-also]:visible").count() == 1, typed


def test_the_largest_text_fits_a_phone(new_page, story):
    page = new_page(**PHONE)
    page.add_init_script("localStorage.setItem('text', 'largest')")
    for address in (story, "/", "/berita/", "/wilayah/", "/kantor/", "/agenda/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, address


def test_what_can_be_broken_nowhere_fits_a_phone(new_page, transactional_db):
    place = "https://rapat.example/j/89212345678?pwd=" + "a1B2" * 30
    event = EventFactory(state="published", place=place, organiser=regency_office("73.01"))
    edition = published(regency_office("73.03"), event=event, tags=("keterbukaan" * 9,), byline="Wartawan" * 12)
    page = new_page(**PHONE)
    for address in (
        edition.article.get_absolute_url(),
        event.get_absolute_url(),
        "/agenda/",
        edition.tags.get().get_absolute_url(),
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, address


def test_without_scripts_nothing_is_offered_that_would_not_work(new_page, story):
    page = new_page(java_script_enabled=False)
    page.goto(story)
    assert Article.objects.get().headline in page.locator("h1").inner_text()
    assert [button for button in page.get_by_role("button").all_inner_texts() if button] == ["Cari"]


@pytest.fixture
def world(transactional_db):
    """Two offices of two provinces with an event between them, and enough news for several pages of a list."""
    here, there = regency_office("73.03"), regency_office("11.01")
    event = EventFactory(state="published", organiser=ministry(), title="Rakornas Humas")
    for number in range(4):
        published(here, headline=f"Kabar lama {number}")
    there_told = published(there, headline="Humas Aceh berkumpul", event=event, tags=("humas",))
    return published(
        here,
        headline="Pasar ikan dibuka lagi",
        body=f"{BODY}<div class='baca-juga' data-article='{there_told.article_id}'></div>",
        event=event,
        tags=("humas",),
        photos=(PhotoFactory(here), PhotoFactory(here)),
        picks=(there_told.article,),
    )


def click(page, name: str, within: str = "main") -> None:
    """Follow the first link that is called so."""
    page.locator(within).get_by_role("link", name=name).first.click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_goes_from_the_map_to_a_story_and_on_to_its_neighbour_office_and_event(new_page, world, scripts):
    page = new_page(**PHONE, java_script_enabled=scripts)
    page.goto("/")
    click(page, "Provinsi 73:", ".tiles")
    assert page.locator("h1").inner_text() == "Provinsi 73"
    click(page, "Pasar ikan dibuka lagi")
    page.get_by_role("complementary", name="Baca juga").get_by_role("link").click()
    assert page.locator("h1").inner_text() == "Humas Aceh berkumpul"
    click(page, "Pasar ikan dibuka lagi", ".related")
    page.locator(".byline__office").click()
    assert page.url.endswith(world.article.office.get_absolute_url())
    click(page, "Pasar ikan dibuka lagi")
    click(page, "Rakornas Humas", ".story__facts")
    assert page.get_by_role("link", name="Humas Aceh berkumpul").is_visible()
    calendar = page.request.get(page.get_by_role("link", name="Simpan ke kalender").get_attribute("href"))
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Rakornas Humas" in calendar.text()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_narrows_a_list_pages_on_searches_and_looks_through_photos_and_days(
    new_page, world, scripts, monkeypatch
):
    monkeypatch.setattr("news.paging.PAGE_SIZE", 2)
    page = new_page(java_script_enabled=scripts)
    page.goto("/berita/")
    page.get_by_text("Saring berita").click()
    page.get_by_role("combobox", name="Provinsi").select_option("73")
    page.get_by_role("button", name="Tampilkan").click()
    assert page.get_by_role("link", name="Humas Aceh berkumpul").count() == 0
    seen = page.locator(".card__title").all_inner_texts()
    for _ in range(2):
        click(page, "Lebih lama")
        seen += page.locator(".card__title").all_inner_texts()
    assert seen == ["Pasar ikan dibuka lagi", *(f"Kabar lama {number}" for number in (3, 2, 1, 0))]
    click(page, "Lebih baru")

    page.get_by_role("searchbox").fill("pasar ikan")
    page.get_by_role("searchbox").press("Enter")
    click(page, "Pasar ikan dibuka lagi")
    page.get_by_role("link", name="Perbesar foto").first.click()
    assert page.get_by_text("Foto 1 dari 2").is_visible()
    page.get_by_role("link", name="Berikutnya").first.click()
    assert page.get_by_text("Foto 2 dari 2").is_visible()
    page.locator("dialog:visible").get_by_role("link", name="Tutup").click()
    assert page.locator("dialog:visible").count() == 0

    page.get_by_role("contentinfo").get_by_role("link", name="Indeks harian").click()
    page.locator("main a[href^='/berita/20']").last.click()
    page.get_by_role("contentinfo").get_by_role("link", name="Kantor", exact=True).click()
    page.locator("summary", has_text="Provinsi 11").click()
    click(page, "Kabupaten 11-01")
    assert page.get_by_role("link", name="Humas Aceh berkumpul").first.is_visible()


def test_on_paper_stands_the_story_with_its_address_and_nothing_else(page, world):
    page.goto(world.article.get_absolute_url())
    page.emulate_media(media="print")
    for part in ("header.masthead", "footer", ".tools", ".share", ".related", ".read-also", "nav"):
        assert page.locator(part).locator("visible=true").count() == 0, part
    paper = page.locator("article").first.inner_text()
    assert BODY_BEGINS in paper
    assert world.article.get_absolute_url() in paper


FOCUS = """() => {
  const here = document.activeElement;
  if (here === document.body) return null;
  const { outlineStyle } = getComputedStyle(here), box = here.getBoundingClientRect();
  const isMarked = outlineStyle !== "none" || Boolean(here.closest("svg"));
  const at = document.elementFromPoint(box.x + box.width / 2, Math.min(innerHeight - 2, box.y + box.height / 2));
  return {
    number: [...document.querySelectorAll("*")].indexOf(here),
    what: here.outerHTML.slice(0, 120),
    isSeen: isMarked && Boolean(box.width) && box.bottom > 0 && box.top < innerHeight,
    isFree: !at || here.contains(at) || at.contains(here) || Boolean(here.closest("svg, .display")),
  };
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_everything_is_reached_with_the_tab_key_in_order_seen_and_left_again(new_page, world, width):
    page = new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    for address in ("/", world.article.get_absolute_url(), "/berita/", "/simpanan/"):
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
        passed = []
        while (place := page.evaluate(FOCUS)) and len(passed) < 400:
            passed.append(place)
            page.keyboard.press("Tab")
        numbers = [place["number"] for place in passed]
        assert 10 < len(passed) < 400, address
        assert numbers == sorted(set(numbers)), address
        assert [place["what"] for place in passed if not (place["isSeen"] and place["isFree"])] == [], address
    page.goto(world.article.get_absolute_url())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


VOICES = """
  const synth = {
    said: [], getVoices: () => [{ lang: "en-US" }, { lang: "id_ID", localService: true }], addEventListener() {},
    speak(speech) { this.said.push(speech.text); this.end = speech.onend; }, cancel() { this.end = undefined; },
  };
  Object.defineProperty(window, "speechSynthesis", { value: synth });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_a_story_is_read_aloud_sentence_by_sentence_where_a_voice_speaks_indonesian(page, story):
    page.goto(story)
    assert page.get_by_role("button", name="Dengarkan").count() == 0
    page.add_init_script(VOICES)
    page.reload()
    page.get_by_role("button", name="Dengarkan").press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Jeda"
    page.evaluate("speechSynthesis.end()")
    page.evaluate("speechSynthesis.end()")
    assert page.locator(".is-spoken").inner_text().endswith("cukup panjang.")
    page.keyboard.press("Enter")
    assert page.evaluate("speechSynthesis.end") is None
    page.get_by_role("button", name="Lanjutkan").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".is-spoken").count() == 0
    assert page.evaluate("document.activeElement.textContent").strip() == "Dengarkan"
    told = page.evaluate("speechSynthesis.said")
    assert told[:2] == ["Pasar ikan dibuka lagi", "Ringkasan satu kalimat."]
    assert told[-1] == told[-2]
    assert max(map(len, told)) <= 200


def test_a_story_is_shared_by_the_phones_own_sheet_or_a_copied_link_else_by_plain_links(new_page, story):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script("navigator.share = async (what) => { window.shared = what; }")
    page.goto(story)
    page.get_by_role("button", name="Bagikan", exact=True).click()
    assert page.evaluate("shared.url").endswith(story)
    page.get_by_role("button", name="Salin tautan").click()
    page.get_by_role("status").get_by_text("Tautan sudah disalin.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith(story)
    plain = new_page(java_script_enabled=False)
    plain.goto(story)
    assert plain.get_by_role("link", name="WhatsApp").get_attribute("href").startswith("https://wa.me/?text=")
    assert plain.get_by_role("button", name="Salin tautan").count() == 0
