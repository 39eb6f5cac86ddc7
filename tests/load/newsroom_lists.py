"""How the newsroom's lists grow: `python -m tests.load.newsroom_lists` times 10,000 editions beside 1,000.

Two databases are filled with copies of editions that went through the real door; the audits then walk them. Each page
is asked for in turn from the small one and the large one; the ratio is that of the medians. Exits 1 above `LIMIT`.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402 - the settings must be there first
from django.test import Client  # noqa: E402 - the same
from django.utils import timezone  # noqa: E402 - the same

from news.models import Address, Article, Contribution, Edition, RelatedList, Transition  # noqa: E402 - the same
from news.search.indexing import index_articles  # noqa: E402 - the same
from news.states import PublicState  # noqa: E402 - the same
from offices.models import User  # noqa: E402 - the same
from offices.roles import Role  # noqa: E402 - the same
from tests.factories import approved, drafted, member, ministry, published, regency_office, submitted, withdrawn  # noqa: E402 - the same
from tests.load.databases import filled, use  # noqa: E402 - the same
from tests.load.seeding import like  # noqa: E402 - the same

SIZES = (1_000, 10_000)
LIMIT = 1.3
ROUNDS, EACH = 5, 4
OFFICES = 3
WORDS = ("Pasar", "Jalan", "Sekolah", "Puskesmas", "Panen")
LIST = "/admin/news/article/"
PAGES = {
    "list": LIST,
    "list, page 2": f"{LIST}?p=2",
    "list, published": f"{LIST}?status=published",
    "list, drafts": f"{LIST}?status=draft",
    "list, by rubric": f"{LIST}?rubric__id__exact=1",
    "search, common word": f"{LIST}?q=pasar",
    "search, no hit": f"{LIST}?q=tidakada",
    "desk": "/admin/",
    "calendar": "/admin/kalender/",
}
FULL_PAGES_ONLY = {"editor": ("list", "list, page 2", "search, common word", "search, no hit", "desk", "calendar")}
SEATS = ("editor", "curator")
"""An editor of one of the offices, and a curator, who reads them all. Pages are compared where both sizes fill them."""


def main() -> int:
    with filled(SIZES, _seed) as names:
        return _measured(names)


def _seed(size: int) -> None:
    made = [edition.pk for edition in _templates()]
    rows = Edition.objects.select_related("article").prefetch_related("transitions", "contributions")
    templates = list(rows.filter(pk__in=made))
    copies = size - len(templates)
    for start in range(0, copies, 500):
        _copy([templates[number % len(templates)] for number in range(start, min(start + 500, copies))], start)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _templates() -> Iterator[Edition]:
    """Editions of every kind, mostly published ones, at a dozen offices, on days of the last two years."""
    makers = [*[published] * 9, withdrawn, drafted, submitted, approved]
    for number in range(4 * OFFICES * len(makers)):
        office = regency_office(f"73.{number % OFFICES + 1:02}")
        maker = makers[number % len(makers)]
        headline = f"{WORDS[number % len(WORDS)]} di {office.region.name} nomor {number}"
        moment = {} if maker is withdrawn else {"at": timezone.now() - timedelta(days=5 * number)}
        yield maker(office, headline=headline, body="<p>Paragraf isi berita yang panjang.</p>" * 60, **moment)
    member(Role.CURATOR, ministry(), username="curator")
    User.objects.filter(memberships__office__region__code="73.01", memberships__role=Role.EDITOR).update(
        username="editor"
    )


def _copy(templates: list[Edition], start: int) -> None:
    """A new article for each template, with a copy of everything that belongs to it."""
    articles = Article.objects.bulk_create(
        Article(office_id=template.article.office_id, created_at=template.article.created_at) for template in templates
    )
    pairs = list(zip(templates, articles, strict=True))
    editions = Edition.objects.bulk_create(like(source, article_id=article.pk) for source, article in pairs)
    rows = [(source, article, edition) for (source, article), edition in zip(pairs, editions, strict=True)]
    _copy_history(rows)
    index_articles([article.pk for article in _show(rows, start)])


def _copy_history(rows: list[tuple[Edition, Article, Edition]]) -> None:
    steps, written = [], []
    for source, article, edition in rows:
        steps += [like(step, article_id=article.pk, edition_id=edition.pk) for step in source.transitions.all()]
        written += [like(row, edition_id=edition.pk) for row in source.contributions.all()]
    Transition.objects.bulk_create(steps)
    Contribution.objects.bulk_create(written)


def _show(rows: list[tuple[Edition, Article, Edition]], start: int) -> list[Article]:
    """What the door writes on an article at publication, under an address of its own; returns those that are live."""
    shown, addresses = [], []
    names = (
        "province_id",
        "rubric_id",
        "public_state",
        "first_published_at",
        "published_on",
        "updated_at",
        "changed_at",
    )
    for number, (source, article, edition) in enumerate(rows, start):
        if not source.article.published_on:
            continue
        for name in names:
            setattr(article, name, getattr(source.article, name))
        article.live_edition, article.slug = edition, f"berita-salinan-{number}"
        shown.append(article)
        day = article.published_on
        addresses.append(Address(article=article, year=day.year, month=day.month, slug=article.slug))
    Article.objects.bulk_update(shown, [*(name.removesuffix("_id") for name in names), "live_edition", "slug"])
    Address.objects.bulk_create(addresses)
    live = [article for article in shown if article.public_state == PublicState.LIVE]
    RelatedList.objects.bulk_create(RelatedList(article=article, is_due=True) for article in live)
    return live


def _measured(names: dict[int, str]) -> int:
    """Print the ratio of every page for every seat; how many are above the limit."""
    browsers = {(size, seat): _signed_in(names[size], seat) for size in SIZES for seat in SEATS}
    worst = 0.0
    for seat in SEATS:
        for page in FULL_PAGES_ONLY.get(seat, PAGES):
            address = PAGES[page]
            times: dict[int, list[float]] = {size: [] for size in SIZES}
            for _round in range(ROUNDS + 1):
                for size in SIZES:
                    use(names[size])
                    times[size].append(_seconds(browsers[size, seat], address))
            small, large = (statistics.median(islice(times[size], 1, None)) for size in SIZES)
            worst = max(worst, large / small)
            mark = "" if large / small <= LIMIT else "  TOO SLOW"
            told = f"{small * 1000:7.1f} ms {large * 1000:7.1f} ms  × {large / small:.2f}{mark}"
            print(f"{seat:8} {page:22} {told}", flush=True)
    print(f"worst ratio {worst:.2f}, limit {LIMIT}")
    return int(worst > LIMIT)


def _signed_in(name: str, seat: str) -> Client:
    use(name)
    browser = Client()
    browser.force_login(User.objects.get(username=seat))
    return browser


def _seconds(browser: Client, address: str) -> float:
    """The quickest of a few requests.

    SQLite works in this very process, so its time is counted in seconds of the processor, which a busy machine does
    not stretch; PostgreSQL works elsewhere, and the clock on the wall counts.
    """
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    found = []
    for _ in range(EACH):
        began = clock()
        assert browser.get(address).status_code == 200, address
        found.append(clock() - began)
    return min(found)


if __name__ == "__main__":
    sys.exit(main())
