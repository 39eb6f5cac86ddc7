"""Granting memberships: who may grant which role where, and what the database refuses."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from offices.memberships import grant_membership, grantable_roles
from offices.models import Membership, User
from offices.roles import Role
from tests.factories import (
    MembershipFactory,
    UserFactory,
    member,
    ministry,
    province_office,
    regency_office,
)

pytestmark = pytest.mark.django_db

NEWSROOM = {"writer", "editor", "manager"}
EVERY_ROLE = {*NEWSROOM, "supervisor", "curator", "administrator", "auditor"}
OFFICES = {"regency": regency_office, "province": province_office, "ministry": ministry}


@pytest.mark.parametrize("where", OFFICES)
@pytest.mark.parametrize("role", sorted(NEWSROOM - {"manager"}))
def test_writers_and_editors_grant_nothing(role, where):
    person = member(Role(role), OFFICES[where]())

    assert {place: grantable_roles(person, office()) for place, office in OFFICES.items()} == {
        "regency": set(),
        "province": set(),
        "ministry": set(),
    }


@pytest.mark.parametrize(
    ("role", "where"), [("supervisor", "province"), ("curator", "ministry"), ("auditor", "ministry")]
)
def test_those_who_oversee_grant_nothing(role, where):
    person = member(Role(role), OFFICES[where]())

    assert [grantable_roles(person, office()) for office in OFFICES.values()] == [set(), set(), set()]


@pytest.mark.parametrize("where", OFFICES)
def test_a_manager_grants_the_newsroom_of_their_own_office_and_nothing_above(where):
    manager = member(Role.MANAGER, OFFICES[where]())

    grantable = {place: grantable_roles(manager, office()) for place, office in OFFICES.items()}

    assert grantable == {place: NEWSROOM if place == where else set() for place in OFFICES}


def test_an_administrator_grants_every_role_everywhere():
    administrator = member(Role.ADMINISTRATOR, ministry())

    assert [grantable_roles(administrator, office()) for office in OFFICES.values()] == [EVERY_ROLE] * 3


def test_a_manager_of_the_past_and_an_inactive_one_grant_nothing():
    office = regency_office()
    former = MembershipFactory(office=office, role=Role.MANAGER, ends_on=date(2020, 1, 1)).user
    inactive = member(Role.MANAGER, office, is_active=False)

    assert grantable_roles(former, office) == set()
    assert grantable_roles(inactive, office) == set()
    assert grantable_roles(AnonymousUser(), office) == set()


@pytest.mark.parametrize("role", sorted(EVERY_ROLE))
def test_a_manager_above_the_newsroom_is_refused_and_nothing_is_stored(role):
    office, colleague = province_office(), UserFactory()
    manager = member(Role.MANAGER, office)

    if role in NEWSROOM:
        grant_membership(colleague, office, Role(role), by=manager)
    else:
        with pytest.raises(PermissionDenied):
            grant_membership(colleague, office, Role(role), by=manager)

    assert colleague.memberships.count() == (1 if role in NEWSROOM else 0)


def test_a_manager_cannot_raise_themselves():
    manager = member(Role.MANAGER, ministry())

    with pytest.raises(PermissionDenied):
        grant_membership(manager, ministry(), Role.ADMINISTRATOR, by=manager)

    assert [m.role for m in Membership.objects.all()] == ["manager"]


@pytest.mark.parametrize(
    ("role", "fitting"),
    [
        *[(role, {"regency", "province", "ministry"}) for role in sorted(NEWSROOM)],
        ("supervisor", {"province"}),
        ("curator", {"ministry"}),
        ("administrator", {"ministry"}),
        ("auditor", {"ministry"}),
    ],
)
def test_each_role_stands_only_where_it_fits(role, fitting):
    administrator = member(Role.ADMINISTRATOR, ministry())
    granted = set()
    for place, office in OFFICES.items():
        try:
            grant_membership(UserFactory(), office(), Role(role), by=administrator)
        except ValidationError as refusal:
            assert list(refusal.message_dict) == ["role"]
        else:
            granted.add(place)

    assert granted == fitting


def test_a_membership_begins_today_unless_told_otherwise():
    membership = grant_membership(UserFactory(), regency_office(), Role.WRITER, by=None)

    assert (membership.starts_on, membership.ends_on) == (timezone.localdate(), None)


def test_the_same_open_membership_is_granted_once():
    person = member(Role.WRITER, regency_office())

    with pytest.raises(ValidationError, match="sudah memegang"):
        grant_membership(person, regency_office(), Role.WRITER, by=None)

    assert person.memberships.count() == 1


def test_a_role_held_before_may_be_granted_again():
    old = MembershipFactory(office=regency_office(), ends_on=date(2020, 1, 1))

    new = grant_membership(old.user, regency_office(), Role.WRITER, by=None)

    assert list(old.user.memberships.order_by("pk")) == [old, new]


def test_a_membership_does_not_end_before_it_begins():
    today = timezone.localdate()

    with pytest.raises(ValidationError, match="berakhir sebelum mulai"):
        grant_membership(UserFactory(), regency_office(), Role.WRITER, by=None, ends_on=today - timedelta(days=1))


def test_the_database_itself_refuses_a_second_open_membership_and_an_end_before_the_beginning():
    held = MembershipFactory(office=regency_office())

    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(user=held.user, office=held.office)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(starts_on=date(2020, 1, 2), ends_on=date(2020, 1, 1))

    assert Membership.objects.count() == 1


def test_a_role_that_does_not_exist_is_refused():
    with pytest.raises(ValidationError):
        grant_membership(UserFactory(), regency_office(), "superuser", by=None)


def test_an_account_has_no_permissions_of_its_own():
    person = User.objects.create_user("siti", name="Siti", password="rahasia sekali")

    assert person.has_perm("news.add_article") is False
    assert (person.is_staff, person.has_module_perms("news")) == (False, False)
    assert hasattr(person, "is_superuser") is False


def test_staff_are_those_who_hold_a_membership_today():
    staff = {user.username: user.is_staff for user in (member(Role.WRITER, regency_office()), UserFactory())}

    assert sorted(staff.values()) == [False, True]
