"""The index of news by local day, and its months and years."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import resolve

from news import provinces
from news.addresses import slug_from
from news.models import Article
from offices.models import Region
from tests.factories.news import published
from tests.factories.offices import ministry, province_office, regency_office
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db

NOON = datetime(2025, 11, 3, 4, tzinfo=UTC)
DAY = "/berita/2025/11/03/"
HOSTILE = ["\0", "2025-11-03\0", "x" * 10_000, "9" * 5_000, "2025-13-40", "0001-01-01", "9999-12-31", "🌋", "-1"]


def shown(response):
    """By code of the province, the headlines on the page."""
    return [
        (group.province.code, [article.headline for article in group.articles])
        for group in response.context["pages"].shown
    ]


def counted(response):
    return {
        day.date.isoformat(): day.count
        for week in response.context["weeks"]
        for day in week
        if day.in_month and day.count
    }


def test_a_day_is_sorted_by_province_then_office_then_time(client):
    published(regency_office("73.03"), headline="Pagi", at=NOON - timedelta(hours=3))
    published(regency_office("73.03"), headline="Siang", at=NOON)
    published(province_office("73"), headline="Provinsi", at=NOON)
    published(province_office("11"), headline="Aceh", at=NOON)
    published(ministry(), headline="Pusat", at=NOON)
    published(headline="Kemarin", at=NOON - timedelta(days=1))
    response = client.get(DAY)
    assert shown(response) == [("00", ["Pusat"]), ("11", ["Aceh"]), ("73", ["Provinsi", "Siang", "Pagi"])]
    assert (response.context["pages"].total, response.context["pages"].offices) == (5, 4)


def test_an_office_that_moved_to_a_new_province_stands_there(client):
    moved = regency_office("91.05")
    Region.objects.filter(pk="91.05").update(parent=province_office("96").region)
    published(province_office("91"), headline="Lama", at=NOON)
    published(type(moved).objects.get(pk=moved.pk), headline="Pindah", at=NOON)
    published(regency_office("91.06"), headline="Tetap", at=NOON)
    assert shown(client.get(DAY)) == [("91", ["Lama", "Tetap"]), ("96", ["Pindah"])]


def test_nothing_unpublished_is_in_the_index(client):
    hidden = hidden_articles()
    day = Article.objects.exclude(published_on=None).values_list("published_on", flat=True)[0]
    pages = [
        client.get(f"/berita/{day:%Y/%m/%d}/"),
        client.get(f"/berita/{day:%Y/%m}/"),
        client.get(f"/berita/{day:%Y}/"),
    ]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all(shows_none_of(page, hidden) for page in pages)
    assert (pages[0].context["pages"].total, pages[1].context["total"], pages[2].context["total"]) == (0, 0, 0)
    assert client.get("/indeks/").context["latest"] is None


def test_the_day_is_that_of_the_office(client):
    east = regency_office("91.01")
    Region.objects.filter(pk="91.01").update(timezone="Asia/Jayapura")
    late = NOON.replace(hour=15, minute=30)
    published(type(east).objects.get(pk=east.pk), headline="Lewat tengah malam", at=late)
    published(headline="Sebelum tengah malam", at=late)
    assert shown(client.get(DAY)) == [("73", ["Sebelum tengah malam"])]
    assert shown(client.get("/berita/2025/11/04/")) == [("91", ["Lewat tengah malam"])]


def test_days_months_and_years_lead_to_the_nearest_with_news(client):
    for moment in (NOON - timedelta(days=400), NOON, NOON + timedelta(days=90)):
        published(at=moment)
    days = (date(2024, 9, 29), date(2026, 2, 1))
    for path in (DAY, "/berita/2025/11/", "/berita/2025/"):
        context = client.get(path).context
        assert (context["earlier"], context["later"]) == days


def test_the_index_leads_to_the_latest_day_with_news(client):
    published(at=NOON)
    assert client.get("/indeks/").headers["Location"] == DAY


def test_the_form_leads_to_the_chosen_day(client):
    published(at=NOON)
    assert client.get("/indeks/", {"tanggal": "2020-02-29"}).headers["Location"] == "/berita/2020/02/29/"


def test_a_day_that_is_none_is_answered_with_a_sentence(client):
    published(at=NOON)
    for text in HOSTILE:
        response = client.get("/indeks/", {"tanggal": text})
        assert response.status_code == 400
        assert "tidak dapat dibuka" in response.content.decode()
        assert "\0" not in response.content.decode()


def test_a_day_without_news_says_so_and_is_not_for_robots(client):
    published(at=NOON)
    response = client.get("/berita/2025/11/04/")
    assert "Tidak ada berita pada hari ini" in response.content.decode()
    assert (response.context["canonical_url"], response.context["robots"]) == ("", "noindex, follow")


def test_an_empty_portal_says_so(client):
    assert "Belum ada berita" in client.get("/indeks/").content.decode()


def test_what_has_news_is_for_robots(client):
    published(at=NOON)
    for path in (DAY, "/berita/2025/11/", "/berita/2025/"):
        context = client.get(path, {"utm_source": "x"}).context
        assert (context["canonical_url"], context["robots"]) == (f"http://testserver{path}", "")


NO_DAYS = [
    "/berita/9999/12/31/",
    "/berita/9999/",
    "/berita/2100/01/",
    "/berita/2025/02/30/",
    "/berita/2025/11/31/",
    "/berita/2025/11/32/",
    "/berita/2025/11/00/",
    "/berita/2025/11/3/",
    "/berita/2025/13/",
    "/berita/2025/1/",
    "/berita/0000/01/01/",
    "/berita/0000/",
    "/berita/1944/12/31/",
    "/berita/2025/11/%00/",
    "/berita/٢٠٢٥/",
    "/berita/" + "9" * 5_000 + "/",
]


def test_what_is_no_day_or_has_not_come_is_not_found(client):
    published(at=NOON)
    assert {path[:40]: client.get(path).status_code for path in NO_DAYS} == {path[:40]: 404 for path in NO_DAYS}


class TestLongDays:
    @pytest.fixture(autouse=True)
    def two_a_page(self, monkeypatch):
        monkeypatch.setattr(provinces, "AT_ONCE", 2)
        for code in ("11", "12", "73", "73", "73", "91"):
            published(province_office(code), at=NOON)

    def test_pages_end_between_provinces(self, client):
        first = client.get(DAY)
        second = client.get(first.context["next_url"])
        third = client.get(second.context["next_url"])
        assert [[code for code, _headlines in shown(page)] for page in (first, second, third)] == [
            ["11", "12"],
            ["73"],
            ["91"],
        ]
        assert (first.context["previous_url"], third.context["next_url"]) == (None, None)
        assert second.context["previous_url"] == DAY
        assert third.context["previous_url"] == f"{DAY}?mulai=73"

    def test_a_province_longer_than_a_page_tells_where_the_rest_is(self, client):
        response = client.get(DAY, {"mulai": "73"})
        assert [len(headlines) for _code, headlines in shown(response)] == [2]
        assert "/berita/?dari=2025-11-03&amp;sampai=2025-11-03&amp;provinsi=73" in response.content.decode()

    def test_any_province_leads_to_the_page_it_stands_on(self, client):
        assert [code for code, _headlines in shown(client.get(DAY, {"mulai": "12"}))] == ["11", "12"]

    def test_only_the_first_page_is_for_robots(self, client):
        assert client.get(DAY).context["robots"] == ""
        assert client.get(DAY, {"mulai": "73"}).context["robots"] == "noindex, follow"

    def test_a_province_without_news_is_not_found(self, client):
        for text in ("99", "\0", "73\0", "x" * 10_000, "9" * 5_000, "🌋"):
            assert client.get(DAY, {"mulai": text}).status_code == 404


def test_a_month_counts_its_days(client):
    for moment in (NOON, NOON, NOON + timedelta(days=27), NOON + timedelta(days=28)):
        published(at=moment)
    context = client.get("/berita/2025/11/").context
    assert counted(client.get("/berita/2025/11/")) == {"2025-11-03": 2, "2025-11-30": 1}
    assert context["total"] == 3


def test_a_year_counts_its_months(client):
    for moment in (NOON, NOON, NOON + timedelta(days=28), NOON + timedelta(days=90)):
        published(at=moment)
    months = client.get("/berita/2025/").context["months"]
    assert {month["first"].month: month["count"] for month in months if month["count"]} == {11: 2, 12: 1}


def test_a_day_and_an_article_never_share_an_address(client):
    assert [slug_from(text) for text in ("11", "2025", "03 11", "٠٣")] == [
        "berita-11",
        "berita-2025",
        "03-11",
        "berita",
    ]
    edition = published(headline="17", at=NOON)
    assert edition.article.get_absolute_url() == "/berita/2025/11/berita-17/"
    assert client.get("/berita/2025/11/berita-17/").status_code == 200
    with pytest.raises(ValidationError):
        Article(slug="17").full_clean()
    assert resolve("/berita/2025/11/17/").view_name == "day_index"
    assert resolve("/berita/2025/11/17-agustus/").view_name == "article_detail"


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [(DAY, 6), ("/berita/2025/11/", 4), ("/berita/2025/", 4)])
def test_the_archive_takes_the_same_few_queries(client, django_assert_num_queries, path, queries, rows):
    for number in range(rows):
        published(regency_office(f"{number + 11}.01"), at=NOON)
        published(at=NOON - timedelta(days=400))
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200
