"""The lists from which candidates come, each of a fixed length and read from an index in its own order."""

from collections.abc import Iterable, Iterator
from math import log2

from django.db.models import BooleanField, F, Func, OuterRef, QuerySet, Subquery

from news.models import Article, Edition, ListedOfficial, ListedTag
from news.models.editions import TAG_COUNT_CAP
from offices.models import Region
from offices.models.regions import ROOT_CODE

PER_SOURCE, PER_TOPIC, MOST_TOPICS = 40, 20, 10
NEWEST_HERE = 8

Keys = QuerySet | list[int]


def sources_of(edition: Edition) -> Iterator[Keys]:
    """Keys of articles with the same event, officials, rare tags, office or province, and of the newest anywhere.

    `edition` is loaded `with_content()`.
    """
    newest = newest_keys()
    yield newest.filter(office=edition.article.office_id)[:NEWEST_HERE]
    yield newest.filter(province=own_province(edition))[:PER_SOURCE]
    yield newest[:PER_SOURCE]
    yield newest_of_other_provinces(edition)
    if edition.event_id:
        yield newest.filter(event=edition.event_id)[:PER_SOURCE]
    for mention in list(edition.mentions.all())[:MOST_TOPICS]:
        places = ListedOfficial.objects.filter(official=mention.official_id, appointment=mention.appointment_id)
        yield places.order_by("-first_published_at", "-pk").values("article")[:PER_TOPIC]
    for tag in list(tag_weights(edition))[:MOST_TOPICS]:
        yield ListedTag.objects.filter(tag=tag).order_by("-first_published_at", "-pk").values("article")[:PER_TOPIC]


def newest_keys() -> QuerySet:
    return Article.objects.published().newest_first().values("pk")


def newest_of_other_provinces(edition: Edition) -> QuerySet:
    """The newest article of each province but the edition's own: one step in an index each."""
    there = newest_keys().filter(province=OuterRef("pk"))[:1]
    others = Region.objects.filter(level=Region.Level.PROVINCE).exclude(pk=own_province(edition))
    return others.annotate(newest=Subquery(there)).order_by().values("newest")


def tag_weights(edition: Edition) -> dict[int, float]:
    """What each tag of the edition is worth, rare ones first; one that is as common as is counted finds nothing."""
    rare = sorted((row for row in edition.tagged.all() if row.uses < TAG_COUNT_CAP), key=lambda row: row.uses)
    return {row.tag_id: 3 / log2(2 + row.uses) for row in rare}


def own_province(edition: Edition) -> str | None:
    """The code of the province that the edition's office lies in; None for the ministry."""
    region = edition.article.office.region
    if region.pk == ROOT_CODE:
        return None
    return region.pk if region.is_province else region.parent_id


class IsAmong(Func):
    """Whether a key is one of those that a subquery finds.

    PostgreSQL finds them before anything else: left to itself it joins whole tables first where many are joined, and
    takes a third of a second for a page in an archive of 100,000.
    """

    template, arg_joiner = "%(expressions)s", " IN "
    output_field = BooleanField()

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY(ARRAY", **extra)


def among(sources: Iterable[Keys]) -> IsAmong:
    """The articles whose keys stand in one of `sources`."""
    first, *others = [Article.objects.filter(pk__in=keys).order_by().values("pk") for keys in sources]
    return IsAmong(F("pk"), Subquery(first.union(*others)))
