"""The workers' task that makes pictures: cards for links first, then renditions of photos."""

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from news.renditions import RENDITIONS
from news.sharecards import CARDS

WORKS = (CARDS, RENDITIONS)
LONGEST_TURN = 5.0
"""Seconds after which a task hands on to the next one, so that nothing due waits behind a pile of photos."""


def enqueue_pictures() -> bool:
    """Hand owed pictures to the workers where there are some and no task waits to make them."""
    waiting = DBTaskResult.objects.filter(task_path=make_pictures.module_path, status=TaskResultStatus.READY)
    if not _is_owed() or waiting.exists():
        return False
    make_pictures.enqueue()
    return True


@task(priority=-50)
def make_pictures() -> int:
    """Make pictures for a few seconds, then let others have their turn."""
    made = sum(work.catch_up(seconds=LONGEST_TURN) for work in WORKS)
    if _is_owed():
        make_pictures.enqueue()
    return made


def _is_owed() -> bool:
    return any(work.owing().exists() for work in WORKS)
