"""Every seat before the pages around the desk: pins, copies, the switch between offices."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Edition, Pin
from tests.architecture.scope_rows import ANSWERED, CORRECTED, OUTSIDERS, PLACES, SEATS, STEPS, WRITTEN
from tests.architecture.scope_world import (
    everything_stored,
    page_url,
    refused_at_the_door,
    sent,
    text_of,
    unchanged,
)
from tests.factories import MembershipFactory
from tests.stored import taken_back

sqlite_only = pytest.mark.sqlite_only
each_seat = pytest.mark.parametrize("seat", SEATS)

PINNED = CORRECTED["published"]
DUPLICATED = WRITTEN
VERBS = ("pin", "unpin", "duplicate")


def door(verb, world, subject, place):
    return reverse(f"admin:news_article_{verb}", args=[world.key(subject, place)])


def tomorrow():
    """A day that is not over in any office's zone."""
    return timezone.localdate() + timedelta(days=1)


def asked():
    return {"last_day": tomorrow().isoformat()}


@each_seat
def test_an_article_is_pinned_and_let_go_by_the_offices_editors(world, seat):
    for place, letter in PINNED[seat].items():
        refusals = (404,) if letter == "-" else (403,)
        sent(world, seat, door("pin", world, "published", place), asked(), allowed=letter == "E", refusals=refusals)
        with taken_back():
            article = Article.objects.get(pk=world.key("published", place))
            pinned_by = world.people["editor"]
            Pin.objects.create(
                office=article.office,
                place=1,
                article=article,
                last_day=tomorrow(),
                pinned_by=pinned_by,
                pinned_at=timezone.now(),
            )
            response = world.browsers[seat].post(door("unpin", world, "published", place))
            expected = {"E": 302, "-": 404}.get(letter, 403)
            assert (place, response.status_code) == (place, expected)
            assert Pin.objects.exists() == (letter != "E")


@sqlite_only
@pytest.mark.parametrize("subject", ["draft", "submitted", "approved", "withdrawn"])
def test_what_is_not_public_is_pinned_by_nobody(world, subject):
    for seat in SEATS:
        for place, letter in PINNED[seat].items():
            refusals = {"-": (404,), "E": (409,)}.get(letter, (403,))
            sent(world, seat, door("pin", world, subject, place), asked(), allowed=False, refusals=refusals)


@sqlite_only
@pytest.mark.parametrize("subject", ["draft", "submitted", "published", "withdrawn", "corrected"])
@each_seat
def test_a_copy_is_begun_by_those_who_write_there(world, seat, subject):
    for place, letter in DUPLICATED[seat].items():
        refusals = (404,) if letter == "-" else (403,)
        url = door("duplicate", world, subject, place)
        sent(world, seat, url, {}, allowed=letter == "E", refusals=refusals)


@sqlite_only
@each_seat
def test_a_copy_is_never_begun_in_an_office_one_does_not_write_for(world, seat):
    home = world.home(seat)
    for place in set(world.offices) - {home}:
        data = {"office": world.offices[place].pk}
        sent(world, seat, door("duplicate", world, "draft", home), data, allowed=False, refusals=(403, 404))


@sqlite_only
@pytest.mark.parametrize("verb", VERBS)
def test_a_plain_look_changes_nothing(world, verb):
    for seat in SEATS:
        for place, letter in WRITTEN[seat].items():
            response = world.browsers[seat].get(door(verb, world, "published", place), asked())
            assert (seat, place, response.status_code) == (seat, place, 404 if letter == "-" else 400)
    unchanged(world)


@sqlite_only
def test_a_page_of_the_desk_wants_the_token_of_its_form(world):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = world.browsers["manager"].cookies
    for url in (*(door(verb, world, "published", "kab") for verb in VERBS), reverse("admin:switch_office")):
        assert browser.post(url, {**asked(), "office": "semua"}).status_code == 403, url
    unchanged(world)


@sqlite_only
@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_reach_no_page_of_the_desk(world, outsider):
    browser = world.browsers[outsider]
    for url in (
        *(door(verb, world, "published", "kab") for verb in VERBS),
        reverse("admin:switch_office"),
        reverse("admin:calendar"),
    ):
        assert refused_at_the_door(browser.get(url)), url
        assert refused_at_the_door(browser.post(url, {**asked(), "office": world.offices["kab"].pk})), url
    unchanged(world)


CHECKED = STEPS["approve", "submitted", "approved"]
READY = STEPS["publish", "approved", "published"]
CONFIRMED = STEPS["second_check", "urgent", "published"]
COUNTED = {"demands": ANSWERED, "check": CHECKED, "ready": READY, "confirm": CONFIRMED}


@each_seat
def test_the_desk_shows_what_the_seat_may_do_and_names_nothing_else(world, seat):
    page = text_of(world.browsers[seat].get(reverse("admin:index")))
    for place in PLACES:
        assert (place, world.words["submitted", place] in page) == (place, CHECKED[seat][place] == "E")
        assert (place, world.words["approved", place] in page) == (place, READY[seat][place] == "E")
        for subject in ("draft", "published", "event", "announced"):
            assert WRITTEN[seat][place] == "E" or world.words[subject, place] not in page, (subject, place)
        assert world.words["withdrawn", place] not in page


@sqlite_only
@each_seat
def test_the_numbers_in_the_menu_count_what_the_seat_may_do_and_nothing_else(world, seat):
    response = world.browsers[seat].get(page_url("news.rubric", "changelist"))
    counted = {count["key"]: count["count"] for count in response.context["counts"]}
    wanted = {name: list(cells[seat].values()).count("E") for name, cells in COUNTED.items()}
    assert counted == {key: count for key, count in wanted.items() if count}


BULK_STEPS = {
    ("submit", "draft"): WRITTEN,
    ("approve", "submitted"): CHECKED,
    ("publish", "approved"): READY,
    ("request_changes", "submitted"): STEPS["request_changes", "submitted", "changes_requested"],
    ("withdraw", "published"): STEPS["withdraw", "published", "withdrawn"],
    ("discard", "draft"): STEPS["discard", "draft", "discarded"],
}


def bulk_form(world, step, subject, places):
    editions = [world.rows[subject][place] for place in places]
    return {
        "action": step,
        "_selected_action": [edition.article_id for edition in editions],
        "seen": [f"{edition.pk}:{edition.version}" for edition in editions],
        "confirmed": "1",
        "note": "Alasan yang cukup.",
    }


@pytest.mark.parametrize(("step", "subject"), BULK_STEPS)
@each_seat
def test_a_step_on_many_rows_is_taken_where_it_is_theirs_and_nowhere_else(world, seat, step, subject):
    letters = BULK_STEPS[step, subject][seat]
    editions = {place: world.rows[subject][place] for place in PLACES}
    own = {place for place, letter in letters.items() if letter == "E"}
    with taken_back():
        response = world.browsers[seat].post(
            page_url("news.article", "changelist"), bulk_form(world, step, subject, PLACES)
        )
        moved = {place for place, edition in editions.items() if has_moved(edition)}
        assert moved == own
        if not own:
            assert response.status_code in (200, 302, 409)
            unchanged(world)
            return
        told = {outcome.edition.pk: outcome.is_taken for outcome in response.context["outcomes"]}
        assert told == {editions[place].pk: place in own for place, letter in letters.items() if letter != "-"}
        hidden = [world.words[subject, place] for place, letter in letters.items() if letter == "-"]
        assert [word for word in hidden if word in text_of(response)] == []


def has_moved(edition):
    return not Edition.objects.filter(pk=edition.pk, state=edition.state, version=edition.version).exists()


CALENDAR = (("published", WRITTEN), ("event", WRITTEN), ("announced", WRITTEN))
"""What the calendar shows of the offices one reaches: what is announced elsewhere stands on the public pages."""


@each_seat
def test_the_calendar_shows_what_the_seat_reads_and_nothing_else(world, seat):
    days = (timezone.localdate(), timezone.localdate() + timedelta(days=3))

    def page_of(office):
        months = sorted({day.strftime("%Y-%m") for day in days})
        answers = [world.browsers[seat].get(reverse("admin:calendar"), {"bulan": m, "kantor": office}) for m in months]
        return "".join(text_of(answer) for answer in answers)

    everything = page_of("semua") + page_of("")
    for subject, cells in CALENDAR:
        for place, letter in cells[seat].items():
            if letter == "-":
                assert world.words[subject, place] not in everything
            else:
                assert world.words[subject, place] in page_of(world.offices[place].pk), (subject, place)
    assert "tersembunyi" not in everything
    assert not any(world.words[subject, place] in everything for subject in ("draft", "withdrawn") for place in PLACES)


@sqlite_only
@each_seat
def test_the_calendar_of_an_office_opens_for_those_who_reach_it(world, seat):
    for place, letter in WRITTEN[seat].items():
        response = world.browsers[seat].get(reverse("admin:calendar"), {"kantor": world.offices[place].pk})
        assert (place, response.status_code) == (place, 404 if letter == "-" else 200)
        assert world.browsers[seat].post(reverse("admin:calendar")).status_code == 405


@sqlite_only
@each_seat
def test_an_office_is_chosen_by_those_who_work_there(world, seat):
    """With one office there is nothing to choose; the choice is harmless and the others are refused."""
    works = {world.home(seat)} if SEATS[seat][0] in ("writer", "editor", "manager") else set()
    for place, office in world.offices.items():
        response = world.browsers[seat].post(reverse("admin:switch_office"), {"office": office.pk})
        assert (place, response.status_code) == (place, 302 if place in works else 403)
    unchanged(world)


@sqlite_only
@pytest.mark.parametrize("model", ["news.article", "news.event", "news.photo"])
@each_seat
def test_the_switch_narrows_a_list_and_never_widens_it(world, seat, model):
    other = next(place for place in ("far", "sister") if place != world.home(seat))
    MembershipFactory(user=world.people[seat], office=world.offices[other], role="writer")
    if SEATS[seat][0] != "writer":
        MembershipFactory(user=world.people[seat], office=world.offices[world.home(seat)], role="writer")
    browser = world.browsers[seat]
    url = page_url(model, "changelist")
    everything = keys(browser, url)
    stored = everything_stored()
    for place in (other, world.home(seat)):
        assert browser.post(reverse("admin:switch_office"), {"office": world.offices[place].pk}).status_code == 302
        chosen = keys(browser, url)
        assert chosen and chosen < everything
        assert keys(browser, f"{url}?kantor=semua") == everything
        for office in world.offices.values():
            assert keys(browser, f"{url}?kantor={office.pk}") <= everything
    browser.post(reverse("admin:switch_office"), {"office": "semua"})
    assert keys(browser, url) == everything
    assert everything_stored() == stored


def keys(browser, url):
    return {row.pk for row in browser.get(url).context["cl"].result_list}
