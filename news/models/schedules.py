"""What an edition is to do at a moment ahead, and how that ended."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.models.editions import Edition
from news.models.fields import NO_NUL
from offices.models.typed import Line
from offices.scope import Scope


class ScheduleStatus(models.TextChoices):
    WAITING = "waiting", _("Menunggu waktunya")
    DONE = "done", _("Terlaksana")
    FAILED = "failed", _("Gagal")
    CANCELLED = "cancelled", _("Dibatalkan")


WAITING = Q(status=ScheduleStatus.WAITING)


class ScheduleQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(WAITING)

    def due(self, now: datetime) -> Self:
        """Those whose moment has come, the earliest first."""
        return self.waiting().filter(due_at__lte=now).order_by("due_at", "pk")

    def overdue(self, before: datetime) -> Self:
        """Those that should have happened before `before` and did not: the worker is late or stands still."""
        return self.waiting().filter(due_at__lt=before).order_by("due_at", "pk")


class Schedule(models.Model):
    """A publication or a withdrawal at `due_at`, asked for by somebody in whose name it will happen.

    Rows are kept once settled; `sentence` then says why it failed or was cancelled. `note` is the explanation that
    the public reads after a withdrawal. `task_id` names the task that was last enqueued for it, `attempts` counts
    those that broke, and `retry_at` is when the next may be enqueued.
    """

    class Kind(models.TextChoices):
        PUBLISH = "publish", _("Terbit")
        WITHDRAW = "withdraw", _("Tarik")

    scope = Scope(office="edition__article__office", editors=frozenset())

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="schedules", verbose_name=_("edisi"))
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    due_at = models.DateTimeField(_("waktu"))
    note = Line(_("penjelasan"), max_length=1_000, blank=True, validators=[NO_NUL])
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("dijadwalkan oleh")
    )
    requested_at = models.DateTimeField(_("dijadwalkan pada"))
    status = models.CharField(
        _("status"), max_length=10, choices=ScheduleStatus, default=ScheduleStatus.WAITING, editable=False
    )
    sentence = models.CharField(_("sebab"), max_length=1_000, blank=True, editable=False)
    settled_at = models.DateTimeField(_("selesai pada"), null=True, editable=False)
    task_id = models.UUIDField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    retry_at = models.DateTimeField(null=True, editable=False)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("jadwal")
        verbose_name_plural = _("jadwal")
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind"],
                name="an_edition_waits_for_one_moment_of_a_kind",
                condition=WAITING,
                violation_error_message=_("Edisi ini sudah mempunyai jadwal yang sama."),
            ),
            models.CheckConstraint(
                name="what_is_settled_says_when",
                condition=WAITING & Q(settled_at=None) | ~WAITING & Q(settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="what_failed_says_why",
                condition=~Q(status=ScheduleStatus.FAILED) | ~Q(sentence=""),
            ),
        ]
        indexes = [models.Index(fields=["due_at", "id"], name="schedules_waiting", condition=WAITING)]

    def __str__(self):
        return f"{self.get_kind_display()} — {self.due_at:%Y-%m-%d %H:%M}"
