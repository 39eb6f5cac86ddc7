"""Every seat before what readers demand: its page, the steps that answer it, and the names in it."""

import pytest
from django.test import Client
from django.urls import reverse

from news.models import Demand, Notice
from news.models.demands import DemandStep
from tests.architecture.scope_rows import ANSWERED, DEMANDED, OUTSIDERS, PLACES, SEATS
from tests.architecture.scope_world import (
    page_url,
    refused_at_the_door,
    text_of,
    unchanged,
)
from tests.factories.demands import WORDS, received
from tests.stored import taken_back

sqlite_only = pytest.mark.sqlite_only
each_seat = pytest.mark.parametrize("seat", SEATS)
TARGETS = {DemandStep.ACCEPT: "accepted", DemandStep.REFUSE: "refused", DemandStep.RESOLVE: "resolved"}
PERSONAL = (WORDS["email"], WORDS["capacity"], WORDS["right"])


def step_url(world, place, step):
    return reverse("admin:news_demand_step", args=[world.key("demand", place), step])


@pytest.mark.parametrize("step", TARGETS)
@each_seat
def test_a_demand_is_answered_by_the_offices_editors(world, seat, step):
    for place, letter in ANSWERED[seat].items():
        with taken_back():
            response = world.browsers[seat].post(step_url(world, place, step), {"note": "Alasan yang cukup."})
            state = Demand.objects.values_list("state", flat=True).get(pk=world.key("demand", place))
            if letter == "E":
                assert (place, response.status_code, state) == (place, 302, TARGETS[step])
            else:
                assert (place, response.status_code) == (place, 404 if letter == "-" else 403)
                unchanged(world, what=place)
        look = world.browsers[seat].get(step_url(world, place, step))
        assert look.status_code == (404 if letter == "-" else 400)


@sqlite_only
@each_seat
def test_what_a_person_wrote_is_shown_to_those_who_answer_and_those_above_them(world, seat):
    for place, letter in DEMANDED[seat].items():
        page = text_of(world.browsers[seat].get(world.url("demand", "change", place)))
        for words in PERSONAL:
            assert (place, words in page) == (place, letter == "r")
        for step in TARGETS:
            assert (step_url(world, place, step) in page) == (ANSWERED[seat][place] == "E")


@sqlite_only
@each_seat
def test_the_lists_and_the_desk_show_nobody_s_name(world, seat):
    for address in (reverse("admin:index"), page_url("news.demand", "changelist"), reverse("admin:notices")):
        page = text_of(world.browsers[seat].get(address))
        assert not any(words in page for words in (*PERSONAL, "Subjek peminta"))


@sqlite_only
@each_seat
def test_a_demand_nobody_has_confirmed_is_met_by_nobody(world, seat):
    with taken_back():
        for place in PLACES:
            waiting = received(world.rows["published"][place], name="Belum dikonfirmasi")
            url = page_url("news.demand", "change", waiting.pk)
            assert world.browsers[seat].get(url).status_code == 404
            step = reverse("admin:news_demand_step", args=[waiting.pk, "refuse"])
            assert world.browsers[seat].post(step, {"note": "Alasan."}).status_code == 404
        assert Demand.objects.filter(state="received").count() == len(PLACES)


@sqlite_only
def test_a_demand_is_told_to_the_offices_editors_alone(world):
    told = Notice.objects.filter(kind="demanded").values_list("recipient__username", "demand__article__office")
    for seat, person in world.people.items():
        offices = {office for name, office in told if name == person.username}
        own = {world.offices[place].pk for place, letter in ANSWERED.get(seat, {}).items() if letter == "E"}
        assert (seat, offices) == (seat, own)


@sqlite_only
def test_answering_wants_the_token_of_its_form(world):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = world.browsers["manager"].cookies
    assert browser.post(step_url(world, "kab", "refuse"), {"note": "Alasan."}).status_code == 403
    unchanged(world)


@sqlite_only
@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_answer_nothing(world, outsider):
    url = step_url(world, "kab", "refuse")
    assert refused_at_the_door(world.browsers[outsider].get(url))
    assert refused_at_the_door(world.browsers[outsider].post(url, {"note": "Alasan."}))
    unchanged(world)
