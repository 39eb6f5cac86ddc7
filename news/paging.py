"""Pages of a list that are stable and cost the same however long it grows: neither counting nor skipping."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self, TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.http import urlencode

Key = TypeVar("Key")

PAGE_SIZE = 20
OLDER, NEWER = "sebelum", "sesudah"
START = "mulai"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
WRITTEN = re.compile(r"([0-9a-f]{1,13})-([0-9a-f]{1,15})")


@dataclass(frozen=True)
class Cursor:
    """One row's place in a list that is ordered by a moment and then by key, newest first."""

    moment: datetime
    pk: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The cursor that `str()` wrote; anything else is no page of ours and raises `Http404`."""
        match = WRITTEN.fullmatch(text)
        if match is None:
            raise Http404
        return cls(EPOCH + int(match[1], 16) * MICROSECOND, int(match[2], 16))

    def __str__(self):
        return f"{(self.moment - EPOCH) // MICROSECOND:x}-{self.pk:x}"

    def below(self, field: str, key: str = "pk") -> Q:
        """The rows after this one in the list; the first condition is there for the index."""
        earlier, same = Q(**{f"{field}__lt": self.moment}), Q(**{f"{key}__lt": self.pk})
        return Q(**{f"{field}__lte": self.moment}) & (earlier | same)

    def above(self, field: str, key: str = "pk") -> Q:
        later, same = Q(**{f"{field}__gt": self.moment}), Q(**{f"{key}__gt": self.pk})
        return Q(**{f"{field}__gte": self.moment}) & (later | same)


@dataclass(frozen=True)
class Page:
    """Some rows, and the parameters that lead to the pages around them, or None."""

    rows: list[Any]
    newer: dict[str, str] | None
    older: dict[str, str] | None
    is_first: bool

    def links(self, path: str, kept: Mapping[str, str]) -> dict[str, str | None]:
        """The context of `_pager.html` for a list at `path` under the parameters `kept`."""
        return {"newer_url": _link(path, kept, self.newer), "older_url": _link(path, kept, self.older)}


def page_of(
    rows: QuerySet, query: Mapping[str, str], field: str = "first_published_at", size: int | None = None
) -> Page:
    """The page of `rows`, ordered by `field` and key, newest first, that `query` asks for.

    Where a joined list gives the order of `rows`, its columns are asked for, so that its index finds the page.
    It holds at most `size` of them, or `PAGE_SIZE`.
    Going towards newer pages costs one query more: where less than a full page is left, the first is shown.
    Raises `Http404` for a cursor that we did not write.
    """
    size = size or PAGE_SIZE
    start = _start(rows, query, field, size)
    found = list((rows.filter(start.below(*_order_of(rows, field))) if start else rows)[: size + 1])
    shown = found[:size]
    return Page(
        rows=shown,
        newer=_newer(shown, field) if start else None,
        older={OLDER: str(_cursor(shown[-1], field))} if len(found) > size else None,
        is_first=start is None,
    )


class Cut:
    """Pages that `cut()` made; `number` is the one that is shown, asked for by the name of its first row."""

    number: int

    def start_of(self, number: int) -> str | None:
        """What page `number` begins with: "" for the first, None where there is none."""
        raise NotImplementedError

    @property
    def is_first(self) -> bool:
        return self.number == 0

    def links(self, path: str) -> dict[str, str | None]:
        """The addresses of the pages before and after."""
        around = {"previous_url": self.start_of(self.number - 1), "next_url": self.start_of(self.number + 1)}
        return {name: None if start is None else self.address(path, start) for name, start in around.items()}

    def address(self, path: str, start: str) -> str:
        return f"{path}?{START}={start}" if start else path


def cut(counts: Mapping[Key, int], most: int) -> dict[Key, int]:
    """For each key, in order, the number of its page: one ends where another key would bring it above `most` rows."""
    pages: dict[Key, int] = {}
    page = filled = 0
    for key, count in counts.items():
        if filled and filled + count > most:
            page, filled = page + 1, 0
        filled += count
        pages[key] = page
    return pages


def _start(rows: QuerySet, query: Mapping[str, str], field: str, size: int) -> Cursor | None:
    """The row after which the page begins; None for the first page."""
    if query.get(OLDER):
        return Cursor.parse(query[OLDER])
    if not query.get(NEWER):
        return None
    newer = rows.prefetch_related(None).reverse().filter(Cursor.parse(query[NEWER]).above(*_order_of(rows, field)))
    places = list(newer.values_list(field, "pk")[: size + 1])
    return Cursor(*places[size]) if len(places) > size else None


def _order_of(rows: QuerySet, field: str) -> tuple[str, str]:
    """The names of the two columns that `rows` are ordered by, in the table that they are read from."""
    moment, key = (str(name).removeprefix("-") for name in rows.query.order_by or (field, "pk"))
    return moment, key


def _newer(shown: list[Any], field: str) -> dict[str, str]:
    """Back up from the first row shown; from an empty page, to the beginning."""
    return {NEWER: str(_cursor(shown[0], field))} if shown else {}


def _cursor(row: Any, field: str) -> Cursor:
    return Cursor(getattr(row, field), row.pk)


def _link(path: str, kept: Mapping[str, str], step: dict[str, str] | None) -> str | None:
    if step is None:
        return None
    query = urlencode({**kept, **step})
    return f"{path}?{query}" if query else path
