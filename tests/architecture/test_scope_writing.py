"""Every seat before the pages and answers that belong to writing an article."""

import pytest
from django.test import Client
from django.urls import reverse

from news.models import Article
from tests.architecture.scope_rows import BY_OWN_EDITORS, OUTSIDERS, SEATS, WRITTEN
from tests.architecture.scope_world import refused_at_the_door, sent, taken_back, text_of, unchanged

each_seat = pytest.mark.parametrize("seat", SEATS)
sqlite_only = pytest.mark.sqlite_only
SEES = {"E": 200, "r": 403, "-": 404}


def address_url(world, subject, place):
    return reverse("admin:news_article_address", args=[world.key(subject, place)])


@pytest.mark.parametrize("subject", ["published", "withdrawn"])
@each_seat
def test_an_address_is_changed_by_the_offices_editors(world, seat, subject):
    for place, letter in BY_OWN_EDITORS[seat].items():
        url = address_url(world, subject, place)
        response = world.browsers[seat].get(url)
        assert (place, response.status_code) == (place, SEES[letter])
        assert letter == "E" or world.words[subject, place] not in text_of(response)
        data = {"slug": "alamat-baru", "confirmed": "on"}
        sent(world, seat, url, data, allowed=letter == "E", refusals=(SEES[letter],))


@sqlite_only
@each_seat
def test_the_address_of_what_was_never_public_is_nobodys_to_change(world, seat):
    for place, letter in WRITTEN[seat].items():
        url = address_url(world, "draft", place)
        data = {"slug": "alamat-baru", "confirmed": "on"}
        sent(world, seat, url, data, allowed=False, refusals=(404 if letter == "-" else 403,))


@sqlite_only
@each_seat
def test_tags_are_suggested_to_those_who_write_somewhere(world, seat):
    response = world.browsers[seat].get(reverse("admin:news_article_tags"), {"term": "subjek"})
    assert response.status_code == (200 if "E" in WRITTEN[seat].values() else 403)
    if response.status_code == 200:
        assert [tag["name"] for tag in response.json()["tags"]] == ["subjek-tag"]
        assert "naskah" not in text_of(response)


@sqlite_only
@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_reach_none_of_it(world, outsider):
    browser = world.browsers[outsider]
    for url in (address_url(world, "published", "kab"), reverse("admin:news_article_tags")):
        assert refused_at_the_door(browser.get(url)), url
        assert refused_at_the_door(browser.post(url, {"slug": "alamat-baru", "confirmed": "on"})), url
    unchanged(world)


@sqlite_only
def test_what_changes_something_wants_the_token_of_its_form(world):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = world.browsers["manager"].cookies
    data = {"slug": "alamat-baru", "confirmed": "on"}
    assert browser.post(address_url(world, "published", "kab"), data).status_code == 403
    unchanged(world)


@sqlite_only
def test_a_get_changes_no_address(world):
    url = address_url(world, "published", "kab")
    with taken_back():
        world.browsers["manager"].get(url, {"slug": "alamat-baru", "confirmed": "on"})
        unchanged(world)
    assert Article.objects.get(pk=world.key("published", "kab")).slug != "alamat-baru"
