"""Every seat before what stands beside an article: suggestions, vetoes, and the list of those nothing leads to."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Orphan, RelatedPick, RelatedVeto
from tests.architecture.scope_rows import EDITED, OUTSIDERS, PLACES, READ, SEATS, WRITTEN
from tests.architecture.scope_world import changed, refused_at_the_door, sent, text_of, unchanged
from tests.stored import taken_back

sqlite_only = pytest.mark.sqlite_only
each_seat = pytest.mark.parametrize("seat", SEATS)

VETOED = EDITED
"""Whatever its state: a veto belongs to the article, and to those who edit there."""
SUBJECTS = ("draft", "published", "withdrawn")
VERBS = ("veto", "unveto")


def door(verb, world, subject, place):
    return reverse(f"admin:news_article_{verb}", args=[world.key(subject, place)])


def public(world, place):
    """The key of something public of another office."""
    return world.key("published", "far" if place != "far" else "kab")


@each_seat
def test_a_suggestion_is_vetoed_and_restored_by_the_offices_editors(world, seat):
    for subject in SUBJECTS:
        for place, letter in VETOED[seat].items():
            neighbour = public(world, place)
            data, refusals = {"neighbour": neighbour}, (404,) if letter == "-" else (403,)
            sent(world, seat, door("veto", world, subject, place), data, allowed=letter == "E", refusals=refusals)
            with taken_back():
                article = Article.objects.get(pk=world.key(subject, place))
                RelatedVeto.objects.create(
                    article=article, neighbour_id=neighbour, by=world.people["editor"], at=timezone.now()
                )
                response = world.browsers[seat].post(door("unveto", world, subject, place), data)
                expected = {"E": 302, "-": 404}.get(letter, 403)
                assert (subject, place, response.status_code) == (subject, place, expected)
                assert RelatedVeto.objects.exists() == (letter != "E")


@sqlite_only
@each_seat
def test_what_is_not_public_is_vetoed_by_nobody(world, seat):
    for place, letter in VETOED[seat].items():
        refusals = {"-": (404,), "E": (409,)}.get(letter, (403,))
        for subject in ("draft", "withdrawn"):
            data = {"neighbour": world.key(subject, "sister")}
            sent(world, seat, door("veto", world, "published", place), data, allowed=False, refusals=refusals)


@sqlite_only
@each_seat
def test_a_suggestion_is_picked_by_those_who_write_there_and_only_what_is_public(world, seat):
    for place, letter in WRITTEN[seat].items():
        url = world.url("draft", "change", place)
        for key, is_public in ((public(world, place), True), (world.key("approved", "sister"), False)):
            with taken_back():
                world.browsers[seat].post(url, changed(world, "draft", place) | {"_pick": key})
                picked = set(RelatedPick.objects.values_list("edition__article", "article"))
                assert picked == ({(world.key("draft", place), key)} if letter == "E" and is_public else set())


@sqlite_only
@each_seat
def test_buttons_are_shown_to_those_who_may_press_them(world, seat):
    for subject, place in (("draft", "kab"), ("published", "kab"), ("draft", "province")):
        if READ[seat][place] == "-":
            continue
        page = text_of(world.browsers[seat].get(world.url(subject, "change", place)))
        assert (door("veto", world, subject, place) in page) == (VETOED[seat][place] == "E"), (subject, place)
        assert ('name="_pick"' in page) == (subject == "draft" and WRITTEN[seat][place] == "E"), (subject, place)
        hidden = [world.words[other, far] for other in ("draft", "approved") for far in ("far", "sister")]
        assert WRITTEN[seat]["far"] != "-" or [word for word in hidden if word in page.split("terkait")[-1]] == []


@sqlite_only
@pytest.mark.parametrize("verb", VERBS)
def test_a_plain_look_or_a_number_that_is_none_changes_nothing(world, verb):
    url = door(verb, world, "published", "kab")
    browser = world.browsers["editor"]
    assert browser.get(url, {"neighbour": public(world, "kab")}).status_code == 400
    for wrong in ("", "abc", "-1", "9" * 30, "1\x00", "１"):
        assert browser.post(url, {"neighbour": wrong}).status_code == 400, wrong
    unchanged(world)


@sqlite_only
def test_a_veto_wants_the_token_of_its_form(world):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = world.browsers["manager"].cookies
    for verb in VERBS:
        assert browser.post(door(verb, world, "published", "kab"), {"neighbour": 1}).status_code == 403
    unchanged(world)


@each_seat
def test_the_list_of_what_nothing_leads_to_shows_what_the_seat_reads(world, seat):
    with taken_back():
        for place in PLACES:
            article = Article.objects.get(pk=world.key("published", place))
            Orphan.objects.create(article=article, office=article.office, first_published_at=article.first_published_at)
            hidden = Article.objects.get(pk=world.key("withdrawn", place))
            Orphan.objects.create(article=hidden, office=hidden.office, first_published_at=hidden.first_published_at)
        page = text_of(world.browsers[seat].get(reverse("admin:orphans")))
        for place, letter in READ[seat].items():
            assert (place, world.words["published", place] in page) == (place, letter != "-")
            assert world.words["withdrawn", place] not in page


@sqlite_only
@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_reach_none_of_it(world, outsider):
    browser = world.browsers[outsider]
    for url in (*(door(verb, world, "published", "kab") for verb in VERBS), reverse("admin:orphans")):
        assert refused_at_the_door(browser.get(url)), url
        assert refused_at_the_door(browser.post(url, {"neighbour": 1})), url
    unchanged(world)
