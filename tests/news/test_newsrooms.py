"""An office's front page: its news, its officials of today, its events."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from news import paging
from offices.models import Office, SocialAccount
from tests.factories.news import EventFactory, PhotoFactory, RubricFactory, published
from tests.factories.offices import AppointmentFactory, PositionFactory, province_office, regency_office
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)
PAGE = "/kantor/kantor-73-03/"


def test_the_newest_article_leads(client):
    for hour in range(3):
        published(at=NOON + timedelta(hours=hour), headline=f"Berita {hour}")
    context = client.get(PAGE).context
    assert context["lead_article"].headline == "Berita 2"
    assert [article.headline for article in context["articles"]] == ["Berita 1", "Berita 0"]


def test_older_pages_have_no_lead(client, monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    for hour in range(3):
        published(at=NOON + timedelta(hours=hour), headline=f"Berita {hour}")
    older = client.get(client.get(PAGE).context["older_url"])
    assert older.context["lead_article"] is None
    assert [article.headline for article in older.context["articles"]] == ["Berita 0"]


def test_only_the_offices_own_published_news_is_shown(client):
    office = regency_office()
    hidden = hidden_articles(office)
    published(province_office(), headline="Dari provinsi")
    published(office, headline="Dari kabupaten")
    response = client.get(PAGE)
    assert response.context["lead_article"].headline == "Dari kabupaten"
    assert shows_none_of(response, [*hidden, "Dari provinsi"])


def test_officials_of_today_are_shown_with_their_terms(client):
    position = PositionFactory(office=regency_office(), title="Kepala Dinas")
    AppointmentFactory(position=position, held_from=date(2010, 1, 1), held_until=date(2015, 1, 1))
    now = AppointmentFactory(position=position, held_from=date(2019, 6, 1), from_precision="month")
    terms = client.get(PAGE).context["officials"]
    assert terms == [now]
    assert terms[0].term_label == "Juni 2019 – sekarang"


def test_events_ahead_that_concern_the_office_are_shown(client):
    office, other = regency_office(), province_office()
    own = EventFactory(organiser=office, state="published")
    joined = EventFactory(organiser=other, state="published", starts_at=timezone.now() + timedelta(days=9))
    joined.participants.add(office, other)
    EventFactory(organiser=other, state="published")
    EventFactory(organiser=office)
    EventFactory(organiser=office, state="published", starts_at=timezone.now() - timedelta(days=9))
    assert client.get(PAGE).context["events"] == [own, joined]


def test_the_office_shows_its_province_and_accounts(client):
    office = regency_office()
    SocialAccount.objects.create(office=office, network="x", url="https://x.example/bantaeng")
    response = client.get(PAGE)
    assert set(response.context["province_shape"]) == {"viewBox", "d"}
    assert "https://x.example/bantaeng" in response.content.decode()


def test_the_rubrics_and_years_of_the_office_lead_to_its_lists(client):
    office, rubric = regency_office(), RubricFactory(name="Ekonomi")
    hidden_articles(office, rubric=RubricFactory(name="Kesehatan"))
    published(office, rubric=rubric, at=NOON)
    published(office, rubric=rubric, at=NOON.replace(year=2019))
    published(province_office(), at=NOON.replace(year=2018))
    context = client.get(PAGE).context
    assert context["rubrics"] == [("Ekonomi", "/berita/?rubrik=ekonomi&kantor=kantor-73-03")]
    assert context["years"] == [
        ("2026", "1", "/berita/?kantor=kantor-73-03&dari=2026-01-01&sampai=2026-12-31"),
        ("2019", "1", "/berita/?kantor=kantor-73-03&dari=2019-01-01&sampai=2019-12-31"),
    ]


def test_the_office_is_called_and_found_on_a_map_by_plain_links(client):
    office = regency_office()
    Office.objects.filter(pk=office.pk).update(address="Jl. Andi Mannappiang\nLt. 2 & 3", phone="(0413) 21022 / 21023")
    text = client.get(PAGE).content.decode()
    place = "Jl.+Andi+Mannappiang%2C+Lt.+2+%26+3%2C+Kabupaten+73-03"
    assert f'href="https://www.openstreetmap.org/search?query={place}"' in text
    assert 'href="tel:041321022"' in text


def test_an_empty_newsroom_says_so(client):
    regency_office()
    assert "Belum ada berita dari kantor ini" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "path", ["/kantor/tidak-ada/", "/kantor/%00/", "/kantor/" + "x" * 10_000 + "/", PAGE + "?sebelum=x"]
)
def test_what_nobody_has_is_not_found(client, path):
    regency_office()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_newsroom_takes_eleven_queries(client, django_assert_num_queries, rows):
    office = regency_office()
    for _ in range(rows):
        published(office, photos=(PhotoFactory(),))
        EventFactory(organiser=office, state="published")
        AppointmentFactory(position=PositionFactory(office=office))
        SocialAccount.objects.create(office=office, network="x", url=f"https://x.example/{_}")
    with django_assert_num_queries(11):
        client.get(PAGE)
