"""The walk through the data and public files that the clock has done once a night, with what it finds in the log."""

import logging
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from news.audits import AUDITS
from news.models import Inspection
from news.owed import Work
from news.sweeping import DRAWERS, sweep
from offices.audits import AUDITS as OFFICE_AUDITS

FROM, UNTIL = 1, 5  # o'clock, where the settings are
KEPT_FOR = timedelta(days=30)
MOST_SENTENCES = 20
LONGEST_TURN = 5.0
"""Seconds after which a task hands on to the next one; a single check is finished first."""
CHECKS: dict[str, Callable[[], Iterable[str]]] = {
    **{audit.__name__: audit for audit in (*OFFICE_AUDITS, *AUDITS)},
    **{
        f"public_files_{digit}": partial(sweep, change=True, drawers=[d for d in DRAWERS if d[0] == digit])
        for digit in "0123456789abcdef"
    },
}
"""What is looked at, in pieces short enough for a worker's turn; public files are put right besides being told."""

logger = logging.getLogger(__name__)


def enqueue_inspections() -> bool:
    """Hand what this night owes to the workers, unless a task waits to do it; by day nothing is begun."""
    now = timezone.localtime()
    if not FROM <= now.hour < UNTIL:
        return False
    if not Inspection.objects.filter(night=now.date()).exists():
        owe_inspections(now.date())
    waiting = DBTaskResult.objects.filter(task_path=inspect_some.module_path, status=TaskResultStatus.READY)
    if not INSPECTIONS.owing().exists() or waiting.exists():
        return False
    inspect_some.enqueue()
    return True


def owe_inspections(night: date) -> None:
    """Let `night` owe every check once, however many clocks ask; what earlier nights left is not made up for."""
    Inspection.objects.filter(night__lt=night - KEPT_FOR).delete()
    Inspection.objects.filter(night__lt=night, due_at__isnull=False).update(due_at=None)
    Inspection.objects.bulk_create([Inspection(night=night, name=name) for name in CHECKS], ignore_conflicts=True)


@task(priority=-90)
def inspect_some() -> int:
    """The workers' task: check for a few seconds, then let others have their turn."""
    done = INSPECTIONS.catch_up(seconds=LONGEST_TURN)
    if INSPECTIONS.owing().exists():
        inspect_some.enqueue()
    return done


def inspect(row: Inspection) -> None:
    """Do the check of `row`, which another version of the code may not know any more, and write down what it found."""
    found = []
    for sentence in CHECKS.get(row.name, tuple)():
        logger.error("%s: %s", row.name, sentence)
        found.append(sentence)
    row.due_at, row.finished_at = None, timezone.now()
    row.violations, row.sentences = len(found), "\n".join(found[:MOST_SENTENCES])
    row.save(update_fields=["due_at", "finished_at", "violations", "sentences"])


INSPECTIONS = Work(Inspection, "due_at", "attempts", inspect)
