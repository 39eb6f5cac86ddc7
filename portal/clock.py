"""The beat of the background worker: what is looked after at every tick, quick enough to hold up nothing else."""

import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections

from news.broadcast import tell_announcements
from news.delivery import enqueue_mail
from news.demands import sweep_demands
from news.digests import owe_daily_digests
from news.inspections import enqueue_inspections
from news.pictures import enqueue_pictures
from news.related.keeping import enqueue_related
from news.scheduling import enqueue_due
from news.search.following import follow_names
from news.search.indexing import catch_up
from news.unsaved import sweep as sweep_unsaved_texts
from news.websub.delivery import enqueue_pings, forget_pings
from offices.sessions import sweep_sessions
from offices.signin.throttle import sweep_refusals
from portal.queue import forget_finished, give_back_lost

logger = logging.getLogger(__name__)

JOBS: tuple[Callable[[], object], ...] = (
    give_back_lost,
    enqueue_due,
    tell_announcements,
    owe_daily_digests,
    enqueue_mail,
    enqueue_pings,
    enqueue_pictures,
    forget_finished,
    forget_pings,
    sweep_sessions,
    sweep_refusals,
    sweep_unsaved_texts,
    follow_names,
    catch_up,
    sweep_demands,
    enqueue_related,
    enqueue_inspections,
)
"""What every tick does, in this order. Network and image work is queued here as a task and never done here."""


def tick() -> None:
    """Do every job once. One that breaks is logged and keeps none of the others from being done."""
    for job in JOBS:
        try:
            job()
        except Exception:
            logger.exception("The job %s of the clock broke and will be tried again.", job.__name__)


class Clock(threading.Thread):
    """Ticks at once and then every `WORKER_TICK` seconds, until the process ends."""

    def __init__(self) -> None:
        super().__init__(name="clock", daemon=True)
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            close_old_connections()
            tick()
            close_old_connections()
            self.stopped.wait(settings.WORKER_TICK)
