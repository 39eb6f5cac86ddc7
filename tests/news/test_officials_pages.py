"""An official's page: terms of office, each with its news."""

from datetime import UTC, date, datetime, timedelta

import pytest

from news import paging
from news.views import officials
from tests.factories.news import PhotoFactory, published
from tests.factories.offices import AppointmentFactory, OfficialFactory, PositionFactory, regency_office
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)


def term_of(official, **fields):
    return AppointmentFactory(official=official, position=PositionFactory(office=regency_office()), **fields)


def terms(response):
    return [(shown["term"], headlines(shown)) for shown in response.context["terms"]]


def headlines(shown):
    return [article.headline for article in shown["articles"]]


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
    response = client.get("/pejabat/sby/")
    assert terms(response) == [(term, ["Berita 2", "Berita 1"])]
    assert response.context["terms"][0]["more_url"] == f"/pejabat/sby/?masa={term.pk}"


def test_all_the_news_of_a_term_is_paged(client, monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    official = OfficialFactory(slug="sby")
    earlier = term_of(official, held_from=date(2015, 1, 1), held_until=date(2020, 1, 1))
    term = term_of(official, held_from=date(2020, 1, 1))
    hidden = hidden_articles(officials=(official,))
    published(headline="Dulu", officials=(official,), dateline_on=date(2019, 12, 11))
    for hour in range(3):
        published(headline=f"Berita {hour}", officials=(official,), at=NOON + timedelta(hours=hour))
    first = client.get("/pejabat/sby/", {"masa": term.pk})
    assert headlines(first.context) == ["Berita 2", "Berita 1"]
    assert headlines(client.get(first.context["older_url"]).context) == ["Berita 0"]
    assert first.context["robots"] == "noindex, follow"
    assert headlines(client.get("/pejabat/sby/", {"masa": earlier.pk}).context) == ["Dulu"]
    assert shows_none_of(first, hidden)


def test_news_from_outside_of_any_known_term_stands_by_itself(client):
    official = OfficialFactory(slug="sby")
    term_of(official, held_from=date(2020, 1, 1))
    published(headline="Jauh sebelumnya", officials=(official,), dateline_on=date(2019, 12, 11))
    assert headlines(client.get("/pejabat/sby/").context["outside"]) == ["Jauh sebelumnya"]
    assert headlines(client.get("/pejabat/sby/", {"masa": "lain"}).context) == ["Jauh sebelumnya"]


def test_the_term_of_somebody_else_is_not_found(client):
    OfficialFactory(slug="sby")
    AppointmentFactory(pk=999999)
    for text in ("", "0", "999999", "\0", "9" * 5_000, "x" * 10_000, "🌋", "-1"):
        assert client.get("/pejabat/sby/", {"masa": text}).status_code == 404


def test_who_holds_a_position_today_is_told(client):
    official = OfficialFactory(slug="sby")
    term_of(official, held_from=date(2015, 1, 1), held_until=date(2020, 1, 1))
    term_of(official, held_from=date(2020, 1, 1))
    assert [shown["is_held"] for shown in client.get("/pejabat/sby/").context["terms"]] == [True, False]


def test_an_official_without_terms_or_news_says_so(client):
    OfficialFactory(slug="sby")
    assert "Belum ada masa jabatan" in client.get("/pejabat/sby/").content.decode()


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"held_from": date(2019, 6, 3)}, "3 Juni 2019 – sekarang"),
        ({"held_from": date(2019, 6, 1), "from_precision": "month"}, "Juni 2019 – sekarang"),
        ({"held_from": date(2199, 1, 1)}, "mulai 1 Januari 2199"),
        ({"held_from": date(2199, 1, 1), "held_until": date(2200, 1, 1)}, "1 Januari 2199 – 31 Desember 2199"),
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
    assert client.get("/pejabat/sby/").context["terms"][0]["term"].term_label == label


@pytest.mark.parametrize("slug", ["tidak-ada", "%00", "x" * 10_000])
def test_an_unknown_official_is_not_found(client, slug):
    assert client.get(f"/pejabat/{slug}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_an_official_takes_six_queries(client, django_assert_num_queries, rows):
    official = OfficialFactory(slug="sby")
    for n in range(rows):
        year = date(2010 + n, 1, 1)
        term = term_of(official, held_from=year, held_until=date(2011 + n, 1, 1))
        published(officials=(official,), dateline_on=year, photos=(PhotoFactory(),))
    with django_assert_num_queries(6):
        assert len(terms(client.get("/pejabat/sby/"))) == rows
    with django_assert_num_queries(6):
        assert len(headlines(client.get("/pejabat/sby/", {"masa": term.pk}).context)) == 1
