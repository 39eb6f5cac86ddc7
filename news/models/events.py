"""Events, the yearly series they belong to, and what happened to their announcement."""

from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from news.html import clean_body
from news.models.fields import NO_NUL, ArticleBodyField
from news.models.keyblocks import EVER_PUBLIC, BlockNumber
from offices.models import Office
from offices.models.offices import NOT_ALL_DIGITS
from offices.models.records import AppendOnly
from offices.models.regions import ZONES
from offices.models.typed import Line, Prose
from offices.roles import NEWSROOM, Role
from offices.scope import Scope, everything


class EventState(models.TextChoices):
    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", _("Menunggu pemeriksaan")
    PUBLISHED = "published", _("Terbit")
    POSTPONED = "postponed", _("Ditunda")
    CANCELLED = "cancelled", _("Dibatalkan")


YEARS = range(1945, 2200)
LONGEST = timedelta(days=366)
"""How long an event lasts at most, so that what is going on is found without looking at everything that ever began."""
LONGEST_REASON = 500
ANNOUNCED = (EventState.PUBLISHED, EventState.POSTPONED, EventState.CANCELLED)


def announced() -> Q:
    """The events that were made public: anyone may read them, postponed and cancelled ones too."""
    return Q(state__in=ANNOUNCED)


class EventSeries(models.Model):
    """An event that comes again, such as the yearly Rakornas."""

    scope = Scope(office=None, editors=frozenset({Role.ADMINISTRATOR}), shared=everything)

    name = Line(_("nama"), max_length=160, unique=True)
    slug = models.SlugField(_("alamat"), max_length=120, unique=True)
    description = Prose(_("keterangan"), max_length=1_000, blank=True, validators=[NO_NUL])

    class Meta:
        verbose_name = _("seri agenda")
        verbose_name_plural = _("seri agenda")
        ordering = ["name"]

    def __str__(self):
        return self.name


class EventQuerySet(models.QuerySet):
    def published(self) -> Self:
        """What the public may see: the one definition for pages, calendars, feeds and cards."""
        return self.filter(announced())

    def for_cards(self) -> Self:
        return self.select_related("series", "organiser__region__parent")


class Event(models.Model):
    """An announced meeting or occasion from `starts_at` up to `ends_at`, on the clock of its place.

    `changed_at` is when anything that readers meet of it last changed, None until it is announced; `revision` is how
    often it did since.
    """

    scope = Scope(office="organiser", editors=NEWSROOM, shared=announced)

    series = models.ForeignKey(
        EventSeries, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("seri")
    )
    organiser = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("penyelenggara"))
    title = Line(_("nama agenda"), max_length=160, validators=[NO_NUL])
    year = models.PositiveSmallIntegerField(editable=False)
    slug = models.SlugField(_("alamat"), max_length=120, validators=[NOT_ALL_DIGITS])
    place = Line(_("tempat"), max_length=160, validators=[NO_NUL])
    timezone = models.CharField(_("zona waktu"), max_length=30, choices=ZONES, default="Asia/Jakarta")
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))
    description = ArticleBodyField(_("keterangan"), blank=True, max_length=20_000)
    participants = models.ManyToManyField(Office, blank=True, related_name="+", verbose_name=_("kantor peserta"))
    state = models.CharField(_("status"), max_length=12, choices=EventState, default=EventState.DRAFT, editable=False)
    state_note = Line(_("alasan"), max_length=LONGEST_REASON, blank=True, editable=False)
    changed_at = models.DateTimeField(_("berubah bagi publik"), null=True, editable=False)
    revision = models.PositiveIntegerField(_("perubahan"), default=0, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agenda")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "slug"],
                name="one_event_per_address",
                violation_error_message=_("Alamat ini sudah dipakai agenda lain pada tahun yang sama."),
            ),
            models.CheckConstraint(
                name="an_event_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Agenda harus selesai setelah mulai."),
            ),
        ]
        indexes = [
            models.Index(  # agenda.py: upcoming and past; event_months.py
                fields=["starts_at", "ends_at"], name="public_events_by_time", condition=Q(state__in=ANNOUNCED)
            ),
            models.Index(fields=["-changed_at"], name="events_changed_last", condition=EVER_PUBLIC),
            models.Index(
                BlockNumber("id"), F("changed_at").desc(), name="events_changed_by_block", condition=EVER_PUBLIC
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("event_detail", args=[self.year, self.slug])

    def clean(self):
        """Refuse a year that no address and no clock of ours can show, and what lasts longer than a year."""
        wrong = [name for name in ("starts_at", "ends_at") if (at := getattr(self, name)) and at.year not in YEARS]
        if wrong:
            raise ValidationError(dict.fromkeys(wrong, _("Tahun ini tidak masuk akal; periksa tanggalnya.")))
        if self.starts_at and self.ends_at and self.ends_at - self.starts_at > LONGEST:
            raise ValidationError({"ends_at": _("Agenda paling lama satu tahun; pecahlah menjadi beberapa agenda.")})

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def zone_abbr(self) -> str:
        return ZONES[self.timezone]

    @property
    def is_public(self) -> bool:
        return self.state in ANNOUNCED

    @property
    def description_html(self) -> SafeString:
        return mark_safe(clean_body(self.description))  # noqa: S308 - sanitised in this very expression

    @property
    def last_day(self) -> date | None:
        """The day it ends on the clock of its place, where that is another than it begins on."""
        last = (self.ends_at - timedelta(microseconds=1)).astimezone(self.zone).date()
        return last if last != self.starts_at.astimezone(self.zone).date() else None

    @property
    def time_label(self) -> str:
        """When it is, on the clock of its place: "Rabu, 11 Desember 2019, 08.00–17.00 WIB"."""
        start, end = self.starts_at.astimezone(self.zone), self.ends_at.astimezone(self.zone)
        if self.last_day is None:
            return f"{_day(start)}, {start:%H.%M}–{end:%H.%M} {self.zone_abbr}"
        return f"{_day(start)}, {start:%H.%M} – {_day(end)}, {end:%H.%M} {self.zone_abbr}"

    def phase(self, now: datetime) -> str:
        """What the clock and the announcement say at `now`, empty while it is simply ahead."""
        if self.state in (EventState.POSTPONED, EventState.CANCELLED):
            return self.get_state_display()
        if self.ends_at <= now:
            return str(_("Selesai"))
        return str(_("Sedang berlangsung")) if self.starts_at <= now else ""

    @property
    def status_label(self) -> str:
        return self.phase(timezone.now())


def _day(moment: datetime) -> str:
    return date_format(moment, "l, j F Y")


class EventTransition(AppendOnly):
    """One step of an event's announcement, with the dates it had then."""

    scope = Scope(office="event__organiser", editors=frozenset())

    event = models.ForeignKey(Event, models.PROTECT, related_name="transitions", verbose_name=_("agenda"))
    source = models.CharField(_("dari"), max_length=12, choices=EventState, blank=True)
    target = models.CharField(_("menjadi"), max_length=12, choices=EventState)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("pada"))
    backdated = models.BooleanField(_("ditanggal mundur"), default=False)
    recorded_at = models.DateTimeField(_("dicatat"), auto_now_add=True)
    note = Line(_("catatan"), max_length=LONGEST_REASON, blank=True)
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))

    class Meta:
        verbose_name = _("langkah agenda")
        verbose_name_plural = _("riwayat agenda")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_target_display()} — {self.at:%Y-%m-%d %H:%M}"
