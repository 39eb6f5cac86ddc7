"""Every seat before the pages about staff: the audit trail and its files."""

import pytest
from django.urls import reverse

from tests.architecture.scope_rows import OUTSIDERS, PLACES, READ, SEATS, TRAIL
from tests.architecture.scope_world import refused_at_the_door, text_of, unchanged

sqlite_only = pytest.mark.sqlite_only
each_seat = pytest.mark.parametrize("seat", SEATS)
BOOKS = ("offices_entry_changelist", "offices_entry_steps", "offices_entry_export", "offices_entry_steps_export")


def content_of(response):
    return b"".join(response.streaming_content).decode() if response.streaming else text_of(response)


def reads_anywhere(seat):
    return "r" in TRAIL[seat].values()


@each_seat
@pytest.mark.parametrize("page", ["offices_entry_changelist", "offices_entry_export"])
def test_the_trail_and_its_file_show_the_books_that_the_seat_reads(world, seat, page):
    response = world.browsers[seat].get(reverse(f"admin:{page}"), {"q": "Subjek jejak"})
    assert response.status_code == (200 if reads_anywhere(seat) else 403)
    text = content_of(response)
    shown = {place for place in PLACES if world.words["entry", place] in text}
    assert shown == {place for place, letter in TRAIL[seat].items() if letter == "r"}


@each_seat
@pytest.mark.parametrize("page", ["offices_entry_steps", "offices_entry_steps_export"])
def test_the_steps_of_editions_are_read_beside_the_trail_of_their_office(world, seat, page):
    response = world.browsers[seat].get(reverse(f"admin:{page}"), {"q": "Subjek naskah approved", "jenis": "approve"})
    assert response.status_code == (200 if reads_anywhere(seat) else 403)
    text = content_of(response)
    shown = {place for place in PLACES if f"Subjek naskah approved {place}" in text}
    assert shown == {place for place, letter in TRAIL[seat].items() if letter == "r"}
    assert shown <= {place for place, letter in READ[seat].items() if letter != "-"}


@sqlite_only
@pytest.mark.parametrize("page", BOOKS)
def test_outsiders_read_no_book(world, page):
    for outsider in OUTSIDERS:
        assert refused_at_the_door(world.browsers[outsider].get(reverse(f"admin:{page}")))
    unchanged(world)


@sqlite_only
@each_seat
@pytest.mark.parametrize("page", BOOKS)
def test_reading_a_book_changes_nothing_whatever_is_sent(world, seat, page):
    for query in ("?jenis=tidak", "?dari=kemarin", "?sampai=2026-02-31", "?office__region=73", "?orang=%00"):
        url = reverse(f"admin:{page}") + query
        assert world.browsers[seat].get(url).status_code == (400 if reads_anywhere(seat) or "%00" in query else 403)
    assert world.browsers[seat].post(reverse(f"admin:{page}"), {"jenis": "changed"}).status_code in (200, 403)
    unchanged(world)
