"""How the articles that a list holds spread over places, topics, people and years, so that a reader can narrow it.

Nothing is counted beyond the `MOST_COUNTED` articles that stand first in the list, so a count costs the same whatever
the archive holds. Where the list is longer, a count says what there is at least.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from django.db.models import Count, Model, QuerySet

from news.models import Article, Event, ListedOfficial, ListedTag, Tag
from news.queries import Filters
from offices.models import Office, Official

MOST_COUNTED = 1_000
MOST_CHOICES = 8
COLUMNS = ("pk", "province", "office", "rubric", "event", "published_on")


@dataclass(frozen=True)
class Choice:
    """One way to narrow a list: the filters that do so, and how many articles they leave."""

    value: Model | int
    filters: Filters
    count: int


@dataclass(frozen=True)
class Facet:
    """The choices of one kind, those with most articles first, years with the latest first; `name` is the filter's."""

    name: str
    choices: list[Choice]


@dataclass(frozen=True)
class Counted:
    """The articles that a list begins with, as rows of `COLUMNS`; `is_whole` where the list ends with them."""

    rows: Sequence[tuple]
    is_whole: bool

    @classmethod
    def of_list(cls, articles: QuerySet[Article]) -> Self:
        """What stands first in an ordered list of public articles; one query."""
        rows = list(articles.select_related(None).prefetch_related(None).values_list(*COLUMNS)[: MOST_COUNTED + 1])
        return cls(rows[:MOST_COUNTED], len(rows) <= MOST_COUNTED)

    @classmethod
    def of_answers(cls, ids: Iterable[int], filters: Filters, *, is_whole: bool) -> Self:
        """The same of articles that a search has found, in no order; those no longer public do not count."""
        found = filters.apply(Article.objects.published().filter(pk__in=[*ids][:MOST_COUNTED])).order_by()
        return cls(list(found.values_list(*COLUMNS)), is_whole)

    def column(self, name: str) -> list[Any]:
        place = COLUMNS.index(name)
        return [row[place] for row in self.rows if row[place] is not None]


def facets_of(counted: Counted, filters: Filters) -> list[Facet]:
    """The ways to narrow a list under `filters`, without kinds that are chosen already or leave no choice.

    At most six queries beside those of the form's choices. Offices are offered in a province, or where few are left.
    """
    kinds = {
        "province": lambda: _among(filters.choices.provinces, counted.column("province")),
        "office": lambda: _named(Office.objects.select_related("region"), counted.column("office")),
        "rubric": lambda: _among(filters.choices.rubrics, counted.column("rubric")),
        "year": lambda: _years(counted),
        "tag": lambda: _listed(ListedTag, "tag", Tag, counted),
        "official": lambda: _listed(ListedOfficial, "official", Official, counted),
        "event": lambda: _named(Event.objects.all(), counted.column("event")),
    }
    wanted = [name for name in kinds if _is_open(name, counted, filters)]
    facets = (Facet(name, [_choice(name, *pair, filters) for pair in kinds[name]()]) for name in wanted)
    return [facet for facet in facets if _narrows(facet, counted)]


def _is_open(name: str, counted: Counted, filters: Filters) -> bool:
    if name == "year":
        return not (filters.date_from or filters.date_to)
    if name == "office" and not filters.province:
        return not filters.office and len(set(counted.column("office"))) <= MOST_CHOICES
    if name == "province" and filters.office:
        return False
    return getattr(filters, name) is None


def _narrows(facet: Facet, counted: Counted) -> bool:
    """Whether some choice leaves less than everything."""
    return any(choice.count < len(counted.rows) for choice in facet.choices)


def _choice(name: str, value: Model | int, count: int, filters: Filters) -> Choice:
    if name == "year":
        return Choice(value, replace(filters, date_from=date(value, 1, 1), date_to=date(value, 12, 31)), count)
    return Choice(value, replace(filters, **{name: value}), count)


def _named(rows: QuerySet, keys: Iterable[Any]) -> list[tuple[Model, int]]:
    """The rows with the most frequent of `keys`, each with how often it stands there; one query."""
    most = _most(Counter(keys))
    found = rows.in_bulk(list(most))
    return [(found[key], count) for key, count in most.items() if key in found]


def _among(rows: Iterable[Model], keys: Iterable[Any]) -> list[tuple[Model, int]]:
    """The same of rows that are loaded already."""
    named = {row.pk: row for row in rows}
    return [(named[key], count) for key, count in _most(Counter(keys)).items() if key in named]


def _listed(places: type[Model], column: str, model: type[Model], counted: Counted) -> list[tuple[Model, int]]:
    """The same of what articles are listed under; two queries."""
    rows = places._default_manager.filter(article__in=counted.column("pk")).order_by()
    keys = rows.values_list(column).annotate(count=Count("pk")).order_by("-count", column)[:MOST_CHOICES]
    found = model._default_manager.in_bulk([key for key, _count in keys])
    return [(found[key], count) for key, count in keys]


def _most(counts: Counter) -> dict[Any, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_CHOICES])


def _years(counted: Counted) -> list[tuple[int, int]]:
    years = Counter(day.year for day in counted.column("published_on"))
    return sorted(years.items(), reverse=True)[:MOST_CHOICES]
