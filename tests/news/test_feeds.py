"""The feeds: what they tell in each of their three forms, and that feed readers understand it."""

import json
from datetime import UTC, datetime, timedelta
from itertools import product
from time import struct_time
from urllib.parse import urlencode

import atoma
import feedparser
import pytest
import time_machine
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from lxml import etree

from news.merging import merge
from news.models import Article, Tag
from news.states import Step
from news.views import feeds
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.roles import Role
from tests.factories.news import EventFactory, PhotoFactory, RubricFactory, published, someone
from tests.factories.offices import (
    AppointmentFactory,
    OfficialFactory,
    PositionFactory,
    member,
    ministry,
    province_office,
    regency_office,
)
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)
FORMS = ["rss", "atom", "json"]
TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
ATOM = "{http://www.w3.org/2005/Atom}"
EVERY = {
    "/feed/": "/feed/",
    "/berita/feed/": "/feed/",
    "/berita/feed/?provinsi=73": "/wilayah/73/feed/",
    "/feed/?kantor=kantor-73-03&x=1": "/kantor/kantor-73-03/feed/",
    "/feed/?dari=2020-01-01&rubrik=ekonomi": "/berita/feed/?rubrik=ekonomi&dari=2020-01-01",
    "/wilayah/73/feed/": "/wilayah/73/feed/",
    "/wilayah/73.03/feed/": "/kantor/kantor-73-03/feed/",
    "/kantor/kantor-73-03/feed/": "/kantor/kantor-73-03/feed/",
    "/rubrik/ekonomi/feed/": "/rubrik/ekonomi/feed/",
    "/tag/humas/feed/": "/tag/humas/feed/",
    "/agenda/2026/rakornas/feed/": "/agenda/2026/rakornas/feed/",
    "/pejabat/budi/feed/": "/pejabat/budi/feed/",
}
"""Every kind of address, with the one that the feed calls its own."""
ITEM = {"id", "url", "title", "summary", "content_text", "date_published", "date_modified", "authors", "tags"}


def subject():
    """What makes an article stand in every feed of `EVERY`."""
    event = EventFactory(slug="rakornas", year=2026, state="published", organiser=ministry())
    official = OfficialFactory(slug="budi", name="Budi Santoso")
    return {"rubric": RubricFactory(name="Ekonomi"), "tags": ("humas",), "event": event, "officials": (official,)}


def in_form(path, form):
    return f"{path}{'&' if '?' in path else '?'}format={form}"


def read(response, form):
    """The feed as a reader understands it, after everything has been held against what its form demands."""
    assert response.status_code == 200
    assert response.headers["Content-Type"] == TYPES[form]
    if form == "json":
        return read_json(response)
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == {"rss": "rss20", "atom": "atom10"}[form]
    again = {"rss": atoma.parse_rss_bytes, "atom": atoma.parse_atom_bytes}[form](response.content)
    assert len(again.items if form == "rss" else again.entries) == len(found.entries)
    if form == "atom":
        hold_against_rfc_4287(response.content)
    return found


def read_json(response):
    found = json.loads(response.content)
    again = atoma.parse_json_feed_bytes(response.content)
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert [item.id_ for item in again.items] == [item["id"] for item in found["items"]]
    assert all(ITEM <= set(item) <= ITEM | {"image", "attachments", "_sumber"} for item in found["items"])
    assert all(
        type(value) is str
        for item in found["items"]
        for name, value in item.items()
        if name in ITEM - {"authors", "tags"}
    )
    return found


def hold_against_rfc_4287(content):
    """What the standard says must be there, once."""
    root = etree.fromstring(content)
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        links = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
        assert links.count(("alternate", None)) == 1
        moments = [element.findtext(f"{ATOM}{name}") for name in ("updated", "published")]
        assert all(datetime.fromisoformat(moment).tzinfo for moment in moments if moment)
    for entry in root.findall(f"{ATOM}entry"):
        assert entry.findall(f"{ATOM}author/{ATOM}name")
        assert entry.find(f"{ATOM}summary").get("type") == "text"


def titles(found):
    return [item["title"] for item in (found["items"] if "items" in found else found["entries"])]


def channel(client, path="/feed/", form="rss"):
    return read(client.get(in_form(path, form)), form)


def test_feeds_carry_what_is_published_and_nothing_else(client):
    fields = subject()
    hidden = hidden_articles(**fields)
    published(headline="Yang terbit", **fields)
    for path in EVERY:
        for form in FORMS:
            response = client.get(in_form(path, form))
            assert titles(read(response, form)) == ["Yang terbit"], path
            assert shows_none_of(response, hidden), path


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_in_which_nothing_stands_is_a_feed(client, form):
    regency_office()
    found = channel(client, "/kantor/kantor-73-03/feed/", form)
    assert titles(found) == []
    assert channel(client, "/kantor/kantor-73-03/feed/", form) == found


def test_a_feed_names_itself_in_one_way_however_it_was_asked_for(client):
    published(**subject())
    for path, form in product(EVERY, FORMS):
        own = f"http://testserver{EVERY[path]}"
        response = client.get(in_form(path, form))
        found, address = read(response, form), own if form == "rss" else in_form(own, form)
        if form == "json":
            assert found["feed_url"] == address
        else:
            assert [link.href for link in found.feed.links if link.rel == "self"] == [address]
        assert response.headers["Link"] == f'<{address}>; rel="self"'
        if form == "rss":
            assert client.get(path).content == response.content


@pytest.mark.parametrize("form", FORMS)
def test_an_entry_says_where_when_and_who(client, form):
    article = published(
        headline="Harga <ikan> & beras",
        deck="Turun 5 < 6 & stabil.",
        byline="Sari Dewi",
        source="Antara",
        tags=("pasar",),
        at=NOON,
    ).article
    [item] = channel(client, form=form)["items" if form == "json" else "entries"]
    assert item["id"] == f"tag:testserver,2026-11-02:artikel/{article.pk}"
    if form == "json":
        assert item["url"] == f"http://testserver{article.get_absolute_url()}"
        assert (item["title"], item["summary"]) == ("Harga <ikan> & beras", "Turun 5 < 6 & stabil.")
        assert item["authors"] == [
            {
                "name": "Dinas Komunikasi dan Informatika, Kabupaten 73-03",
                "url": "http://testserver/kantor/kantor-73-03/",
            },
            {"name": "Sari Dewi"},
        ]
        assert (item["date_published"], item["date_modified"]) == ("2026-11-02T04:00:00+00:00",) * 2
        assert item["tags"] == ["Pemerintahan", "pasar", "Kabupaten 73-03"]
        assert item["_sumber"] == {"name": "Antara"}
        return
    assert item.link == f"http://testserver{article.get_absolute_url()}"
    assert item.summary == ("Turun 5 &lt; 6 &amp; stabil." if form == "rss" else "Turun 5 < 6 & stabil.")
    assert [author["name"] for author in item.authors][-1] == "Sari Dewi"
    assert item.published_parsed == item.updated_parsed == struct_time((2026, 11, 2, 4, 0, 0, 0, 306, 0))
    assert [(tag.term, tag.scheme) for tag in item.tags] == [
        ("Pemerintahan", "http://testserver/rubrik/"),
        ("pasar", "http://testserver/tag/"),
        ("Kabupaten 73-03", "http://testserver/wilayah/"),
    ]
    assert b">Antara</dc:source>" in client.get(in_form("/feed/", form)).content


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_is_told_with_its_true_size_and_whose_it_is(client, form):
    office = regency_office()
    photo = PhotoFactory(office)
    published(office, photos=(photo,))
    name = photo.rendition_name(640)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"RIFF" * 100))
    cache.clear()
    [item] = channel(client, form=form)["items" if form == "json" else "entries"]
    url = f"http://testserver/media/{name}"
    if form == "json":
        assert item["image"] == url
        assert item["attachments"] == [
            {"url": url, "mime_type": "image/webp", "size_in_bytes": 400, "title": "Keterangan Humas"}
        ]
        return
    [enclosure] = item.enclosures
    assert (enclosure.href, enclosure.length, enclosure.type) == (url, "400", "image/webp")
    [media] = item.media_content
    assert (media["url"], media["filesize"], media["width"], media["height"]) == (url, "400", "640", "400")
    assert item.media_credit[0]["content"] == "Humas"


def test_a_picture_that_is_not_there_yet_is_not_told(client):
    office = regency_office()
    photo = PhotoFactory(office)
    published(office, photos=(photo,))
    cache.clear()
    for name in photo.rendition_names():
        default_storage.delete(name)
    assert channel(client).entries[0].enclosures == []


def test_a_correction_moves_what_is_told_as_updated_and_never_the_order(client):
    edition = published(headline="Lama", at=NOON)
    published(headline="Baru", at=NOON + timedelta(hours=1))
    editor, later = someone(Role.EDITOR, edition.article.office), NOON + timedelta(hours=2)
    fixed = start_edition(edition.article, by=editor, at=later)
    fixed.headline, fixed.correction, fixed.correction_note = "Lama, diralat", "ralat", "Angka keliru."
    fixed.save()
    fixed = save_content(fixed, by=editor, version=fixed.version, at=later)
    take_step(fixed, Step.PUBLISH_URGENTLY, by=editor, note="Angka keliru.", at=later)
    found = channel(client, form="atom")
    assert titles(found) == ["Baru", "Lama, diralat"]
    assert [item.updated for item in found.entries] == ["2026-11-02T05:00:00+00:00", "2026-11-02T06:00:00+00:00"]
    assert found.feed.updated == "2026-11-02T06:00:00+00:00"
    assert channel(client).feed.updated == "Mon, 02 Nov 2026 06:00:00 +0000"


def test_the_configured_address_of_the_site_is_used(client, settings):
    settings.SITE_URL = "https://kabar.example"
    published()
    for form in FORMS:
        assert b"testserver" not in client.get(in_form("/feed/", form)).content
    assert channel(client).entries[0].link.startswith("https://kabar.example/berita/")


def test_a_narrowed_feed_says_so(client):
    published(headline="Dekat")
    published(province_office("91"), headline="Jauh")
    found = channel(client, "/berita/feed/?provinsi=91")
    assert found.feed.title == "Provinsi 91 — Kabar Daerah"
    assert found.feed.link == "http://testserver/berita/?provinsi=91"
    assert titles(found) == ["Jauh"]


@pytest.mark.parametrize("form", FORMS)
def test_control_characters_of_pasted_text_do_not_break_a_feed(client, form):
    published(headline="Judul\x0b tempel\x1f", deck="Ringkasan\x08", byline="Sari\x01")
    assert titles(channel(client, form=form)) == ["Judul tempel"]


def test_a_feed_is_limited_to_the_newest(client, monkeypatch):
    monkeypatch.setattr(feeds, "LENGTH", 2)
    for n in range(3):
        published(headline=f"Berita {n}")
    assert titles(channel(client)) == ["Berita 2", "Berita 1"]


# Addresses.


@pytest.mark.parametrize("query", ["dari=kemarin", "dari=2026-11-02&sampai=2026-11-01"])
def test_a_feed_answers_a_bad_date_with_a_sentence(client, query):
    response = client.get(f"/berita/feed/?{query}")
    assert response.status_code == 400
    assert response.content.decode().startswith("Tanggal ")


def test_an_unknown_form_is_answered_with_a_sentence(client):
    published(tags=("lama",))
    published(tags=("baru",))
    merge(Tag.objects.get(name="lama"), Tag.objects.get(name="baru"), by=member(Role.ADMINISTRATOR, ministry()))
    paths, forms = (
        ("/feed/", "/kantor/kantor-73-03/feed/", "/tag/lama/feed/"),
        ("xml", "RSS", "\0", "x" * 10_000, "", "😀"),
    )
    for path, form in product(paths, forms):
        response = client.get(f"{path}?{urlencode({'format': form})}")
        assert response.status_code == 400
        assert response.content.decode().startswith("Bentuk umpan ini tidak dikenal.")


def test_a_topic_that_was_merged_leads_on_in_the_same_form(client):
    published(tags=("lama",))
    published(tags=("baru",))
    merge(Tag.objects.get(name="lama"), Tag.objects.get(name="baru"), by=member(Role.ADMINISTRATOR, ministry()))
    response = client.get("/tag/lama/feed/?format=atom")
    assert (response.status_code, response["Location"]) == (301, "/tag/baru/feed/?format=atom")


def test_a_feed_of_nothing_is_not_found(client):
    EventFactory(slug="belum", year=2026)
    nothing = ["kantor/x", "rubrik/x", "tag/x", "tag/%00", "wilayah/99", "wilayah/99.99", "pejabat/x"]
    for path in (*nothing, "agenda/2026/x", "agenda/2026/belum"):
        assert client.get(f"/{path}/feed/").status_code == 404, path
    assert client.get("/berita/feed/?tag=x").status_code == 404


def test_pages_name_their_feed_in_every_form(client):
    term = AppointmentFactory(position=PositionFactory(office=regency_office()))
    article = published(**{**subject(), "officials": (term.official,)}).article
    pages = {
        "/": "/feed/",
        "/berita/?provinsi=73&amp;x=1": "/wilayah/73/feed/",
        "/wilayah/73/": "/wilayah/73/feed/",
        "/wilayah/73.03/": "/kantor/kantor-73-03/feed/",
        "/kantor/kantor-73-03/": "/kantor/kantor-73-03/feed/",
        "/rubrik/ekonomi/": "/rubrik/ekonomi/feed/",
        "/tag/humas/": "/tag/humas/feed/",
        "/agenda/2026/rakornas/": "/agenda/2026/rakornas/feed/",
        term.official.get_absolute_url(): f"{term.official.get_absolute_url()}feed/",
        article.get_absolute_url(): "/feed/",
    }
    for page, feed in pages.items():
        links = etree.HTML(client.get(page).content).findall(".//link[@rel='alternate']")
        assert {link.get("type"): link.get("href") for link in links} == {
            "application/rss+xml": feed,
            "application/atom+xml": in_form(feed, "atom"),
            "application/feed+json": in_form(feed, "json"),
        }, page


# What is confirmed, and what it costs.


@pytest.mark.parametrize("form", FORMS)
def test_a_reader_is_told_that_nothing_changed_until_something_does(client, form):
    path = in_form("/kantor/kantor-73-03/feed/", form)
    edition = published()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        response = client.get(path)
        known = {"If-Modified-Since": response.headers["Last-Modified"]}
        assert client.get(path, headers=known).status_code == 304
        assert client.head(path, headers=known).status_code == 304
        assert client.get(path, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
        published(province_office("91"))
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        assert client.get(path, headers=known).status_code == 304
        take_step(edition, Step.WITHDRAW, by=someone(Role.MANAGER, edition.article.office), note="Keliru.")
        assert titles(read(client.get(path, headers=known), form)) == []
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert titles(read(client.get(path, headers=known), form)) == []


def test_a_change_of_this_minute_is_told_by_no_date(client):
    published()
    assert "Last-Modified" not in client.get("/feed/").headers
    Article.objects.update(changed_at=timezone.now() - timedelta(seconds=61))
    assert "Last-Modified" in client.get("/feed/").headers


@pytest.mark.parametrize("rows", [1, 3])
def test_feeds_take_four_to_six_queries(client, django_assert_num_queries, rows):
    fields = subject()
    for _ in range(rows):
        published(regency_office(), photos=(PhotoFactory(),), **fields)
    counts = dict.fromkeys(EVERY, 5) | {"/feed/": 4, "/berita/feed/": 4, "/feed/?dari=2020-01-01&rubrik=ekonomi": 5}
    counts["/wilayah/73.03/feed/"] = 6
    for path, form in product(EVERY, FORMS):
        with django_assert_num_queries(counts[path]):
            response = client.get(in_form(path, form))
        assert len(titles(read(response, form))) == rows
