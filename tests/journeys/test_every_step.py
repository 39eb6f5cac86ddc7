"""Every state × step × role × relation: asked of the rule, and tried at every door that leads to a step."""

import re
from datetime import timedelta
from io import StringIO
from zlib import crc32

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.access import may
from news.bulk import OFFERED as CHOSEN_IN_LISTS
from news.models import Edition, Schedule, Transition
from news.scheduling import carry_out
from news.states import TABLE, State, Step
from news.workflow import OFFERED, is_possible, steps_open_to
from tests.journeys.step_cells import ASK_A_NOTE, LEADS_FROM, OWN_STATE, STATES, TURNS, cell
from tests.stored import everything_stored, taken_back

SESSIONS = frozenset({"offices_session"})
ONE_IN = 4
pytestmark = pytest.mark.sqlite_only
each_state = pytest.mark.parametrize("state", STATES, scope="module")
each_turn = pytest.mark.parametrize("turn", TURNS, scope="module")


@pytest.fixture(scope="module")
def built(state, turn, django_db_setup, django_db_blocker):
    """The edition and its people, built once for all tests of a state and a turn."""
    with django_db_blocker.unblock(), taken_back():
        made = cell(state, turn)
        sign_everybody_in(made)
        yield made


@pytest.fixture
def db(built):
    """In place of pytest-django's own, which closes the connection after every test and what was built with it."""
    with taken_back():
        yield


@pytest.fixture
def made(built, db):
    return built


def sign_everybody_in(made):
    """Give everybody a browser of their own, before what is stored is looked at: signing in is recorded."""
    made.browsers = {name: Client() for name in made.people}
    for name, browser in made.browsers.items():
        browser.force_login(made.people[name].user)


def posted(made, step, name, **changes):
    """POST the step's form as this person: the answer's status."""
    ahead = timezone.localtime(timezone.now() + timedelta(days=1), made.edition.article.office.region.zone)
    data = {
        "edition": made.edition.pk,
        "version": made.edition.version,
        "note": "Alasan.",
        "due_at": f"{ahead:%Y-%m-%dT%H:%M}",
        **changes,
    }
    url = reverse("admin:news_article_step", args=[made.edition.article_id, step])
    return made.browsers[name].post(url, data).status_code


def test_the_cells_cover_every_state_and_every_step():
    assert {OWN_STATE.get(state, state) for state in STATES} == set(State)
    assert {step.value for step in OFFERED} == set(LEADS_FROM)


@each_turn
@each_state
def test_the_rule_answers_every_cell_as_the_product_does(made, state, turn):
    answers, product = {}, {}
    for name, person in made.people.items():
        for step in Step:
            theirs = may(person.user, step, made.edition)
            answers[name, step] = theirs and is_possible(step, made.edition) and step in OFFERED
            product[name, step] = made.allows(step.value, name)

    assert {cell for cell in answers if answers[cell] != product[cell]} == set()
    assert {name: steps_open_to(person.user, made.edition) for name, person in made.people.items()} == {
        name: [step for step in OFFERED if product[name, step]] for name in made.people
    }


@pytest.mark.parametrize("turn", [0], scope="module")
@pytest.mark.parametrize("state", [state for state in STATES if state != "superseded"], scope="module")
def test_the_buttons_are_exactly_the_allowed_cells(made, state, turn):
    """An edition that was replaced has no page of its own: the article's page shows the one that replaced it."""
    url = reverse("admin:news_article_change", args=[made.edition.article_id])
    for name in made.people:
        page = made.browsers[name].get(url).content.decode()
        drawn = set(re.findall(rf"/article/{made.edition.article_id}/step/(\w+)/", page))
        assert (name, drawn) == (name, {step for step in LEADS_FROM if made.allows(step, name)})


@each_turn
@each_state
def test_every_allowed_cell_opens_by_direct_post(made, state, turn):
    for step in LEADS_FROM:
        for name in made.people:
            if made.allows(step, name):
                with taken_back():
                    assert (step, name, posted(made, step, name)) == (step, name, 302)
                    last = Transition.objects.filter(edition=made.edition).last()
                    assert (last.step, last.actor) == (step, made.people[name].user)
                    assert Edition.objects.get(pk=made.edition.pk).state == TABLE[Step(step)].target


@each_state
@pytest.mark.parametrize("turn", [2], scope="module")
def test_choosing_rows_in_the_list_is_no_other_door(made, state, turn):
    before = everything_stored(SESSIONS)
    seen = f"{made.edition.pk}:{made.edition.version}"
    for step in (step.value for step in CHOSEN_IN_LISTS):
        sent = {"action": step, "_selected_action": made.edition.article_id, "index": 0, "confirmed": 1}
        for name in made.people:
            if not made.allows(step, name) and name not in ("author", "manager next door", "auditor"):
                continue
            with taken_back():
                url = reverse("admin:news_article_changelist")
                answer = made.browsers[name].post(url, {**sent, "seen": seen, "note": "Alasan."})
                last = Transition.objects.filter(edition=made.edition).last()
                taken = (answer.status_code, last.step, last.actor) == (200, step, made.people[name].user)
                allowed = made.allows(step, name) and step in offered_in_lists(made, name)
                assert (step, name, taken) == (step, name, allowed)
    assert everything_stored(SESSIONS) == before


def offered_in_lists(made, name):
    """For many rows a list offers what a role takes somewhere, never what one may do by relation alone."""
    role = made.people[name].role
    if role == "far supervisor" or made.people[name].where not in ("own", "above"):
        return set()
    editing = {"request_changes", "publish"} if role in ("editor", "manager") else set()
    newsroom = {"submit", "discard"} if role in ("writer", "editor", "manager") else set()
    approving = {"approve"} if role in ("editor", "manager", "supervisor") else set()
    withdrawing = {"withdraw"} if role in ("manager", "curator") else set()
    return editing | newsroom | approving | withdrawing


def refusals(made):
    """For every step one forbidden cell of each reason, with the statuses that may answer it and what is sent."""
    for step in LEADS_FROM:
        theirs = [name for name in made.people if made.is_theirs(step, name)]
        for name, person in made.people.items():
            if name not in theirs:
                yield (step, "not theirs", person.where, person.role), name, (403, 404), {}
        for name in theirs[:1]:
            if made.state not in LEADS_FROM[step]:
                yield (step, "not from here"), name, (409,), {}
                continue
            yield (step, "another version"), name, (409,), {"version": made.edition.version + 1}
            if step in ASK_A_NOTE:
                yield (step, "no reason"), name, (409,), {"note": "  "}
            if step == "schedule":
                yield (step, "no moment"), name, (409,), {"due_at": ""}
                yield (step, "a moment gone by"), name, (409,), {"due_at": "2020-01-01T08:00"}


def is_refused_here(state, reason):
    """Who stands where is spread over the states, a quarter in each: together they refuse every step to everybody."""
    return reason[1] != "not theirs" or (STATES.index(state) + crc32(repr(reason).encode())) % ONE_IN == 0


@each_state
@pytest.mark.parametrize("turn", [0], scope="module")
def test_one_forbidden_cell_of_every_step_and_reason_changes_nothing(made, state, turn):
    seen = set()
    before = everything_stored(SESSIONS)
    for reason, name, statuses, changes in refusals(made):
        if reason not in seen and is_refused_here(state, reason):
            seen.add(reason)
            assert (reason, posted(made, reason[0], name, **changes) in statuses) == (reason, True)
    assert everything_stored(SESSIONS) == before
    assert {reason[0] for reason in seen} == set(LEADS_FROM)


@pytest.mark.drill
@each_turn
@each_state
def test_all_forbidden_cells_change_nothing(made, state, turn):
    before = everything_stored(SESSIONS)
    for reason, name, statuses, changes in refusals(made):
        assert (reason, name, posted(made, reason[0], name, **changes) in statuses) == (reason, name, True)
    assert everything_stored(SESSIONS) == before


@each_state
@pytest.mark.parametrize("turn", [1], scope="module")
def test_the_command_is_no_other_door(made, state, turn):
    before = everything_stored(SESSIONS)
    for step in LEADS_FROM:
        for name in made.people:
            ahead = f"{timezone.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"
            asked = {"by": made.people[name].user.username, "note": "Alasan.", "due_at": ahead, "live": True}
            named = str(made.edition.article_id)
            if made.allows(step, name):
                with taken_back():
                    call_command("take_step", named, step, stdout=StringIO(), **asked)
                    assert Transition.objects.latest("pk").step == step
            elif name in ("author", "manager next door", "auditor"):
                with pytest.raises(CommandError):
                    call_command("take_step", named, step, **asked)
    assert everything_stored(SESSIONS) == before


@each_turn
@pytest.mark.parametrize("state", ["scheduled"], scope="module")
def test_the_clock_takes_the_step_that_was_scheduled_and_no_other(made, state, turn):
    schedule = Schedule.objects.get()
    assert (carry_out(schedule.pk).status, Transition.objects.latest("pk").step) == ("waiting", "schedule")

    Schedule.objects.update(due_at=timezone.now())
    carry_out(schedule.pk)

    last = Transition.objects.filter(edition=made.edition).last()
    assert (last.step, last.actor) == ("publish_due", made.people["publisher"].user)
