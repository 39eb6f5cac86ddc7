"""The files for search engines: every public page, and nothing else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from news import sitemaps
from news.addresses import change_address
from news.announcements import take_event_step
from news.models import Article, Event
from news.models.events import EventState
from news.states import Step
from news.views import sitemaps as views
from news.workflow import take_step
from offices.roles import Role
from tests.factories.news import EventFactory, RubricFactory, approved, published, someone
from tests.factories.offices import OfficialFactory, province_office, regency_office
from tests.factories.unseen import hidden_articles

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}
SCHEMAS = Path(__file__).parents[1] / "schemas"
SCHEMA_OF_INDEX = etree.XMLSchema(file=SCHEMAS / "siteindex.xsd")
SCHEMA_OF_FILES = etree.XMLSchema(file=SCHEMAS / "all-sitemaps.xsd")


def entries(response, what="s:url"):
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    schema = SCHEMA_OF_INDEX if what == "s:sitemap" else SCHEMA_OF_FILES
    schema.assertValid(etree.fromstring(response.content))
    root = ElementTree.fromstring(response.content)  # noqa: S314 - the same
    return {
        row.findtext("s:loc", namespaces=SPACE).removeprefix("http://testserver"): row.findtext(
            "s:lastmod", namespaces=SPACE
        )
        for row in root.findall(what, SPACE)
    }


def files(client):
    return entries(client.get("/sitemap.xml"), "s:sitemap")


def written(moment):
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def test_the_index_leads_to_every_file_and_every_file_is_valid(client):
    published(tags=("humas",), at=NOON)
    OfficialFactory()
    EventFactory(state="published")
    assert list(files(client)) == [
        "/sitemap-halaman.xml",
        "/sitemap-rubrik.xml",
        "/sitemap-wilayah.xml",
        "/sitemap-kantor.xml",
        "/sitemap-berita-0.xml",
        "/sitemap-agenda-0.xml",
        "/sitemap-pejabat-0.xml",
        "/sitemap-tag-0.xml",
        "/sitemap-indeks-2026.xml",
    ]
    assert all(entries(client.get(path)) for path in files(client))


def test_every_page_that_is_listed_is_there_and_calls_itself_by_that_address(client):
    published(tags=("humas",))
    OfficialFactory()
    EventFactory(state="published")
    pages = [page for path in files(client) for page in entries(client.get(path))]
    assert len(set(pages)) == len(pages)
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        head = etree.HTML(response.content).find("head")
        assert [link.get("href") for link in head.findall("link[@rel='canonical']")] == [f"http://testserver{page}"]
        assert head.find("meta[@name='robots']") is None, page


def test_a_narrowed_list_is_called_by_one_address_however_it_was_asked_for(client):
    published(rubric=RubricFactory(name="Ekonomi"))
    response = client.get("/berita/?x=1&rubrik=ekonomi&dari=&provinsi=73")
    assert response.context["canonical_url"] == "http://testserver/berita/?provinsi=73&rubrik=ekonomi"


def test_an_empty_portal_has_a_valid_index_of_valid_files(client):
    assert list(files(client)) == [
        "/sitemap-halaman.xml",
        "/sitemap-rubrik.xml",
        "/sitemap-wilayah.xml",
        "/sitemap-kantor.xml",
    ]
    assert list(entries(client.get("/sitemap-rubrik.xml"))) == ["/"]
    assert list(entries(client.get("/sitemap-news.xml"))) == ["/"]


def test_only_published_articles_are_listed_with_when_they_changed(client):
    hidden_articles()
    article = published(at=NOON).article
    assert entries(client.get("/sitemap-berita-0.xml")) == {article.get_absolute_url(): "2026-11-02T04:00:00+00:00"}


def test_only_tags_of_public_articles_are_listed(client):
    approved(tags=("rahasia",))
    published(tags=("humas",))
    assert list(entries(client.get("/sitemap-tag-0.xml"))) == ["/tag/humas/"]


def test_days_with_news_are_listed_by_year_with_their_months(client):
    published(at=NOON)
    published(at=NOON - timedelta(days=400))
    assert [path for path in files(client) if "indeks" in path] == [
        "/sitemap-indeks-2025.xml",
        "/sitemap-indeks-2026.xml",
    ]
    assert list(entries(client.get("/sitemap-indeks-2026.xml"))) == [
        "/berita/2026/",
        "/berita/2026/11/",
        "/berita/2026/11/02/",
    ]


def test_rows_are_spread_over_files_that_never_grow_too_long(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "FILE_SIZE", 2)
    pks = [published().article_id for _ in range(5)]
    paths = [path for path in files(client) if "berita" in path]
    found = [address for path in paths for address in entries(client.get(path))]
    assert found == [Article.objects.get(pk=pk).get_absolute_url() for pk in pks]
    assert max(len(entries(client.get(path))) for path in paths) <= 2


def test_a_file_from_which_everything_was_taken_is_listed_no_longer(client):
    edition = published()
    take_step(edition, Step.WITHDRAW, by=someone(Role.MANAGER, edition.article.office), note="Keliru.")
    assert [path for path in files(client) if "berita" in path] == []
    assert client.get("/sitemap-berita-0.xml").status_code == 404


def lastmod_of_articles(client):
    return files(client)["/sitemap-berita-0.xml"]


def test_the_index_tells_when_a_file_last_changed_by_whatever_step(client):
    start = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    published()
    with time_machine.travel(start, tick=False):
        edition = published()
        assert lastmod_of_articles(client) == written(start)
    with time_machine.travel(start + timedelta(hours=1), tick=False):
        change_address(edition.article, "alamat-lain", by=someone(Role.EDITOR, edition.article.office))
        assert lastmod_of_articles(client) == written(start + timedelta(hours=1))
    with time_machine.travel(start + timedelta(hours=2), tick=False):
        take_step(edition, Step.WITHDRAW, by=someone(Role.MANAGER, edition.article.office), note="Keliru.")
        assert lastmod_of_articles(client) == written(start + timedelta(hours=2))


def test_a_change_in_one_file_is_none_in_another(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "FILE_SIZE", 1)
    old, new = published().article, published().article
    Article.objects.filter(pk=old.pk).update(changed_at=NOON)
    told = files(client)
    assert told[f"/sitemap-berita-{old.pk}.xml"] == written(NOON)
    assert told[f"/sitemap-berita-{new.pk}.xml"] == written(Article.objects.get(pk=new.pk).changed_at)


def test_an_announced_event_tells_when_it_changed(client):
    event = EventFactory()
    take_event_step(event, EventState.PUBLISHED, by=someone(Role.EDITOR, event.organiser))
    changed = written(Event.objects.get().changed_at)
    assert entries(client.get("/sitemap-agenda-0.xml")) == {event.get_absolute_url(): changed}
    assert files(client)["/sitemap-agenda-0.xml"] == changed


def test_places_change_with_their_news(client):
    quiet = province_office("91")
    article = published(regency_office("73.03")).article
    changed = written(Article.objects.get(pk=article.pk).changed_at)
    assert entries(client.get("/sitemap-kantor.xml")) == {
        quiet.get_absolute_url(): None,
        article.office.get_absolute_url(): changed,
    }
    assert entries(client.get("/sitemap-wilayah.xml")) == {
        "/wilayah/00/": None,
        "/wilayah/73/": changed,
        "/wilayah/73.03/": changed,
        "/wilayah/91/": None,
    }
    assert entries(client.get("/sitemap-halaman.xml"))["/berita/"] == changed


def test_other_pages_are_listed(client):
    rubric = RubricFactory()
    event, _draft = EventFactory(state="published"), EventFactory()
    official = OfficialFactory()
    assert list(entries(client.get("/sitemap-rubrik.xml"))) == [rubric.get_absolute_url()]
    assert list(entries(client.get("/sitemap-agenda-0.xml"))) == [event.get_absolute_url()]
    assert list(entries(client.get("/sitemap-pejabat-0.xml"))) == [official.get_absolute_url()]
    assert {"/", "/berita/", "/wilayah/", "/kantor/", "/agenda/"} <= set(entries(client.get("/sitemap-halaman.xml")))


def test_the_configured_address_of_the_site_is_used(client, settings):
    settings.SITE_URL = "https://kabar.example"
    published()
    for path in ("/sitemap.xml", "/sitemap-berita-0.xml", "/sitemap-news.xml"):
        what = "s:sitemap" if path == "/sitemap.xml" else "s:url"
        assert all(address.startswith("https://kabar.example/") for address in entries(client.get(path), what))


@pytest.mark.parametrize(
    "path",
    [
        "lain.xml",
        "lain-0.xml",
        "kantor-0.xml",
        "berita.xml",
        "berita-1.xml",
        "berita-999999.xml",
        "berita-9999999.xml",
        "indeks-0.xml",
        "indeks-1999.xml",
        "indeks-999999.xml",
    ],
)
def test_a_file_that_is_not_there_is_not_found(client, path):
    published()
    assert client.get(f"/sitemap-{path}").status_code == 404


# The news of two days.


def told(client):
    rows = ElementTree.fromstring(client.get("/sitemap-news.xml").content).findall("s:url/n:news", SPACE)  # noqa: S314
    return [row.findtext("n:title", namespaces=SPACE) for row in rows]


def test_the_news_of_two_days_is_told_with_who_and_when(client):
    hidden_articles()
    at = timezone.now().replace(microsecond=0) - timedelta(hours=47)
    published(headline="Terlalu lama", at=at - timedelta(hours=2))
    article = published(headline="Harga <ikan> & beras\x0b", at=at).article
    response = client.get("/sitemap-news.xml")
    assert list(entries(response)) == [article.get_absolute_url()]
    [row] = ElementTree.fromstring(response.content).findall("s:url/n:news", SPACE)  # noqa: S314 - our own answer
    assert row.findtext("n:title", namespaces=SPACE) == "Harga <ikan> & beras"
    assert row.findtext("n:publication/n:name", namespaces=SPACE) == "Kabar Daerah"
    assert row.findtext("n:publication/n:language", namespaces=SPACE) == "id"
    assert row.findtext("n:publication_date", namespaces=SPACE) == written(at)


def test_no_more_news_is_told_than_the_protocol_allows(client, monkeypatch):
    monkeypatch.setattr(views, "MOST_NEWS", 2)
    for n in range(3):
        published(headline=f"Berita {n}")
    assert told(client) == ["Berita 2", "Berita 1"]


# What it costs.


def test_a_file_that_the_robot_has_is_not_made_again(client, django_assert_num_queries):
    published()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        first = client.get("/sitemap-berita-0.xml")
        again = {"If-Modified-Since": first.headers["Last-Modified"]}
        with django_assert_num_queries(2):
            assert client.get("/sitemap-berita-0.xml", headers=again).status_code == 304
        published()
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        assert client.get("/sitemap-berita-0.xml", headers=again).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_files_take_few_queries(client, django_assert_num_queries, rows):
    for _ in range(rows):
        published(tags=("humas",))
    counts = {
        "": 10,
        "-indeks-2026": 2,
        "-halaman": 1,
        "-rubrik": 1,
        "-wilayah": 1,
        "-kantor": 1,
        "-berita-0": 3,
        "-tag-0": 2,
        "-news": 1,
    }
    for name, count in counts.items():
        with django_assert_num_queries(count):
            assert client.get(f"/sitemap{name}.xml").status_code == 200


def plan_of(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        return "\n".join(str(row) for row in cursor.fetchall())


def test_the_last_change_of_a_file_is_found_by_its_index(client):
    article = published().article
    EventFactory(state="published")
    moments = {"created_at": NOON, "changed_at": NOON}
    Article.objects.bulk_create(Article(office=article.office, **moments) for _ in range(2_000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # of one row that is never public
    with CaptureQueriesContext(connection) as queries:
        client.get("/sitemap.xml")
    plans = [plan_of(query["sql"]) for query in queries if "MAX" in query["sql"]]
    assert len(plans) == 3
    for plan, index in zip(plans, ("public_changes", "changed_by_block", "events_changed_by_block")):
        assert index in plan
