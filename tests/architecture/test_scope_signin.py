"""Every seat before the page that takes a second factor away, and before the pages of signing in."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import get_resolver, reverse

from tests.architecture.scope_rows import OUTSIDERS, PLACES, SEATS, STAFF, SUPERIORS
from tests.architecture.scope_world import refused_at_the_door, unchanged
from tests.stored import taken_back

sqlite_only = pytest.mark.sqlite_only
each_seat = pytest.mark.parametrize("seat", SEATS)
ANSWERS = {"E": 200, "r": 403, "-": 404}

OPEN = {"account_login", "mfa_authenticate", "admin_password_reset", "password_asked", "password_set"}
"""The pages of signing in that are there for people who are not signed in."""


def page_of(user):
    return reverse("admin:offices_user_second_factor", args=[user.pk])


@each_seat
@pytest.mark.parametrize(("subject", "grid"), [("user", STAFF), ("superior", SUPERIORS)])
def test_a_factor_is_taken_away_by_those_who_keep_the_account(world, seat, subject, grid):
    for place in PLACES:
        user, answer = world.rows[subject][place], ANSWERS[grid[seat][place]]
        assert (place, world.browsers[seat].get(page_of(user)).status_code) == (place, answer)
        with taken_back():
            Authenticator.objects.create(user=user, type="totp", data={"secret": ""})
            response = world.browsers[seat].post(page_of(user))
            assert (place, response.status_code) == (place, 302 if answer == 200 else answer)
            assert Authenticator.objects.filter(user=user).exists() == (answer != 200)
    unchanged(world)


@sqlite_only
@each_seat
def test_nobody_takes_the_own_factor_away_there(world, seat):
    user = world.people[seat]
    with taken_back():
        Authenticator.objects.create(user=user, type="totp", data={"secret": ""})
        assert world.browsers[seat].post(page_of(user)).status_code in (403, 404)
        assert Authenticator.objects.filter(user=user).exists()


@sqlite_only
@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_take_no_factor_away(world, outsider):
    for place in PLACES:
        assert refused_at_the_door(world.browsers[outsider].post(page_of(world.rows["user"][place])))
    unchanged(world)


def own_pages():
    """The pages below `/akun/` that ask for a person."""
    doors = next(door for door in get_resolver().url_patterns if str(door.pattern) == "akun/").url_patterns
    names = {door.name for door in doors}
    assert names > OPEN
    return sorted(names - OPEN)


@sqlite_only
@pytest.mark.parametrize("name", own_pages())
@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_open_no_page_about_an_account(world, outsider, name):
    url = reverse(name, args=[1] if name == "mfa_remove_webauthn" else [])
    for answer in (world.browsers[outsider].get(url), world.browsers[outsider].post(url)):
        refused = answer.status_code in (404, 405) or refused_at_the_door(answer) or leads_to_sign_in(answer)
        assert (name, refused) == (name, True)
    unchanged(world)


def leads_to_sign_in(answer):
    return answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
