"""Stories kept for later: read without a connection, gone once withdrawn; and the worker leaves when it is told to."""

import time

import pytest

from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from tests.browser.conftest import PHONE
from tests.factories import PhotoFactory, published, regency_office
from tests.factories.news import someone

BODY_BEGINS = "Paragraf pertama"


@pytest.fixture
def edition(transactional_db):
    """A published article with a photo."""
    office = regency_office("73.03")
    return published(office, headline="Pasar ikan dibuka lagi", photos=(PhotoFactory(office),))


@pytest.fixture
def story(edition) -> str:
    return edition.article.get_absolute_url()


@pytest.fixture
def reader(new_page):
    """Somebody with a phone whose browser the portal's worker may live in."""
    return new_page(**PHONE, service_workers="allow")


def kept_pictures(page) -> int:
    """How many pictures stand in the caches of kept stories."""
    return page.evaluate(
        """async () => {
          const names = (await caches.keys()).filter((name) => name.startsWith("berita:"));
          const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
          return keys.flat().filter(({ url }) => url.includes("/media/")).length;
        }"""
    )


def disconnect(page) -> None:
    """Take the network away, and what the browser keeps by itself for the minutes that a server allows.

    To be called when nothing is being fetched: what arrives after the clearing would be shown as if from the network.
    """
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.context.set_offline(True)


def eventually(holds) -> bool:
    """Whether it holds within ten seconds: the worker goes about its work by itself."""
    end = time.monotonic() + 10
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def keep(page, address: str) -> None:
    """Keep the story at `address`, once the worker is there to show it later."""
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready")
    page.get_by_role("button", name="Simpan untuk nanti").click()
    page.get_by_text("Tersimpan di peramban ini").wait_for()


def test_a_kept_story_is_read_without_a_connection_picture_and_all_and_let_go(reader, story):
    keep(reader, story)
    assert kept_pictures(reader) == 1
    disconnect(reader)
    reader.goto("/kantor/")
    assert reader.locator("h1").inner_text() == "Tidak ada sambungan"
    reader.get_by_role("link", name="Pasar ikan dibuka lagi").click()
    reader.wait_for_url(story)
    assert reader.locator("h1").inner_text() == "Pasar ikan dibuka lagi"
    reader.get_by_text("Yang tampil adalah salinan").wait_for()
    assert reader.evaluate("document.querySelector('.story img').decode().then(() => true)")
    reader.locator("[data-keep][aria-pressed=true]").wait_for()

    reader.goto("/simpanan/")
    reader.get_by_role("button", name="Hapus dari simpanan: Pasar ikan dibuka lagi").click()
    reader.get_by_text("Belum ada berita tersimpan").wait_for()
    assert reader.evaluate("document.activeElement.textContent").split()[:2] == ["Belum", "ada"]
    reader.goto(story)
    assert reader.locator("h1").inner_text() == "Tidak ada sambungan"


@pytest.mark.parametrize(("step", "words"), [(Step.WITHDRAW, "Berita ini telah ditarik."), (Step.REMOVE, "")])
def test_what_was_withdrawn_or_removed_is_read_no_more_once_the_network_says_so(reader, edition, story, step, words):
    keep(reader, story)
    take_step(edition, step, by=someone(Role.MANAGER, edition.article.office), note="Keliru.")
    reader.goto("/simpanan/")
    reader.get_by_text("Berita ini tidak lagi terbit").wait_for()
    assert kept_pictures(reader) == 0
    disconnect(reader)
    reader.goto(story)
    assert words in reader.locator("main").inner_text()
    assert BODY_BEGINS not in reader.content()


def test_the_worker_keeps_nothing_of_staff_and_forms_and_leaves_when_told(reader, story, settings, monkeypatch):
    keep(reader, story)
    for address in ("/admin/login/", "/healthz", "/api/v1/", "/berita/?provinsi=73", "/tidak-ada/", "/"):
        reader.goto(address)
    names = [name for name in reader.evaluate("caches.keys()") if not name.startswith("berita:")]
    recent = next(name for name in names if name.startswith("terbaru:"))
    paths = "async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)"
    assert reader.evaluate(paths, recent) == ["/"]

    monkeypatch.setattr("portal.offline.worker.SHELL_FILES", ("css/tokens.css",))
    reader.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    assert eventually(lambda: not set(names) & set(reader.evaluate("caches.keys()")))
    assert [name for name in reader.evaluate("caches.keys()") if name.startswith("berita:")] == [f"berita:{story}"]

    settings.KEEPS_OFFLINE = False
    reader.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    assert eventually(lambda: not reader.evaluate("navigator.serviceWorker.getRegistration()"))
    assert eventually(lambda: reader.evaluate("caches.keys()") == [f"berita:{story}"])
