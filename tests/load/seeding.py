"""Generated texts as published articles, many at a time: copies of editions that went through the real door.

What an article needs to be public is copied with it (its steps, who contributed, its address), so the audits hold; its
row in the index of search is written by the verb that the door calls too, and its list of neighbours is owed.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from news.models import Address, Article, Contribution, Edition, RelatedList, Transition
from news.search.indexing import index_articles
from tests.factories import published, regency_office
from tests.load.corpus import GeneratedText

AT_ONCE = 500
LAST_DAY = timezone.now() - timedelta(days=2)


def publish_all(corpus: Iterable[GeneratedText], offices: int = 20) -> dict[int, int]:
    """Make every text a public article of one of so many offices; returns the articles' ids by the texts' numbers."""
    templates = [_template(number) for number in range(offices)]
    made: dict[int, int] = {}
    rest = iter(corpus)
    while some := list(islice(rest, AT_ONCE)):
        ids = _publish(some, templates)
        index_articles(ids)
        made |= dict(zip((text.number for text in some), ids, strict=True))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _template(number: int) -> Edition:
    """One published edition of each office, from which the texts take all but their words and their day."""
    office = regency_office(f"{11 + number % 30}.{number % 90 + 1:02}")
    made = published(office, headline="Contoh", deck="Contoh.", body="<p>Contoh isi berita.</p>")
    return Edition.objects.select_related("article").prefetch_related("transitions", "contributions").get(pk=made.pk)


def _publish(corpus: Sequence[GeneratedText], templates: Sequence[Edition]) -> list[int]:
    chosen = [templates[text.number % len(templates)] for text in corpus]
    articles = Article.objects.bulk_create(
        Article(office_id=template.article.office_id, created_at=template.article.created_at) for template in chosen
    )
    editions = Edition.objects.bulk_create(
        like(
            template,
            article_id=article.pk,
            headline=text.headline,
            deck=text.deck,
            body=text.body,
            dateline_place=text.village,
        )
        for template, article, text in zip(chosen, articles, corpus, strict=True)
    )
    rows = list(zip(chosen, articles, editions, strict=True))
    steps = [
        like(step, article_id=article.pk, edition_id=edition.pk)
        for template, article, edition in rows
        for step in template.transitions.all()
    ]
    Transition.objects.bulk_create(steps)
    Contribution.objects.bulk_create(
        like(row, edition_id=edition.pk) for template, _article, edition in rows for row in template.contributions.all()
    )
    _show(corpus, rows)
    return [article.pk for article in articles]


def _show(corpus: Sequence[GeneratedText], rows: list[tuple[Edition, Article, Edition]]) -> None:
    """What the door writes on an article at publication."""
    names = ["province", "rubric", "public_state", "first_published_at", "published_on", "updated_at", "changed_at"]
    for text, (template, article, edition) in zip(corpus, rows, strict=True):
        moment = min(datetime.combine(text.day, time(2), UTC) + timedelta(seconds=text.number % 36_000), LAST_DAY)
        for name in ("province_id", "rubric_id", "public_state"):
            setattr(article, name, getattr(template.article, name))
        article.first_published_at = article.updated_at = article.changed_at = moment
        article.published_on = moment.date()
        article.live_edition, article.slug = edition, f"berita-{article.pk}"
    articles = [article for _template, article, _edition in rows]
    Article.objects.bulk_update(articles, [*names, "live_edition", "slug"])
    Address.objects.bulk_create(
        Address(article=a, year=a.published_on.year, month=a.published_on.month, slug=a.slug) for a in articles
    )
    RelatedList.objects.bulk_create(RelatedList(article=article, is_due=True) for article in articles)


def like(row: Model, **changes: Any) -> Any:
    """A row with the same values but for `changes` and the key, not stored yet."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**fields, "id": None, **changes})
