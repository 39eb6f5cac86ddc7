"""Photos as a browser fetches them: as wide as their place needs, in the best format, with room kept for them."""

import pytest

from news.library import add_photo
from news.renditions import RENDITIONS
from offices.roles import Role
from tests.factories import published, regency_office
from tests.factories.news import picture_file, someone

# What a browser makes of `sizes` is the natural width; a crop is as wide as its height asks for.
PLACES = """() => [...document.querySelectorAll("main img")].filter((img) => img.checkVisibility()).map((img) => {
  const box = img.getBoundingClientRect();
  const ratio = img.getAttribute("width") / img.getAttribute("height");
  const needed = getComputedStyle(img).objectFit === "cover" ? Math.max(box.width, box.height * ratio) : box.width;
  return { file: img.currentSrc, told: img.naturalWidth, needed: Math.round(needed) };
})"""
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""
SCREENS = [
    {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    {"viewport": {"width": 820, "height": 1180}, "device_scale_factor": 2},
    {"viewport": {"width": 1280, "height": 900}, "device_scale_factor": 1},
]


@pytest.fixture
def addresses(transactional_db):
    """An article with a gallery and five related ones, and the lists they stand in."""
    office = regency_office("73.03")
    writer = someone(Role.WRITER, office)

    def photo():
        return add_photo(picture_file(1600, 1000), office=office, by=writer, title="Foto")

    for _n in range(5):
        published(office, photos=(photo(),), tags=("humas",))
    rich = published(office, photos=(photo(), photo(), photo()), tags=("humas",))
    RENDITIONS.catch_up()
    rich.article.refresh_from_db()
    return [rich.article.get_absolute_url(), "/", "/berita/", office.get_absolute_url()]


def test_every_photo_is_fetched_as_wide_as_its_place_needs_and_moves_nothing(new_page, addresses):
    wrong = []
    for screen in SCREENS:
        page = new_page(**screen)
        for address in addresses:
            page.goto(address)
            assert page.evaluate(SHIFTS) < 0.001, (address, screen)
            page.evaluate("document.querySelectorAll('img').forEach((img) => { img.loading = 'eager'; })")
            page.wait_for_load_state("networkidle")
            assert page.evaluate("getComputedStyle(document.querySelector('source')).display") == "none"
            places = page.evaluate(PLACES)
            assert places, address
            assert {place["file"].rpartition(".")[2] for place in places} == {"avif"}
            wrong += [(address, screen["viewport"]["width"], place) for place in places if not is_right(place)]
    assert wrong == []


def test_a_font_that_comes_late_moves_nothing(new_page, transactional_db):
    story = published(regency_office("73.03"), tags=("humas",)).article.get_absolute_url()
    for screen in (SCREENS[0], SCREENS[-1]):
        page = new_page(**screen)
        page.route("**/*.woff2", come_late)
        for address in (story, "/"):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("[...document.fonts].some((one) => one.status === 'loaded')"), "The font never came."
            assert page.evaluate(SHIFTS) < 0.001, (address, screen)


def come_late(route):
    """Let a file wait until long after the page's first paint."""
    route.request.frame.page.wait_for_timeout(600)
    route.continue_()


def is_right(place) -> bool:
    return 0.97 * place["needed"] <= place["told"] <= 1.4 * place["needed"]
