"""Whatever people, the clock and crashes do in whichever order, the promises about what is published hold."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from news.digest import digest_of
from news.models import Article, Edition, Schedule, Transition
from news.refusals import NotNow
from news.scheduling import cancel_withdrawal, carry_out, schedule_withdrawal
from news.states import LIVE, PUBLICATIONS, TABLE, WORKING, PublicState, State, Step
from news.workflow import OFFERED, locked, take_step
from news.writing import save_content, start_edition
from offices.models import Membership
from offices.roles import Role
from tests.factories import drafted, member, ministry, province_office, regency_office

PEOPLE = {
    "writer": Role.WRITER,
    "editor": Role.EDITOR,
    "second editor": Role.EDITOR,
    "manager": Role.MANAGER,
    "supervisor": Role.SUPERVISOR,
    "curator": Role.CURATOR,
    "administrator": Role.ADMINISTRATOR,
}
people = st.sampled_from(sorted(PEOPLE))
crashes = st.one_of(st.none(), st.integers(0, 25))
STANDS_FOR = {
    PublicState.LIVE: State.PUBLISHED,
    PublicState.WITHDRAWN: State.WITHDRAWN,
    PublicState.REMOVED: State.REMOVED,
}


class Crash(BaseException):
    """The process ended between two statements."""


@contextmanager
def crashing_after(statements):
    """Let so many statements through and end at the next one; None lets all through. Savepoints are the test's own."""
    left = [statements]

    def run(execute, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            left[0] -= 1
            if left[0] < 0:
                raise Crash
        return execute(sql, params, many, context)

    if statements is None:
        yield
    else:
        with connection.execute_wrapper(run):
            yield


def stored():
    tables = (Article, Edition, Transition, Schedule)
    return {table: list(table._base_manager.order_by("pk").values()) for table in tables}


class Newsroom(RuleBasedStateMachine):
    """One office and two articles, with people who try whatever comes to mind."""

    @initialize()
    def open(self):
        self.world = transaction.atomic()
        self.world.__enter__()
        office = regency_office()
        places = {Role.SUPERVISOR: province_office(), Role.CURATOR: ministry(), Role.ADMINISTRATOR: ministry()}
        self.people = {name: member(role, places.get(role, office)) for name, role in PEOPLE.items()}
        self.articles = [drafted(office, by=self.people["writer"]).article for _number in range(2)]
        self.went_out = {}

    def teardown(self):
        if hasattr(self, "world"):
            transaction.set_rollback(True)
            self.world.__exit__(None, None, None)

    def attempt(self, crash, act):
        """Do `act`; a refusal or a crash must leave everything as it was."""
        before = stored()
        try:
            with crashing_after(crash), transaction.atomic():
                act()
        except (PermissionDenied, NotNow, ValidationError, Crash):
            assert stored() == before

    def edition(self, number):
        article = self.articles[number]
        chosen = article.editions.working().first() or article.editions.order_by("number").last()
        return fresh(chosen)

    @rule(number=st.integers(0, 1), step=st.sampled_from(OFFERED), name=people, crash=crashes)
    def step(self, number, step, name, crash):
        edition = self.edition(number)
        due_at = timezone.now() + timedelta(hours=1) if TABLE[step].needs_due else None
        target = self.articles[1 - number] if step == Step.REMOVE else None
        self.attempt(
            crash,
            lambda: take_step(
                edition,
                step,
                by=self.people[name],
                note="Alasan.",
                version=edition.version,
                due_at=due_at,
                redirect_to=target,
            ),
        )

    @rule(number=st.integers(0, 1), crash=crashes)
    def natural_step(self, number, crash):
        """What usually comes next, so that random people get somewhere."""
        edition = self.edition(number)
        way = {
            State.DRAFT: (Step.SUBMIT, "writer"),
            State.CHANGES_REQUESTED: (Step.SUBMIT, "writer"),
            State.SUBMITTED: (Step.APPROVE, "second editor"),
            State.APPROVED: (Step.PUBLISH, "editor"),
        }
        if edition.state in way:
            step, name = way[State(edition.state)]
            self.attempt(crash, lambda: take_step(edition, step, by=self.people[name]))

    @rule(number=st.integers(0, 1), name=people, crash=crashes)
    def save(self, number, name, crash):
        edition = self.edition(number)

        def act():
            locked(edition)
            headline = f"Judul {edition.pk} versi {edition.version}"
            Edition.objects.filter(pk=edition.pk).update(headline=headline, correction="typo")
            save_content(edition, by=self.people[name], version=edition.version)

        self.attempt(crash, act)

    @rule(number=st.integers(0, 1), name=people, crash=crashes)
    def correct(self, number, name, crash):
        self.attempt(crash, lambda: start_edition(self.articles[number], by=self.people[name]))

    @rule(number=st.integers(0, 1), name=people, crash=crashes)
    def let_it_expire(self, number, name, crash):
        edition, due_at = self.edition(number), timezone.now() + timedelta(hours=1)
        act = {"by": self.people[name], "due_at": due_at, "note": "Usai."}
        self.attempt(crash, lambda: schedule_withdrawal(edition, **act))

    @rule(number=st.integers(0, 1), name=people, crash=crashes)
    def keep(self, number, name, crash):
        edition = self.edition(number)
        self.attempt(crash, lambda: cancel_withdrawal(edition, by=self.people[name]))

    @rule(crash=crashes)
    @precondition(lambda self: Schedule.objects.waiting().exists())
    def the_clock_strikes(self, crash):
        schedule = Schedule.objects.waiting().earliest("due_at")
        Schedule.objects.filter(pk=schedule.pk).update(due_at=timezone.now())
        self.attempt(crash, lambda: carry_out(schedule.pk))

    @rule(name=people)
    def somebody_leaves_or_comes_back(self, name):
        membership = Membership.objects.filter(user=self.people[name])
        gone = membership.get().ends_on
        membership.update(ends_on=None if gone else date(2020, 1, 1))
        self.people[name] = type(self.people[name]).objects.get(pk=self.people[name].pk)

    @invariant()
    def promises_hold(self):
        for article in Article.objects.filter(pk__in=[a.pk for a in getattr(self, "articles", [])]):
            editions = list(article.editions.all())
            assert len([e for e in editions if e.state in LIVE]) <= 1
            assert len([e for e in editions if e.state in WORKING]) <= 1
            for edition in editions:
                self.edition_is_as_its_log_tells(edition)
            self.public_is_as_the_log_tells(article)

    def edition_is_as_its_log_tells(self, edition):
        rows = list(edition.transitions.all())
        assert [row.source for row in rows] == ["", *(row.target for row in rows[:-1])]
        assert rows[-1].target == edition.state
        out = [row for row in rows if row.step in PUBLICATIONS]
        if edition.state in LIVE:
            reasons = [row.note for row in out if row.step == Step.PUBLISH_URGENTLY]
            assert edition.approved_digest or (edition.is_urgent and all(reasons) and reasons)
        if out:
            first = self.went_out.setdefault(edition.pk, digest_of(edition))
            assert digest_of(edition) == first == out[0].digest
        waits = edition.schedules.waiting().filter(kind=Schedule.Kind.PUBLISH).count()
        assert waits == (edition.state == State.SCHEDULED)

    def public_is_as_the_log_tells(self, article):
        public = ""
        for row in article.transitions.all():
            if row.step in PUBLICATIONS or row.step == Step.REINSTATE:
                public = State.PUBLISHED
            elif row.step in (Step.WITHDRAW, Step.REMOVE):
                public = row.target
        assert Article.objects.published().filter(pk=article.pk).exists() == (public == State.PUBLISHED)
        assert STANDS_FOR.get(PublicState(article.public_state), "") == public
        if article.redirect_to_id:
            assert article.redirect_to.redirect_to_id != article.pk


def fresh(edition):
    return Edition.objects.select_related("article__office__region__parent").get(pk=edition.pk)


def walked(examples, steps):
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )


@pytest.mark.django_db
def test_the_promises_hold_whatever_happens():
    walked(examples=15, steps=30)


@pytest.mark.drill
@pytest.mark.django_db
def test_the_promises_hold_however_long_it_goes_on():
    walked(examples=100, steps=60)
