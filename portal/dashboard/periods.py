"""Periods: the half-open spans of local days that every figure of the dashboard is counted over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MINISTRY_ZONE = ZoneInfo("Asia/Jakarta")
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
LONGEST_YEARS = 10
DAY = timedelta(days=1)


class BadPeriod(Exception):
    """A period that cannot be counted over; its sentence is for the person who asked."""


@dataclass(frozen=True)
class Period:
    """The days from `start` up to but not including `end`; a `preset` moves with the calendar."""

    start: date
    end: date
    preset: str = ""

    @property
    def last_day(self) -> date:
        return self.end - DAY

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def query(self) -> dict[str, str]:
        """The parameters of an address that ask for this period again."""
        return {"periode": self.preset} if self.preset else self.fixed_query

    @property
    def fixed_query(self) -> dict[str, str]:
        return {"dari": self.start.isoformat(), "sampai": self.last_day.isoformat()}

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The same span as two moments on the ministry's clock."""
        return _midnight(self.start), _midnight(self.end)

    @property
    def label(self) -> str:
        """Such as "1–30 November 2026"."""
        last = date_format(self.last_day, "j F Y")
        if self.days == 1:
            return last
        if (self.start.year, self.start.month) == (self.last_day.year, self.last_day.month):
            return f"{self.start.day}–{last}"
        return f"{date_format(self.start, 'j F Y')} – {last}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, MINISTRY_ZONE)


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + 31 * DAY).replace(day=1)


def _ending_with(days: int) -> Callable[[date], tuple[date, date]]:
    return lambda today: (today - (days - 1) * DAY, today + DAY)


Span = Callable[[date], tuple[date, date]]
THIS_MONTH = "bulan-ini"
PRESETS: dict[str, tuple[str | Promise, Span]] = {
    THIS_MONTH: (gettext_lazy("Bulan ini"), _month),
    "bulan-lalu": (gettext_lazy("Bulan lalu"), lambda today: _month(today.replace(day=1) - DAY)),
    "7-hari": (gettext_lazy("7 hari"), _ending_with(7)),
    "30-hari": (gettext_lazy("30 hari"), _ending_with(30)),
    "90-hari": (gettext_lazy("90 hari"), _ending_with(90)),
    "tahun-ini": (
        gettext_lazy("Tahun ini"),
        lambda today: (date(today.year, 1, 1), date(today.year + 1, 1, 1)),
    ),
}
"""Every preset by the name its address carries: its label, and its span as seen on a day."""


def ministry_today() -> date:
    return timezone.localdate(timezone=MINISTRY_ZONE)


def preset_period(name: str, today: date) -> Period:
    _label, span = PRESETS[name]
    return Period(*span(today), preset=name)


def period_from(data: Mapping[str, str], today: date) -> Period:
    """The period that the parameters `periode`, or `dari` and `sampai` (both days included), ask for.

    Dates win over a preset; without either it is the current month. Raises `BadPeriod` with a sentence.
    """
    first, last = data.get("dari", "").strip(), data.get("sampai", "").strip()
    if first or last:
        return _chosen(first, last)
    name = data.get("periode") or THIS_MONTH
    if name not in PRESETS:
        raise BadPeriod(_("Periode itu tidak dikenal. Pilih salah satu periode, atau isi kedua tanggal."))
    return preset_period(name, today)


def _chosen(first: str, last: str) -> Period:
    if not (first and last):
        raise BadPeriod(_("Isi kedua tanggal: dari dan sampai."))
    start, end = _day(first), _day(last)
    if end < start:
        raise BadPeriod(_("Tanggal “sampai” mendahului tanggal “dari”. Tukar keduanya."))
    if end >= _years_after(start, LONGEST_YEARS):
        raise BadPeriod(
            _("Periode paling panjang %(years)d tahun. Pilih rentang yang lebih pendek.") % {"years": LONGEST_YEARS}
        )
    return Period(start, end + DAY)


def day_or_none(text: str) -> date | None:
    """The day that `text` writes as 2026-11-30, within the years we count."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST and text == day.isoformat() else None


def _day(text: str) -> date:
    day = day_or_none(text)
    if day is None:
        raise BadPeriod(
            _("“%(text)s” bukan tanggal yang dapat dipakai. Pilih tanggal antara tahun %(first)d dan %(last)d.")
            % {"text": _quotable(text), "first": EARLIEST.year, "last": LATEST.year}
        )
    return day


def _quotable(text: str) -> str:
    return "".join(character for character in text[:20] if character.isprintable())


def _years_after(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28))
