"""How public pages grow: `python -m tests.load.public_pages` serves archives of 1,000, 10,000 and 100,000 articles.

Each archive is seeded in bulk, walked by the audits, and served by a gunicorn of its own; wrk asks for every page of
every archive in turn, `ROUNDS` times over, so that what disturbs the machine disturbs all alike. Printed are requests
a second, the milliseconds of half and of 99 in 100 requests, queries, and the ratio to the smallest archive; all are
medians. The page that the 500th cursor leads to is compared with the first of the same archive. Exits 1 above a limit.
"""

import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402 - the settings must be there first
from django.db.models import Count  # noqa: E402 - the same
from django.test import Client  # noqa: E402 - the same
from django.test.utils import CaptureQueriesContext  # noqa: E402 - the same

from news.models import Article, ListedTag, SearchWord, Tag  # noqa: E402 - the same
from news.paging import PAGE_SIZE, Cursor  # noqa: E402 - the same
from offices.models import Office  # noqa: E402 - the same
from tests.load.archives import seed  # noqa: E402 - the same
from tests.load.databases import address_of, filled, use  # noqa: E402 - the same
from tests.load.demo_site import served  # noqa: E402 - the same
from tests.load.wrk import Answered, ask  # noqa: E402 - the same

SIZES = tuple(int(size) for size in os.environ.get("SIZES", "1000,10000,100000").split(","))
ROUNDS, SECONDS = 5, 2
LIMIT, SEARCH_LIMIT = 1.3, 3.0
DEEP = 500
SAMPLE = 25
DEEP_LIST = "deep list"


def articles(chance: random.Random) -> list[str]:
    keys = [chance.randrange(1, Article.objects.count() + 1) for _ in range(SAMPLE)]
    return [article.get_absolute_url() for article in Article.objects.published().filter(pk__in=keys)]


def offices(chance: random.Random) -> list[str]:
    """Offices with more than a page: a page with fewer cards costs less, however large the archive is."""
    written = Article.objects.published().order_by().values("office").annotate(articles=Count("pk"))
    full = written.filter(articles__gt=PAGE_SIZE).values("office")
    return [office.get_absolute_url() for office in Office.objects.filter(pk__in=full).order_by("pk")[:SAMPLE]]


def tags(chance: random.Random) -> list[str]:
    """Tags with more than a page, for the same reason."""
    listed = ListedTag.objects.values("tag").annotate(articles=Count("pk"))
    full = listed.filter(articles__gt=PAGE_SIZE).values("tag")
    return [f"/tag/{tag.slug}/" for tag in Tag.objects.filter(pk__in=full).order_by("pk")[:SAMPLE]]


def searches(chance: random.Random) -> list[str]:
    """Two words that stand in some articles, neither in nearly all nor in one."""
    total = Article.objects.count()
    found = SearchWord.objects.filter(uses__gt=total // 200, uses__lt=total // 10).values_list("text", flat=True)
    words = sorted(word for word in found if word.isalpha())
    pairs = [" ".join(chance.sample(words, 2)) for _ in range(SAMPLE)]
    return [f"/cari/?{urlencode({'q': pair})}" for pair in pairs]


def deep_list(chance: random.Random) -> list[str]:
    """The page that following "older" for `DEEP` pages leads to, or the last one of a smaller archive."""
    place = min(DEEP * PAGE_SIZE, Article.objects.count() - PAGE_SIZE - 1)
    last = Article.objects.published().newest_first()[place - 1]
    return [f"/berita/?sebelum={Cursor(last.first_published_at, last.pk)}"]


PAGES: dict[str, Callable[[random.Random], list[str]]] = {
    "article": articles,
    "front page": lambda chance: ["/"],
    "office": offices,
    "list": lambda chance: ["/berita/"],
    DEEP_LIST: deep_list,
    "tag": tags,
    "search": searches,
    "feed": lambda chance: ["/feed/"],
}


@dataclass(frozen=True)
class Archive:
    """One served archive: where it listens, and which addresses stand for each page."""

    size: int
    port: int
    paths: dict[str, list[str]]
    queries: dict[str, int]


def main() -> int:
    with filled(SIZES, seed) as names, ExitStack() as servers:
        archives = [_archive(size, name, servers.enter_context(served_from(name))) for size, name in names.items()]
        return _judged(archives, _measured(archives))


def _archive(size: int, name: str, port: int) -> Archive:
    use(name)
    paths = {page: choose(random.Random(1)) for page, choose in PAGES.items()}
    return Archive(size, port, paths, {page: _queries(chosen[0]) for page, chosen in paths.items()})


def _queries(path: str) -> int:
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200, path
    return len(queries)


@contextmanager
def served_from(name: str) -> Iterator[int]:
    """The port of a server with one process that reads the database `name`, until the end of the block."""
    with TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name != "STATIC_ROOT"}
        environment |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": address_of(name),
            "SECRET_KEY": "only for a benchmark",
            "CACHE_URL": "locmemcache://bench",
            "MEDIA_ROOT": folder,
            "PRIVATE_ROOT": folder,
        }
        with served(environment) as port:
            yield port


def _measured(archives: list[Archive]) -> dict[tuple[str, int], list[Answered]]:
    """Every page of every archive, asked for in turn; one round more than counted warms everything up."""
    answers: dict[tuple[str, int], list[Answered]] = {}
    for page in PAGES:
        for turn in range(ROUNDS + 1):
            for archive in archives:
                answered = ask(archive.port, archive.paths[page], SECONDS if turn else 1)
                if turn:
                    answers.setdefault((page, archive.size), []).append(answered)
    return answers


def _judged(archives: list[Archive], answers: dict[tuple[str, int], list[Answered]]) -> int:
    """Print the table; 1 where a ratio is above its limit or the number of queries grows."""
    failed = False
    print(f"{'page':12} {'articles':>9} {'req/s':>8} {'p50 ms':>8} {'p99 ms':>8} {'queries':>8}  ratio")
    for page in PAGES:
        smallest = median(one.each for one in answers[page, archives[0].size])
        for archive in archives:
            found = answers[page, archive.size]
            compared = median(one.each for one in answers["list", archive.size]) if page == DEEP_LIST else smallest
            ratio = median(one.each for one in found) / compared
            limit = SEARCH_LIMIT if page == "search" else LIMIT
            failed |= ratio > limit or archive.queries[page] > archives[0].queries[page]
            mark = "  ABOVE THE LIMIT" if ratio > limit else ""
            numbers = (median(one.rate for one in found), median(one.p50 for one in found))
            print(
                f"{page:12} {archive.size:9,} {numbers[0]:8.1f} {numbers[1]:8.1f}"
                f" {median(one.p99 for one in found):8.1f} {archive.queries[page]:8}  × {ratio:.2f}{mark}",
                flush=True,
            )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
