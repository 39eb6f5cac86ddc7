"""Who may take which step, and who may write, asked of everybody who could try."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from news.access import has_eligible_editor, is_contributor, may, may_write
from news.models import Contribution, Edition
from news.states import State, Step
from news.writing import save_content
from offices.roles import Role
from tests.factories import (
    MembershipFactory,
    drafted,
    member,
    ministry,
    province_office,
    regency_office,
    submitted,
)

pytestmark = pytest.mark.django_db

SEATS = {
    "colleague": (Role.WRITER, lambda: regency_office("73.03")),
    "editor": (Role.EDITOR, lambda: regency_office("73.03")),
    "manager": (Role.MANAGER, lambda: regency_office("73.03")),
    "manager next door": (Role.MANAGER, lambda: regency_office("73.05")),
    "manager of the province": (Role.MANAGER, lambda: province_office("73")),
    "supervisor": (Role.SUPERVISOR, lambda: province_office("73")),
    "supervisor elsewhere": (Role.SUPERVISOR, lambda: province_office("74")),
    "manager of the ministry": (Role.MANAGER, ministry),
    "curator": (Role.CURATOR, ministry),
    "administrator": (Role.ADMINISTRATOR, ministry),
    "auditor": (Role.AUDITOR, ministry),
}
NEWSROOM = {"author", "colleague", "editor", "manager"}

MAY = {
    Step.SUBMIT: NEWSROOM,
    Step.RECALL: {"author"},
    Step.REQUEST_CHANGES: {"editor", "manager"},
    Step.APPROVE: {"editor", "manager"},
    Step.PUBLISH: {"editor", "manager"},
    Step.SCHEDULE: {"editor", "manager"},
    Step.UNSCHEDULE: {"editor", "manager"},
    Step.PUBLISH_URGENTLY: {"editor", "manager"},
    Step.SECOND_CHECK: {"editor", "manager", "supervisor", "curator"},
    Step.CORRECT: {"editor", "manager"},
    Step.WITHDRAW: {"manager", "curator"},
    Step.REINSTATE: {"manager", "curator"},
    Step.REMOVE: {"manager", "administrator"},
    Step.DISCARD: {"author", "editor", "manager"},
    Step.START: NEWSROOM,
    Step.VOID_APPROVAL: set(),
    Step.PUBLISH_DUE: set(),
    Step.MISS_SCHEDULE: set(),
    Step.ASSIGN: set(),
    Step.MERGE_TOPIC: set(),
    Step.SUPERSEDE: set(),
}


def everybody(author):
    return {"author": author, **{name: member(role, office()) for name, (role, office) in SEATS.items()}}


@pytest.mark.parametrize("step", Step)
def test_a_step_belongs_to_exactly_these_people(step):
    edition = submitted(regency_office("73.03"))
    people = everybody(edition.started_by)

    assert {name for name, person in people.items() if may(person, step, edition)} == MAY[step]


@pytest.mark.parametrize("step", Step)
def test_nobody_else_takes_a_step(step):
    edition = submitted()
    inactive = member(Role.MANAGER, regency_office(), is_active=False)
    former = MembershipFactory(office=regency_office(), role=Role.MANAGER, ends_on=date(2020, 1, 1)).user
    coming = MembershipFactory(office=regency_office(), role=Role.MANAGER, starts_on=date(2999, 1, 1)).user

    assert [may(person, step, edition) for person in (inactive, former, coming, AnonymousUser())] == [False] * 4


WRITES = {
    State.DRAFT: NEWSROOM,
    State.CHANGES_REQUESTED: NEWSROOM,
    State.SUBMITTED: {"editor", "manager"},
    State.APPROVED: {"editor", "manager"},
}


@pytest.mark.parametrize("state", State)
def test_a_state_is_open_to_exactly_these_writers(state):
    edition = drafted(regency_office("73.03"))
    people = everybody(edition.started_by)
    as_if = Edition(article=edition.article, state=state)

    assert {name for name, person in people.items() if may_write(person, as_if)} == WRITES.get(state, set())


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER])
def test_a_contributor_approves_nothing_whatever_their_role(role):
    started = submitted(by=member(role, regency_office()))
    saved = drafted()
    helper = member(role, regency_office())
    save_content(saved, by=helper, version=saved.version)

    assert is_contributor(started.started_by, started)
    assert is_contributor(helper, saved)
    assert may(started.started_by, Step.APPROVE, started) is False
    assert may(helper, Step.APPROVE, saved) is False
    assert may(helper, Step.PUBLISH, saved)


def test_contributors_of_another_edition_count_for_nothing():
    edition, other = submitted(), drafted()
    editor = member(Role.EDITOR, regency_office())
    save_content(other, by=editor, version=other.version)

    assert may(editor, Step.APPROVE, edition)


def absent(edition):
    """Nobody."""


def contributing(edition):
    editor = member(Role.EDITOR, regency_office())
    save_content(edition, by=editor, version=edition.version)


def inactive(edition):
    member(Role.EDITOR, regency_office(), is_active=False)


def former(edition):
    MembershipFactory(office=regency_office(), role=Role.EDITOR, ends_on=date(2020, 1, 1))


def elsewhere(edition):
    member(Role.EDITOR, regency_office("73.05"))
    member(Role.EDITOR, province_office("73"))


def only_a_writer(edition):
    member(Role.WRITER, regency_office())


@pytest.mark.parametrize("editor", [absent, contributing, inactive, former, elsewhere, only_a_writer])
def test_the_supervisor_approves_where_the_office_has_no_eligible_editor(editor):
    edition = submitted()
    editor(edition)
    supervisor = member(Role.SUPERVISOR, province_office("73"))

    assert has_eligible_editor(edition) is False
    assert may(supervisor, Step.APPROVE, edition)
    assert may(member(Role.SUPERVISOR, province_office("74")), Step.APPROVE, edition) is False
    assert {step for step in Step if may(supervisor, step, edition)} == {Step.APPROVE, Step.SECOND_CHECK}


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER])
def test_the_supervisor_stands_back_where_an_editor_is_eligible(role):
    edition = submitted()
    contributing(edition)
    member(role, regency_office())

    assert has_eligible_editor(edition)
    assert may(member(Role.SUPERVISOR, province_office("73")), Step.APPROVE, edition) is False


def test_a_supervisor_who_contributed_through_another_role_does_not_approve():
    edition = submitted()
    supervisor = member(Role.SUPERVISOR, province_office("73"))
    Contribution.objects.create(edition=edition, user=supervisor, first_at=edition.started_at)

    assert may(supervisor, Step.APPROVE, edition) is False


def test_nobody_stands_in_for_the_provinces_own_office():
    edition = submitted(province_office("73"))
    supervisor = member(Role.SUPERVISOR, province_office("73"))

    assert has_eligible_editor(edition) is False
    assert may(supervisor, Step.APPROVE, edition) is False


def test_roles_are_judged_on_the_day_that_is_asked_for():
    edition = submitted()
    past = MembershipFactory(
        office=regency_office(), role=Role.EDITOR, starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 1)
    ).user

    assert may(past, Step.APPROVE, edition) is False
    assert may(past, Step.APPROVE, edition, on=date(2019, 12, 31))
    assert may(past, Step.APPROVE, edition, on=date(2020, 1, 1)) is False
    assert has_eligible_editor(edition, on=date(2019, 6, 1))
    assert has_eligible_editor(edition, on=date(2018, 6, 1)) is False
    assert may_write(past, edition, on=date(2019, 6, 1))


def test_a_step_without_a_relation_is_judged_without_a_query_of_its_own(django_assert_num_queries):
    edition = submitted()
    editor = member(Role.EDITOR, regency_office())
    may(editor, Step.PUBLISH, edition)

    with django_assert_num_queries(0):
        assert may(editor, Step.PUBLISH, edition)
    with django_assert_num_queries(1):
        assert may(editor, Step.APPROVE, edition)
