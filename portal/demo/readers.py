"""Readers of the demo's stories, so that something on its front page was read most."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from news.models import Article
from news.reads import add_reads

STORIES = 12
DAYS = 5


def add_readers(article_ids: Iterable[int], *, now: datetime) -> int:
    """Count reads of the newest of these articles, spread over the last days, and return how many."""
    newest = Article.objects.published().filter(pk__in=list(article_ids)).newest_first()[:STORIES]
    reads = [
        (article.pk, max(now - timedelta(days=number % DAYS), article.first_published_at))
        for number, article in enumerate(newest)
        for _time in range(5 + number * 37 % 61)
    ]
    add_reads(reads)
    return len(reads)
