"""How often articles are read: noted in memory, and added to the counts of a day in batches.

A reader costs no database work; the process writes at most once in `SECONDS` or for every `BATCH` reads, whichever
comes first. What a killed process had not written is lost: at most that many seconds of reads.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from threading import Event, Lock, Thread

from django.db import DatabaseError, connection, transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from news.models import Article, ReadCount

logger = logging.getLogger(__name__)

SECONDS = 30
BATCH = 50
MOST_WAITING = 5_000
DAYS_SHOWN = 7
CANDIDATES = 20
MACHINES = re.compile(
    r"^$|(?<!cu)bot|crawl|spider|slurp|preview|headless|lighthouse|facebookexternalhit|whatsapp|monitor"
    r"|curl|wget|python|java/|okhttp|go-http|axios|node-|perl|ruby|php",
    re.IGNORECASE,
)

Read = tuple[int, datetime]


class Waiting:
    """The reads that no count holds yet; the first one starts a thread that writes the batch and ends."""

    def __init__(self):
        self._reads: list[Read] = []
        self._lock, self._full = Lock(), Event()
        self._writer: Thread | None = None

    def note(self, article_id: int) -> None:
        """Remember that the article was read now; beyond `MOST_WAITING` a read is lost rather than kept."""
        with self._lock:
            if len(self._reads) < MOST_WAITING:
                self._reads.append((article_id, timezone.now()))
            if len(self._reads) >= BATCH:
                self._full.set()
            if self._writer is None:
                self._writer = Thread(target=self._write_later, daemon=True)
                self._writer.start()

    def write(self) -> None:
        """Add what waits to the counts now; after an error of the database it waits again."""
        with self._lock:
            reads, self._reads = self._reads, []
            self._full.clear()
        try:
            add_reads(reads)
        except DatabaseError:
            logger.exception("Reads could not be counted; they wait for the next batch.")
            with self._lock:
                self._reads = (reads + self._reads)[:MOST_WAITING]

    def _write_later(self) -> None:
        self._full.wait(SECONDS)
        with self._lock:
            self._writer = None
        self.write()
        connection.close()


waiting = Waiting()


def is_machine(user_agent: str) -> bool:
    """Whether the sender says of itself that it is no reader's browser."""
    return bool(MACHINES.search(user_agent))


def add_reads(reads: Iterable[Read]) -> None:
    """Add `reads` to the counts of their articles on the clock of each one's office; only what is public counts."""
    by_article = Counter(reads)
    if not by_article:
        return
    wanted = {article_id for article_id, _moment in by_article}
    public = Article.objects.published().select_related("office__region").in_bulk(wanted)
    days: Counter[tuple[int, date]] = Counter()
    for (article_id, moment), times in by_article.items():
        if article_id in public:
            days[article_id, public[article_id].office.local_day(moment)] += times
    _store(sorted(days.items()))


def _store(days: list[tuple[tuple[int, date], int]]) -> None:
    """Always in the same order: two processes that add to the same rows wait for each other and never in a circle."""
    rows = [ReadCount(article_id=article_id, day=day) for (article_id, day), _times in days]
    with transaction.atomic():
        ReadCount.objects.bulk_create(rows, ignore_conflicts=True)
        for (article_id, day), times in days:
            ReadCount.objects.filter(article=article_id, day=day).update(reads=F("reads") + times)


def reads_lately(articles: Iterable[Article] | QuerySet, today: date) -> dict[int, int]:
    """How often each of `articles` was read in the last seven days up to `today`, by its number; one query."""
    since = today - timedelta(days=DAYS_SHOWN - 1)
    counted = ReadCount.objects.filter(article__in=articles, day__gte=since, day__lte=today)
    return dict(counted.values_list("article").annotate(times=Sum("reads")).order_by())


def most_read(today: date, most: int) -> list[int]:
    """The numbers of the articles that were read most in the seven days up to `today`, in order; one query.

    Only the most read of each day are added up, so what is read now and then costs nothing, however much it is. Some
    may have been withdrawn since: whoever shows them asks `published()`, and for more than are shown.
    """
    days = [today - timedelta(days=number) for number in range(DAYS_SHOWN)]
    first, *others = [ReadCount.objects.filter(pk__in=_most_read_on(day)).values("article") for day in days]
    week = ReadCount.objects.filter(article__in=first.union(*others), day__gte=days[-1], day__lte=today)
    ranked = week.values("article").annotate(times=Sum("reads")).order_by("-times", "-article")
    return [row["article"] for row in ranked[:most]]


def _most_read_on(day: date) -> QuerySet:
    return ReadCount.objects.filter(day=day).order_by("-reads", "-pk").values("pk")[:CANDIDATES]
