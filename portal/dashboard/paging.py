"""Bounded pages through the articles behind a figure, found by where the last page ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from news.models import Article
from news.models.articles import ArticleQuerySet
from portal.dashboard.choices import Choice, number_from

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """At most `PAGE_SIZE` articles; `older_than` is the number of the last one where more follow."""

    articles: Sequence[Article]
    older_than: str | None = None


def page_of(rows: ArticleQuerySet, choice: Choice, after: str) -> Page:
    """The page of `rows` (in public order) that follows the article numbered `after`, or the first one.

    The mark may have been withdrawn since; one that was never published or is out of reach raises `Http404`.
    """
    if after:
        rows = rows.filter(_older_than(_mark(choice, after)))
    found = list(rows[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    return Page(shown, str(shown[-1].pk) if len(found) > PAGE_SIZE else None)


def _mark(choice: Choice, after: str) -> Article:
    known = Article.objects.filter(choice.reach.as_q("office"), first_published_at__isnull=False)
    mark = known.filter(pk=number_from(after)).only("first_published_at").first()
    if mark is None:
        raise Http404
    return mark


def _older_than(mark: Article) -> Q:
    moment = mark.first_published_at
    return Q(first_published_at__lte=moment) & (Q(first_published_at__lt=moment) | Q(pk__lt=mark.pk))
