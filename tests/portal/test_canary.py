"""Nothing unpublished leaks: the public's pages are the same, byte for byte, whatever the newsroom keeps to itself.

Every public address has a row: pages, which are fetched before and after hidden things are made, and addresses of the
hidden things themselves, which are refused without a word of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from news.feeds.addresses import FORMS, in_form
from news.models import Tag
from news.sitemaps import LONG, SHORT
from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from tests.factories.news import someone
from tests.portal.canary_world import BIRD, CALL, World, build, hide
from tests.portal.test_caching import public_names

pytestmark = pytest.mark.django_db

API = "/api/v1/"
REFUSALS = {400, 404, 405, 410}


@dataclass(frozen=True)
class Row:
    """Addresses under one name: of public pages, and of hidden things."""

    pages: Callable[[World], list[str]] = lambda world: []
    hidden: Callable[[World], list[str]] = lambda world: []


def filtered(path: str) -> Row:
    """A list with the filters of `/berita/`."""
    return Row(
        lambda w: [
            path,
            *(f"{path}?{query}" for query in filters_of(w)),
            f"{path}?dari={w.public.published_on}&sampai={w.public.published_on}",
        ],
        lambda w: [
            *(f"{path}?tag={slug}" for slug in w.hidden_tags),
            f"{path}?agenda={w.hidden_event.year}/{w.hidden_event.slug}",
        ],
    )


def filters_of(w: World) -> list[str]:
    return [
        f"provinsi={w.public.province_id}",
        f"rubrik={w.public.rubric.slug}",
        f"kantor={w.office.slug}",
        "tag=panen",
        f"agenda={w.event.year}/{w.event.slug}",
        f"pejabat={w.official.slug}",
    ]


SEARCHES = ("q=panen", "q=panen&urut=terbaru", "q=naskah+ditarik", 'q="panen+raya"', "q=panem", "q=ringkasan+tubuh")
HIDDEN_WORDS = (BIRD, BIRD[:-1], CALL, f"panen+{BIRD}", f"-{BIRD}+panen")


def in_every_form(feed: str) -> list[str]:
    return [in_form(feed, form) for form in FORMS]


def day_of(w: World) -> str:
    return f"/berita/{w.public.published_on:%Y/%m/%d}/"


def addresses_of_the_hidden(w: World) -> list[str]:
    """Where a hidden article is or would be; a withdrawn one has a page of its own, which tells its headline."""
    own = [a.get_absolute_url() or f"{day_of(w)[:16]}{a.slug or 'panen'}/" for a in w.hidden_articles]
    return [path for path in own if path != w.hidden["Naskah ditarik"].article.get_absolute_url()]


ROWS: dict[str, Row] = {
    "home": Row(lambda w: ["/"]),
    "article_list": filtered("/berita/"),
    "article_feed": filtered("/berita/feed/"),
    "search": Row(
        lambda w: [
            "/cari/",
            *(f"/cari/?{query}" for query in SEARCHES),
            *(f"/cari/?q=panen&{query}" for query in filters_of(w)),
        ],
        lambda w: [f"/cari/?q=panen&tag={slug}" for slug in w.hidden_tags],
    ),
    "feed": Row(lambda w: in_every_form("/feed/")),
    "archive_index": Row(lambda w: ["/indeks/", f"/indeks/?tanggal={w.public.published_on}"]),
    "year_index": Row(lambda w: [day_of(w)[:13]]),
    "month_index": Row(lambda w: [day_of(w)[:16]]),
    "day_index": Row(lambda w: [day_of(w)]),
    "article_detail": Row(
        lambda w: [w.public.get_absolute_url(), w.neighbour.get_absolute_url()], addresses_of_the_hidden
    ),
    "article_card": Row(
        lambda w: [f"{w.public.get_absolute_url()}kartu.jpg", f"{w.neighbour.get_absolute_url()}kartu.jpg"],
        lambda w: [
            *(f"{path}kartu.jpg" for path in addresses_of_the_hidden(w)),
            f"{w.hidden['Naskah ditarik'].article.get_absolute_url()}kartu.jpg",
        ],
    ),
    # its page carries a stamp that is new each time: see test_demand_pages.py
    "demand_form": Row(hidden=lambda w: [f"{path}hak-jawab/" for path in addresses_of_the_hidden(w)]),
    "article_read": Row(hidden=lambda w: [f"/dibaca/{article.pk}/" for article in w.hidden_articles]),
    "region_list": Row(lambda w: ["/wilayah/"]),
    "region_detail": Row(lambda w: [w.office.region.get_absolute_url(), w.public.province.get_absolute_url()]),
    "office_list": Row(lambda w: ["/kantor/"]),
    "feed_directory": Row(lambda w: ["/langganan/", "/langganan/?q=dinas"]),
    "office_detail": Row(lambda w: [w.office.get_absolute_url()]),
    "office_card": Row(lambda w: [f"{w.office.get_absolute_url()}kartu.jpg"]),
    "office_feed": Row(lambda w: in_every_form(f"{w.office.get_absolute_url()}feed/")),
    "office_calendar": Row(lambda w: [f"{w.office.get_absolute_url()}agenda.ics"]),
    "region_feed": Row(lambda w: in_every_form(f"{w.public.province.get_absolute_url()}feed/")),
    "region_calendar": Row(lambda w: [f"{w.public.province.get_absolute_url()}agenda.ics"]),
    "national_calendar": Row(lambda w: ["/agenda/agenda.ics"]),
    "official_feed": Row(lambda w: in_every_form(f"{w.official.get_absolute_url()}feed/")),
    "official_card": Row(lambda w: [f"{w.official.get_absolute_url()}kartu.jpg"]),
    "official_detail": Row(lambda w: [w.official.get_absolute_url()]),
    "event_month": Row(lambda w: [f"/agenda/{w.event.starts_at.astimezone(w.event.zone):%Y/%m}/"]),
    "event_list": Row(lambda w: ["/agenda/"]),
    "event_detail": Row(lambda w: [w.event.get_absolute_url()], lambda w: [w.hidden_event.get_absolute_url()]),
    "event_feed": Row(
        lambda w: in_every_form(f"{w.event.get_absolute_url()}feed/"),
        lambda w: in_every_form(f"{w.hidden_event.get_absolute_url()}feed/"),
    ),
    "event_card": Row(
        lambda w: [f"{w.event.get_absolute_url()}kartu.jpg"],
        lambda w: [f"{w.hidden_event.get_absolute_url()}kartu.jpg"],
    ),
    "event_calendar": Row(
        lambda w: [f"{w.event.get_absolute_url()}agenda.ics"],
        lambda w: [f"{w.hidden_event.get_absolute_url()}agenda.ics"],
    ),
    "rubric_detail": Row(lambda w: [w.public.rubric.get_absolute_url()]),
    "rubric_year": Row(lambda w: [f"{w.public.rubric.get_absolute_url()}{w.public.published_on.year}/"]),
    "rubric_feed": Row(lambda w: in_every_form(f"{w.public.rubric.get_absolute_url()}feed/")),
    "tag_detail": Row(lambda w: ["/tag/panen/"], lambda w: [f"/tag/{slug}/" for slug in w.hidden_tags]),
    "tag_year": Row(
        lambda w: [f"/tag/panen/{w.public.published_on.year}/"],
        lambda w: [f"/tag/{slug}/{w.public.published_on.year}/" for slug in w.hidden_tags],
    ),
    "tag_feed": Row(
        lambda w: in_every_form("/tag/panen/feed/"), lambda w: [f"/tag/{slug}/feed/" for slug in w.hidden_tags]
    ),
    "embed_builder": Row(lambda w: ["/widget/"]),
    "embed_page": Row(lambda w: ["/widget/berita/", f"/widget/berita/?kantor={w.office.slug}"]),
    "embed_data": Row(lambda w: ["/widget/berita.json", f"/widget/berita.json?kantor={w.office.slug}"]),
    "site_card": Row(lambda w: ["/kartu.jpg"]),
    "sitemap": Row(lambda w: ["/sitemap.xml"]),
    "news_sitemap": Row(lambda w: ["/sitemap-news.xml"]),
    "section_sitemap": Row(lambda w: [f"/sitemap-{section}.xml" for section in SHORT]),
    "block_sitemap": Row(
        lambda w: [f"/sitemap-{section}-{number}.xml" for section in LONG for number, _ in LONG[section].files()]
    ),
    "media": Row(hidden=lambda w: [f"/media/{name}" for name in w.hidden_files]),
    "robots": Row(lambda w: ["/robots.txt"]),
    "healthz": Row(lambda w: ["/healthz"]),
    "readyz": Row(lambda w: ["/readyz"]),
    "about": Row(lambda w: ["/tentang/"]),
    "guidelines": Row(lambda w: ["/pedoman/"]),
    "accessibility": Row(lambda w: ["/aksesibilitas/"]),
    "privacy": Row(lambda w: ["/privasi/"]),
    "shelf": Row(lambda w: ["/simpanan/"]),
    "offline": Row(lambda w: ["/luring/"]),
    "manifest": Row(lambda w: ["/manifest.webmanifest"]),
    "service_worker": Row(lambda w: ["/sw.js"]),
    "contact": Row(lambda w: ["/kontak/", f"/kontak/?wilayah={w.office.region.code}"]),
    "api:api-root": Row(lambda w: [API]),
    "api:openapi": Row(lambda w: [f"{API}openapi.json"]),
    "api:elsewhere": Row(),
    "api:article_list": Row(
        lambda w: [*filtered(f"{API}articles/").pages(w), f"{API}articles/?q=panen", f"{API}articles/?q={CALL}"],
        lambda w: filtered(f"{API}articles/").hidden(w),
    ),
    "api:article_detail": Row(
        lambda w: [f"{API}articles/{article.pk}/" for article in (w.public, w.neighbour)],
        lambda w: [f"{API}articles/{article.pk}/" for article in w.hidden_articles],
    ),
    # where something was withdrawn it tells the number and that it is gone: see test_api_articles.py
    "api:change_list": Row(lambda w: [f"{API}changes/?kantor={w.neighbour.office.slug}"]),
    "api:region_list": Row(lambda w: [f"{API}regions/"]),
    "api:region_detail": Row(lambda w: [f"{API}regions/{w.office.region.code}/"]),
    "api:office_list": Row(lambda w: [f"{API}offices/"]),
    "api:office_detail": Row(lambda w: [f"{API}offices/{w.office.slug}/"]),
    "api:official_list": Row(lambda w: [f"{API}officials/"]),
    "api:official_detail": Row(lambda w: [f"{API}officials/{w.official.slug}/"]),
    "api:event_list": Row(lambda w: [f"{API}events/"]),
    "api:event_detail": Row(
        lambda w: [f"{API}events/{w.event.year}/{w.event.slug}/"],
        lambda w: [f"{API}events/{w.hidden_event.year}/{w.hidden_event.slug}/"],
    ),
    "api:tag_list": Row(lambda w: [f"{API}tags/"]),
    "api:tag_detail": Row(lambda w: [f"{API}tags/panen/"], lambda w: [f"{API}tags/{slug}/" for slug in w.hidden_tags]),
    "api:rubric_list": Row(lambda w: [f"{API}rubrics/"]),
    "api:rubric_detail": Row(lambda w: [f"{API}rubrics/{w.public.rubric.slug}/"]),
}

BY_INVITATION = {"demand_status", "invitation", "shared_edition", "shared_photo", "shared_document"}
"""Addresses that only their holder knows; they show what is hidden on purpose and have tests of their own."""


@pytest.fixture
def world():
    with time_machine.travel(timezone.now(), tick=False):
        yield build()


def fetched(path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers of what a stranger gets, without what differs from request to request."""
    response = Client().get(path, headers=headers)
    body = response.getvalue()
    return response.status_code, body, {k: v for k, v in response.headers.items() if k != "RateLimit"}


def all_pages(world: World) -> Iterator[str]:
    for row in ROWS.values():
        yield from row.pages(world)


def tells(answer: tuple[int, bytes, dict[str, str]], *words: str) -> bool:
    _status, body, headers = answer
    text = (body.decode("utf-8", "replace") + str(headers)).lower()
    return any(word in text for word in words)


def test_every_public_address_has_a_row():
    names = set(public_names()) - BY_INVITATION
    assert names - set(ROWS) == set()
    assert set(ROWS) - names == set()


def test_the_public_sees_the_same_whatever_the_newsroom_keeps_to_itself(world):
    before = {path: fetched(path) for path in all_pages(world)}
    assert {path: status for path, (status, _b, _h) in before.items() if status not in (200, 302)} == {}
    hide(world)
    after = {path: fetched(path) for path in before}
    assert [path for path in before if before[path] != after[path]] == []
    assert [path for path in after if tells(after[path], BIRD, CALL)] == []


def test_the_addresses_of_hidden_things_are_refused_without_a_word_of_them(world):
    hide(world)
    assert len(world.hidden_files) > 3
    assert len(world.hidden_tags) > 3
    asked = {path: fetched(path) for row in ROWS.values() for path in row.hidden(world)}
    assert {path: answer[0] for path, answer in asked.items() if answer[0] not in REFUSALS} == {}
    echoed = {path: answer for path, answer in asked.items() if BIRD not in path}
    assert [path for path in echoed if tells(echoed[path], BIRD, CALL)] == []
    assert [path for path in asked if tells(asked[path], CALL)] == []


def test_searching_for_words_of_hidden_things_tells_nothing(world):
    before = {path: fetched(path) for path in (f"/cari/?q={words}" for words in HIDDEN_WORDS)}
    hide(world)
    assert {path: fetched(path) for path in before} == before


def test_a_withdrawn_article_leaves_only_the_notice_at_its_own_address(world):
    hide(world)
    withdrawn = world.hidden["Naskah ditarik"]
    status, body, headers = fetched(withdrawn.article.get_absolute_url())
    assert status == 200
    assert withdrawn.headline in body.decode()
    for part in (withdrawn.deck, "Tubuh kenari", "Kata kenari", "Penulis kenari", "Lampiran kenari", "tag-kenari"):
        assert part not in body.decode()
    assert "no" in headers["Cache-Control"]


def test_no_copy_of_what_was_withdrawn_is_confirmed(world):
    words = world.public.headline.lower()
    kept = {path: answer for path in all_pages(world) if tells(answer := fetched(path), words)}
    assert {"/", "/berita/", world.public.get_absolute_url()} <= set(kept)
    manager = someone(Role.MANAGER, world.office)
    take_step(world.public.live_edition, Step.WITHDRAW, by=manager, note="Data keliru.")
    for path, (_status, _body, headers) in kept.items():
        asked = {"if-none-match": headers["ETag"]} if "ETag" in headers else {}
        if "Last-Modified" in headers:
            asked["if-modified-since"] = headers["Last-Modified"]
        status, body, _headers = fetched(path, **asked)
        assert status != 304, path
        if path != world.public.get_absolute_url():
            assert words not in body.decode().lower(), path


def test_the_tags_of_hidden_articles_exist_though_no_page_shows_them(world):
    hide(world)
    assert Tag.objects.filter(name__contains=BIRD).count() > 3
