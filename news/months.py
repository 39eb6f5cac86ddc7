"""A month of what offices publish, plan to publish, and hold, day by day on one clock."""

import calendar
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.http import Http404

from news.models import Article, Event, Schedule
from offices.scope import Reach

WRITTEN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
YEARS = range(1945, 2200)
SHOWN_A_DAY = 5
MOST_PLANNED = 200


@dataclass(frozen=True)
class Month:
    """A calendar month as it stands in an address: 2026-11."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Raises `Http404` for a text that is no month of ours."""
        match = WRITTEN.fullmatch(text)
        if match is None or int(match[1]) not in YEARS:
            raise Http404
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def around(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    def __str__(self):
        return f"{self.year}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def moved(self, months: int) -> "Month | None":
        """The month so many months later, None beyond the years that have pages."""
        count = self.year * 12 + self.number - 1 + months
        return Month(count // 12, count % 12 + 1) if count // 12 in YEARS else None

    def weeks(self) -> list[list[date]]:
        """Whole weeks from Monday to Sunday, with the days of the neighbouring months that fill them."""
        return calendar.Calendar().monthdatescalendar(self.year, self.number)

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From its first moment up to the first of the next month, on the clock of `zone`."""
        after = self.last + timedelta(days=1)
        return datetime.combine(self.first, time(), zone), datetime.combine(after, time(), zone)


@dataclass
class Day:
    """What stands on one day; `more` articles were published besides those shown."""

    date: date
    in_month: bool = True
    is_today: bool = False
    published: list[Article] = field(default_factory=list)
    more: int = 0
    planned: list[Schedule] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.published or self.planned or self.events)


def weeks_of(month: Month, reach: Reach, zone: ZoneInfo, today: date) -> list[list[Day]]:
    """The weeks of `month` with what the offices of `reach` have on each day; three queries, bounded in size.

    Articles stand on their office's own day; plans and events on the clock of `zone`, an event on each day it touches.
    """
    start, end = month.moments(zone)
    published, planned, events = _published(month, reach), _planned(start, end, reach), _events(start, end, reach)
    days = {day: Day(day, day.month == month.number, day == today) for week in month.weeks() for day in week}
    for article in published:
        days[article.published_on].published.append(article)
        days[article.published_on].more = article.on_that_day - len(days[article.published_on].published)
    for schedule in planned:
        days[schedule.due_at.astimezone(zone).date()].planned.append(schedule)
    for day, held in _by_day(events, month, zone).items():
        days[day].events = held
    return [[days[day] for day in week] for week in month.weeks()]


def _published(month: Month, reach: Reach) -> list[Article]:
    """The first few of each day in the order of the clock, each knowing how many there were."""
    of_the_day = {"partition_by": [F("published_on")]}
    rows = Article.objects.published().filter(
        reach.as_q("office"), published_on__gte=month.first, published_on__lte=month.last
    )
    ranked = rows.annotate(
        rank=Window(RowNumber(), order_by=[F("first_published_at"), F("pk")], **of_the_day),
        on_that_day=Window(Count("pk"), **of_the_day),
    )
    shown = ranked.filter(rank__lte=SHOWN_A_DAY).select_related("live_edition", "office__region")
    return list(shown.defer("live_edition__body").order_by("first_published_at", "pk"))


def _planned(start: datetime, end: datetime, reach: Reach) -> list[Schedule]:
    due = Schedule.objects.waiting().filter(reach.as_q("edition__article__office"), due_at__gte=start, due_at__lt=end)
    rows = due.select_related("edition__article__office__region").defer("edition__body")
    return list(rows.order_by("due_at", "pk")[:MOST_PLANNED])


def _events(start: datetime, end: datetime, reach: Reach) -> list[Event]:
    """What the offices organise, announced or not, and what they are asked to take part in."""
    taking_part = Event.participants.through.objects.filter(reach.as_q("office")).values("event")
    concerned = reach.as_q("organiser") | Q(pk__in=taking_part) & Q(pk__in=Event.objects.published().values("pk"))
    rows = Event.objects.filter(concerned, starts_at__lt=end, ends_at__gt=start)
    return list(
        rows.select_related("organiser__region").defer("description").order_by("starts_at", "pk")[:MOST_PLANNED]
    )


def _by_day(events: list[Event], month: Month, zone: ZoneInfo) -> dict[date, list[Event]]:
    found: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        day = max(event.starts_at.astimezone(zone).date(), month.first)
        last = min((event.ends_at - timedelta(microseconds=1)).astimezone(zone).date(), month.last)
        while day <= last:
            found[day].append(event)
            day += timedelta(days=1)
    return found
