"""An official's page: terms of office, each with its news."""

from datetime import UTC, date, datetime, timedelta

import pytest

from news.views import officials
from tests.factories.news import PhotoFactory, published
from tests.factories.offices import AppointmentFactory, OfficialFactory, PositionFactory, regency_office
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)


def term_of(official, **fields):
    return AppointmentFactory(official=official, position=PositionFactory(office=regency_office()), **fields)


def terms(response):
    return [(term, [article.headline for article in articles]) for term, articles in response.context["terms"]]


def test_articles_stand_below_the_term_they_were_written_in(client):
    official = OfficialFactory(slug="sby")
    first = term_of(official, held_from=date(2015, 1, 1), held_until=date(2020, 1, 1))
    second = term_of(official, held_from=date(2020, 1, 1))
    hidden = hidden_articles(officials=(official,))
    published(headline="Dulu", officials=(official,), dateline_on=date(2019, 12, 11))
    published(headline="Kini", officials=(official,), dateline_on=date(2026, 11, 1))
    published(headline="Tanpa pejabat")
    response = client.get("/pejabat/sby/")
    assert terms(response) == [(second, ["Kini"]), (first, ["Dulu"])]
    assert shows_none_of(response, [*hidden, "Tanpa pejabat"])


def test_every_term_shows_its_newest_articles_only(client, monkeypatch):
    monkeypatch.setattr(officials, "MOST_PER_TERM", 2)
    official = OfficialFactory(slug="sby")
    term = term_of(official)
    for hour in range(3):
        published(headline=f"Berita {hour}", officials=(official,), at=NOON + timedelta(hours=hour))
    assert terms(client.get("/pejabat/sby/")) == [(term, ["Berita 2", "Berita 1"])]


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"held_from": date(2019, 6, 3)}, "3 Juni 2019 – sekarang"),
        ({"held_from": date(2019, 6, 1), "from_precision": "month"}, "Juni 2019 – sekarang"),
        (
            {
                "held_from": date(2014, 1, 1),
                "from_precision": "year",
                "held_until": date(2019, 1, 1),
                "until_precision": "year",
            },
            "2014 – 2019",
        ),
        ({"held_from": date(2014, 1, 1), "held_until": date(2019, 1, 1)}, "1 Januari 2014 – 31 Desember 2018"),
    ],
)
def test_a_term_is_dated_no_more_exactly_than_it_is_known(client, fields, label):
    official = OfficialFactory(slug="sby")
    term_of(official, **fields)
    assert client.get("/pejabat/sby/").context["terms"][0][0].term_label == label


@pytest.mark.parametrize("slug", ["tidak-ada", "%00", "x" * 10_000])
def test_an_unknown_official_is_not_found(client, slug):
    assert client.get(f"/pejabat/{slug}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_an_official_takes_five_queries(client, django_assert_num_queries, rows):
    official = OfficialFactory(slug="sby")
    for n in range(rows):
        year = date(2010 + n, 1, 1)
        term_of(official, held_from=year, held_until=date(2011 + n, 1, 1))
        published(officials=(official,), dateline_on=year, photos=(PhotoFactory(),))
    with django_assert_num_queries(5):
        assert len(terms(client.get("/pejabat/sby/"))) == rows
