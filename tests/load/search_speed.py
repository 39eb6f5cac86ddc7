"""How search grows: `python -m tests.load.search_speed` asks archives of 1,000 and 100,000 articles for two words.

A thousand generated articles are published, and copied with their rows of the index until there are enough, each copy
further back in time: so a word stands in the same share of the articles, and a pair has a hundred times the answers.
The archives are asked in turn; printed are the milliseconds of the middle question of its best round, and the ratio.
Exits 1 above `LIMIT`.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 - the settings must be there first
from django.db.models import F, Model  # noqa: E402 - the same
from django.test import Client  # noqa: E402 - the same

from news.models import Article, Edition, SearchMonth, SearchRow, SearchWord  # noqa: E402 - the same
from news.paging import Cursor  # noqa: E402 - the same
from news.queries import Filters  # noqa: E402 - the same
from news.search import engines  # noqa: E402 - the same
from news.search.contents import FACET_MARK, month_token  # noqa: E402 - the same
from news.search.finding import newest_with_every_word, ranked, search_for  # noqa: E402 - the same
from news.search.newest import Place  # noqa: E402 - the same
from news.search.questions import Question  # noqa: E402 - the same
from tests.load.corpus import texts  # noqa: E402 - the same
from tests.load.databases import filled, use  # noqa: E402 - the same
from tests.load.seeding import publish_all  # noqa: E402 - the same

PATTERN = 1_000
SIZES = tuple(int(size) for size in os.environ.get("SIZES", "1000,100000").split(","))
EACH = timedelta(days=37)  # what a thousand articles take, at 27 a day
ROUNDS, PAIRS, LIMIT = 5, 40, 3.0
"""Pairs are of words that stand in 1 to 20 of a hundred articles."""
MONTH = FACET_MARK + "2"


def seed(size: int) -> None:
    publish_all(texts(PATTERN), offices=8)
    base = list(SearchRow.objects.order_by("pk"))
    tokens = engines.tokens_between(base[0].pk, base[-1].pk)
    for copy in range(1, size // PATTERN):
        with transaction.atomic():
            _copy(base, tokens, copy)
    _count(size // PATTERN)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(base: list[SearchRow], tokens: dict[int, set[str]], copy: int) -> None:
    """All articles of the pattern once more, with keys and days of their own."""
    step = copy * 10 * PATTERN
    articles = Article.objects.filter(pk__in=[row.pk for row in base]).select_related("live_edition")
    copied = [
        (_like(article, step, live_edition_id=step), _like(article.live_edition, step, article_id=step))
        for article in articles
    ]
    for other, _edition in copied:
        other.first_published_at -= copy * EACH
        other.published_on -= copy * EACH
    Article.objects.bulk_create(other for other, _edition in copied)
    Edition.objects.bulk_create(edition for _other, edition in copied)
    rows = [
        SearchRow(
            article_id=row.pk + step,
            published_at=row.published_at - copy * EACH,
            length=row.length,
            counts=row.counts,
            words=row.words,
        )
        for row in base
    ]
    SearchRow.objects.bulk_create(rows)
    engines.store([(row.pk, _tokens(tokens[row.pk - step], row)) for row in rows])


def _tokens(tokens: set[str], row: SearchRow) -> set[str]:
    return {token for token in tokens if not token.startswith(MONTH)} | {month_token(row.published_at)}


def _like(row: Model, step: int, **keys: int) -> Any:
    """A row with the same values, whose key and `keys` are so much greater."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    fields |= {"id": fields["id"] + step, **{name: fields[name] + more for name, more in keys.items()}}
    return type(row)(**fields)


def _count(times: int) -> None:
    """Words and months as the verb that writes rows would have counted them."""
    SearchWord.objects.update(uses=F("uses") * times)
    SearchMonth.objects.all().delete()
    months: dict = {}
    for moment, length in SearchRow.objects.values_list("published_at", "length").iterator():
        month = months.setdefault(moment.date().replace(day=1), [0, 0])
        month[0], month[1] = month[0] + 1, month[1] + length
    SearchMonth.objects.bulk_create(
        SearchMonth(month=month, articles=number, length=length) for month, (number, length) in months.items()
    )


def pairs() -> list[str]:
    total, chance = SearchRow.objects.count(), random.Random(3)
    told = SearchWord.objects.filter(uses__gt=total // 100, uses__lt=total // 5).values_list("text", flat=True)
    words = sorted(word for word in told if word.isalpha())
    return [" ".join(chance.sample(words, 2)) for _ in range(PAIRS)]


def _asked(text: str):
    return search_for(Question.from_text(text), Filters())


def _deep(text: str) -> object:
    """What stands after the four-hundredth answer, newest first."""
    search = _asked(text)
    found = newest_with_every_word(search, 400)
    place = Place(Cursor(found[-1].published_at, found[-1].article_id)) if found else Place()
    return newest_with_every_word(search, 20, place)


KINDS: dict[str, Callable[[str], object]] = {
    "page, by relevance": lambda text: Client().get("/cari/", {"q": text}),
    "page, newest first": lambda text: Client().get("/cari/", {"q": text, "urut": "terbaru"}),
    "ranking alone": lambda text: ranked(_asked(text)),
    "newest, deep": _deep,
    "phrase": lambda text: ranked(_asked(f'"{text}"')),
}
JUDGED = ("page, by relevance", "page, newest first")


def main() -> int:
    with filled(SIZES, seed, audited=False) as names:
        questions = {}
        for size in SIZES:
            use(names[size])
            questions[size] = pairs()
        return int(max(_compared(kind, names, questions) for kind in KINDS) > LIMIT)


def _compared(kind: str, names: dict[int, str], questions: dict[int, list[str]]) -> float:
    """Print how long a kind of question takes; the ratio of both archives, 0 where it is not judged."""
    times: dict[int, list[float]] = {size: [] for size in SIZES}
    for _round in range(ROUNDS):
        for size in SIZES:
            use(names[size])
            times[size].append(median(_milliseconds(KINDS[kind], questions[size])))
    small, large = (min(times[size]) for size in (SIZES[0], SIZES[-1]))
    judged = kind in JUDGED
    mark = "  TOO SLOW" if judged and large / small > LIMIT else ""
    print(f"{connection.vendor:10} {kind:20} {small:7.1f} ms {large:7.1f} ms  × {large / small:.2f}{mark}", flush=True)
    return large / small if judged else 0.0


def _milliseconds(act: Callable[[str], object], questions: list[str]) -> Iterator[float]:
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    for text in questions:
        began = clock()
        act(text)
        yield (clock() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
