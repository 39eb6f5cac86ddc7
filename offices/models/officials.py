"""People in public office, the positions they hold, and when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices.models.offices import NOT_ALL_DIGITS, Office
from offices.models.typed import Line
from offices.roles import Role
from offices.scope import Reach, Scope, everything


class Term(models.TextChoices):
    """The kinds of appointment of Indonesian administrative practice."""

    DEFINITIVE = "definitive", _("Definitif")
    PLT = "plt", _("Plt. (pelaksana tugas)")
    PLH = "plh", _("Plh. (pelaksana harian)")
    PJ = "pj", _("Pj. (penjabat)")
    PJS = "pjs", _("Pjs. (penjabat sementara)")


PREFIXES = {Term.DEFINITIVE: "", Term.PLT: "Plt. ", Term.PLH: "Plh. ", Term.PJ: "Pj. ", Term.PJS: "Pjs. "}


class Precision(models.TextChoices):
    DAY = "day", _("tanggal")
    MONTH = "month", _("bulan")
    YEAR = "year", _("tahun")


def held_on(day: date, prefix: str = "") -> Q:
    """The terms running on `day`; `prefix` is the lookup that leads to the appointment. Terms are half-open."""
    return Q(**{f"{prefix}held_from__lte": day}) & (
        Q(**{f"{prefix}held_until": None}) | Q(**{f"{prefix}held_until__gt": day})
    )


def _now_in_office(_reach: Reach) -> Q:
    return held_on(timezone.localdate(), "appointments__")


class Official(models.Model):
    """A person; belongs to no office, and is edited by the managers of the office that employs them now."""

    scope = Scope(
        office="appointments__position__office",
        editors=frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
        shared=everything,
        editable_while=_now_in_office,
    )

    name = Line(_("nama"), max_length=120)
    known_as = Line(
        _("dikenal sebagai"),
        max_length=60,
        blank=True,
        help_text=_("Nama panggilan atau singkatan, misalnya SBY."),
    )
    slug = models.SlugField(_("alamat"), max_length=120, unique=True, validators=[NOT_ALL_DIGITS])

    class Meta:
        verbose_name = _("pejabat")
        verbose_name_plural = _("pejabat")
        ordering = ["name", "pk"]

    def __str__(self):
        return f"{self.name} ({self.known_as})" if self.known_as else self.name

    def get_absolute_url(self):
        return reverse("official_detail", args=[self.slug])


class Position(models.Model):
    """A post at an office, held by one person at a time."""

    scope = Scope(office="office", editors=frozenset({Role.MANAGER, Role.ADMINISTRATOR}), shared=everything)

    office = models.ForeignKey(Office, models.PROTECT, related_name="positions", verbose_name=_("kantor"))
    title = Line(_("jabatan"), max_length=160)
    rank = models.PositiveSmallIntegerField(
        _("urutan"), default=100, help_text=_("Angka kecil tampil lebih dahulu di halaman kantor.")
    )

    class Meta:
        verbose_name = _("jabatan")
        verbose_name_plural = _("jabatan")
        ordering = ["rank", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "title"],
                name="one_position_per_title_and_office",
                violation_error_message=_("Jabatan ini sudah ada di kantor tersebut."),
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.office.region.name}"


class Appointment(models.Model):
    """One person's term in one position, from `held_from` up to but not including `held_until`.

    A date may be known to the month or the year only: it is stored as its first day with its precision beside it.
    """

    scope = Scope(office="position__office", editors=frozenset({Role.MANAGER, Role.ADMINISTRATOR}), shared=everything)

    official = models.ForeignKey(Official, models.PROTECT, related_name="appointments", verbose_name=_("pejabat"))
    position = models.ForeignKey(Position, models.PROTECT, related_name="appointments", verbose_name=_("jabatan"))
    kind = models.CharField(_("jenis"), max_length=10, choices=Term, default=Term.DEFINITIVE)
    held_from = models.DateField(_("sejak"))
    from_precision = models.CharField(_("ketelitian"), max_length=5, choices=Precision, default=Precision.DAY)
    held_until = models.DateField(
        _("sampai"),
        null=True,
        blank=True,
        help_text=_("Hari pertama tidak lagi menjabat; kosong bila masih menjabat."),
    )
    until_precision = models.CharField(_("ketelitian"), max_length=5, choices=Precision, default=Precision.DAY)

    class Meta:
        verbose_name = _("masa jabatan")
        verbose_name_plural = _("masa jabatan")
        ordering = ["-held_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_term_ends_after_it_begins",
                condition=Q(held_until=None) | Q(held_until__gt=F("held_from")),
                violation_error_message=_("Masa jabatan harus berakhir setelah mulai."),
            ),
        ]

    def __str__(self):
        return f"{self.official.name} — {self.title_as_held}, {self.position.office.region.name}"

    @property
    def title_as_held(self) -> str:
        """The title with its acting prefix, such as "Plt. Kepala Dinas Komunikasi dan Informatika"."""
        return f"{PREFIXES[Term(self.kind)]}{self.position.title}"
