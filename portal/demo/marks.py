"""How a row that the demo loaded is known again, whatever has been edited since.

The first line of its history is append-only and dated by the demo. Its seconds and microseconds are made from the
entry's key, so a later run finds it on whichever day, though its headline, address or state have changed.
"""

from datetime import datetime
from zlib import crc32

from news.models import EventTransition, Transition
from news.states import Step

A_MINUTE = 60_000_000  # microseconds

Place = tuple[str, int]
"""The region code of an office, with a mark."""


def mark(key: str) -> int:
    """A number below 60,000,000 for `key`, always the same; the content's check refuses two keys of one mark."""
    return crc32(key.encode()) % A_MINUTE


def marked(moment: datetime, key: str) -> datetime:
    """`moment` within its minute, at the place that `key` marks."""
    second, microsecond = divmod(mark(key), 1_000_000)
    return moment.replace(second=second, microsecond=microsecond)


def mark_of(moment: datetime) -> int:
    return moment.second * 1_000_000 + moment.microsecond


def marked_articles(regions: set[str]) -> dict[Place, int]:
    """The ids of the articles that were started at a marked moment at the offices of `regions`."""
    begun = Transition.objects.filter(step=Step.START, backdated=True, article__office__region__in=regions)
    rows = begun.values_list("article__office__region", "at", "article")
    return {(region, mark_of(at)): article for region, at, article in rows}


def marked_events(regions: set[str]) -> dict[Place, int]:
    """The ids of the events that were started at a marked moment at the offices of `regions`."""
    begun = EventTransition.objects.filter(source="", backdated=True, event__organiser__region__in=regions)
    rows = begun.values_list("event__organiser__region", "at", "event")
    return {(region, mark_of(at)): event for region, at, event in rows}
