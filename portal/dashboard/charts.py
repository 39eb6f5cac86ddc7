"""Bars over time: how a period is cut into days, weeks or months, and where each bar stands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from portal.dashboard.periods import Period

MOST_DAYS, MOST_WEEKS = 62, 60
DAY = timedelta(days=1)
STEP, BAR, HEIGHT = 10, 8, 100
"""The drawing is `STEP` wide for every bar and `HEIGHT` high; the page stretches it to its own size."""


@dataclass(frozen=True)
class Bar:
    """One day, week or month with its number of articles; `x`, `y` and `height` are in the drawing's units."""

    period: Period
    items: int
    x: str
    y: str
    height: str


@dataclass(frozen=True)
class Chart:
    """`unit` says what one bar is; `top` is the number at the upper edge of the drawing."""

    unit: str
    bars: Sequence[Bar]
    top: int

    @property
    def width(self) -> str:
        return str(STEP * len(self.bars))

    @property
    def middle(self) -> int:
        return self.top // 2

    @property
    def last_day(self) -> date:
        return self.bars[-1].period.last_day

    @property
    def highest(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.items)


def chart_of(items: Mapping[date, int], period: Period, today: date) -> Chart | None:
    """The articles by day, week or month of a period up to `today`; None where there are none."""
    if not items:
        return None
    seen = Period(period.start, min(period.end, max(today, *items) + DAY))
    unit, following = _unit_for(seen)
    buckets = [(part, _items_in(part, items)) for part in _cut(seen, following)]
    top = _round_up(max(count for _part, count in buckets))
    return Chart(unit, [_bar(number, part, count, top) for number, (part, count) in enumerate(buckets)], top)


def _unit_for(period: Period) -> tuple[str, Callable[[date], date]]:
    if period.days <= MOST_DAYS:
        return _("hari"), lambda day: day + DAY
    if period.days <= MOST_WEEKS * 7:
        return _("pekan"), lambda day: day + timedelta(days=7 - day.weekday())
    return _("bulan"), lambda day: (day.replace(day=1) + 31 * DAY).replace(day=1)


def _cut(period: Period, following: Callable[[date], date]) -> Iterator[Period]:
    """The parts of a period between its start, every calendar boundary, and its end."""
    start = period.start
    while start < period.end:
        end = min(following(start), period.end)
        yield Period(start, end)
        start = end


def _items_in(part: Period, items: Mapping[date, int]) -> int:
    return sum(items.get(part.start + number * DAY, 0) for number in range(part.days))


def _round_up(most: int) -> int:
    """The next even number that reads well on an axis: 2, 4, 6, 8, 10, 20, 40, …"""
    power = 1
    while most > 10 * power:
        power *= 10
    return next(step * power for step in (2, 4, 6, 8, 10) if step * power >= most)


def _bar(number: int, part: Period, items: int, top: int) -> Bar:
    """Coordinates are texts, because numbers on a page are written the Indonesian way."""
    height = HEIGHT * items / top
    x = number * STEP + (STEP - BAR) / 2
    return Bar(part, items, f"{x:.0f}", f"{HEIGHT - height:.2f}", f"{height:.2f}")
