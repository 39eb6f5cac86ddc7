"""Every seat before the pages that check an edition: the comparison of two editions."""

import pytest
from django.urls import reverse

from tests.architecture.scope_rows import OUTSIDERS, SEATS, SUBJECTS
from tests.architecture.scope_world import refused_at_the_door, text_of, unchanged

ARTICLES = [subject for subject, (model, _grid) in SUBJECTS.items() if model == "news.article"]
PLACES_OF = {subject: SUBJECTS[subject][1] for subject in ARTICLES}

sqlite_only = pytest.mark.sqlite_only
each_seat = pytest.mark.parametrize("seat", SEATS)
each_article = pytest.mark.parametrize("subject", ARTICLES)


def address(world, page, subject, place, **query):
    return reverse(f"admin:news_article_{page}", args=[world.key(subject, place)], query=query or None)


@each_article
@each_seat
def test_a_comparison_opens_for_those_who_read_the_article(world, seat, subject):
    for place, letter in PLACES_OF[subject][seat].items():
        response = world.browsers[seat].get(address(world, "compare", subject, place))
        assert (place, response.status_code) == (place, 404 if letter == "-" else 200)
        assert (world.words[subject, place] in text_of(response)) is (letter != "-")


@sqlite_only
@each_seat
def test_a_comparison_never_reaches_the_edition_of_another_article(world, seat):
    for place, letter in PLACES_OF["corrected"][seat].items():
        own = world.rows["corrected"][place]
        for other_place in PLACES_OF["draft"][seat]:
            for side in ("from", "to"):
                foreign = {side: world.rows["draft"][other_place].pk}
                response = world.browsers[seat].get(address(world, "compare", "corrected", place, **foreign))
                assert response.status_code == 404
                assert world.words["draft", other_place] not in text_of(response)
        both = {"from": own.article.editions.get(number=1).pk, "to": own.pk}
        response = world.browsers[seat].get(address(world, "compare", "corrected", place, **both))
        assert response.status_code == (404 if letter == "-" else 200)


@sqlite_only
def test_outsiders_compare_nothing_and_comparing_changes_nothing(world):
    url = address(world, "compare", "corrected", "kab")
    for outsider in OUTSIDERS:
        assert refused_at_the_door(world.browsers[outsider].get(url))
    for seat in SEATS:
        assert world.browsers[seat].post(url).status_code == 405
    unchanged(world)
