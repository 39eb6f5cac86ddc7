"""The audit finds what somebody broke past the verbs, and nothing where all is well."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from news.models import Article, Edition
from news.states import Step
from news.workflow import take_step
from offices.models import Membership
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    PositionFactory,
    member,
    published,
    regency_office,
    scheduled,
    urgent,
    withdrawn,
)

pytestmark = pytest.mark.django_db


def audit() -> str:
    out = StringIO()
    try:
        call_command("audit", stdout=out)
    except CommandError:
        return out.getvalue()
    return ""


def run(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_what_the_verbs_made_passes():
    published()
    withdrawn(regency_office("73.71"))
    AppointmentFactory()
    assert audit() == ""


@pytest.mark.parametrize(
    ("sql", "finding"),
    [
        ("UPDATE news_edition SET state = 'withdrawn'", "states_that_history_does_not_explain"),
        ("UPDATE news_article SET public_state = 'removed'", "articles_shown_otherwise_than_their_edition"),
        ("UPDATE news_article SET slug = 'lain'", "public_articles_without_address"),
        ("UPDATE news_transition SET source = 'draft' WHERE step = 'publish'", "steps_that_do_not_follow"),
        ("UPDATE news_transition SET digest = 'x' WHERE step = 'approve'", "publications_without_approval"),
        (
            "UPDATE news_transition SET actor_id = (SELECT min(user_id) FROM news_contribution) WHERE step = 'approve'",
            "approvals_by_contributors",
        ),
    ],
)
def test_what_was_changed_past_the_verbs_is_found(sql, finding):
    published()
    run(sql)
    assert finding in audit()
    assert (Article.objects.count(), Edition.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("sql", "finding"),
    [
        ("UPDATE news_transition SET note = '' WHERE step = 'publish_urgently'", "urgent_publications_without_reason"),
        ("UPDATE news_transition SET step = 'publish' WHERE step = 'publish_urgently'", "without_reason"),
        (
            "UPDATE news_transition SET actor_id = (SELECT min(user_id) FROM news_contribution)"
            " WHERE step = 'second_check'",
            "second_checks_by_people_involved",
        ),
        ("UPDATE news_schedule SET status = 'done', settled_at = due_at", "schedules_that_do_not_match"),
        ("UPDATE news_edition SET state = 'approved' WHERE state = 'scheduled'", "schedules_that_do_not_match"),
        ("UPDATE news_schedule SET kind = 'withdraw'", "schedules_that_do_not_match"),
    ],
)
def test_what_was_changed_around_the_clock_and_urgent_publications_is_found(sql, finding):
    scheduled()
    flagged = urgent()
    take_step(flagged, Step.SECOND_CHECK, by=member(Role.MANAGER, flagged.article.office))
    assert audit() == ""
    run(sql)
    assert finding in audit()


def test_overlapping_definitive_terms_are_found_even_where_they_start_together():
    position = PositionFactory()
    for _n in (1, 2):
        AppointmentFactory(position=position, held_from=date(2020, 1, 1))
    assert audit().count("overlapping_terms") == 2


def test_a_role_at_the_wrong_level_is_found():
    member(Role.WRITER, regency_office())
    Membership.objects.update(role=Role.CURATOR)
    assert "misplaced_roles" in audit()
