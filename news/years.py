"""The years in which a topic has news, each with its count, which stops at a thousand so that it never costs more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery
from django.utils.formats import number_format

MOST = 1_000


@dataclass(frozen=True)
class Year:
    """A year with `count` articles; `MOST` of them may be more."""

    number: int
    count: int

    @property
    def count_label(self) -> str:
        """ "1.000+" where it is not counted further."""
        shown = number_format(min(self.count, MOST), force_grouping=True)
        return f"{shown}+" if self.count > MOST else shown


class Counted(Subquery):
    """How many rows a subquery gives, and no more than its limit."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def years_of(rows: QuerySet[Any]) -> list[Year]:
    """The years of `rows`, the latest first; `rows` have a `published_on` behind an index of their own; two queries."""
    days = rows.order_by("published_on").values("published_on")
    ends = days.values(first=Subquery(days[:1]), last=Subquery(days.reverse()[:1])).first()
    if ends is None:
        return []
    numbers = range(ends["last"].year, ends["first"].year - 1, -1)
    counts = days.values(**{f"in_{number}": _counted(days, number) for number in numbers}).first() or {}
    return list(_with_news(numbers, counts))


def _counted(days: QuerySet[Any], year: int) -> Counted:
    return Counted(days.filter(published_on__gte=date(year, 1, 1), published_on__lte=date(year, 12, 31))[: MOST + 1])


def _with_news(numbers: range, counts: dict[str, int]) -> Iterator[Year]:
    for number in numbers:
        if count := counts.get(f"in_{number}"):
            yield Year(number, count)
