"""The walk of the night: every check once, every violation in the log, and never by day."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from news.audits import AUDITS
from news.inspections import CHECKS, INSPECTIONS, KEPT_FOR, enqueue_inspections, inspect_some, owe_inspections
from news.models import Article, Inspection
from news.owed import LEASE
from offices.audits import AUDITS as OFFICE_AUDITS
from portal.clock import JOBS
from tests.factories import published

pytestmark = pytest.mark.django_db

NIGHT = date(2026, 11, 26)
ONE_O_CLOCK = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
"""01.00 of that night in Jakarta, where the settings are."""
UNKNOWN = "photos/0a/0a000000000000000000000000000000/640.webp"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """What other tests left on the disk belongs to no row of this one."""
    settings.MEDIA_ROOT = tmp_path / "public"


@pytest.fixture
def at_night():
    with time_machine.travel(ONE_O_CLOCK, tick=True):
        yield


@pytest.mark.parametrize(("minutes", "begun"), [(-1, False), (0, True), (239, True), (240, False), (720, False)])
def test_it_is_begun_between_one_and_five(minutes, begun):
    with time_machine.travel(ONE_O_CLOCK + timedelta(minutes=minutes), tick=False):
        assert enqueue_inspections() is begun
    assert Inspection.objects.exists() is begun
    assert enqueue_inspections in JOBS


def test_every_audit_and_every_drawer_is_a_check_of_its_own():
    assert len(CHECKS) == len(AUDITS) + len(OFFICE_AUDITS) + 16
    drawers = [drawer for name, check in CHECKS.items() if "files" in name for drawer in check.keywords["drawers"]]
    assert drawers == [f"{number:02x}" for number in range(256)]


def test_a_night_owes_each_check_once_however_many_clocks_ask(at_night):
    assert (enqueue_inspections(), enqueue_inspections()) == (True, False)
    owe_inspections(NIGHT)
    assert sorted(Inspection.objects.values_list("name", flat=True)) == sorted(CHECKS)
    assert DBTaskResult.objects.filter(task_path=inspect_some.module_path).count() == 1
    assert {row.night for row in Inspection.objects.all()} == {NIGHT}


def test_every_violation_is_logged_and_kept_and_public_files_are_put_right(at_night, caplog):
    article = published().article
    Article.objects.update(slug="lain")
    default_storage.save(UNKNOWN, ContentFile(b"x"))
    owe_inspections(NIGHT)
    with caplog.at_level(logging.ERROR):
        assert INSPECTIONS.catch_up() == len(CHECKS)

    found = {row.name: row for row in Inspection.objects.filter(violations__gt=0)}
    assert found["public_files_0"].sentences == f"{UNKNOWN} tidak dikenal."
    assert str(article.pk) in found["public_articles_without_address"].sentences
    logged = [record.getMessage() for record in caplog.records]
    assert [name for name in found if not any(line.startswith(f"{name}: ") for line in logged)] == []
    assert len(logged) == sum(row.violations for row in found.values())
    assert not default_storage.exists(UNKNOWN)
    assert not Inspection.objects.filter(finished_at=None).exists()
    assert not enqueue_inspections()


def test_what_another_worker_checks_is_left_to_it_until_its_lease_runs_out(at_night):
    owe_inspections(NIGHT)
    Inspection.objects.exclude(name="overlapping_terms").delete()
    Inspection.objects.update(due_at=timezone.now() + LEASE, attempts=1)
    assert INSPECTIONS.catch_up() == 0
    Inspection.objects.update(due_at=timezone.now())
    assert INSPECTIONS.catch_up() == 1


def test_a_check_that_breaks_keeps_none_of_the_others_back(at_night, monkeypatch):
    def broken():
        raise OperationalError

    monkeypatch.setitem(CHECKS, "overlapping_terms", broken)
    owe_inspections(NIGHT)
    assert INSPECTIONS.catch_up() == len(CHECKS) - 1
    assert Inspection.objects.get(finished_at=None).due_at > timezone.now()


def test_a_check_that_this_version_does_not_know_finds_nothing(at_night):
    Inspection.objects.create(night=NIGHT, name="of_another_version")
    assert inspect_some.call() == 1
    assert Inspection.objects.get().violations == 0


def test_old_nights_are_forgotten_and_the_last_ones_not_made_up_for():
    for night in (NIGHT - KEPT_FOR - timedelta(days=1), NIGHT - timedelta(days=1)):
        owe_inspections(night)
    owe_inspections(NIGHT)
    assert set(Inspection.objects.values_list("night", flat=True)) == {NIGHT, NIGHT - timedelta(days=1)}
    assert set(Inspection.objects.exclude(due_at=None).values_list("night", flat=True)) == {NIGHT}
