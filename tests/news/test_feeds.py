"""The RSS feeds."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from news import feeds
from tests.factories.news import RubricFactory, published
from tests.factories.offices import province_office, regency_office
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)
EVERY = [
    "/feed/",
    "/berita/feed/",
    "/berita/feed/?provinsi=73",
    "/kantor/kantor-73-03/feed/",
    "/rubrik/ekonomi/feed/",
    "/tag/humas/feed/",
]


def channel(response):
    assert response.status_code == 200
    return ElementTree.fromstring(response.content).find("channel")  # noqa: S314 - the same


def titles(response):
    return [item.findtext("title") for item in channel(response).findall("item")]


@pytest.mark.parametrize("path", EVERY)
def test_feeds_carry_what_is_published_and_nothing_else(client, path):
    fields = {"rubric": RubricFactory(name="Ekonomi"), "tags": ("humas",)}
    hidden = hidden_articles(**fields)
    published(headline="Yang terbit", **fields)
    response = client.get(path)
    assert titles(response) == ["Yang terbit"]
    assert shows_none_of(response, hidden)
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"


def test_an_item_says_where_when_and_who(client):
    article = published(headline="Harga <ikan> & beras", deck="Turun.", at=NOON).article
    item = channel(client.get("/feed/")).find("item")
    assert item.findtext("title") == "Harga <ikan> & beras"
    assert item.findtext("link") == f"http://testserver{article.get_absolute_url()}"
    assert item.findtext("description") == "Turun."
    assert item.findtext("pubDate") == "Mon, 02 Nov 2026 04:00:00 +0000"
    assert item.findtext("category") == "Pemerintahan"
    assert item.find("guid").text == f"tag:testserver,2026-11-02:artikel/{article.pk}"
    assert item.find("guid").get("isPermaLink") == "false"


def test_the_configured_address_of_the_site_is_used(client, settings):
    settings.SITE_URL = "https://kabar.example"
    published()
    assert channel(client.get("/feed/")).find("item").findtext("link").startswith("https://kabar.example/berita/")


def test_a_narrowed_feed_says_so(client):
    published(headline="Dekat")
    published(province_office("91"), headline="Jauh")
    found = channel(client.get("/berita/feed/?provinsi=91"))
    assert found.findtext("title") == "Provinsi 91 — Kabar Daerah"
    assert found.findtext("link") == "http://testserver/berita/?provinsi=91"
    assert [item.findtext("title") for item in found.findall("item")] == ["Jauh"]


def test_control_characters_of_pasted_text_do_not_break_a_feed(client):
    published(headline="Judul\x0b tempel\x1f", deck="Ringkasan\x08")
    assert titles(client.get("/feed/")) == ["Judul tempel"]


def test_a_feed_is_limited_to_the_newest(client, monkeypatch):
    monkeypatch.setattr(feeds, "LENGTH", 2)
    for n in range(3):
        published(headline=f"Berita {n}")
    assert titles(client.get("/feed/")) == ["Berita 2", "Berita 1"]


@pytest.mark.parametrize("query", ["dari=kemarin", "dari=2026-11-02&sampai=2026-11-01"])
def test_a_feed_answers_a_bad_date_with_a_sentence(client, query):
    response = client.get(f"/berita/feed/?{query}")
    assert response.status_code == 400
    assert response.content.decode().startswith("Tanggal ")


@pytest.mark.parametrize(
    "path", ["/kantor/x/feed/", "/rubrik/x/feed/", "/tag/x/feed/", "/berita/feed/?tag=x", "/tag/%00/feed/"]
)
def test_a_feed_of_nothing_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("path", EVERY)
def test_feeds_take_one_or_two_queries(client, django_assert_num_queries, path, rows):
    for _ in range(rows):
        published(regency_office(), rubric=RubricFactory(name="Ekonomi"), tags=("humas",))
    with django_assert_num_queries(1 if path in ("/feed/", "/berita/feed/") else 2):
        assert len(titles(client.get(path))) == rows
