"""The queue of background tasks: those of a killed worker are given back, those long finished are forgotten."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

KEPT_FOR = timedelta(days=7)


def give_back_lost() -> int:
    """Let another worker take the tasks that one has held for longer than `WORKER_LEASE` seconds; returns how many.

    A worker that is killed leaves its row running for ever. So every task has to be safe to run again, even beside
    itself where it was slow and not lost.
    """
    lost = DBTaskResult.objects.running().filter(
        started_at__lt=timezone.now() - timedelta(seconds=settings.WORKER_LEASE)
    )
    return lost.update(status=TaskResultStatus.READY, started_at=None)


def forget_finished() -> int:
    """Delete the rows of tasks that ended more than a week ago; returns how many."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()[0]
