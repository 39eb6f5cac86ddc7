"""The list of all news and the lists by rubric and tag: what they show, how they are narrowed and paged."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from django.urls import reverse

from news import paging
from news.models import Article, Tag
from tests.factories.news import EventFactory, PhotoFactory, RubricFactory, published
from tests.factories.offices import (
    AppointmentFactory,
    OfficialFactory,
    PositionFactory,
    ministry,
    province_office,
    regency_office,
)
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)
HOSTILE = ["\0", "a\0b", "x" * 10_000, "\ufffd", "9" * 5_000, "-1", "../etc", "' OR 1=1 --", "<script>", "%"]
PARAMETERS = ["provinsi", "rubrik", "kantor", "tag", "agenda", "pejabat", "dari", "sampai", "sebelum", "sesudah"]


def headlines(response):
    return [article.headline for article in response.context["articles"]]


def publish_at(*moments, **fields):
    return [published(at=moment, headline=f"Berita {n}", **fields) for n, moment in enumerate(moments, 1)]


def publish_hourly(count, **fields):
    return publish_at(*(NOON + timedelta(hours=n) for n in range(count)), **fields)


@pytest.fixture
def two_a_page(monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)


def test_the_list_shows_the_newest_first(client):
    publish_hourly(3)
    assert headlines(client.get("/berita/")) == ["Berita 3", "Berita 2", "Berita 1"]


@pytest.mark.parametrize("path", ["/berita/", "/rubrik/ekonomi/", "/tag/humas/"])
def test_lists_show_what_is_published_and_nothing_else(client, path):
    rubric = RubricFactory(name="Ekonomi")
    hidden = hidden_articles(rubric=rubric, tags=("humas",))
    published(headline="Yang terbit", rubric=rubric, tags=("humas",))
    response = client.get(path)
    assert headlines(response) == ["Yang terbit"]
    assert shows_none_of(response, hidden)


def test_an_empty_list_says_so(client):
    assert "Belum ada berita" in client.get("/berita/").content.decode()


class TestFilters:
    @pytest.fixture
    def two(self):
        """One article with everything that can be asked for, and one of another place with nothing of it."""
        term = AppointmentFactory(position=PositionFactory(office=regency_office()))
        event = EventFactory(state="published", starts_at=NOON, slug="rakornas")
        published(
            headline="Dicari",
            at=NOON,
            rubric=RubricFactory(name="Ekonomi"),
            tags=("humas",),
            event=event,
            officials=(term.official,),
        )
        published(province_office("91"), headline="Lain", at=NOON - timedelta(days=5))
        return {"pejabat": term.official.slug}

    @pytest.mark.parametrize(
        "query",
        [
            {"provinsi": "73"},
            {"rubrik": "ekonomi"},
            {"kantor": "kantor-73-03"},
            {"tag": "humas"},
            {"agenda": "2026/rakornas"},
            {"dari": "2026-11-01"},
            {"dari": "2026-11-02", "sampai": "2026-11-02"},
            {"provinsi": "73", "rubrik": "ekonomi", "tag": "humas"},
        ],
    )
    def test_every_filter_narrows(self, client, two, query):
        response = client.get("/berita/", query)
        assert headlines(response) == ["Dicari"]
        assert response.context["robots"] == "noindex, follow"

    def test_an_official_narrows(self, client, two):
        assert headlines(client.get("/berita/", two)) == ["Dicari"]

    def test_the_last_day_is_within(self, client, two):
        assert headlines(client.get("/berita/", {"sampai": "2026-10-28"})) == ["Lain"]
        assert headlines(client.get("/berita/", {"sampai": "2026-10-27"})) == []

    def test_what_is_chosen_stands_in_the_form_and_can_be_taken_away(self, client, two):
        form = client.get("/berita/", {"provinsi": "73", "kantor": "kantor-73-03", "utm": "x"}).context["filters"]
        assert ("73", "Provinsi 73", True) in form["provinces"]
        assert form["hidden"] == [("kantor", "kantor-73-03")]
        assert [chip["remove_url"] for chip in form["selected"]] == [
            "/berita/?kantor=kantor-73-03",
            "/berita/?provinsi=73",
        ]

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("dari=2026-11-01&sampai=2026-10-01", "Tanggal awal harus sebelum"),
            ("dari=kemarin", "“kemarin” tidak dikenal"),
        ],
    )
    def test_a_filter_that_cannot_be_understood_is_told_and_is_no_filter(self, client, two, query, sentence):
        response = client.get(f"/berita/?{query}")
        page = response.content.decode()
        assert response.status_code == 400
        assert sentence in page.partition('role="alert"')[2].partition("</div>")[0]
        assert page.count('aria-describedby="saringan-keliru"') == 2
        assert not any(sentence in chip["label"] for chip in response.context["filters"]["selected"])
        assert "Belum ada berita" not in page
        assert "umpan RSS" not in page.partition('id="daftar"')[0].partition('class="page-head"')[2]

    def test_the_feed_of_a_narrowed_list_is_narrowed_too(self, client, two):
        both = client.get("/berita/", {"provinsi": "73", "dari": "2026-01-01"})
        assert both.context["feed_url"] == "/berita/feed/?provinsi=73&dari=2026-01-01"
        assert client.get("/berita/", {"provinsi": "73"}).context["feed_url"] == "/wilayah/73/feed/"

    @pytest.mark.parametrize("parameter", ["provinsi", "rubrik", "kantor", "tag", "agenda", "pejabat"])
    def test_a_name_that_nobody_has_is_not_found(self, client, two, parameter):
        assert client.get("/berita/", {parameter: "2026/tidak-ada"}).status_code == 404
        assert client.get("/berita/", {parameter: "tidak-ada"}).status_code == 404

    def test_a_draft_event_is_not_found(self, client):
        EventFactory(slug="rahasia", starts_at=NOON)
        assert client.get("/berita/", {"agenda": "2026/rahasia"}).status_code == 404

    @pytest.mark.parametrize("text", ["kemarin", "2026-13-40", "20261101", "0001-01-01", "9999-12-31"])
    def test_a_date_that_is_none_is_answered_with_a_sentence(self, client, two, text):
        response = client.get("/berita/", {"dari": text})
        assert response.status_code == 400
        assert f"Tanggal “{text}” tidak dikenal" in response.content.decode()
        assert headlines(response) == []


@pytest.mark.usefixtures("two_a_page")
class TestPaging:
    def test_older_and_newer_pages_follow_each_other(self, client):
        publish_hourly(5)
        first = client.get("/berita/")
        second = client.get(first.context["older_url"])
        third = client.get(second.context["older_url"])
        back = client.get(third.context["newer_url"])
        assert [headlines(page) for page in (first, second, third)] == [
            ["Berita 5", "Berita 4"],
            ["Berita 3", "Berita 2"],
            ["Berita 1"],
        ]
        assert (first.context["newer_url"], third.context["older_url"]) == (None, None)
        assert headlines(back) == headlines(second)
        assert headlines(client.get(back.context["newer_url"])) == headlines(first)

    def test_articles_of_the_same_moment_are_neither_lost_nor_shown_twice(self, client):
        publish_at(*[NOON] * 5)
        seen, url = [], "/berita/"
        while url:
            page = client.get(url)
            seen += headlines(page)
            url = page.context["older_url"]
        assert seen == ["Berita 5", "Berita 4", "Berita 3", "Berita 2", "Berita 1"]

    def test_a_new_article_does_not_move_an_older_page(self, client):
        publish_hourly(4)
        older = client.get("/berita/").context["older_url"]
        before = headlines(client.get(older))
        published(at=NOON + timedelta(days=1))
        assert headlines(client.get(older)) == before

    def test_less_than_a_page_of_newer_ones_is_the_first_page(self, client):
        publish_hourly(4)
        cursor = paging.Cursor(NOON + timedelta(hours=2), 10**6)
        page = client.get("/berita/", {paging.NEWER: str(cursor)})
        assert headlines(page) == ["Berita 4", "Berita 3"]
        assert page.context["newer_url"] is None

    def test_behind_the_last_article_a_page_is_empty_and_leads_back(self, client):
        publish_hourly(1)
        page = client.get("/berita/", {paging.OLDER: "1-1"})
        assert headlines(page) == []
        assert page.context["newer_url"] == "/berita/"

    def test_filters_are_kept_on_other_pages(self, client):
        publish_hourly(3)
        older = client.get("/berita/", {"provinsi": "73", "utm_source": "x"}).context["older_url"]
        assert sorted(parse_qs(urlsplit(older).query)) == ["provinsi", "sebelum"]

    def test_only_the_first_page_is_for_robots(self, client):
        publish_hourly(3)
        first = client.get("/berita/", {"utm_source": "x"})
        assert (first.context["canonical_url"], first.context["robots"]) == ("http://testserver/berita/", "")
        assert client.get(first.context["older_url"]).context["robots"] == "noindex, follow"


@pytest.mark.parametrize("text", ["", "1", "x-y", "-1-1", "ffffffffffffff-1", "1-ffffffffffffffff", "1-1\0", "1-1\n"])
def test_a_cursor_of_somebody_else_is_not_found(client, text):
    assert client.get("/berita/", {paging.OLDER: text}).status_code == (404 if text else 200)


def test_the_farthest_cursor_is_answered(client):
    for direction in (paging.OLDER, paging.NEWER):
        assert client.get("/berita/", {direction: "f" * 13 + "-" + "f" * 15}).status_code == 200


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_no_text_in_an_address_breaks_the_list_or_its_feed(client, parameter):
    ministry()
    published()
    for text in HOSTILE:
        assert client.get("/berita/", {parameter: text}).status_code in (400, 404)
        assert client.get("/berita/feed/", {parameter: text}).status_code in (200, 400, 404)
    assert client.get(f"/berita/?{parameter}=%ff%fe%00").status_code in (400, 404)


@pytest.mark.parametrize(
    "path", ["/rubrik/tidak-ada/", "/tag/tidak-ada/", "/rubrik/%00/", "/tag/%ff/", "/tag/" + "x" * 10_000 + "/"]
)
def test_an_unknown_rubric_or_tag_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/berita/", 10),
        ("/berita/?provinsi=73&rubrik=ekonomi", 10),
        ("/berita/?tag=humas", 9),
        ("/berita/?tag=humas&provinsi=73", 9),
        ("/rubrik/ekonomi/", 6),
        ("/tag/humas/", 7),
    ],
)
def test_lists_take_the_same_few_queries(client, django_assert_num_queries, path, queries, rows):
    for _ in range(rows):
        published(rubric=RubricFactory(name="Ekonomi"), tags=("humas",), photos=(PhotoFactory(),))
    with django_assert_num_queries(queries):
        assert len(headlines(client.get(path))) == rows


@pytest.mark.usefixtures("two_a_page")
def test_newer_pages_take_one_query_more(client, django_assert_num_queries):
    publish_hourly(5)
    third = client.get(client.get(client.get("/berita/").context["older_url"]).context["older_url"])
    with django_assert_num_queries(6):
        client.get(third.context["newer_url"])


SAID_OF_THE_EDITION = {
    "tag": "live_edition__tagged__tag__slug",
    "pejabat": "live_edition__mentions__official__slug",
    "rubrik": "rubric__slug",
    "provinsi": "province",
    "kantor": "office__slug",
    "dari": "published_on__gte",
    "sampai": "published_on__lte",
}
KEPT_LISTS = [
    "tag=humas",
    "tag=humas&pejabat=sby",
    "tag=humas&rubrik=ekonomi",
    "tag=humas&provinsi=73",
    "tag=humas&kantor=kantor-73-03",
    "tag=humas&dari=2026-11-02&sampai=2026-11-02",
    "pejabat=sby",
    "pejabat=sby&provinsi=73&rubrik=ekonomi",
    "pejabat=sby&kantor=kantor-73-03&dari=2026-11-02",
]


def publish_in_many_ways():
    """Four articles with everything that a list can ask for, two of one moment, and some that lack one thing each."""
    office, official = regency_office(), OfficialFactory(slug="sby")
    whole = {"office": office, "rubric": RubricFactory(name="Ekonomi"), "tags": ("humas",), "officials": (official,)}
    for hour in (0, 1, 1, 24):
        published(at=NOON + timedelta(hours=hour), **whole)
    for other in ({"office": province_office("91")}, {"rubric": RubricFactory()}, {"tags": ()}, {"officials": ()}):
        published(at=NOON, **(whole | other))


def leafed_through(client, path):
    """Every page from the first to the last."""
    while path:
        page = client.get(path)
        yield page
        path = page.context["older_url"]


@pytest.mark.usefixtures("two_a_page")
def test_kept_lists_are_narrowed_and_leafed_through_in_the_public_order(client):
    publish_in_many_ways()
    for query in KEPT_LISTS:
        asked = {SAID_OF_THE_EDITION[name]: value for name, value in parse_qsl(query)}
        pages = list(leafed_through(client, f"/berita/?{query}"))
        shown = [article for page in pages for article in page.context["articles"]]
        assert shown == list(Article.objects.published().filter(**asked).newest_first()), query
        assert len(pages) > 1, query
        assert headlines(client.get(pages[-1].context["newer_url"])) == headlines(pages[-2]), query
        told = client.get(f"/api/v1/articles/?limit=100&{query}").json()["results"]
        assert [row["id"] for row in told] == [article.pk for article in shown], query


def test_lists_do_not_load_bodies(client):
    published()
    article = client.get("/berita/").context["articles"][0]
    assert "body" in article.live_edition.get_deferred_fields()


@pytest.mark.parametrize(
    "path", ["/berita/", "/rubrik/pemerintahan/", "/wilayah/", "/kantor/", "/agenda/", "/feed/", "/"]
)
def test_readers_get_no_cookie_and_caches_one_copy_of_each_packing(client, path):
    published()
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Vary"] == "Accept-Encoding"


def test_a_tag_page_names_its_tag(client):
    published(tags=("Satu Data",))
    tag = Tag.objects.get()
    response = client.get(reverse("tag_detail", args=[tag.slug]))
    assert response.context["topic"] == tag
    assert response.context["feed_url"] == f"/tag/{tag.slug}/feed/"


@pytest.mark.parametrize("path", ["/tag/humas/", "/tag/humas/feed/", "/berita/?tag=humas", "/berita/feed/?tag=humas"])
def test_the_name_of_a_tag_is_told_by_public_news_only(client, path):
    hidden_articles(tags=("humas",))
    assert Tag.objects.get().slug == "humas"
    assert client.get(path).status_code == 404
    published(tags=("humas",))
    assert client.get(path).status_code == 200
