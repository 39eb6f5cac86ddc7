"""Every seat before the pages that check an edition: comparison, preview at two sizes, links for outside checkers."""

import pytest
from django.urls import reverse

from news.models import ShareLink
from news.sharelinks import share
from offices.roles import Role
from tests.architecture.scope_rows import EDITED, OUTSIDERS, SEATS, SUBJECTS, WRITTEN
from tests.architecture.scope_world import (
    everything_stored,
    refused_at_the_door,
    text_of,
    unchanged,
)
from tests.factories import member
from tests.stored import taken_back

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


@sqlite_only
@each_article
@each_seat
@pytest.mark.parametrize("page", ["preview", "preview_sizes", "share"])
def test_previews_and_the_list_of_links_open_for_those_who_read_the_article(world, seat, subject, page):
    for place, letter in PLACES_OF[subject][seat].items():
        response = world.browsers[seat].get(address(world, page, subject, place))
        assert (place, response.status_code) == (place, 404 if letter == "-" else 200)
        assert (world.words[subject, place] in text_of(response)) is (letter != "-")


@sqlite_only
@pytest.mark.parametrize("page", ["preview", "preview_sizes", "share"])
def test_outsiders_open_no_preview_and_no_list_of_links(world, page):
    for outsider in OUTSIDERS:
        url = address(world, page, "draft", "kab")
        assert refused_at_the_door(world.browsers[outsider].get(url))
        assert refused_at_the_door(world.browsers[outsider].post(url, {"checker": "Luar", "days": 3}))
    unchanged(world)


SHARED = {"draft": WRITTEN, "corrected": WRITTEN, "submitted": EDITED, "approved": EDITED, "scheduled": EDITED}


@each_article
@each_seat
def test_a_link_is_made_by_those_who_may_show_the_edition(world, seat, subject):
    for place, seen in PLACES_OF[subject][seat].items():
        allowed = subject in SHARED and SHARED[subject][seat][place] == "E"
        with taken_back():
            url = address(world, "share", subject, place)
            response = world.browsers[seat].post(url, {"checker": "Pemeriksa luar", "days": 3})
            if allowed:
                assert (place, response.status_code) == (place, 200)
                assert ShareLink.objects.get().edition == world.rows[subject][place]
            else:
                refusal = 404 if seen == "-" else 409 if writes_at(seat, place) else 403
                assert (place, response.status_code) == (place, refusal)
                unchanged(world, what=place)


def writes_at(seat, place):
    """Whether the seat is one of the newsroom of the office: what it may not do is then "not now"."""
    role, home = SEATS[seat]
    return home == place and role in (Role.WRITER, Role.EDITOR, Role.MANAGER)


@each_seat
def test_a_link_is_revoked_by_the_editors_of_its_office(world, seat):
    for place in PLACES_OF["draft"][seat]:
        edition = world.rows["draft"][place]
        role, home = SEATS[seat]
        with taken_back():
            maker = member(Role.MANAGER, world.offices[place])
            link, _token = share(edition, by=maker, checker="Pemeriksa", days=1)
            before = everything_stored()
            url = address(world, "share", "draft", place) + f"{link.pk}/revoke/"
            response = world.browsers[seat].post(url)
            if home == place and role in (Role.EDITOR, Role.MANAGER):
                assert (place, response.status_code) == (place, 302)
            else:
                unseen = PLACES_OF["draft"][seat][place] == "-"
                assert (place, response.status_code) == (place, 404 if unseen else 403)
                assert everything_stored() == before


@sqlite_only
@each_seat
def test_a_link_is_not_reached_through_another_article(world, seat):
    home = SEATS[seat][1]
    with taken_back():
        maker = member(Role.MANAGER, world.offices["far"])
        link, _token = share(world.rows["draft"]["far"], by=maker, checker="Pemeriksa jauh", days=1)
        before = everything_stored()
        for subject in ("draft", "submitted"):
            url = address(world, "share", subject, home)
            assert world.browsers[seat].post(f"{url}{link.pk}/revoke/").status_code == 404
            assert world.browsers[seat].post(f"{url}{10**30}/revoke/").status_code == 404
            assert "Pemeriksa jauh" not in text_of(world.browsers[seat].get(url))
        assert everything_stored() == before


@sqlite_only
def test_a_shared_page_shows_one_edition_to_whoever_holds_its_link(world):
    with taken_back():
        maker = member(Role.MANAGER, world.offices["kab"])
        _link, token = share(world.rows["draft"]["kab"], by=maker, checker="Pemeriksa", days=1)
        for browser in world.browsers.values():
            page = text_of(browser.get(reverse("shared_edition", args=[token])))
            assert world.words["draft", "kab"] in page
            assert [w for pair, w in world.words.items() if pair[0] == "corrected" and w in page] == []
