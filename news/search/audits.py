"""What must hold between the index of search and what the public reads: one sentence a violation."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.db.models import Exists, OuterRef

from news.models import Article, Edition, SearchMonth, SearchRow, SearchWord
from news.search import engines
from news.search.contents import Contents, contents_of

AT_ONCE = 200
MOST_TOLD = 20


def search_rows_of_what_is_not_public() -> Iterator[str]:
    """Search holds words of an article that the public may not read."""
    public = Article.objects.published().filter(pk=OuterRef("article"))
    for pk in SearchRow.objects.filter(~Exists(public)).values_list("pk", flat=True).iterator():
        yield f"Pencarian memuat artikel {pk}, padahal tidak terbit."


def public_articles_that_search_does_not_find() -> Iterator[str]:
    """A public article has no row, or one of other words, or other tokens in the database's index."""
    keys = iter(Article.objects.published().order_by("pk").values_list("pk", flat=True).iterator())
    while ids := list(islice(keys, AT_ONCE)):
        rows, tokens = SearchRow.objects.in_bulk(ids), engines.tokens_between(ids[0], ids[-1])
        public = Article.objects.published().filter(pk__in=ids)
        for contents in contents_of(Edition.objects.filter(pk__in=public.values("live_edition"))):
            pk = contents.article.pk
            yield from _difference(contents, rows.get(pk), tokens.get(pk, set()))


def tokens_of_what_is_not_public() -> Iterator[str]:
    """The database's index holds tokens of an article that the public may not read."""
    last = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for first in range(1, last + 1, AT_ONCE):
        kept = engines.tokens_between(first, first + AT_ONCE - 1)
        public = set(Article.objects.published().filter(pk__in=kept).values_list("pk", flat=True))
        for pk in sorted(set(kept) - public):
            yield f"Indeks pencarian memuat artikel {pk}, padahal tidak terbit."


def _difference(contents: Contents, row: SearchRow | None, tokens: set[str]) -> Iterator[str]:
    pk = contents.article.pk
    if row is None:
        yield f"Artikel {pk} terbit, tetapi belum masuk pencarian."
    elif not row.is_stale and row.words != contents.lines:
        yield f"Artikel {pk} di pencarian memuat kata lain."
    elif not row.is_stale and tokens != contents.tokens:
        yield f"Artikel {pk} ditemukan dengan kata lain."


def search_counts_that_do_not_add_up() -> Iterator[str]:
    """A word is counted in more or fewer articles than hold it, or a month has another number of articles."""
    words: Counter[str] = Counter()
    months: Counter[str] = Counter()
    for moment, text in SearchRow.objects.values_list("published_at", "words").iterator():
        words.update(set(text.split()))
        months[f"{moment:%Y-%m}"] += 1
    told = dict(SearchWord.objects.values_list("text", "uses").iterator())
    for word in sorted(word for word in {*words, *told} if words[word] != told.get(word, 0))[:MOST_TOLD]:
        yield f"Kata “{word}” ada di {words[word]} artikel, tercatat {told.get(word, 0)}."
    for month in SearchMonth.objects.all():
        if months[f"{month.month:%Y-%m}"] != month.articles:
            yield f"Bulan {month.month:%Y-%m} di pencarian mencatat {month.articles} artikel."


AUDITS = (
    search_rows_of_what_is_not_public,
    tokens_of_what_is_not_public,
    public_articles_that_search_does_not_find,
    search_counts_that_do_not_add_up,
)
