"""The shapes of the desk: items under headings, bounded in number."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from offices.models import Office

SHOWN = 10


@dataclass(frozen=True)
class Item:
    """One line of the desk: what it is, whose, since when, and the address of its next step.

    What only the keepers of the server can put right has no address, and what is no office's has none.
    """

    title: str
    url: str
    action: str
    office: Office | None
    who: str = ""
    at: datetime | None = None
    note: str = ""
    alert: str = ""
    place: Any = None

    @property
    def clock(self) -> Any:
        """Whose clock `at` is shown on: the office's region's, unless it happens elsewhere."""
        return self.place or (self.office and self.office.region)


@dataclass(frozen=True)
class Section:
    """Items under a heading; `more_url` leads to all where there are more, `empty` says what will stand here."""

    key: str
    title: str
    empty: str
    items: list[Item] = field(default_factory=list)
    has_more: bool = False
    more_url: str = ""


def section(key: str, title: str, empty: str, rows: QuerySet, item: Callable[[Any], Item], more_url: str) -> Section:
    """At most `SHOWN` of `rows` as items; one more is fetched to know whether there are others."""
    found = list(rows[: SHOWN + 1])
    return Section(key, title, empty, [item(row) for row in found[:SHOWN]], len(found) > SHOWN, more_url)
