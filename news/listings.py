"""The lists of public articles by tag and by official: kept by the door, and read without sorting."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from news.models import Article, ListedOfficial, ListedTag, Mention, Tag, TaggedEdition
from news.queries import public_cards
from news.states import PublicState
from offices.models import Appointment, Official

NEWEST = 60
MOST_BESIDE = 8


def enlist(article: Article) -> None:
    """List `article` as the public reads it now, or nowhere where it is not public; six queries.

    Call it in the transaction that changed what the public reads.
    """
    live = article.live_edition_id if article.public_state == PublicState.LIVE else None
    _enlist_tags(article, TaggedEdition.objects.filter(content_object=live))
    _enlist_officials(article, Mention.objects.filter(edition=live))


def _enlist_tags(article: Article, tagged: QuerySet[TaggedEdition]) -> None:
    ListedTag.objects.filter(article=article).exclude(tag__in=tagged.values("tag")).delete()
    rows = [ListedTag(tag_id=row.tag_id, **_place(article)) for row in tagged]
    ListedTag.objects.bulk_create(rows, ignore_conflicts=True)


def _enlist_officials(article: Article, mentions: QuerySet[Mention]) -> None:
    ListedOfficial.objects.filter(article=article).exclude(official__in=mentions.values("official")).delete()
    rows = [
        ListedOfficial(official_id=row.official_id, appointment_id=row.appointment_id, **_place(article))
        for row in mentions
    ]
    ListedOfficial.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["article", "official"], update_fields=["appointment"]
    )


def _place(article: Article) -> dict:
    return {
        "article": article,
        "first_published_at": article.first_published_at,
        "published_on": article.published_on,
    }


def of_tag(tag: Tag) -> QuerySet[ListedTag]:
    """The places under `tag` in the public order; only `published()` decides what the public reads."""
    return ListedTag.objects.filter(tag=tag).order_by("-first_published_at", "-article_id")


def of_term(official: Official, term: Appointment | None) -> QuerySet[ListedOfficial]:
    """The places under `official` in one term of office, or outside of any that is known, newest first."""
    rows = ListedOfficial.objects.filter(official=official, appointment=term)
    return rows.order_by("-first_published_at", "-pk")


def beside(tag: Tag) -> list[Tag]:
    """The tags that stand most often beside `tag` on its newest articles, at least twice; one query."""
    newest = of_tag(tag).values("article")[:NEWEST]
    others = ListedTag.objects.filter(article__in=newest).exclude(tag=tag).values("tag")
    often = others.annotate(times=Count("pk")).filter(times__gte=2).order_by("-times", "tag")
    return list(Tag.objects.filter(pk__in=often.values("tag")[:MOST_BESIDE]))


def cards_of(places: Iterable[ListedTag | ListedOfficial]) -> dict[int, Article]:
    """By number, the public articles that stand in `places`, as cards; two queries."""
    return {article.pk: article for article in public_cards().filter(pk__in={place.article_id for place in places})}
