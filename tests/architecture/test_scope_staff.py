"""Every seat before the pages about staff and topics: invitations, memberships, handing over, the trail, merging."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Tag
from offices.invitations import invite
from offices.roles import Role
from tests.architecture.scope_rows import EDITED, ONE_REFERENCE, OUTSIDERS, PLACES, READ, SEATS, STAFF, SUBJECTS, TRAIL
from tests.architecture.scope_world import everything_stored, refused_at_the_door, sent, text_of, unchanged
from tests.factories import RubricFactory, member
from tests.stored import taken_back

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


@each_seat
@pytest.mark.parametrize("verb", ["resend", "revoke"])
def test_an_invitation_is_sent_again_and_revoked_by_those_who_keep_the_staff(world, seat, verb):
    for place, letter in STAFF[seat].items():
        url = reverse(f"admin:offices_invitation_{verb}", args=[world.key("invitation", place)])
        sent(world, seat, url, {}, allowed=letter == "E", refusals=(404,) if letter == "-" else (403,))
        assert (place, world.browsers[seat].get(url).status_code) == (place, 404 if letter == "-" else 400)
    unchanged(world)


@sqlite_only
@pytest.mark.parametrize(
    ("seat", "place", "role"), [("p_manager", "province", "supervisor"), ("m_manager", "ministry", "curator")]
)
def test_a_manager_reads_the_invitation_of_a_superior_and_touches_it_not(world, seat, place, role):
    with taken_back():
        high = invite("Calon", "calon@example.org", world.offices[place], Role(role), by=world.people["administrator"])
        stored = everything_stored()
        assert world.browsers[seat].get(reverse("admin:offices_invitation_change", args=[high.pk])).status_code == 200
        for verb in ("resend", "revoke"):
            assert (
                world.browsers[seat].post(reverse(f"admin:offices_invitation_{verb}", args=[high.pk])).status_code
                == 403
            )
        assert everything_stored() == stored


@each_seat
@pytest.mark.parametrize("subject", ["membership", "high role"])
def test_a_membership_is_ended_and_changed_by_those_who_keep_the_staff(world, seat, subject):
    for place, letter in SUBJECTS[subject][1][seat].items():
        refusal = {"E": 200, "-": 404}.get(letter, 403)
        heirs = dict.fromkeys(("drafts", "submissions"), world.rows["superior"][place].pk)
        forms = {"end": {"on": timezone.localdate()}, "role": {"role": "editor"}}
        for name, data in forms.items():
            url = reverse(f"admin:offices_membership_{name}", args=[world.key(subject, place)])
            assert (place, world.browsers[seat].get(url).status_code) == (place, refusal)
            sent(world, seat, url, data | heirs, allowed=letter == "E", refusals=(refusal,))


@sqlite_only
@pytest.mark.parametrize("seat", ["manager", "p_manager", "m_manager", "administrator"])
def test_nobody_ends_or_changes_the_own_membership(world, seat):
    own = world.people[seat].memberships.get()
    for name, data in (("end", {"on": timezone.localdate()}), ("role", {"role": "writer"})):
        url = reverse(f"admin:offices_membership_{name}", args=[own.pk])
        assert world.browsers[seat].get(url).status_code == 403
        sent(world, seat, url, data, allowed=False)
    change = reverse("admin:offices_membership_change", args=[own.pk])
    sent(world, seat, change, {"starts_on": "2001-02-03"}, allowed=False)
    add = {"user": world.people[seat].pk, "office": own.office_id, "role": "editor", "starts_on": "2001-02-03"}
    sent(world, seat, reverse("admin:offices_membership_add"), add, allowed=False, refusals=(200,))


@each_seat
@pytest.mark.parametrize("subject", ["draft", "submitted"])
def test_a_text_is_given_to_a_colleague_by_the_offices_editors(world, seat, subject):
    with taken_back():
        colleagues = {place: member(Role.EDITOR, office).pk for place, office in world.offices.items()}
        for place, letter in EDITED[seat].items():
            stored, browser = everything_stored(), world.browsers[seat]
            url = reverse("admin:news_article_assign", args=[world.key(subject, place)])
            refusal = {"E": 400, "-": 404}.get(letter, 403)
            assert (place, browser.get(url).status_code) == (place, 404 if letter == "-" else 400)
            others = {browser.post(url, {"to": pk}).status_code for to, pk in colleagues.items() if to != place}
            assert (place, others, everything_stored() == stored) == (place, {refusal}, True)
            response = browser.post(url, {"to": colleagues[place]})
            assert (place, response.status_code) == (place, 302 if letter == "E" else refusal)
            assert (everything_stored() != stored) == (letter == "E")


@each_seat
@pytest.mark.parametrize("topic", ["tag", "rubric"])
def test_a_topic_is_merged_by_those_who_keep_it(world, seat, topic):
    source = world.rows[topic]["ministry"]
    with taken_back():
        target = Tag.objects.create(name="tujuan") if topic == "tag" else RubricFactory(name="Tujuan")
        stored, letter = everything_stored(), ONE_REFERENCE[seat]["ministry"]
        url = reverse(f"admin:news_{topic}_merge", args=[source.pk])
        browser, data = world.browsers[seat], {"target": target.pk, "sure": "on"}
        assert browser.get(url, {"target": target.pk}).status_code == (200 if letter == "E" else 403)
        assert browser.post(url, data).status_code == (302 if letter == "E" else 403)
        assert (everything_stored() != stored) == (letter == "E")


@sqlite_only
def test_outsiders_reach_no_page_about_staff(world):
    for url in (
        reverse("admin:offices_invitation_resend", args=[world.key("invitation", "kab")]),
        reverse("admin:offices_invitation_revoke", args=[world.key("invitation", "kab")]),
        reverse("admin:offices_membership_end", args=[world.key("membership", "kab")]),
        reverse("admin:offices_membership_role", args=[world.key("membership", "kab")]),
        reverse("admin:news_article_assign", args=[world.key("draft", "kab")]),
        reverse("admin:news_tag_merge", args=[world.key("tag", "ministry")]),
        reverse("admin:news_rubric_merge", args=[world.key("rubric", "ministry")]),
    ):
        for outsider in OUTSIDERS:
            assert refused_at_the_door(world.browsers[outsider].get(url))
            assert refused_at_the_door(world.browsers[outsider].post(url, {"sure": "on"}))
    unchanged(world)


@sqlite_only
def test_these_pages_want_the_token_of_their_form(world):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = world.browsers["administrator"].cookies
    for url in (
        reverse("admin:offices_invitation_add"),
        reverse("admin:offices_invitation_resend", args=[world.key("invitation", "kab")]),
        reverse("admin:offices_invitation_revoke", args=[world.key("invitation", "kab")]),
        reverse("admin:offices_membership_end", args=[world.key("membership", "kab")]),
        reverse("admin:news_article_assign", args=[world.key("draft", "kab")]),
        reverse("admin:news_tag_merge", args=[world.key("tag", "ministry")]),
    ):
        assert browser.post(url, {"sure": "on"}).status_code == 403, url
    unchanged(world)
