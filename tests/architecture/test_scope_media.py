"""Every seat before the pages of the photo library that are not Django's own."""

import re

import pytest
from django.urls import reverse

from news.models import EditionPhoto, Photo
from tests.architecture.scope_rows import OUTSIDERS, SEATS, WRITTEN
from tests.architecture.scope_world import refused_at_the_door, sent, taken_back, text_of, unchanged

pytestmark = pytest.mark.sqlite_only
each_seat = pytest.mark.parametrize("seat", SEATS)
REFUSAL = {"-": 404, "r": 403}


def url_of(world, page, place):
    return reverse(f"admin:news_photo_{page}", args=[world.key("photo", place)])


@each_seat
def test_a_photo_is_archived_by_those_who_keep_the_library(world, seat):
    for place, letter in WRITTEN[seat].items():
        url = url_of(world, "archive", place)
        sent(world, seat, url, {}, allowed=letter == "E", refusals=(REFUSAL.get(letter),))
        assert world.browsers[seat].get(url).status_code == (404 if letter == "-" else 400)


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_reach_no_page_of_the_library(world, outsider):
    url = url_of(world, "archive", "kab")
    assert refused_at_the_door(world.browsers[outsider].get(url))
    assert refused_at_the_door(world.browsers[outsider].post(url, {}))
    unchanged(world)


@each_seat
def test_where_a_photo_is_used_names_only_what_the_seat_reads(world, seat):
    """Rows across offices cannot be written through the forms; were there one, it would tell nothing."""
    for place, letter in WRITTEN[seat].items():
        if letter == "-":
            continue
        with taken_back():
            for other in WRITTEN[seat]:
                EditionPhoto.objects.create(edition=world.rows["draft"][other], photo=world.rows["photo"][place])
            readable = {other for other, theirs in WRITTEN[seat].items() if theirs != "-"}
            page = text_of(world.browsers[seat].get(url_of(world, "change", place)))
            named = {other for other in WRITTEN[seat] if world.words["draft", other] in page}
            assert (place, named) == (place, readable)
            listed = text_of(world.browsers[seat].get(reverse("admin:news_photo_changelist")))
            counts = [int(n) for n in re.findall(r"Dipakai di (\d+) berita", listed)]
            assert counts == [len(readable)]


@each_seat
def test_the_filters_of_the_library_show_nothing_beyond_the_scope(world, seat):
    Photo.objects.filter(title__contains="far").update(archived_at="2026-01-01T00:00:00Z")
    hidden = [world.words["photo", place] for place, letter in WRITTEN[seat].items() if letter == "-"]
    narrowed = ("arsip=semua", "arsip=ya", "pemakaian=belum", "pemakaian=terbit", "bentuk=persegi", "pengunggah=saya")
    for query in narrowed:
        page = text_of(world.browsers[seat].get(f"{reverse('admin:news_photo_changelist')}?{query}"))
        assert [word for word in hidden if word in page] == []
