"""The newest articles that have certain tokens, read span by span of months, so that a long archive costs no more."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from math import prod, sqrt
from typing import Any as Anything

from django.db.models import QuerySet

from news.models import SearchRow
from news.paging import Cursor
from news.search.bm25 import Archive
from news.search.contents import FACET_MARK, HEADLINE_MARK, month_token
from news.search.engines import All, Any, Wanted, matching

Months = list[tuple[date, int]]
GROWTH = 4
"""How much more the next span is meant to hold than the one before."""
FEW_SPANS = 3
"""Where so many spans like the first reach the end, all months at once cost less than naming those of the first."""
FACET_SHARES = {"@provinsi": 0.05, "@rubrik": 0.2}
OTHER_FACET, IN_HEADLINE = 0.002, 0.1
MOST_COMPARED = 8_000
"""How many articles with the words of a phrase are looked through for the phrase itself, the nearest first."""


@dataclass(frozen=True)
class Lookup:
    """Which articles are wanted, and what the index of tokens cannot say: days, and phrases word by word."""

    wanted: Wanted
    days: dict[str, Anything]
    phrases: tuple[tuple[str, ...], ...] = ()
    never: tuple[tuple[str, ...], ...] = ()

    def rows(self, months: Months | None) -> QuerySet[SearchRow]:
        """What went out in `months`, or at any time, the newest first."""
        wanted = self.wanted
        if months is not None:
            wanted = All((wanted, Any(tuple(month_token(_moment(month)) for month, _number in months))))
        found = matching(wanted).filter(**self.days).order_by("-published_at", "-pk")
        for phrase in self.phrases:
            found = found.filter(words__contains=f" {' '.join(phrase)} ")
        for phrase in self.never:
            found = found.exclude(words__contains=f" {' '.join(phrase)} ")
        return found


@dataclass(frozen=True)
class Place:
    """Where reading begins: below `cursor` towards older articles, above it towards newer ones, or at the newest."""

    cursor: Cursor | None = None
    upwards: bool = False

    def cut(self, rows: QuerySet[SearchRow]) -> QuerySet[SearchRow]:
        """Those of `rows`, which come newest first, that are read from here, in the order of reading."""
        if self.cursor is None:
            return rows
        if self.upwards:
            return rows.filter(self.cursor.above("published_at")).reverse()
        return rows.filter(self.cursor.below("published_at"))

    def months(self, months: tuple[tuple[date, int], ...]) -> Months:
        """Those of `months`, which come newest first, that may hold what is read from here, in the order of reading."""
        if self.cursor is None:
            return list(months)
        first = self.cursor.moment.astimezone(UTC).date().replace(day=1)
        if self.upwards:
            return [row for row in reversed(months) if row[0] >= first]
        return [row for row in months if row[0] <= first]


AT_THE_NEWEST = Place()


@dataclass(frozen=True)
class Reader:
    """Reads rows of the index as tuples of `fields`; `uses` says how many articles hold a stem."""

    everything: Archive
    uses: dict[str, int]
    fields: tuple[str, ...]

    def read(self, lookup: Lookup, limit: int, place: Place = AT_THE_NEWEST) -> list[tuple]:
        """At most `limit` rows from `place` on, in the order of reading."""
        found: list[tuple] = []
        for months in self._spans(lookup, limit, place.months(self.everything.months)):
            found += place.cut(lookup.rows(months)).values_list(*self.fields)[: limit - len(found)]
            if len(found) == limit:
                break
        return found

    def _spans(self, lookup: Lookup, limit: int, months: Months) -> Iterator[Months | None]:
        """The months to look through, in spans that should hold enough; None for all of them at once."""
        share = _share(lookup.wanted, lambda stem: self.uses.get(stem, 1) / self.everything.articles)
        wanted, begin, looked_at = 2.0 * limit, 0, 0.0
        while begin < len(months) and not (lookup.phrases and looked_at > MOST_COMPARED):
            end, expected = begin, 0.0
            while end < len(months) and expected < wanted:
                expected += months[end][1] * share
                end += 1
            if begin == 0 and end * FEW_SPANS >= len(months):
                end = len(months)
            yield None if begin == 0 and end == len(months) else months[begin:end]
            begin, wanted, looked_at = end, wanted * GROWTH, looked_at + expected


def _moment(month: date) -> datetime:
    return datetime.combine(month, time(), UTC)


def _share(wanted: Wanted, of_stem: Callable[[str], float]) -> float:
    """Roughly which share of all articles is wanted, taking words for somewhat related to each other."""
    if isinstance(wanted, Any):
        return min(1.0, sum(_share(part, of_stem) for part in wanted.parts))
    if isinstance(wanted, All):
        rarest, *others = sorted(_share(part, of_stem) for part in wanted.parts)
        return rarest * prod(sqrt(other) for other in others)
    if wanted.startswith(FACET_MARK):
        return FACET_SHARES.get(wanted.partition(":")[0], OTHER_FACET)
    return min(1.0, IN_HEADLINE * of_stem(wanted[1:]) if wanted.startswith(HEADLINE_MARK) else of_stem(wanted))
