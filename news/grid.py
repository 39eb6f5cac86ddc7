"""A month as a grid of days, each with how much it holds, how dark that makes it, and where it leads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from news.maps import shade_of
from news.months import Month

A_FULL_DAY = 8
"""How much a day holds at least where it is drawn darkest, so that a quiet month does not look like a busy one."""


@dataclass(frozen=True)
class Cell:
    """One day of the grid; `url` is empty where it holds nothing."""

    date: date
    in_month: bool
    count: int
    shade: int
    url: str


def grid(month: Month, counts: Mapping[date, int], address: Callable[[date], str]) -> list[list[Cell]]:
    """The weeks of `month`, with the days of its neighbours that fill them."""
    most = max([A_FULL_DAY, *counts.values()])

    def cell(day: date) -> Cell:
        count = counts.get(day, 0)
        return Cell(day, day.month == month.number, count, shade_of(count, most), address(day) if count else "")

    return [[cell(day) for day in week] for week in month.weeks()]
