"""What stands in each file for search engines: every public page, by kind, with when it last changed.

A kind of page that stays few is a function in `SHORT` and has one file. One that grows for ever is in `LONG`: its rows
are cut into files by their keys, so that a file costs the same however many there are, and an old one never moves.
A moment is given where it is known and left out where it is not, for a wrong one is worse than none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from news.models import Article, Event, Rubric
from news.models.keyblocks import BLOCK, EVER_PUBLIC, BlockNumber
from news.queries import public_tags
from news.recency import articles_changed_at
from offices.models import Office, Official, Region

FILE_SIZE = BLOCK
PAGES = (
    "home",
    "article_list",
    "region_list",
    "office_list",
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


@dataclass(frozen=True)
class Kind:
    """Pages that grow for ever: the public rows behind them, and what is said of each."""

    rows: Callable[[], QuerySet]
    entries: Callable[[QuerySet], Iterator[Entry]]

    def within(self, number: int) -> QuerySet:
        """The rows of one file, by key."""
        return self.rows().filter(pk__gte=number * FILE_SIZE, pk__lt=(number + 1) * FILE_SIZE).order_by("pk")

    def files(self) -> Iterator[tuple[int, datetime | None]]:
        """The number of each file in which something stands, and when it last changed, by one short search each."""
        last = self.rows().model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
        for number in range(0 if last is None else last // FILE_SIZE + 1):
            if self.within(number).exists():
                yield number, self.changed_at(number)

    def changed_at(self, number: int) -> datetime | None:
        """When a page of the file last changed, came or went away; None where such rows do not tell."""
        model = self.rows().model
        if model not in (Article, Event):
            return None
        ever = model._base_manager.filter(EVER_PUBLIC).annotate(block=BlockNumber(size=FILE_SIZE))
        return ever.filter(block=number).aggregate(last=Max("changed_at"))["last"]


LONG: dict[str, Kind] = {
    "berita": Kind(lambda: Article.objects.published(), articles),
    "agenda": Kind(lambda: Event.objects.published(), events),
    "pejabat": Kind(lambda: Official.objects.all(), officials),
    "tag": Kind(public_tags, tags),
}
