"""Changing and ending memberships: by whom, from when, and who must be left."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from offices.memberships import change_role, end_membership, grant_membership, may_keep, refuse_closing
from offices.models import Entry, Kind, Membership, Session, User
from offices.roles import Role
from offices.templatetags.dates import short_date
from tests.factories import MembershipFactory, UserFactory, member, ministry, province_office, regency_office

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
TOMORROW = timedelta(days=1)


@pytest.fixture
def manager():
    return member(Role.MANAGER, regency_office())


@pytest.fixture
def administrator():
    return member(Role.ADMINISTRATOR, ministry())


def held(role, office=None):
    return Membership.objects.select_related("office__region").get(user=member(role, office or regency_office()))


def stored(membership):
    return Membership.objects.get(pk=membership.pk)


def test_a_membership_ends_today_and_is_no_longer_held(manager):
    membership = held(Role.WRITER)
    end_membership(membership, by=manager)
    assert stored(membership).ends_on == TODAY()
    assert Entry.objects.get(kind=Kind.MEMBERSHIP_ENDED).note == f"Penulis, sampai {short_date(TODAY(), None)}"
    assert not User.objects.get(pk=membership.user_id).is_staff


def test_it_may_end_on_a_day_to_come_and_is_held_until_then(manager):
    membership = held(Role.WRITER)
    end_membership(membership, by=manager, on=TODAY() + 3 * TOMORROW)
    assert User.objects.get(pk=membership.user_id).is_staff
    end_membership(membership, by=manager)
    assert stored(membership).ends_on == TODAY()


def test_one_that_was_given_by_mistake_today_was_never_held(manager):
    membership = grant_membership(UserFactory(), regency_office(), Role.WRITER, by=manager)
    end_membership(membership, by=manager)
    assert (stored(membership).starts_on, stored(membership).ends_on) == (TODAY(), TODAY())
    assert not User.objects.get(pk=membership.user_id).is_staff


def test_one_that_has_not_begun_is_taken_back_whole(manager):
    membership = MembershipFactory(office=regency_office(), starts_on=TODAY() + 9 * TOMORROW)
    end_membership(membership, by=manager)
    assert stored(membership).ends_on == membership.starts_on


def test_it_does_not_end_in_the_past_nor_twice(manager):
    membership = held(Role.WRITER)
    with pytest.raises(ValidationError, match="sudah lewat"):
        end_membership(membership, by=manager, on=TODAY() - TOMORROW)
    end_membership(membership, by=manager)
    with pytest.raises(ValidationError, match="sudah berakhir"):
        end_membership(membership, by=manager)
    assert Entry.objects.filter(kind=Kind.MEMBERSHIP_ENDED).count() == 1


@pytest.mark.parametrize("role", ["manager", "administrator"])
def test_nobody_ends_or_changes_the_own_membership_nor_grants_themselves_another(role):
    office = ministry()
    person, _other = member(Role(role), office), member(Role(role), office)
    own = Membership.objects.select_related("office__region").get(user=person)
    for act in (
        lambda: end_membership(own, by=person),
        lambda: end_membership(own, by=person, on=TODAY() + TOMORROW),
        lambda: change_role(own, Role.WRITER, by=person),
        lambda: grant_membership(person, office, Role.EDITOR, by=person),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert list(person.memberships.values_list("role", "ends_on")) == [(role, None)]


@pytest.mark.parametrize(
    ("keeper", "where", "role", "place", "allowed"),
    [
        ("manager", regency_office, "writer", regency_office, True),
        ("manager", regency_office, "editor", regency_office, True),
        ("manager", regency_office, "writer", lambda: regency_office("73.05"), False),
        ("manager", province_office, "supervisor", province_office, False),
        ("manager", province_office, "writer", regency_office, False),
        ("manager", ministry, "curator", ministry, False),
        ("manager", ministry, "administrator", ministry, False),
        ("supervisor", province_office, "writer", regency_office, False),
        ("curator", ministry, "writer", regency_office, False),
        ("auditor", ministry, "writer", regency_office, False),
        ("editor", regency_office, "writer", regency_office, False),
        ("administrator", ministry, "curator", ministry, True),
        ("administrator", ministry, "supervisor", province_office, True),
        ("administrator", ministry, "manager", regency_office, True),
    ],
)
def test_a_membership_is_ended_and_changed_by_who_could_grant_it(keeper, where, role, place, allowed):
    person, membership = member(Role(keeper), where()), held(Role(role), place())
    assert may_keep(person, membership) is allowed
    if allowed:
        end_membership(membership, by=person)
    else:
        with pytest.raises(PermissionDenied):
            end_membership(membership, by=person)
        with pytest.raises(PermissionDenied):
            change_role(membership, Role.EDITOR, by=person)
    assert (stored(membership).ends_on == TODAY()) is allowed


def test_the_last_manager_stays_until_there_is_another(manager, administrator):
    last = Membership.objects.get(user=manager)
    other = member(Role.MANAGER, regency_office())
    end_membership(Membership.objects.get(user=other), by=manager)
    returned = grant_membership(other, regency_office(), Role.EDITOR, by=manager)
    assert returned.role == "editor"
    end_membership(last, by=administrator)
    assert not Membership.objects.filter(Membership.held_on(TODAY()), role="manager").exists()


def test_a_manager_cannot_be_ended_where_the_other_one_leaves_before(manager):
    other = held(Role.MANAGER)
    Membership.objects.filter(user=manager).update(ends_on=TODAY() + 5 * TOMORROW)
    end_membership(other, by=manager, on=TODAY() + 4 * TOMORROW)
    with pytest.raises(ValidationError, match="terakhir"):
        end_membership(other, by=manager, on=TODAY() + 5 * TOMORROW)
    with pytest.raises(ValidationError, match="terakhir"):
        change_role(other, Role.WRITER, by=manager, on=TODAY() + 5 * TOMORROW)


def test_somebody_whose_account_is_closed_is_not_left_to_keep_the_office(administrator):
    last = held(Role.ADMINISTRATOR, ministry())
    User.objects.filter(pk=administrator.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="Admin pusat terakhir"):
        end_membership(last, by=None)


def test_a_changed_role_is_a_new_membership_from_that_day(manager):
    old = held(Role.WRITER)
    new = change_role(old, Role.EDITOR, by=manager)
    assert stored(old).ends_on == TODAY()
    assert (new.role, new.starts_on, new.ends_on, new.user_id) == ("editor", TODAY(), None, old.user_id)
    entry = Entry.objects.get(kind=Kind.MEMBERSHIP_CHANGED)
    assert (entry.actor, entry.person_id, entry.note) == (manager, old.user_id, "Penulis → Redaktur")


def test_a_changed_role_lasts_no_longer_than_the_old_one(manager):
    old = MembershipFactory(office=regency_office(), ends_on=TODAY() + 9 * TOMORROW)
    assert change_role(old, Role.EDITOR, by=manager).ends_on == TODAY() + 9 * TOMORROW


def test_a_role_given_today_is_put_right_in_its_place(manager):
    membership = grant_membership(UserFactory(), regency_office(), Role.EDITOR, by=manager)
    assert change_role(membership, Role.WRITER, by=manager) == membership
    assert list(membership.user.memberships.values_list("role", "starts_on")) == [("writer", TODAY())]


@pytest.mark.parametrize("role", ["supervisor", "curator", "administrator", "auditor"])
def test_a_manager_raises_nobody_above_the_newsroom(manager, role):
    membership = held(Role.WRITER)
    with pytest.raises(PermissionDenied):
        change_role(membership, Role(role), by=manager)
    assert (stored(membership).role, stored(membership).ends_on) == ("writer", None)


def test_a_role_that_does_not_fit_the_office_or_is_held_already_changes_nothing(administrator):
    membership = held(Role.WRITER)
    MembershipFactory(user=membership.user, office=regency_office(), role=Role.EDITOR)
    for role in (Role.CURATOR, Role.EDITOR, Role.WRITER):
        with pytest.raises(ValidationError):
            change_role(membership, role, by=administrator)
    assert (stored(membership).role, stored(membership).ends_on) == ("writer", None)


def test_two_managers_do_not_end_each_other_in_one_day(manager):
    other = member(Role.MANAGER, regency_office())
    end_membership(Membership.objects.get(user=other), by=manager)
    with pytest.raises(PermissionDenied):
        end_membership(Membership.objects.get(user=manager), by=User.objects.get(pk=other.pk))


def test_what_a_membership_was_is_kept(manager):
    membership = held(Role.EDITOR)
    end_membership(membership, by=manager)
    assert stored(membership).starts_on == date(2000, 1, 1)
    entry = Entry.objects.get(kind=Kind.MEMBERSHIP_ENDED)
    assert (entry.actor, entry.person_id, entry.office) == (manager, membership.user_id, regency_office())
    assert "Redaktur" in entry.note


def test_a_last_manager_is_not_shut_out_by_closing_an_account(client, manager):
    other = member(Role.MANAGER, regency_office())
    for keeper, closed, status in ((manager, manager, 200), (manager, other, 302)):
        client.force_login(keeper)
        form = {"username": closed.username, "name": closed.name, "email": ""}
        url = reverse("admin:offices_user_change", args=[closed.pk])
        assert client.post(url, form).status_code == status
        assert User.objects.get(pk=closed.pk).is_active is (status == 200)
    client.force_login(member(Role.MANAGER, regency_office("73.05")))
    assert client.post(url, form).status_code == 404


def test_what_has_begun_is_not_ended_by_letting_it_begin_later(client, manager):
    running = held(Role.EDITOR)
    ahead = MembershipFactory(office=regency_office(), starts_on=TODAY() + TOMORROW)
    client.force_login(manager)
    for membership, status in ((running, 200), (ahead, 302)):
        url = reverse("admin:offices_membership_change", args=[membership.pk])
        answer = client.post(url, {"starts_on": str(TODAY() + 9 * TOMORROW)})
        assert (answer.status_code, stored(membership).starts_on > TODAY()) == (status, status == 302)
    client.force_login(running.user)
    assert client.get("/admin/").status_code == 200


def test_nobody_closes_the_account_of_the_last_administrator(administrator):
    refused = member(Role.ADMINISTRATOR, ministry())
    refuse_closing(refused, by=administrator)
    User.objects.filter(pk=administrator.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="Admin pusat terakhir"):
        refuse_closing(refused, by=administrator)


def test_whoever_leaves_is_signed_out_and_whoever_keeps_a_role_stays(client, manager):
    leaver = held(Role.WRITER)
    client.force_login(leaver.user)
    other = MembershipFactory(user=leaver.user, office=regency_office("73.05"))
    end_membership(leaver, by=manager)
    assert client.get("/admin/").status_code == 200
    Membership.objects.filter(pk=leaver.pk).update(ends_on=None)
    Membership.objects.filter(pk=other.pk).update(ends_on=TODAY())
    end_membership(leaver, by=manager)
    assert not Session.objects.filter(user=leaver.user).exists()
