"""The events of a month, each on the clock of its place, cut into pages between two days."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import Http404

from news import agenda
from news.models import Event
from news.models.events import LONGEST
from news.months import Month
from news.paging import Cut, cut
from news.queries import FIRST_ZONE, LAST_ZONE
from offices.models.regions import ZONES

AT_ONCE = 100


@dataclass(frozen=True)
class MonthPage(Cut):
    """The days on one page with their events; `counts` and `pages`, the page of each day, are of the whole month."""

    days: list[tuple[date, list[Event]]]
    counts: dict[date, int]
    pages: dict[date, int]
    number: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def start_of(self, number: int) -> str | None:
        """Its first day of the month, such as "07"."""
        days = [day for day, page in self.pages.items() if page == number]
        return (f"{days[0]:%d}" if number else "") if days else None


def page_of(month: Month, start: str) -> MonthPage:
    """The page of `month` with the day of the month `start`, such as "07", or the first; two queries.

    A page ends before the day that would bring it above `AT_ONCE` events, and shows no more than that. Raises `Http404`
    for a day without events.
    """
    placed = _placed(month)
    counts = Counter(placed.values())
    pages = cut(counts, AT_ONCE)
    numbers = {f"{day:%d}": page for day, page in pages.items()}
    if start and start not in numbers:
        raise Http404
    number = numbers.get(start, 0)
    shown = [pk for pk, day in placed.items() if pages[day] == number][:AT_ONCE]
    return MonthPage(_by_day(shown, placed), dict(counts), pages, number)


def _by_day(shown: list[int], placed: dict[int, date]) -> list[tuple[date, list[Event]]]:
    events = {event.pk: event for event in agenda.with_tones(agenda.cards().filter(pk__in=shown))}
    present = (pk for pk in shown if pk in events)
    return [(day, [events[pk] for pk in keys]) for day, keys in groupby(present, placed.__getitem__)]


def _placed(month: Month) -> dict[int, date]:
    """By number, in the order of the month, the day on which each event stands: its first one within the month."""
    start, end = _widest(month)
    rows = Event.objects.published().filter(starts_at__gte=start - LONGEST, starts_at__lt=end, ends_at__gt=start)
    found = []
    for pk, starts_at, ends_at, zone in rows.order_by().values_list("pk", "starts_at", "ends_at", "timezone"):
        first, last = (_local(moment, zone) for moment in (starts_at, ends_at - timedelta(microseconds=1)))
        if first <= month.last and last >= month.first:
            found.append((max(first, month.first), starts_at, pk))
    return {pk: day for day, _moment, pk in sorted(found)}


def _widest(month: Month) -> tuple[datetime, datetime]:
    """From where the month begins first to where it ends last."""
    after = month.last + timedelta(days=1)
    return datetime.combine(month.first, time(), FIRST_ZONE), datetime.combine(after, time(), LAST_ZONE)


def _local(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def month_before(month: Month) -> Month | None:
    """The last month before `month` in which a public event began."""
    before = _on_every_clock(month.first, "starts_at__lt")
    _start, end = _widest(month)
    return _month_of(Event.objects.published().filter(before, starts_at__lt=end).order_by("-starts_at").first())


def month_after(month: Month) -> Month | None:
    """The first month after `month` in which a public event begins."""
    after = _on_every_clock(month.last + timedelta(days=1), "starts_at__gte")
    start, _end = _widest(month)
    return _month_of(Event.objects.published().filter(after, starts_at__gte=start).order_by("starts_at").first())


def _on_every_clock(day: date, lookup: str) -> Q:
    """The events that begin before or from `day` on, each on the clock of its place."""
    clocks = (Q(**{"timezone": zone, lookup: datetime.combine(day, time(), ZoneInfo(zone))}) for zone in ZONES)
    return Q.create(list(clocks), connector=Q.OR)


def _month_of(event: Event | None) -> Month | None:
    return Month.around(event.starts_at.astimezone(event.zone).date()) if event else None
