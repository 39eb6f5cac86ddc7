"""The list of regions with its map, and the page of one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.maps import shade_of
from tests.factories.news import PhotoFactory, published
from tests.factories.offices import RegionFactory, ministry, province_office, province_region, regency_office
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db


def headlines(response):
    return [article.headline for article in response.context["articles"]]


def test_provinces_are_counted_over_the_last_thirty_days(client):
    province_region("91")
    hidden_articles()
    published()
    published(province_office())
    published(at=timezone.now() - timedelta(days=32))
    published(ministry())
    context = client.get("/wilayah/").context
    rows = [(row["region"].code, row["count"]) for _island, rows in context["islands"] for row in rows]
    assert rows == [("73", 2), ("91", 0)]
    assert context["total_recent"] == 3
    assert [(row["code"], row["count"], row["shade"]) for row in context["map"]["provinces"]] == [
        ("73", 2, 4),
        ("91", 0, 0),
    ]


def test_a_region_that_is_not_drawn_stays_off_the_map(client):
    province_region("99")
    response = client.get("/wilayah/")
    assert response.context["map"]["provinces"] == []
    assert "Provinsi 99" in response.content.decode()


@pytest.mark.parametrize(("count", "most", "shade"), [(0, 0, 0), (0, 9, 0), (1, 10_000, 1), (9, 9, 4), (25, 100, 2)])
def test_shades_leave_the_quiet_visible(count, most, shade):
    assert shade_of(count, most) == shade


def test_a_province_shows_its_own_news_and_that_of_its_regions(client):
    hidden = hidden_articles()
    published(regency_office(), headline="Dari kabupaten")
    published(province_office(), headline="Dari provinsi")
    published(province_office("91"), headline="Dari jauh")
    response = client.get("/wilayah/73/")
    assert headlines(response) == ["Dari provinsi", "Dari kabupaten"]
    assert shows_none_of(response, hidden)
    assert response.context["feed_url"] == "/wilayah/73/feed/"
    assert response.context["province_shape"]


def test_a_regency_shows_its_own_news_only(client):
    hidden = hidden_articles()
    published(regency_office(), headline="Dari kabupaten")
    published(province_office(), headline="Dari provinsi")
    response = client.get("/wilayah/73.03/")
    assert headlines(response) == ["Dari kabupaten"]
    assert shows_none_of(response, hidden)


def test_a_region_without_an_office_shows_no_news(client):
    published()
    RegionFactory(code="73.04")
    response = client.get("/wilayah/73.04/")
    assert headlines(response) == []
    assert response.context["office"] is None


def test_the_regions_below_lead_to_their_offices(client):
    office = regency_office()
    RegionFactory(code="73.04")
    text = client.get("/wilayah/73/").content.decode()
    assert office.get_absolute_url() in text
    assert "/wilayah/73.04/" in text


def test_the_regions_below_show_what_their_offices_published_last(client):
    hidden_articles(regency_office("73.04"))
    for headline in ("Lama", "Baru"):
        published(regency_office(), headline=headline)
    children = client.get("/wilayah/73/").context["children"]
    assert [(child.code, child.newest and child.newest.headline) for child in children] == [
        ("73.03", "Baru"),
        ("73.04", None),
    ]


def test_the_provinces_show_what_was_published_last_in_any_of_their_regions(client):
    published(regency_office(), headline="Dari kabupaten")
    province_region("91")
    children = client.get("/wilayah/00/").context["children"]
    assert [(child.code, child.newest and child.newest.headline) for child in children] == [
        ("73", "Dari kabupaten"),
        ("91", None),
    ]


def test_a_regency_names_its_neighbours(client):
    regency_office("73.03")
    RegionFactory(code="73.04")
    RegionFactory(code="91.01", parent=province_region("91"))
    context = client.get("/wilayah/73.03/").context
    assert [sibling.code for sibling in context["siblings"]] == ["73.03", "73.04"]
    assert context["crumbs"] == [("Wilayah", "/wilayah/"), ("Provinsi 73", "/wilayah/73/")]


def test_the_nation_shows_the_ministrys_news(client):
    published(ministry(), headline="Dari pusat")
    published()
    response = client.get("/wilayah/00/")
    assert headlines(response) == ["Dari pusat"]
    assert response.context["province_shape"] is None


@pytest.mark.parametrize("code", ["99", "73.99", "7", "73.3", "%00", "73.03%00", "٧٣", "x" * 10_000])
def test_an_unknown_code_is_not_found(client, code):
    regency_office()
    assert client.get(f"/wilayah/{code}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_regions_take_few_queries(client, django_assert_num_queries, rows):
    for n in range(rows):
        office = regency_office(f"73.0{n + 3}")
        published(office, photos=(PhotoFactory(office),))
    with django_assert_num_queries(3):
        client.get("/wilayah/")
    with django_assert_num_queries(6):
        client.get("/wilayah/73/")
    with django_assert_num_queries(5):
        client.get("/wilayah/73.03/")
