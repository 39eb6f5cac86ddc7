"""The years in which a topic has news, each with its count, which stops at a thousand so that it never costs more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import QuerySet, Subquery
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


def years_of(rows: QuerySet[Any]) -> list[Year]:
    """The years of `rows`, the latest first; `rows` have a `published_on` behind an index of their own; two queries."""
    days = rows.order_by("published_on").values("published_on")
    ends = days.values(first=Subquery(days[:1]), last=Subquery(days.reverse()[:1])).first()
    if ends is None:
        return []
    numbers = range(ends["last"].year, ends["first"].year - 1, -1)
    return [Year(number, count) for number, count in zip(numbers, _counted(days, numbers), strict=True) if count]


def _counted(days: QuerySet[Any], numbers: range) -> Sequence[int]:
    """How many of `days` lie in each year.

    The count of one year is compiled once and sent once for each: over ten subqueries of its own Django's compiler
    takes longer than the database.
    """
    connection = connections[days.db]
    stored = connection.ops.adapt_datefield_value
    some_year = days.filter(published_on__range=(date.min, date.max))[: MOST + 1]
    sql, parameters = some_year.query.get_compiler(connection=connection).as_sql()
    values = []
    for number in numbers:
        edges = {stored(date.min): stored(date(number, 1, 1)), stored(date.max): stored(date(number, 12, 31))}
        values += [edges.get(parameter, parameter) for parameter in parameters]
    count = f"(SELECT COUNT(*) FROM ({sql}) AS counted)"  # noqa: S608 - Django's own SQL, without a value in it
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([count] * len(numbers))}", values)
        return cursor.fetchone()
