"""What readers do, with scripts and without: read on, keep, listen, share, and set the page as they like it."""

import pytest

from news.models import Article
from tests.browser.conftest import PHONE
from tests.factories import published, regency_office

SCHEME_AND_SIZE = (
    "() => (({ backgroundColor, fontSize }) => [backgroundColor, fontSize])(getComputedStyle(document.documentElement))"
)
PAPER, NIGHT = "rgb(251, 250, 247)", "rgb(15, 24, 32)"


@pytest.fixture
def story(transactional_db) -> str:
    """The address of a published article."""
    return published(regency_office("73.03"), headline="Pasar ikan dibuka lagi").article.get_absolute_url()


def test_a_reader_chooses_scheme_and_size_by_keyboard_and_finds_them_again(new_page, story):
    page = new_page(color_scheme="light")
    page.goto(story)
    assert page.evaluate(SCHEME_AND_SIZE) == [PAPER, "16px"]
    page.get_by_role("button", name="Tampilan").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SCHEME_AND_SIZE) == [NIGHT, "19.2px"]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Aa Tampilan"
    page.goto("/berita/")
    assert page.evaluate(SCHEME_AND_SIZE) == [NIGHT, "19.2px"]
    page.get_by_role("button", name="Tampilan").click()
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


def test_the_largest_text_fits_a_phone(new_page, story):
    page = new_page(**PHONE)
    page.add_init_script("localStorage.setItem('text', 'largest')")
    for address in (story, "/", "/berita/", "/wilayah/", "/kantor/", "/agenda/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, address


def test_without_scripts_nothing_is_offered_that_would_not_work(new_page, story):
    page = new_page(java_script_enabled=False)
    page.goto(story)
    assert Article.objects.get().headline in page.locator("h1").inner_text()
    assert [button for button in page.get_by_role("button").all_inner_texts() if button] == []
