"""Background workers that are killed: what was due goes out all the same, once, and soon."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from news.models import Article, Schedule, Transition
from news.states import Step
from tests.factories import regency_office, scheduled

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
EDITIONS = 500
TICK, LEASE, LATEST = 30, 60, 120


def five_hundred_due():
    office = regency_office()
    for _number in range(EDITIONS):
        scheduled(office)
    Schedule.objects.update(due_at=timezone.now() - timedelta(seconds=1))


@contextmanager
def worker():
    """A real worker process on the database under test; killed at the end where it still lives."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": database_url(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "PRIVATE_ROOT": str(settings.PRIVATE_ROOT),
        "WORKER_TICK": str(TICK),
        "WORKER_LEASE": str(LEASE),
    }
    process = subprocess.Popen([sys.executable, "manage.py", "run_worker"], cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def database_url():
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    return f"{server}/{connection.settings_dict['NAME']}"


def published():
    return Article.objects.published().count()


def wait_for(condition, seconds):
    """Seconds it took until `condition`; fails after too many."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, f"{published()} of {EDITIONS} published after {seconds} s"
        time.sleep(0.2)
    return time.monotonic() - began


def kill_in_the_middle(process):
    """SIGKILL at a moment when it holds a task: its row is left running."""
    while True:
        process.send_signal(signal.SIGSTOP)
        time.sleep(0.3)
        held = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - timedelta(seconds=0.25))
        if held.exists():
            process.kill()
            process.wait()
            return
        assert published() < EDITIONS, "all was done before a moment for the kill was found"
        process.send_signal(signal.SIGCONT)
        time.sleep(0.05)


def each_went_out_once():
    times = Counter(Transition.objects.filter(step=Step.PUBLISH_DUE).values_list("edition", flat=True))
    assert len(times) == EDITIONS
    assert set(times.values()) == {1}
    assert set(Schedule.objects.values_list("status", flat=True)) == {"done"}


@pytest.mark.postgres
def test_of_two_workers_one_is_killed_and_each_edition_goes_out_once():
    five_hundred_due()
    with worker() as first, worker():
        wait_for(lambda: published() > EDITIONS // 4, 120)
        kill_in_the_middle(first)
        after_kill = wait_for(lambda: published() == EDITIONS, LATEST)
    each_went_out_once()
    print(f"\n{EDITIONS} editions, two workers, one killed: the last went out {after_kill:.0f} s after the kill")  # noqa: T201


@pytest.mark.sqlite_only
def test_the_only_worker_is_killed_and_what_was_due_goes_out_after_its_restart():
    five_hundred_due()
    with worker() as first:
        wait_for(lambda: published() > EDITIONS // 4, 120)
        kill_in_the_middle(first)
    with worker():
        after_restart = wait_for(lambda: published() == EDITIONS, LATEST)
    each_went_out_once()
    print(f"\n{EDITIONS} editions, one worker, killed: the last went out {after_restart:.0f} s after its restart")  # noqa: T201
