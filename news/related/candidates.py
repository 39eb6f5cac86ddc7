"""Finds what may stand beside an edition, and weighs how near each of them is.

A candidate's score is the sum of six parts:

- words: up to 12, 12 × the likeness of the texts by their rare shared words (`news.search.similar`);
- event: 6 where it covers the same event;
- officials: 4 for each official both mention, at most 8;
- tags: for each shared tag 3 / log2(2 + n), where n is the number of other public articles with the tag, at most 5;
- place: 1 in the same region, 0.6 in the same province, 0.3 in the same group of islands;
- time: up to 1 for nearness in time, 1 / (1 + days between / 30).

Ties go to the newer article, then to the higher id, so the order is the same every time and on both databases. What is
weighed comes from lists of fixed length, whatever the size of the archive.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, FloatField, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from news.models import Article, Edition, ListedOfficial, ListedTag
from news.related.sources import among, own_province, sources_of, tag_weights
from news.search.similar import similar_articles

MOST_COMPARED, MOST_ALIKE = 400, 60
MOST_FOR_WORDS, FOR_EVENT, FOR_OFFICIAL, MOST_FOR_OFFICIALS, MOST_FOR_TAGS = 12.0, 6.0, 4.0, 8.0, 5.0
SAME_REGION, SAME_PROVINCE, SAME_ISLANDS = 1.0, 0.6, 0.3
MONTH = 30


@dataclass(frozen=True)
class Parts:
    """What a score is made of; the module's docstring has the terms."""

    words: float = 0.0
    event: float = 0.0
    officials: float = 0.0
    tags: float = 0.0
    place: float = 0.0
    time: float = 0.0

    @property
    def total(self) -> float:
        return round(sum(astuple(self)), 6)


class Where(NamedTuple):
    """The code of a region, of the province it is or lies in (None for the nation), and its group of islands."""

    region: str
    province: str | None
    islands: str


@dataclass(frozen=True)
class Candidate:
    """A public article that may stand beside another; `province` is the code of its province, None for the ministry.

    One that is read from a list or only fills a page has a score alone.
    """

    pk: int
    office: int
    province: str | None
    published: datetime
    score: float
    parts: Parts | None = None

    @cached_property
    def rank(self) -> tuple[float, datetime, int]:
        """By falling rank is the order of all lists."""
        return self.score, self.published, self.pk


def ranked_candidates(edition: Edition, besides: Iterable[int] = ()) -> list[Candidate]:
    """All candidates and those of `besides` that are public, the nearest first, in about eleven queries.

    `edition` is loaded `with_content()` and with its office's region.
    """
    likeness = dict(similar_articles(edition, limit=MOST_COMPARED))
    keys = [*islice(likeness, MOST_ALIKE), *besides]
    found = [_weighed(edition, row, likeness.get(row["pk"], 0.0)) for row in _rows(edition, keys)]
    return sorted(found, key=lambda candidate: candidate.rank, reverse=True)


def moment_of(edition: Edition) -> datetime:
    """When the article first went out, or was last saved where it has not."""
    return edition.article.first_published_at or edition.saved_at


def home_of(edition: Edition) -> Where:
    region = edition.article.office.region
    return Where(region.pk, own_province(edition), region.island_group)


def place_part(one: Where, other: Where) -> float:
    if one.region == other.region:
        return SAME_REGION
    if None in (one.province, other.province):
        return 0.0
    if one.province == other.province:
        return SAME_PROVINCE
    return SAME_ISLANDS if one.islands == other.islands != "" else 0.0


def time_part(one: datetime, other: datetime) -> float:
    return round(1 / (1 + abs((one - other).days) / MONTH), 6)


def _weighed(edition: Edition, row: dict[str, Any], likeness: float) -> Candidate:
    there = Where(row["region"], row["province_id"], row["islands"])
    parts = Parts(
        words=round(MOST_FOR_WORDS * likeness, 6),
        event=FOR_EVENT if edition.event_id and row["event_id"] == edition.event_id else 0.0,
        officials=min(MOST_FOR_OFFICIALS, FOR_OFFICIAL * row["shared_officials"]),
        tags=round(min(MOST_FOR_TAGS, row["shared_tag_weight"]), 6),
        place=place_part(home_of(edition), there),
        time=time_part(moment_of(edition), row["first_published_at"]),
    )
    where = row["pk"], row["office_id"], row["province_id"], row["first_published_at"]
    return Candidate(*where, score=parts.total, parts=parts)


def _rows(edition: Edition, keys: list[int]) -> QuerySet[Any]:
    """The candidates' keys and places, each with what it shares with `edition`, in one query."""
    found = Article.objects.published().filter(among([keys, *sources_of(edition)])).exclude(pk=edition.article_id)
    shared = {"shared_officials": _shared_officials(edition), "shared_tag_weight": _shared_tag_weight(edition)}
    there = {"region": F("office__region"), "islands": F("office__region__island_group")}
    columns = "pk", "office_id", "province_id", "event_id", "first_published_at"
    return found.order_by().annotate(**shared, **there).values(*columns, *shared, *there)


def _shared_officials(edition: Edition) -> Coalesce | Value:
    own = [mention.official_id for mention in edition.mentions.all()]
    if not own:
        return Value(0)
    shared = ListedOfficial.objects.filter(article=OuterRef("pk"), official__in=own)
    return Coalesce(Subquery(shared.order_by().values("article").annotate(n=Count("pk")).values("n")), 0)


def _shared_tag_weight(edition: Edition) -> Coalesce | Value:
    weights = tag_weights(edition)
    if not weights:
        return Value(0.0)
    shared = ListedTag.objects.filter(article=OuterRef("pk"), tag__in=[*weights])
    weighed = Case(*(When(tag=tag, then=Value(weight)) for tag, weight in weights.items()), output_field=FloatField())
    summed = shared.order_by().values("article").annotate(weight=Sum(weighed)).values("weight")
    return Coalesce(Subquery(summed), 0.0, output_field=FloatField())
