"""What readers see of events: those ahead, those past, and what is to be said about each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Event, EventTransition
from news.models.events import ANNOUNCED, LONGEST, EventState
from offices.models import Office, Region

OFF = (EventState.POSTPONED, EventState.CANCELLED)
A_YEAR = timedelta(days=366)
BEGINNING = 4_000


def upcoming(now: datetime) -> QuerySet[Event]:
    """The public events that are not over at `now`, the next one first."""
    return cards().filter(ends_at__gt=now, starts_at__gte=now - LONGEST).order_by("starts_at", "pk")


def past(now: datetime) -> QuerySet[Event]:
    """The public events that are over at `now`, the latest first."""
    return cards().filter(ends_at__lte=now, starts_at__lt=now).order_by("-starts_at", "-pk")


def of_series(event: Event) -> QuerySet[Event]:
    """The other public events of the series to which `event` belongs, the latest first."""
    return cards().filter(series=event.series_id).exclude(pk=event.pk).order_by("-starts_at", "-pk")


def cards() -> QuerySet[Event]:
    """The public events as lists show them, without their descriptions."""
    return Event.objects.published().for_cards().defer("description")


def for_calendars(now: datetime) -> QuerySet[Event]:
    """The public events of the year before `now` and all ahead, the last one first.

    `beginning` holds as much of the description as a calendar shows.
    """
    shown = Event.objects.published().filter(starts_at__gte=now - A_YEAR).select_related("series", "organiser__region")
    beginning = shown.annotate(beginning=Substr("description", 1, BEGINNING)).defer("description")
    return beginning.order_by("-starts_at", "-pk")


def anywhere() -> Q:
    """Every event."""
    return Q()


def concerning(office: Office) -> Q:
    """The events that `office` organises or takes part in."""
    return Q(organiser=office) | _joined(office=office)


def in_province(province: Region) -> Q:
    """The events that an office in `province` organises or takes part in."""
    offices = Office.objects.filter(Q(region=province) | Q(region__parent=province)).values("pk")
    return Q(organiser__in=offices) | _joined(office__in=offices)


def _joined(**by) -> Q:
    return Q(pk__in=Event.participants.through.objects.filter(**by).values("event"))


def with_tones(events: Iterable[Event]) -> list[Event]:
    """The same events; each knows in `status_tone` how loudly its status is to be shown."""
    rows = list(events)
    for event in rows:
        event.status_tone = _tone(event, timezone.now())
    return rows


def _tone(event: Event, now: datetime) -> str:
    if event.state in OFF:
        return "alert"
    return "live" if event.starts_at <= now < event.ends_at else ""


def turning_points(events: Iterable[Event]) -> Iterator[datetime]:
    """The moments at which what is said about `events` changes by the clock alone."""
    for event in events:
        yield from (event.starts_at, event.ends_at)


def notices(event: Event, announced: Iterable[EventTransition]) -> Iterator[str]:
    """Sentences about why `event` is off and when it was planned before; `announced` are its public steps."""
    if event.state in OFF and event.state_note:
        yield f"{event.get_state_display()}: {event.state_note}"
    planned = dict.fromkeys((step.starts_at, step.ends_at) for step in announced if step.target in ANNOUNCED)
    planned.pop((event.starts_at, event.ends_at), None)
    for starts_at, ends_at in planned:
        before = Event(timezone=event.timezone, starts_at=starts_at, ends_at=ends_at)
        yield _("Semula: %(time)s") % {"time": before.time_label}


@dataclass(frozen=True)
class Announcement:
    """One public step of an event: what was said of it, why, and where it changed, the time it had from then on."""

    at: datetime
    label: str
    note: str
    time_label: str


def record(event: Event, announced: Iterable[EventTransition]) -> Iterator[Announcement]:
    """What was announced about `event`, step by step; `announced` are its steps in order."""
    told = None
    for step in announced:
        if step.target in ANNOUNCED:
            then = Event(timezone=event.timezone, starts_at=step.starts_at, ends_at=step.ends_at)
            label = then.time_label
            yield Announcement(step.at, _said(step), step.note, label if label != told else "")
            told = label
    if told and told != event.time_label and event.changed_at:
        yield Announcement(event.changed_at, _("Waktu diubah"), "", event.time_label)


def _said(step: EventTransition) -> str:
    if step.target != EventState.PUBLISHED:
        return step.get_target_display()
    return _("Diumumkan lagi") if step.source in OFF else _("Diumumkan")
