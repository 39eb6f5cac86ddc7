"""Every seat before the pages by which a withdrawal is set for a date, and called off."""

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import Schedule
from tests.architecture.scope_rows import BY_FRESH_EYES, BY_MANAGERS_AND_CURATORS, PLACES, SEATS
from tests.architecture.scope_world import everything_stored, sent, step_data

each_seat = pytest.mark.parametrize("seat", SEATS)
WHO = {"published": BY_MANAGERS_AND_CURATORS, "urgent": BY_FRESH_EYES}


def refused(letter):
    return (404,) if letter == "-" else (403,)


@pytest.mark.parametrize("subject", WHO)
@each_seat
def test_a_withdrawal_is_set_for_a_date_by_those_who_may_withdraw(world, seat, subject):
    for place, letter in WHO[subject][seat].items():
        url = reverse("admin:news_article_withdraw_at", args=[world.key(subject, place)])
        data = step_data(world.rows[subject][place])
        sent(world, seat, url, data, allowed=letter == "E", refusals=refused(letter))
        assert world.browsers[seat].get(url).status_code == (404 if letter == "-" else 400)


@each_seat
def test_a_withdrawal_is_called_off_by_those_who_may_withdraw(world, seat, monkeypatch):
    for place in PLACES:
        waiting(world, place)
    monkeypatch.setattr(world, "stored", everything_stored())
    for place, letter in BY_MANAGERS_AND_CURATORS[seat].items():
        url = reverse("admin:news_article_keep", args=[world.key("published", place)])
        sent(world, seat, url, {}, allowed=letter == "E", refusals=refused(letter))
        assert world.browsers[seat].get(url).status_code == (404 if letter == "-" else 400)


def waiting(world, place):
    now = timezone.now()
    edition = world.rows["published"][place]
    Schedule.objects.create(
        edition=edition, kind="withdraw", due_at=now, note="Usai.", requested_by=edition.approved_by, requested_at=now
    )


def test_the_edition_of_another_article_is_not_withdrawn_through_ones_own(world):
    url = reverse("admin:news_article_withdraw_at", args=[world.key("published", "kab")])
    for place in ("far", "province", "sister"):
        data = step_data(world.rows["published"][place])
        sent(world, "manager", url, data, allowed=False, refusals=(409,))
