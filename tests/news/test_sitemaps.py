"""The sitemaps: every public page, and nothing else."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from news import sitemaps
from news.models import Article
from tests.factories.news import EventFactory, published
from tests.factories.offices import OfficialFactory, regency_office
from tests.factories.unseen import hidden_articles

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def locations(response, what="s:url"):
    assert response.status_code == 200
    root = ElementTree.fromstring(response.content)  # noqa: S314 - the same
    return [
        row.findtext("s:loc", namespaces=SPACE).removeprefix("http://testserver") for row in root.findall(what, SPACE)
    ]


def test_the_index_leads_to_every_file(client):
    published()
    files = locations(client.get("/sitemap.xml"), "s:sitemap")
    assert files == [
        "/sitemap-berita-0.xml",
        "/sitemap-halaman.xml",
        "/sitemap-rubrik.xml",
        "/sitemap-wilayah.xml",
        "/sitemap-kantor.xml",
        "/sitemap-pejabat.xml",
        "/sitemap-agenda.xml",
    ]
    assert all(locations(client.get(path)) is not None for path in files)


def test_only_published_articles_are_listed(client):
    hidden_articles()
    article = published(at=NOON).article
    response = client.get("/sitemap-berita-0.xml")
    assert locations(response) == [article.get_absolute_url()]
    assert b"<lastmod>2026-11-02</lastmod>" in response.content


def test_articles_are_spread_over_files_that_never_grow_too_long(client, monkeypatch):
    pks = [published().article_id for _ in range(3)]
    monkeypatch.setattr(sitemaps, "FILE_SIZE", 2)
    files = [path for path in locations(client.get("/sitemap.xml"), "s:sitemap") if "berita" in path]
    found = [address for path in files for address in locations(client.get(path))]
    assert found == [Article.objects.get(pk=pk).get_absolute_url() for pk in pks]
    assert max(len(locations(client.get(path))) for path in files) <= 2


def test_long_sections_have_pages(client, monkeypatch):
    OfficialFactory.create_batch(3)
    monkeypatch.setattr(sitemaps.OfficialSitemap, "limit", 2)
    files = [path for path in locations(client.get("/sitemap.xml"), "s:sitemap") if "pejabat" in path]
    assert files == ["/sitemap-pejabat.xml", "/sitemap-pejabat.xml?p=2"]
    assert len(locations(client.get(files[1]))) == 1


def test_other_pages_are_listed(client):
    office = regency_office()
    event, _draft = EventFactory(state="published"), EventFactory()
    official = OfficialFactory()
    assert office.get_absolute_url() in locations(client.get("/sitemap-kantor.xml"))
    assert locations(client.get("/sitemap-agenda.xml")) == [event.get_absolute_url()]
    assert locations(client.get("/sitemap-pejabat.xml")) == [official.get_absolute_url()]
    assert "/wilayah/73.03/" in locations(client.get("/sitemap-wilayah.xml"))


def test_the_configured_address_of_the_site_is_used(client, settings):
    settings.SITE_URL = "https://kabar.example"
    published()
    for path in ("/sitemap.xml", "/sitemap-berita-0.xml"):
        assert all(address.startswith("https://kabar.example/") for address in locations(client.get(path), "s:*"))


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-lain.xml",
        "/sitemap-kantor.xml?p=0",
        "/sitemap-kantor.xml?p=9",
        "/sitemap-kantor.xml?p=%00",
        "/sitemap-berita-9999999.xml",
    ],
)
def test_a_file_that_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_sitemaps_take_few_queries(client, django_assert_num_queries, rows):
    for _ in range(rows):
        published()
    with django_assert_num_queries(6):
        client.get("/sitemap.xml")
    with django_assert_num_queries(1):
        client.get("/sitemap-berita-0.xml")
