"""Every seat before the pages and answers that belong to writing an article."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from news.models import Article, Presence, UnsavedText
from news.presence import be_present
from news.unsaved import keep
from tests.architecture.scope_rows import BY_OWN_EDITORS, EDITED, OUTSIDERS, READ, SEATS, WRITTEN
from tests.architecture.scope_world import (
    changed,
    everything_stored,
    refused_at_the_door,
    sent,
    text_of,
    unchanged,
)
from tests.stored import taken_back

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


def kept(key="kunci-formulir-1"):
    return json.dumps({"key": key, "typed": [["headline", "Diketik"]]})


def keep_url(world, subject, place):
    return reverse("admin:news_article_keep_typed", args=[world.key(subject, place)])


@pytest.mark.parametrize("subject", ["draft", "submitted", "published"])
@each_seat
def test_what_is_typed_is_kept_for_those_who_write_there(world, seat, subject):
    """In whatever state the text is meanwhile: what was typed must not be lost because somebody submitted it."""
    for place, letter in WRITTEN[seat].items():
        with taken_back():
            url = keep_url(world, subject, place)
            response = world.browsers[seat].post(url, kept(), content_type="application/json")
            assert (place, response.status_code) == (place, {"E": 200, "r": 403, "-": 404}[letter])
            if letter == "E":
                row = UnsavedText.objects.get()
                assert (row.user, row.edition) == (world.people[seat], world.rows[subject][place])
            else:
                unchanged(world, what=place)
        assert world.browsers[seat].get(url).status_code == 405


@sqlite_only
@each_seat
def test_a_new_text_is_kept_for_those_who_write_somewhere(world, seat):
    url = reverse("admin:news_article_keep_new")
    with taken_back():
        response = world.browsers[seat].post(url, kept(), content_type="application/json")
        assert response.status_code == (200 if "E" in WRITTEN[seat].values() else 403)
        assert UnsavedText.objects.count() == (1 if response.status_code == 200 else 0)


@sqlite_only
def test_what_somebody_typed_is_read_restored_and_discarded_by_nobody_else(world):
    with taken_back():
        writer = world.people["writer"]
        keep(writer, "kunci-formulir-1", [["headline", "Rahasia penulis"]], world.rows["draft"]["kab"])
        stored = everything_stored()
        for seat in (*SEATS, *OUTSIDERS):
            if seat == "writer":
                continue
            browser, url = world.browsers[seat], world.url("draft", "change", "kab")
            pages = [browser.get(url), browser.post(url, {"_restore": "kunci-formulir-1"})]
            pages.append(browser.post(reverse("admin:news_article_forget", args=["kunci-formulir-1"])))
            assert [page.status_code for page in pages[1:]] in ([404, 404], [302, 302]), seat
            assert not any(word in text_of(page) for page in pages for word in ("Rahasia penulis", "kunci-formulir-1"))
            assert refused_at_the_door(pages[2]) or pages[2].status_code == 404
        assert everything_stored() == stored


@pytest.mark.parametrize(("subject", "cells"), [("draft", WRITTEN), ("submitted", EDITED), ("published", READ)])
@each_seat
def test_somebody_is_present_where_they_may_write(world, seat, subject, cells):
    for place, letter in cells[seat].items():
        url = reverse("admin:news_article_presence", args=[world.key(subject, place)])
        with taken_back():
            response = world.browsers[seat].post(url)
            assert (place, response.status_code) == (place, SEES[letter])
            assert Presence.objects.exists() == (letter == "E")
            if letter != "E":
                unchanged(world, what=place)


@sqlite_only
@each_seat
def test_who_is_at_a_text_is_told_to_those_who_may_write_there(world, seat):
    with taken_back():
        for place in WRITTEN[seat]:
            be_present(world.rows["draft"][place], world.rows["user"][place])
        for place, letter in WRITTEN[seat].items():
            page = text_of(world.browsers[seat].get(world.url("draft", "change", place)))
            assert (place, "juga membuka naskah ini" in page) == (place, letter == "E")


@sqlite_only
@each_seat
def test_a_stale_form_shows_its_text_to_those_who_may_write_and_stores_nothing(world, seat):
    for place, letter in WRITTEN[seat].items():
        data = changed(world, "draft", place) | {"version": 0, "headline": "Judul yang diketik"}
        merge = {
            "_merge": "save",
            "typed": json.dumps({"headline": "X"}),
            "version": world.rows["draft"][place].version,
        }
        for sent_ in (data, merge if letter != "E" else data):
            with taken_back():
                response = world.browsers[seat].post(world.url("draft", "change", place), sent_)
                assert (place, response.status_code) == (place, {"E": 409, "r": 403, "-": 404}[letter])
                unchanged(world, what=place)
            assert letter == "E" or world.words["draft", place] not in text_of(response)


@sqlite_only
@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_reach_none_of_it(world, outsider):
    browser = world.browsers[outsider]
    draft = world.key("draft", "kab")
    for url in (
        address_url(world, "published", "kab"),
        reverse("admin:news_article_tags"),
        reverse("admin:news_article_keep_new"),
        reverse("admin:news_article_keep_typed", args=[draft]),
        reverse("admin:news_article_forget", args=["kunci-formulir-1"]),
        reverse("admin:news_article_presence", args=[draft]),
    ):
        assert refused_at_the_door(browser.get(url)), url
        assert refused_at_the_door(browser.post(url, {"slug": "alamat-baru", "confirmed": "on"})), url
    unchanged(world)


@sqlite_only
def test_what_changes_something_wants_the_token_of_its_form(world):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = world.browsers["manager"].cookies
    data = {"slug": "alamat-baru", "confirmed": "on"}
    draft = world.key("draft", "kab")
    for url in (
        address_url(world, "published", "kab"),
        reverse("admin:news_article_keep_new"),
        reverse("admin:news_article_keep_typed", args=[draft]),
        reverse("admin:news_article_forget", args=["kunci-formulir-1"]),
        reverse("admin:news_article_presence", args=[draft]),
    ):
        assert browser.post(url, data).status_code == 403, url
    unchanged(world)


@sqlite_only
def test_a_get_changes_no_address(world):
    url = address_url(world, "published", "kab")
    with taken_back():
        world.browsers["manager"].get(url, {"slug": "alamat-baru", "confirmed": "on"})
        unchanged(world)
    assert Article.objects.get(pk=world.key("published", "kab")).slug != "alamat-baru"
