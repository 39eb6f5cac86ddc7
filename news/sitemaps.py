"""What stands in each file for search engines: every public page, by kind, with when it last changed.

A kind of page that stays few is a function in `SHORT` and has one file. One that grows for ever is in `LONG`: rows are
cut into files by their keys and days by their year, so that a file costs the same however many there are and an old one
stays as it is. A moment is given where it is known and left out where it is not, for a wrong one is worse than none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Protocol

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from news.archive import counts_by_day, first_day_after
from news.models import Article, Event, Rubric
from news.models.keyblocks import BLOCK, EVER_PUBLIC, BlockNumber
from news.queries import YEARS, public_tags
from news.recency import articles_changed_at
from offices.models import Office, Official, Region

FILE_SIZE = BLOCK
PAGES = (
    "home",
    "article_list",
    "region_list",
    "office_list",
    "feed_directory",
    "event_list",
    "about",
    "contact",
    "guidelines",
    "accessibility",
    "privacy",
    "embed_builder",
    "api:api-root",
)
"""The names of the pages that stand alone."""
TELLING_THE_NEWS = frozenset({"home", "article_list"})
"""Those among them that change with every article."""

Entry = tuple[str, datetime | None]
"""A page's path, and when it last changed where that is known."""


def pages() -> Iterator[Entry]:
    """The pages that stand alone."""
    newest = articles_changed_at()
    for name in PAGES:
        yield reverse(name), newest if name in TELLING_THE_NEWS else None


def rubrics() -> Iterator[Entry]:
    """The page of each rubric."""
    for rubric in Rubric.objects.order_by("pk"):
        yield rubric.get_absolute_url(), None


def regions() -> Iterator[Entry]:
    """The page of each region, which changes with the news of its province or of its own office."""
    changed = Coalesce(_last_change(province=OuterRef("pk")), _last_change(office=OuterRef("office")))
    for region in Region.objects.annotate(changed=changed).order_by("code"):
        yield region.get_absolute_url(), region.changed


def offices() -> Iterator[Entry]:
    """The page of each office, which changes with its news."""
    for office in Office.objects.annotate(changed=_last_change(office=OuterRef("pk"))).order_by("pk"):
        yield office.get_absolute_url(), office.changed


def _last_change(**of: OuterRef) -> Subquery:
    changed = Article.objects.filter(EVER_PUBLIC, **of).order_by("-changed_at")
    return Subquery(changed.values("changed_at")[:1])


SHORT: dict[str, Callable[[], Iterator[Entry]]] = {
    "halaman": pages,
    "rubrik": rubrics,
    "wilayah": regions,
    "kantor": offices,
}


def articles(rows: QuerySet) -> Iterator[Entry]:
    """The pages of articles, each with when it last changed more than a typo."""
    for slug, day, updated_at in rows.values_list("slug", "published_on", "updated_at"):
        yield f"{_month(day.year, day.month)}{slug}/", updated_at


@cache
def _month(year: int, month: int) -> str:
    """What the addresses of a month begin with: asking for each of 50,000 would cost a second."""
    return reverse("article_detail", args=[year, f"{month:02}", "x"]).removesuffix("x/")


def events(rows: QuerySet) -> Iterator[Entry]:
    """The pages of events."""
    for event in rows.only("year", "slug", "changed_at"):
        yield event.get_absolute_url(), event.changed_at


def officials(rows: QuerySet) -> Iterator[Entry]:
    """The pages of officials."""
    for slug in rows.values_list("slug", flat=True):
        yield reverse("official_detail", args=[slug]), None


def tags(rows: QuerySet) -> Iterator[Entry]:
    """The pages of tags that stand on something public."""
    for slug in rows.values_list("slug", flat=True):
        yield reverse("tag_detail", args=[slug]), None


class Files(Protocol):
    """Pages that grow for ever, in numbered files."""

    def files(self) -> Iterator[tuple[int, datetime | None]]:
        """The number of each file in which something stands, and when it last changed where that is known."""

    def has(self, number: int) -> bool:
        """Whether something stands in the file."""

    def listed(self, number: int) -> Iterator[Entry]:
        """What stands in the file."""

    def changed_at(self, number: int) -> datetime | None:
        """When a page of the file last changed, came or went away, where that is known."""


@dataclass(frozen=True)
class Rows(Files):
    """The pages of rows, in files by key: the public rows behind them, and what is said of each."""

    rows: Callable[[], QuerySet]
    entries: Callable[[QuerySet], Iterator[Entry]]

    def files(self) -> Iterator[tuple[int, datetime | None]]:
        last = self.rows().model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
        for number in range(0 if last is None else last // FILE_SIZE + 1):
            if self.has(number):
                yield number, self.changed_at(number)

    def has(self, number: int) -> bool:
        return self._within(number).exists()

    def listed(self, number: int) -> Iterator[Entry]:
        return self.entries(self._within(number))

    def changed_at(self, number: int) -> datetime | None:
        model = self.rows().model
        if model not in (Article, Event):
            return None
        ever = model._base_manager.filter(EVER_PUBLIC).annotate(block=BlockNumber(size=FILE_SIZE))
        return ever.filter(block=number).aggregate(last=Max("changed_at"))["last"]

    def _within(self, number: int) -> QuerySet:
        return self.rows().filter(pk__gte=number * FILE_SIZE, pk__lt=(number + 1) * FILE_SIZE).order_by("pk")


class Archive(Files):
    """The pages of days, months and years with news, in files by year."""

    def files(self) -> Iterator[tuple[int, datetime | None]]:
        day = first_day_after(date.min)
        while day:
            yield day.year, None
            day = first_day_after(date(day.year, 12, 31))

    def has(self, number: int) -> bool:
        if number not in YEARS:
            return False
        day = first_day_after(date(number, 1, 1) - timedelta(days=1))
        return day is not None and day.year == number

    def listed(self, number: int) -> Iterator[Entry]:
        days = sorted(counts_by_day(date(number, 1, 1), date(number, 12, 31)))
        yield reverse("year_index", args=[number]), None
        for month in sorted({day.month for day in days}):
            yield reverse("month_index", args=[number, f"{month:02}"]), None
        for day in days:
            yield reverse("day_index", args=[number, f"{day.month:02}", f"{day.day:02}"]), None

    def changed_at(self, number: int) -> datetime | None:
        return None


LONG: dict[str, Files] = {
    "berita": Rows(lambda: Article.objects.published(), articles),
    "agenda": Rows(lambda: Event.objects.published(), events),
    "pejabat": Rows(lambda: Official.objects.all(), officials),
    "tag": Rows(public_tags, tags),
    "indeks": Archive(),
}
