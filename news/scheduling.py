"""Schedules: asking for a withdrawal at a date, and carrying out what is due, each schedule exactly once."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from news.access import is_contributor, may
from news.digest import is_digest_of
from news.effects import cancel_schedules
from news.models import Article, Edition, Schedule
from news.models.schedules import ScheduleStatus
from news.notices import owe_notices_of_failed_schedule
from news.refusals import NotNow
from news.states import PublicState, Step
from news.workflow import is_possible, locked, miss_schedule, publish_due, refuse_due, refuse_note, take_step
from offices.roles import EDITORS, Role
from offices.scope import roles_over

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 1_000
MOST_ATTEMPTS = 5
PAUSE = timedelta(seconds=30)
APPROVERS = EDITORS | {Role.SUPERVISOR}


def schedule_withdrawal(edition: Edition, *, by: Any, due_at: datetime, note: str) -> Schedule:
    """Have a published edition withdrawn at `due_at` (aware) in the name of `by`; `note` is what the public will read.

    An earlier date set for the same edition is replaced. Raises `PermissionDenied` where withdrawing is not theirs,
    `NotNow` with a sentence where the edition is not published, or the date or the explanation will not do.
    """
    now = timezone.now()
    with transaction.atomic():
        edition = locked(edition)
        if not may(by, Step.WITHDRAW, edition):
            raise PermissionDenied
        if not is_possible(Step.WITHDRAW, edition):
            raise NotNow(_("Hanya berita yang terbit yang dapat dijadwalkan untuk ditarik."))
        refuse_note(note.strip(), needed=True)
        refuse_due(due_at, now)
        cancel_schedules(edition, now, Schedule.Kind.WITHDRAW)
        return Schedule.objects.create(
            edition=edition,
            kind=Schedule.Kind.WITHDRAW,
            due_at=due_at,
            note=note.strip(),
            requested_by=by,
            requested_at=now,
        )


def cancel_withdrawal(edition: Edition, *, by: Any) -> None:
    """Let a published edition stay: nothing is withdrawn at a date any more.

    Raises `PermissionDenied` where withdrawing is not theirs, `NotNow` where no date was set.
    """
    with transaction.atomic():
        edition = locked(edition)
        if not may(by, Step.WITHDRAW, edition):
            raise PermissionDenied
        if not Schedule.objects.waiting().filter(edition=edition, kind=Schedule.Kind.WITHDRAW).exists():
            raise NotNow(_("Berita ini tidak dijadwalkan untuk ditarik."))
        cancel_schedules(edition, timezone.now(), Schedule.Kind.WITHDRAW)


def enqueue_due() -> int:
    """Hand every schedule whose moment has come to the workers, once; returns how many.

    A schedule is handed on again when its task broke or got lost. Several processes may do this at the same time.
    """
    now = timezone.now()
    with transaction.atomic():
        due = list(_to_enqueue(now)[:MOST_AT_ONCE])
        for schedule in due:
            schedule.task_id = carry_out_due.enqueue(schedule.pk).id
        Schedule.objects.bulk_update(due, ["task_id"], batch_size=200)
    return len(due)


def _to_enqueue(now: datetime):
    at_work = DBTaskResult.objects.filter(
        pk=OuterRef("task_id"), status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    rested = Q(retry_at=None) | Q(retry_at__lte=now)
    return Schedule.objects.due(now).filter(rested, ~Exists(at_work)).select_for_update(skip_locked=True, of=("self",))


@task(priority=50)
def carry_out_due(schedule_id: int) -> str:
    """The workers' task: carry out one schedule; where that breaks, try again later, and give up after five times."""
    try:
        return carry_out(schedule_id).status
    except Exception:
        _note_attempt(schedule_id)
        raise


def carry_out(schedule_id: int) -> Schedule:
    """Do what a schedule asks for if its moment has come and it is still waiting, else nothing; returns the schedule.

    What can no longer be done is settled as failed, with the sentence that says why. Safe to call any number of times
    and from several processes: the locks of edition and schedule let one of them act. A schedule that passes to the
    next edition while its lock is waited for is left to the next tick.
    """
    with transaction.atomic():
        edition = locked(Edition.objects.select_related("article__office__region__parent").get(schedules=schedule_id))
        schedule = Schedule.objects.select_for_update().get(pk=schedule_id)
        is_its_own = schedule.edition_id == edition.pk
        if is_its_own and schedule.status == ScheduleStatus.WAITING and schedule.due_at <= timezone.now():
            schedule.edition = edition
            _act(schedule)
        return schedule


def _act(schedule: Schedule) -> None:
    try:
        with transaction.atomic():
            DOING[Schedule.Kind(schedule.kind)](schedule)
    except PermissionDenied:
        _fail(schedule, _("%(name)s tidak lagi berwenang.") % {"name": schedule.requested_by})
    except NotNow as refusal:
        _fail(schedule, str(refusal))
    else:
        _settle(schedule, ScheduleStatus.DONE)


def _publish(schedule: Schedule) -> None:
    edition = schedule.edition
    for sentence in lost_grounds(schedule):
        raise NotNow(sentence)
    publish_due(edition, by=schedule.requested_by)


def _withdraw(schedule: Schedule) -> None:
    take_step(schedule.edition, Step.WITHDRAW, by=schedule.requested_by, note=schedule.note)


DOING = {Schedule.Kind.PUBLISH: _publish, Schedule.Kind.WITHDRAW: _withdraw}


def lost_grounds(schedule: Schedule) -> Iterator[str]:
    """Why a scheduled edition may no longer go out, the checklist aside.

    People left, the content is another, or the article was withdrawn meanwhile, which the clock does not overrule.
    """
    edition = schedule.edition
    if not may(schedule.requested_by, Step.SCHEDULE, edition):
        yield _("%(name)s, yang menjadwalkan, tidak lagi berwenang menerbitkan di kantor ini.") % {
            "name": schedule.requested_by
        }
    approver = edition.approved_by
    if not roles_over(approver, edition.article.office) & APPROVERS:
        yield _("%(name)s, yang menyetujui, tidak lagi menjadi redaktur. Mintakan persetujuan baru.") % {
            "name": approver
        }
    elif is_contributor(approver, edition):
        yield _("%(name)s, yang menyetujui, kini ikut menulis edisi ini. Mintakan persetujuan baru.") % {
            "name": approver
        }
    if not is_digest_of(edition.approved_digest, edition):
        yield _("Isi naskah tidak sama dengan yang disetujui. Kirim lagi untuk diperiksa.")
    if _is_withdrawn_since(edition.article, schedule.requested_at):
        yield _("Berita ini ditarik sesudah perbaikannya dijadwalkan. Terbitkan atau jadwalkan lagi bila memang boleh.")


def _is_withdrawn_since(article: Article, moment: datetime) -> bool:
    """Whether what the public read was taken from it after `moment`, and is away still."""
    if article.public_state != PublicState.WITHDRAWN:
        return False
    return article.transitions.filter(step=Step.WITHDRAW, at__gte=moment).exists()


def _fail(schedule: Schedule, sentence: str) -> None:
    if schedule.kind == Schedule.Kind.PUBLISH and is_possible(Step.MISS_SCHEDULE, schedule.edition):
        miss_schedule(schedule.edition, by=schedule.requested_by, sentence=sentence)
    else:
        owe_notices_of_failed_schedule(schedule, sentence)
    _settle(schedule, ScheduleStatus.FAILED, sentence)


def _settle(schedule: Schedule, status: ScheduleStatus, sentence: str = "") -> None:
    """Write how it ended; a step has perhaps settled the row already, which this says again with the right outcome."""
    schedule.status, schedule.sentence, schedule.settled_at = status, sentence[:1_000], timezone.now()
    schedule.save(update_fields=["status", "sentence", "settled_at"])


def _note_attempt(schedule_id: int) -> None:
    """Count a task that broke; the fifth ends the schedule, so that nobody waits for what will not come."""
    with transaction.atomic():
        edition = locked(Edition.objects.select_related("article__office__region__parent").get(schedules=schedule_id))
        schedule = Schedule.objects.select_for_update().get(pk=schedule_id)
        if schedule.status != ScheduleStatus.WAITING or schedule.edition_id != edition.pk:
            return
        schedule.edition, schedule.attempts = edition, schedule.attempts + 1
        schedule.task_id, schedule.retry_at = None, timezone.now() + PAUSE * schedule.attempts
        schedule.save(update_fields=["attempts", "task_id", "retry_at"])
        if schedule.attempts >= MOST_ATTEMPTS:
            _fail(schedule, _("Kesalahan teknis berulang; pengelola sistem dapat melihatnya di catatan pekerjaan."))
