"""The same story told twice is noticed by its headline, and no hidden headline of another office is given away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Article
from news.readiness import warnings
from tests.factories import drafted, ministry, province_office, published, regency_office, withdrawn

pytestmark = pytest.mark.django_db

HEADLINE = "Bupati Bantaeng buka rapat koordinasi penanganan stunting"
SIMILAR = "Bupati buka rapat koordinasi penanganan stunting di Bantaeng"


def doubts(office=None, headline=HEADLINE):
    edition = drafted(office, headline=headline)
    return [doubt for doubt in warnings(edition) if "mirip" in doubt]


def test_a_public_story_of_a_neighbour_is_named_with_its_office_and_address():
    told = Article.objects.get(pk=published(regency_office("73.71"), headline=SIMILAR).article_id)

    assert doubts() == [
        f'Judul ini mirip dengan “<a href="{told.get_absolute_url()}">{SIMILAR}</a>” dari {told.office}. '
        "Pastikan beritanya memang lain."
    ]


def test_a_story_of_the_province_and_of_its_regencies_are_neighbours():
    published(province_office("73"), headline=SIMILAR)
    assert len(doubts()) == 1
    published(regency_office("73.04"), headline=f"{SIMILAR} hari")
    assert len(doubts(province_office("73"))) >= 2


@pytest.mark.parametrize("make", [drafted, withdrawn])
def test_what_another_office_does_not_show_is_not_given_away(make):
    make(regency_office("73.71"), headline=SIMILAR)

    assert doubts() == []


def test_a_draft_of_the_own_office_is_named_with_its_page_in_the_newsroom():
    other = drafted(headline=SIMILAR)

    assert doubts() == [
        f'Judul ini mirip dengan naskah “<a href="/admin/news/article/{other.article_id}/change/">{SIMILAR}</a>” '
        "di kantor ini. Pastikan beritanya memang lain."
    ]


def test_a_headline_is_escaped():
    drafted(headline=f"{SIMILAR} <b>")

    assert "&lt;b&gt;</a>" in doubts()[0]


@pytest.mark.parametrize(
    "headline",
    [
        "Bupati Jeneponto buka rapat evaluasi pajak",
        "Harga cabai naik",
        "Rapat",
    ],
)
def test_other_stories_are_not_alike(headline):
    published(headline=headline)

    assert doubts() == []


def test_a_number_tells_two_stories_apart():
    neighbour = regency_office("73.71")
    published(neighbour, headline="Harga cabai merah naik 10 persen")

    assert doubts(headline="Harga cabai merah naik 25 persen") == []
    assert len(doubts(headline="Harga cabai merah kembali naik 10 persen")) == 1


def test_stories_far_away_or_long_ago_are_not_compared():
    now = timezone.now()
    published(regency_office("11.01"), headline=SIMILAR)
    published(regency_office("73.71"), headline=SIMILAR, at=now - timedelta(days=15))
    published(headline=SIMILAR, at=now - timedelta(days=61))
    edition = drafted(headline=HEADLINE)
    assert [doubt for doubt in warnings(edition) if "mirip" in doubt] == []

    published(regency_office("73.71"), headline=SIMILAR, at=now - timedelta(days=13))
    published(headline=SIMILAR, at=now - timedelta(days=59))
    assert len([doubt for doubt in warnings(edition) if "mirip" in doubt]) == 2


def test_an_article_is_not_its_own_double():
    edition = drafted(headline=HEADLINE)

    assert [doubt for doubt in warnings(edition) if "mirip" in doubt] == []


def test_the_ministry_compares_with_its_own_stories():
    published(regency_office("73.71"), headline=SIMILAR)
    assert doubts(ministry()) == []
    published(ministry(), headline=SIMILAR)
    assert len(doubts(ministry(), headline=f"{HEADLINE} lagi")) >= 1


def test_at_most_three_are_named():
    for code in ("73.71", "73.72", "73.73", "73.04"):
        published(regency_office(code), headline=SIMILAR)

    assert len(doubts()) == 3
