"""How well an article answers words, by BM25 over the counts that search keeps: rare words weigh more."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import log

from django.db.models import Sum

from news.models import SearchMonth, SearchWord
from news.search.counts import AROUND, DECK, HEADLINE, MOST_IN_BODY

IN_HEADLINE, IN_DECK, IN_SURROUNDINGS = 4.0, 2.0, 0.5  # times the weight of a word in the body
SATURATION, LENGTH_COUNTS = 1.2, 0.5
WEIGHT = tuple(
    (code & MOST_IN_BODY)
    + (IN_HEADLINE if code & HEADLINE else 0)
    + (IN_DECK if code & DECK else 0)
    + (IN_SURROUNDINGS if code & AROUND else 0)
    for code in range(256)
)
"""By the counts of a stem in an article, how often it stands there as if all were body."""


@dataclass(frozen=True)
class Archive:
    """How much is public: the months of publication, the newest first, with their articles, and all in all.

    `average` is the number of words of an article.
    """

    months: tuple[tuple[date, int], ...]
    articles: int
    average: float

    def with_one_more(self, length: int) -> "Archive":
        """The archive with another article of so many words."""
        words = self.average * self.articles + length
        return replace(self, articles=self.articles + 1, average=words / (self.articles + 1))

    def rarity(self, uses: int) -> float:
        """The weight of a stem that `uses` articles hold: 0.3 where all do."""
        uses = max(1, min(uses, self.articles))
        return log(1 + (self.articles - uses + 0.5) / (uses + 0.5)) + 0.3


def archive() -> Archive:
    """One query, for as many rows as the archive has months."""
    rows = list(SearchMonth.objects.order_by("-month").values_list("month", "articles", "length"))
    articles = sum(number for _month, number, _length in rows)
    average = sum(length for _month, _number, length in rows) / max(1, articles)
    return Archive(tuple((month, number) for month, number, _length in rows), max(1, articles), max(1.0, average))


def uses_of(stems: Iterable[str]) -> dict[str, int]:
    """About how many articles hold each of `stems`; those that none holds are left out.

    An article counts once for every form of the stem that it holds.
    """
    told = SearchWord.objects.filter(stem__in=[*stems]).order_by().values_list("stem")
    return {root: uses for root, uses in told.annotate(Sum("uses")) if uses > 0}


def saturated(weight: float, length: int, average: float) -> float:
    """The share of a stem's rarity that `weight` occurrences in `length` words are worth: at most 1 + SATURATION."""
    norm = SATURATION * (1 - LENGTH_COUNTS + LENGTH_COUNTS * length / average)
    return weight * (SATURATION + 1) / (weight + norm)
