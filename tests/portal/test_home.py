"""The national front page, and what machines ask for beside it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from news.models import Event
from news.reads import add_reads
from news.states import Step
from news.workflow import take_step
from offices.maps import POINTS, PROVINCES
from offices.models import Region
from offices.roles import Role
from tests.factories.news import EventFactory, PhotoFactory, published, someone
from tests.factories.offices import ministry, province_office, regency_office
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)


def in_island(office, island):
    Region.objects.filter(pk=office.region_id).update(island_group=island)
    return office


def headlines(articles):
    return [article.headline for article in articles]


def by_island(response):
    return {island.name: island.articles for island in response.context["islands"]}


def read(edition, times, days_ago=0):
    add_reads([(edition.article_id, timezone.now() - timedelta(days=days_ago))] * times)


def test_the_front_page_shows_the_newest(client):
    for hour in range(10):
        published(headline=f"Berita {hour}", at=NOON + timedelta(hours=hour))
    context = client.get("/").context
    assert context["lead"].headline == "Berita 9"
    assert headlines(context["latest"]) == [f"Berita {n}" for n in range(8, 0, -1)]


def test_the_newest_article_with_a_photo_leads(client):
    published(headline="Bergambar", at=NOON, photos=(PhotoFactory(),))
    published(headline="Terbaru", at=NOON + timedelta(hours=1))
    context = client.get("/").context
    assert context["lead"].headline == "Bergambar"
    assert headlines(context["latest"]) == ["Terbaru"]


def test_nothing_unpublished_is_on_the_front_page(client):
    hidden = hidden_articles(photos=(PhotoFactory(),))
    response = client.get("/")
    assert response.status_code == 200
    assert (response.context["lead"], response.context["latest"], response.context["islands"]) == (None, [], [])
    assert response.context["total_recent"] == 0
    assert response.context["map"]["dots"] == []
    assert shows_none_of(response, hidden)


def test_every_group_of_islands_has_its_three_newest(client):
    papua = in_island(province_office("91"), "Papua")
    published(papua, headline="Papua", at=NOON - timedelta(days=400))
    for hour in range(12):
        published(headline=f"Berita {hour}", at=NOON + timedelta(hours=hour))
    published(ministry(), headline="Pusat", at=NOON - timedelta(days=400))
    islands = by_island(client.get("/"))
    assert headlines(islands["Papua"]) == ["Papua"]
    assert len(islands["Sulawesi"]) == 3
    assert list(islands) == ["Sulawesi", "Papua"]


def test_every_group_of_islands_names_its_provinces(client):
    province_office("72")
    published()
    [island] = client.get("/").context["islands"]
    assert [province.code for province in island.provinces] == ["72", "73"]


def test_islands_prefer_what_is_not_on_the_page_yet(client):
    papua = in_island(province_office("91"), "Papua")
    published(papua, headline="Lama", at=NOON - timedelta(days=9))
    for hour in range(9):
        published(papua if hour == 8 else None, headline=f"Berita {hour}", at=NOON + timedelta(hours=hour))
    islands = by_island(client.get("/"))
    assert headlines(islands["Papua"]) == ["Lama", "Berita 8"]


def test_the_map_counts_seven_days_and_dots_today(client):
    today = regency_office()
    published(today)
    published(province_office(), at=timezone.now() - timedelta(days=3))
    published(ministry(), at=timezone.now() - timedelta(days=3))
    published(province_office(), at=timezone.now() - timedelta(days=9))
    context = client.get("/").context
    assert [(row["code"], row["count"], row["shade"]) for row in context["map"]["provinces"]] == [("73", 2, 4)]
    assert [dot["url"] for dot in context["map"]["dots"]] == [today.get_absolute_url()]
    assert context["total_recent"] == 3


def test_the_next_four_events_are_shown(client):
    for day in range(6):
        EventFactory(state="published", starts_at=timezone.now() + timedelta(days=6 - day))
    EventFactory()
    EventFactory(state="published", starts_at=timezone.now() - timedelta(days=2))
    ahead = Event.objects.published().filter(ends_at__gt=timezone.now()).order_by("starts_at")
    assert client.get("/").context["events"] == list(ahead[:4])


def test_what_was_read_most_in_seven_days_is_popular(client):
    once, twice, long_ago = (published(headline=headline) for headline in ("Sekali", "Dua kali", "Dulu"))
    read(twice, 1, days_ago=5)
    read(once, 1)
    read(twice, 1)
    read(long_ago, 9, days_ago=8)
    response = client.get("/")
    assert headlines(response.context["popular"]) == ["Dua kali", "Sekali"]
    assert "Terpopuler" in response.content.decode()


def test_what_nobody_read_is_not_popular(client):
    published()
    response = client.get("/")
    assert response.context["popular"] == []
    assert "Terpopuler" not in response.content.decode()


def test_what_was_withdrawn_is_popular_no_longer(client):
    edition = published()
    read(edition, 9)
    take_step(edition, Step.WITHDRAW, by=someone(Role.MANAGER, edition.article.office), note="Keliru.")
    assert client.get("/").context["popular"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_front_page_takes_ten_queries(client, django_assert_num_queries, rows):
    for n in range(rows):
        office = province_office(f"9{n + 1}")
        read(published(office, photos=(PhotoFactory(office),)), n + 1)
        EventFactory(state="published")
    with django_assert_num_queries(10):
        client.get("/")


def test_numbers_of_the_drawing_are_not_localised(client):
    published()
    text = client.get("/").content.decode()
    x, y = POINTS["73.03"]
    assert f'cx="{x}" cy="{y}"' in text


def test_every_region_has_its_place_on_the_map():
    call_command("import_regions", verbosity=0)
    codes = set(Region.objects.exclude(code="00").values_list("code", flat=True))
    assert codes == set(POINTS)
    assert {code for code in codes if "." not in code} == set(PROVINCES)


def test_robots_are_told_what_to_leave(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/\n" in text
    assert "Disallow: /cari/\n" in text
    assert text.endswith("Sitemap: http://testserver/sitemap.xml\nSitemap: http://testserver/sitemap-news.xml\n")


def test_a_living_process_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response.headers["Cache-Control"]


def test_a_migrated_database_is_ready(client):
    assert client.get("/readyz").status_code == 200


def test_a_missing_migration_is_not_ready(client):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="news").delete()
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations missing")


def test_a_database_that_is_away_is_not_ready(client, monkeypatch):
    from django.db import OperationalError
    from django.db.migrations.executor import MigrationExecutor

    def away(*args):
        raise OperationalError

    monkeypatch.setattr(MigrationExecutor, "__init__", away)
    assert client.get("/readyz").status_code == 503
