"""Valid HTML and no accessibility fault on the pages people use most, on a desk and on a phone."""

from dataclasses import dataclass

import pytest

from news.demands import token_of
from news.models import Article, Edition
from news.pictures import WORKS
from news.writing import save_content, start_edition
from offices.roles import Role
from tests.browser.conftest import faults_in_both_schemes, faults_of
from tests.browser.newsroom import sign_in, with_password
from tests.factories import (
    AppointmentFactory,
    AttachmentFactory,
    EventFactory,
    PhotoFactory,
    PositionFactory,
    drafted,
    ministry,
    published,
    regency_office,
)
from tests.factories.demands import demanded, received
from tests.factories.news import someone
from tests.nu_checker import vnu


@dataclass(frozen=True)
class World:
    public: dict[str, str]
    newsroom: dict[str, str]


@pytest.fixture
def world(transactional_db):
    """A rich published article among others, and a draft, with the addresses of the pages they stand on."""
    office = regency_office("73.03")
    event = EventFactory(state="published", organiser=ministry())
    event.participants.add(office)
    term = AppointmentFactory(position=PositionFactory(office=office))
    other = published(
        regency_office("11.01"), tags=("humas",), event=event, photos=(PhotoFactory(regency_office("11.01")),)
    )
    document = AttachmentFactory(office)
    rich = published(
        office,
        body=f"<p>Satu.</p><h2>Anak judul</h2><div class='baca-juga' data-article='{other.article_id}'></div>"
        "<ul><li>Butir</li></ul><div class='kutipan' data-quote='1'></div><blockquote><p>Petikan</p></blockquote>",
        event=event,
        tags=("humas", "rakornas"),
        officials=(term.official,),
        quotes=({"number": 1, "kind": "retold", "text": "Berita harus sampai.", "speaker": term},),
        photos=(PhotoFactory(office), PhotoFactory(office)),
        documents=(document,),
        picks=(other.article,),
    )
    old = PhotoFactory(office)
    draft = drafted(office, photos=(old,), documents=(document,), deck="")
    better = PhotoFactory(office, replaces=old)
    article = Article.objects.get(pk=rich.article_id)
    demand = demanded(rich, phone="0812 3456 7890")
    twice = corrected(office)
    for work in WORKS:
        work.catch_up()
    public = {
        "home": "/",
        "article": article.get_absolute_url(),
        "office": office.get_absolute_url(),
        "event": event.get_absolute_url(),
        "list": "/berita/",
        "day": f"/berita/{article.published_on:%Y/%m/%d}/",
        "month": f"/berita/{article.published_on:%Y/%m}/",
        "year": f"/berita/{article.published_on:%Y}/",
        "chooser": "/indeks/?tanggal=2000-02-30",
        "search": "/cari/",
        "found": "/cari/?q=berita",
        "found newest": "/cari/?q=berita&urut=terbaru&provinsi=73",
        "nothing found": "/cari/?q=%22tidak%20berita%22",
        "regions": "/wilayah/",
        "region": office.region.get_absolute_url(),
        "directory": "/kantor/",
        "follow": "/langganan/?q=kantor",
        "official": term.official.get_absolute_url(),
        "events": "/agenda/",
        "event month": f"/agenda/{event.starts_at:%Y/%m}/",
        "tag": "/tag/humas/",
        "tag year": f"/tag/humas/{article.published_on.year}/",
        "term": f"{term.official.get_absolute_url()}?masa={term.pk}",
        "rubric": article.rubric.get_absolute_url(),
        "api": "/api/v1/",
        "widget builder": "/widget/?provinsi=73",
        "widget": "/widget/berita/?tema=gelap",
        "missing": "/tidak-ada/",
        "demand form": f"{article.get_absolute_url()}hak-jawab/",
        "demand": f"/hak-jawab/{token_of(demand)}/",
        "unconfirmed demand": f"/hak-jawab/{token_of(received(rich))}/",
        "about": "/tentang/",
        "guidelines": "/pedoman/",
        "accessibility": "/aksesibilitas/",
        "privacy": "/privasi/",
        "shelf": "/simpanan/",
        "offline": "/luring/",
        "contact": "/kontak/",
        "offices found": "/kontak/?wilayah=73",
    }
    newsroom = {
        "index": "/admin/",
        "notices": "/admin/notices/?tampil=semua",
        "preferences": "/admin/preferences/",
        "calendar": "/admin/kalender/",
        "list": "/admin/news/article/",
        "add": "/admin/news/article/add/",
        "edit": f"/admin/news/article/{draft.article_id}/change/",
        "history": f"/admin/news/article/{draft.article_id}/history/",
        "address": f"/admin/news/article/{rich.article_id}/address/",
        "compare": f"/admin/news/article/{twice.article_id}/compare/",
        "preview": f"/admin/news/article/{draft.article_id}/preview/sizes/",
        "share": f"/admin/news/article/{draft.article_id}/share/",
        "photos": "/admin/news/photo/",
        "upload": "/admin/news/photo/add/",
        "photo": f"/admin/news/photo/{old.pk}/change/",
        "replace": f"/admin/news/photo/{old.pk}/replace/",
        "swap": f"/admin/news/photo/{better.pk}/swap/",
        "documents": "/admin/news/attachment/",
        "document": f"/admin/news/attachment/{document.pk}/change/",
        "new document": "/admin/news/attachment/add/",
        "demands": "/admin/news/demand/",
        "demand": f"/admin/news/demand/{demand.pk}/change/",
        "events": "/admin/news/event/",
        "event": f"/admin/news/event/{event.pk}/change/",
        "office": f"/admin/offices/office/{office.pk}/change/",
    }
    return World(public, newsroom)


def corrected(office) -> Edition:
    """The second edition of a published article, with changed words in every kind of part."""
    editor = someone(Role.EDITOR, office)
    newer = start_edition(published(office, photos=(PhotoFactory(office),)).article, by=editor)
    newer.headline, newer.body = "Judul yang diperbaiki", "<p>Paragraf kedua yang baru.</p><p>Paragraf ketiga.</p>"
    newer.save()
    newer.photos.update(caption="Keterangan lain")
    return save_content(newer, by=editor, version=newer.version)


def html_of(page, addresses: dict[str, str]) -> dict[str, str]:
    return {name: page.request.get(address).text() for name, address in addresses.items()}


@pytest.mark.parametrize("width", [1280, 390])
def test_public_pages_have_no_accessibility_fault(new_page, world, width):
    page = new_page(bypass_csp=True, viewport={"width": width, "height": 900})
    assert faults_of(page, world.public) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_for_a_form_that_is_too_old_is_valid_html_and_has_no_accessibility_fault(new_page, db, width):
    page = new_page(bypass_csp=True, viewport={"width": width, "height": 900})
    page.goto("/admin/login/")
    page.fill("input[name=username]", "siapa")
    page.fill("input[name=password]", "saja")
    page.context.clear_cookies()
    with page.expect_navigation() as answer:
        page.click("input[type=submit]")
    assert answer.value.status == 403
    assert vnu({"old form": answer.value.text()}) == []
    assert faults_in_both_schemes(page) == []


def test_public_pages_are_valid_html(page, world):
    assert vnu(html_of(page, world.public)) == []


def test_the_newsroom_is_valid_html_and_has_no_accessibility_fault(new_page, world):
    page = new_page(bypass_csp=True)
    sign_in(page, with_password(Role.EDITOR, regency_office("73.03")))
    assert vnu(html_of(page, world.newsroom)) == []
    assert faults_of(page, world.newsroom) == []


def test_the_dashboard_is_valid_html_and_has_no_accessibility_fault(new_page, world):
    page = new_page(bypass_csp=True)
    sign_in(page, with_password(Role.CURATOR, ministry()))
    pages = {"dashboard": "/pusat/", "rows": "/pusat/berita/"}
    assert vnu(html_of(page, pages)) == []
    assert faults_of(page, pages) == []


def test_no_page_speaks_to_another_host_or_breaks_its_own_policy(page, world, live_server):
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for name, address in world.public.items():
        if name not in ("missing", "chooser"):
            page.goto(address)
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert complaints == []
