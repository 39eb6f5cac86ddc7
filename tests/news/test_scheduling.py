"""Schedules: asked for, called off, carried out once, and settled with a sentence where that is no longer possible."""

from datetime import date, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from news.digest import digest_of
from news.models import Article, Contribution, Edition, Schedule
from news.refusals import NotNow
from news.scheduling import (
    MOST_ATTEMPTS,
    cancel_withdrawal,
    carry_out,
    carry_out_due,
    enqueue_due,
    schedule_withdrawal,
)
from news.states import Step
from news.workflow import take_step
from news.writing import start_edition
from offices.models import Membership, Region, User
from offices.roles import Role
from portal.clock import tick
from portal.queue import give_back_lost
from tests.factories import approved, drafted, member, published, regency_office, scheduled
from tests.factories.news import someone

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def fresh(edition):
    return Edition.objects.select_related("article__office__region__parent").get(pk=edition.pk)


def come_due(schedule=None):
    rows = Schedule.objects.filter(pk=schedule.pk) if schedule else Schedule.objects.waiting()
    rows.update(due_at=timezone.now() - timedelta(seconds=1))
    return (schedule or Schedule.objects.latest("pk")).pk


def expiring(edition=None, note="Lowongan sudah ditutup."):
    edition = edition or published()
    manager = someone(Role.MANAGER, edition.article.office)
    return schedule_withdrawal(edition, by=manager, due_at=timezone.now() + HOUR, note=note)


def test_a_scheduled_edition_waits_and_is_closed_to_everybody():
    edition = scheduled()
    schedule = edition.schedules.get()

    assert (edition.state, schedule.status, schedule.kind) == ("scheduled", "waiting", "publish")
    assert schedule.requested_by == edition.transitions.last().actor
    assert list(Article.objects.published()) == []


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [
        (None, "tanggal dan jamnya"),
        (timedelta(minutes=-5), "lima menit"),
        (timedelta(minutes=4, seconds=59), "lima menit"),
        (timedelta(days=800), "dua tahun"),
    ],
)
def test_a_schedule_lies_from_five_minutes_to_two_years_ahead(ahead, sentence):
    edition = approved()
    due_at = timezone.now() + ahead if ahead else None

    with pytest.raises(NotNow, match=sentence):
        take_step(edition, Step.SCHEDULE, by=edition.approved_by, due_at=due_at)

    assert (fresh(edition).state, Schedule.objects.count()) == ("approved", 0)


def test_unscheduling_keeps_the_approval_and_lets_it_be_scheduled_again():
    edition = scheduled()
    take_step(edition, Step.UNSCHEDULE, by=edition.approved_by)

    assert fresh(edition).approved_digest == edition.approved_digest
    take_step(edition, Step.SCHEDULE, by=edition.approved_by, due_at=timezone.now() + HOUR)
    assert list(Schedule.objects.order_by("pk").values_list("status", flat=True)) == ["cancelled", "waiting"]


def test_nothing_happens_before_the_moment():
    schedule = scheduled().schedules.get()

    assert enqueue_due() == 0
    assert carry_out(schedule.pk).status == "waiting"
    assert list(Article.objects.published()) == []


def test_a_due_edition_is_published_once_in_the_name_of_who_scheduled_it():
    edition = scheduled()
    pk = come_due()

    assert [carry_out(pk).status, carry_out(pk).status] == ["done", "done"]

    last = edition.transitions.last()
    assert (last.step, last.source, last.target) == ("publish_due", "scheduled", "published")
    assert last.actor == edition.schedules.get().requested_by
    assert last.digest == edition.approved_digest
    assert edition.transitions.filter(step="publish_due").count() == 1
    assert list(Article.objects.published()) == [edition.article]


def correction_of(first):
    """An approved correction of `first`, and the editor who approved it."""
    editor = someone(Role.EDITOR, first.article.office)
    second = start_edition(first.article, by=someone(Role.MANAGER, first.article.office))
    Edition.objects.filter(pk=second.pk).update(correction="typo")
    take_step(second, Step.SUBMIT, by=second.started_by)
    take_step(second, Step.APPROVE, by=editor)
    return second, editor


def test_a_due_edition_replaces_the_live_one():
    first = published()
    second, editor = correction_of(first)
    take_step(second, Step.SCHEDULE, by=editor, due_at=timezone.now() + HOUR)

    carry_out(come_due())

    assert (fresh(first).state, fresh(second).state) == ("superseded", "published")


def test_the_clock_does_not_bring_back_what_was_withdrawn_meanwhile():
    first = published()
    second, editor = correction_of(first)
    take_step(second, Step.SCHEDULE, by=editor, due_at=timezone.now() + HOUR)
    manager = someone(Role.MANAGER, first.article.office)
    take_step(first, Step.WITHDRAW, by=manager, note="Putusan pengadilan.")

    schedule = carry_out(come_due())

    assert (fresh(first).state, fresh(second).state) == ("withdrawn", "approved")
    assert "ditarik sesudah" in schedule.sentence
    assert not Article.objects.published().exists()
    take_step(second, Step.SCHEDULE, by=editor, due_at=timezone.now() + HOUR)
    carry_out(come_due(Schedule.objects.waiting().get()))
    assert (fresh(first).state, fresh(second).state) == ("superseded", "published")


def test_what_was_given_back_to_the_public_is_replaced_on_time():
    first = published()
    second, editor = correction_of(first)
    take_step(second, Step.SCHEDULE, by=editor, due_at=timezone.now() + HOUR)
    manager = someone(Role.MANAGER, first.article.office)
    for step in (Step.WITHDRAW, Step.REINSTATE):
        take_step(first, step, by=manager, note="Keliru menarik.")

    carry_out(come_due())

    assert (fresh(first).state, fresh(second).state) == ("superseded", "published")


LOST = {
    "menjadwalkan, tidak lagi berwenang": lambda e: Membership.objects.filter(
        user=e.schedules.get().requested_by
    ).update(ends_on=date(2020, 1, 1)),
    "menyetujui, tidak lagi menjadi redaktur": lambda e: User.objects.filter(pk=e.approved_by_id).update(
        is_active=False
    ),
    "menyetujui, kini ikut menulis": lambda e: Contribution.objects.create(
        edition=e, user=e.approved_by, first_at=timezone.now()
    ),
    "tidak sama dengan yang disetujui": lambda e: Edition.objects.filter(pk=e.pk).update(headline="Lain"),
}


@pytest.mark.parametrize("sentence", LOST)
def test_what_can_no_longer_go_out_returns_to_the_approved_with_a_sentence(sentence):
    edition = approved()
    scheduler = member(Role.MANAGER, edition.article.office)
    take_step(edition, Step.SCHEDULE, by=scheduler, due_at=timezone.now() + HOUR)
    LOST[sentence](edition)

    schedule = carry_out(come_due())

    last = edition.transitions.last()
    assert (schedule.status, fresh(edition).state) == ("failed", "approved")
    assert sentence in schedule.sentence
    assert (last.step, last.actor, last.note) == ("miss_schedule", scheduler, schedule.sentence)
    assert list(Article.objects.published()) == []


def test_a_blocker_that_appeared_keeps_an_edition_from_going_out():
    edition = scheduled()
    edition.article.editions.update(deck="")
    Edition.objects.filter(pk=edition.pk).update(approved_digest=digest_of(fresh(edition)))

    schedule = carry_out(come_due())

    assert (schedule.status, fresh(edition).state) == ("failed", "approved")
    assert "ringkasan" in schedule.sentence


def test_what_failed_can_be_scheduled_again():
    edition = scheduled()
    User.objects.filter(pk=edition.approved_by_id).update(is_active=False)
    carry_out(come_due())

    manager = member(Role.MANAGER, edition.article.office)
    take_step(edition, Step.SCHEDULE, by=manager, due_at=timezone.now() + HOUR)

    assert list(Schedule.objects.order_by("pk").values_list("status", flat=True)) == ["failed", "waiting"]


# The queue.


def test_what_is_due_is_handed_to_the_workers_once():
    scheduled()
    come_due()

    assert [enqueue_due(), enqueue_due()] == [1, 0]
    assert DBTaskResult.objects.get().args_kwargs["args"] == [Schedule.objects.get().pk]


@pytest.mark.parametrize("status", [TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL, None])
def test_a_schedule_whose_task_ended_without_it_is_handed_on_again(status):
    scheduled()
    come_due()
    enqueue_due()
    if status:
        DBTaskResult.objects.update(status=status)
    else:
        DBTaskResult.objects.all().delete()

    assert enqueue_due() == 1


def test_the_task_of_a_worker_that_was_killed_is_given_back():
    scheduled()
    come_due()
    enqueue_due()
    task = DBTaskResult.objects.get()
    task.claim("killed")
    assert give_back_lost() == 0

    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(seconds=61))

    assert give_back_lost() == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_a_task_that_breaks_is_tried_again_later_and_ends_after_the_fifth_time():
    edition = scheduled()
    pk = come_due()
    Region.objects.update(timezone="Bukan/Zona")

    for attempt in range(1, MOST_ATTEMPTS + 1):
        with pytest.raises(ZoneInfoNotFoundError):
            carry_out_due.call(pk)
        schedule = Schedule.objects.get(pk=pk)
        assert schedule.attempts == attempt
        assert enqueue_due() == 0

    assert (schedule.status, fresh(edition).state) == ("failed", "approved")
    assert "Kesalahan teknis" in schedule.sentence


def test_every_tick_does_each_job_and_one_that_breaks_holds_up_none(monkeypatch, caplog):
    scheduled()
    come_due()

    def broken():
        raise OSError("disk")

    monkeypatch.setattr("portal.clock.JOBS", (broken, enqueue_due))
    tick()

    assert DBTaskResult.objects.count() == 1
    assert "broken" in caplog.text


# Withdrawing at a date.


def test_a_withdrawal_at_a_date_shows_its_explanation_to_the_public(client):
    schedule = expiring()

    assert carry_out(come_due(schedule)).status == "done"

    page = client.get(Article.objects.get().get_absolute_url())
    assert (page.status_code, "Lowongan sudah ditutup." in page.content.decode()) == (200, True)
    assert fresh(schedule.edition).state == "withdrawn"


def test_a_later_date_replaces_the_one_set_before():
    edition = published()
    expiring(edition)
    expiring(edition, note="Lain.")

    assert list(Schedule.objects.order_by("pk").values_list("status", "note")) == [
        ("cancelled", "Lowongan sudah ditutup."),
        ("waiting", "Lain."),
    ]


def test_a_withdrawal_at_a_date_can_be_called_off_once():
    schedule = expiring()
    cancel_withdrawal(schedule.edition, by=schedule.requested_by)

    with pytest.raises(NotNow, match="tidak dijadwalkan"):
        cancel_withdrawal(schedule.edition, by=schedule.requested_by)

    assert Schedule.objects.get().status == "cancelled"


def test_a_withdrawal_by_hand_cancels_the_one_that_was_set():
    schedule = expiring()
    take_step(schedule.edition, Step.WITHDRAW, by=schedule.requested_by, note="Sekarang juga.")

    assert Schedule.objects.get().status == "cancelled"


def test_the_date_holds_for_the_edition_that_replaces_this_one():
    schedule = expiring()
    manager, editor = schedule.requested_by, someone(Role.EDITOR, regency_office())
    second = start_edition(schedule.edition.article, by=manager)
    Edition.objects.filter(pk=second.pk).update(correction="typo")
    take_step(second, Step.SUBMIT, by=manager)
    take_step(second, Step.APPROVE, by=editor)
    take_step(second, Step.PUBLISH, by=editor)

    assert Schedule.objects.get().edition == second
    assert carry_out(come_due(schedule)).status == "done"
    assert fresh(second).state == "withdrawn"


def test_a_date_that_passes_to_the_next_edition_in_that_very_moment_still_holds():
    schedule = expiring()
    manager, editor = schedule.requested_by, someone(Role.EDITOR, regency_office())
    second = start_edition(schedule.edition.article, by=manager)
    Edition.objects.filter(pk=second.pk).update(correction="typo")
    take_step(second, Step.SUBMIT, by=manager)
    take_step(second, Step.APPROVE, by=editor)
    waits_for_the_article = []

    def publish_before_the_lock(execute, sql, *rest):
        if 'FROM "news_article" WHERE' in sql and not waits_for_the_article:
            waits_for_the_article.append(sql)
            take_step(second, Step.PUBLISH, by=editor)
        return execute(sql, *rest)

    due = come_due(schedule)
    with connection.execute_wrapper(publish_before_the_lock):
        carry_out(due)
    assert Schedule.objects.get().status in ("waiting", "done")
    carry_out(due)

    assert waits_for_the_article
    assert (Schedule.objects.get().status, fresh(second).state) == ("done", "withdrawn")


def test_who_may_no_longer_withdraw_withdraws_nothing():
    schedule = expiring()
    Membership.objects.filter(user=schedule.requested_by).update(ends_on=date(2020, 1, 1))

    settled = carry_out(come_due(schedule))

    assert (settled.status, fresh(schedule.edition).state) == ("failed", "published")
    assert "tidak lagi berwenang" in settled.sentence


@pytest.mark.parametrize("note", ["", "  ", "x" * 1_001, "a\x00"])
def test_a_withdrawal_at_a_date_needs_an_explanation_that_fits(note):
    with pytest.raises(NotNow):
        expiring(note=note)

    assert Schedule.objects.count() == 0


def test_only_what_is_published_is_set_to_be_withdrawn_by_those_who_may():
    draft, live = drafted(), published()

    with pytest.raises(NotNow, match="terbit"):
        expiring(draft)
    with pytest.raises(PermissionDenied):
        schedule_withdrawal(live, by=live.approved_by, due_at=timezone.now() + HOUR, note="Usai.")
    with pytest.raises(PermissionDenied):
        cancel_withdrawal(live, by=live.approved_by)
