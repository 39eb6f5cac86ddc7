"""What the centre tells every newsroom, and who has put which of it away."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.fields import NO_NUL
from offices.models import Region
from offices.models.typed import Line, Prose
from offices.roles import NATIONAL, Role
from offices.scope import Scope


class Severity(models.TextChoices):
    INFO = "info", _("Info")
    URGENT = "urgent", _("Penting")


class AnnouncementQuerySet(models.QuerySet):
    def running_at(self, moment):
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)


class Announcement(models.Model):
    """A plain text that stands on top of every desk between two moments; one without provinces is for all of them."""

    scope = Scope(office=None, editors=frozenset({Role.CURATOR, Role.ADMINISTRATOR}), readers=NATIONAL)

    title = Line(_("judul"), max_length=120, validators=[NO_NUL])
    text = Prose(
        _("isi"),
        max_length=1_000,
        blank=True,
        validators=[NO_NUL],
        help_text=_("Teks biasa, paling panjang 1.000 huruf; baris baru tetap tampil."),
    )
    severity = models.CharField(
        _("tingkat"),
        max_length=6,
        choices=Severity,
        default=Severity.INFO,
        help_text=_("Yang penting tidak dapat disembunyikan dan dikirim juga lewat surel."),
    )
    starts_at = models.DateTimeField(_("mulai tampil"), default=timezone.now, help_text=_("Waktu dalam WIB."))
    ends_at = models.DateTimeField(_("berhenti tampil"), help_text=_("Waktu dalam WIB."))
    provinces = models.ManyToManyField(
        Region,
        blank=True,
        related_name="+",
        verbose_name=_("provinsi"),
        help_text=_("Kosongkan untuk semua kantor."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("dibuat oleh")
    )
    told_at = models.DateTimeField(null=True, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengumuman Pusat")
        verbose_name_plural = _("pengumuman Pusat")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="an_announcement_ends_after_it_begins",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Pengumuman harus berhenti tampil setelah mulai."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_urgent(self) -> bool:
        return self.severity == Severity.URGENT


class Dismissal(models.Model):
    """Somebody has read an announcement and put it away."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="dismissals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "user"], name="an_announcement_is_put_away_once"),
        ]

    def __str__(self):
        return f"{self.user} → {self.announcement}"
