"""Announces the demo's events through the real verbs, some weeks before they take place."""

from datetime import datetime, timedelta

from django.db import transaction

from news.announcements import start_event, take_event_step
from news.models import Event, EventSeries
from news.models.events import EventState
from portal.demo.entries import EventEntry, SeriesEntry
from portal.demo.marks import mark, marked
from portal.demo.people import Newsroom
from portal.demo.shelves import Shelf
from portal.demo.ways import EVENT_WAYS, NEEDS_NOTE

AHEAD = timedelta(days=30)
AN_HOUR = timedelta(hours=1)


def add_series(entries: tuple[SeriesEntry, ...]) -> int:
    """Create the series whose address or name does not exist, and return how many."""
    slugs, names = (set(EventSeries.objects.values_list(name, flat=True)) for name in ("slug", "name"))
    missing = [entry for entry in entries if entry.slug not in slugs and entry.name not in names]
    for entry in missing:
        EventSeries.objects.create(name=entry.name, slug=entry.slug, description=entry.description)
    return len(missing)


def add_event(entry: EventEntry, series: SeriesEntry | None, desk: Newsroom, offices: Shelf, *, now: datetime) -> Event:
    """Announce `entry` and bring it to its state; the organiser's editor publishes it."""
    event = _event(entry, series, offices, now)
    began = min(event.starts_at - AHEAD, now - timedelta(days=1))
    turn = mark(entry.key)
    with transaction.atomic():
        start_event(event, by=desk.writer(turn), at=marked(began, entry.key))
        event.participants.set(offices[code] for code in entry.participants)
        for hours, state in enumerate(EVENT_WAYS[entry.state], start=1):
            actor = desk.writer(turn) if state == EventState.SUBMITTED else desk.editor(turn)
            note = entry.note if state in NEEDS_NOTE else ""
            take_event_step(event, state, by=actor, note=note, at=began + hours * AN_HOUR)
    return event


def _event(entry: EventEntry, series: SeriesEntry | None, offices: Shelf, now: datetime) -> Event:
    starts_at, ends_at = entry.span(now)
    return Event(
        series=_series(series),
        organiser=offices[entry.organiser],
        title=entry.title,
        slug=entry.slug,
        place=entry.place,
        timezone=entry.timezone,
        starts_at=starts_at,
        ends_at=ends_at,
        description=entry.description,
    )


def _series(entry: SeriesEntry | None) -> EventSeries | None:
    if entry is None:
        return None
    return EventSeries.objects.filter(slug=entry.slug).first() or EventSeries.objects.get(name=entry.name)
