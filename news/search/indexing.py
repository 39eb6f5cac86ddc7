"""The verbs that keep the index in step with what the public reads, and the one that writes it anew on a live site."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from news.models import Article, Edition, SearchBuild, SearchRow, SearchWord
from news.search import engines
from news.search.contents import Contents, contents_of
from news.search.distance import sound_key
from news.search.spelling import EDGE
from news.states import PublicState
from news.stems import stem
from offices.models import Entry

VERSION = 3
"""Of the rules by which rows are written; a higher one lets the clock write all of them anew."""
BATCH = 50
PER_TICK = 10  # batches
Told = tuple[datetime, int, set[str]]
"""When an article first went out, how many words it has, and which."""
ADD_WORDS = (
    "INSERT INTO news_searchword (text, stem, uses, head, tail, sound) VALUES ON CONFLICT (text) DO UPDATE SET"
    " stem = EXCLUDED.stem, uses = news_searchword.uses + EXCLUDED.uses,"
    " head = EXCLUDED.head, tail = EXCLUDED.tail, sound = EXCLUDED.sound"
)
ADD_MONTHS = (
    "INSERT INTO news_searchmonth (month, articles, length) VALUES ON CONFLICT (month) DO UPDATE SET"
    " articles = news_searchmonth.articles + EXCLUDED.articles, length = news_searchmonth.length + EXCLUDED.length"
)


def follow_public_state(article: Article) -> None:
    """Let search find `article` where it is public and not otherwise; its lock is held and its state is stored."""
    if article.public_state == PublicState.LIVE:
        index_articles([article.pk])
    else:
        forget_articles([article.pk])


@transaction.atomic
def index_articles(ids: Iterable[int], *, renew_words: bool = False) -> None:
    """Write the rows of those of the articles that are public; the caller holds the locks of all.

    `renew_words` writes what is said of every word by the present rules, not only how many more articles hold it.
    """
    found = list(contents_of(_live_editions(ids)))
    before = list(_told_by(SearchRow.objects.filter(article__in=[contents.article.pk for contents in found])))
    SearchRow.objects.bulk_create(
        [_row(contents) for contents in found],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["published_at", "length", "counts", "words", "is_stale"],
    )
    engines.store([(contents.article.pk, contents.tokens) for contents in found])
    told = [(contents.published_at, contents.length, contents.distinct) for contents in found]
    _count(told, before, renew_words)


def _live_editions(ids: Iterable[int]) -> QuerySet[Edition]:
    public = Article.objects.published().filter(pk__in=[*ids])
    return Edition.objects.filter(pk__in=public.values("live_edition"))


@transaction.atomic
def forget_articles(ids: Iterable[int]) -> None:
    """Let nothing of these articles be found; the caller holds their locks."""
    rows = SearchRow.objects.filter(article__in=[*ids])
    _count([], _told_by(rows))
    engines.drop([*rows.values_list("pk", flat=True)])
    rows.delete()


def mark_stale(articles: QuerySet[Article]) -> None:
    """Have the rows of these articles written anew by the clock: a tag or a name among their words has changed."""
    SearchRow.objects.filter(article__in=articles.values("pk")).update(is_stale=True)


def catch_up() -> int:
    """Write what is stale or was written by older rules, as much as a tick has time for; returns how many articles."""
    done = 0
    for _batch in range(PER_TICK):
        written = refresh_batch() or build_batch()
        if not written:
            break
        done += written
    return done


def refresh_batch() -> int:
    """Write a batch of stale rows anew; returns how many."""
    stale = SearchRow.objects.filter(is_stale=True).order_by("article")
    ids = list(stale.values_list("pk", flat=True)[:BATCH])
    with transaction.atomic():
        _write_anew(ids)
    return len(ids)


def build_batch() -> int:
    """Write the next batch of public articles by the rules that now hold; returns how many, 0 at the end."""
    with transaction.atomic():
        build = _locked_build()
        if build.is_complete:
            return 0
        following = Article.objects.published().filter(pk__gt=build.reached).order_by("pk")
        ids = list(following.values_list("pk", flat=True)[:BATCH])
        _write_anew(ids)
        build.reached, build.is_complete = (ids[-1], False) if ids else (build.reached, True)
        build.save(update_fields=["version", "reached", "is_complete"])
    return len(ids)


def rebuild(tell: Callable[[int], None]) -> int:
    """Write every row anew while readers search, from where an earlier run ended; tells how many are done by now."""
    done = 0
    while written := build_batch():
        done += written
        tell(done)
    return done


def begin_anew() -> None:
    """Let the next rebuild start from the beginning."""
    SearchBuild.objects.all().delete()


def current_build() -> SearchBuild:
    """The state of the build; one that begins needs nothing that the audit trail told before it."""
    if build := SearchBuild.objects.filter(pk=1).first():
        return build
    seen = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return SearchBuild.objects.get_or_create(pk=1, defaults={"version": VERSION, "seen": seen})[0]


def _locked_build() -> SearchBuild:
    """The same, locked; what older rules wrote counts for nothing."""
    current_build()
    build = SearchBuild.objects.select_for_update().get(pk=1)
    if build.version != VERSION:
        build.version, build.reached, build.is_complete = VERSION, 0, False
    return build


def _write_anew(ids: list[int]) -> None:
    list(Article.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    index_articles(ids, renew_words=True)


def _row(contents: Contents) -> SearchRow:
    return SearchRow(
        article=contents.article,
        published_at=contents.published_at,
        length=contents.length,
        counts=contents.counts,
        words=contents.lines,
    )


def _told_by(rows: QuerySet[SearchRow]) -> Iterator[Told]:
    for moment, length, words in rows.values_list("published_at", "length", "words"):
        yield moment, length, set(words.split())


def _count(added: Iterable[Told], taken: Iterable[Told], renew_words: bool = False) -> None:
    """Bring the counts of words and months up to date.

    All are touched in one order, so that two writers never wait for each other in a circle.
    """
    words: Counter[str] = Counter()
    months: dict[date, Counter[str]] = defaultdict(Counter)
    for sign, told in ((1, added), (-1, taken)):
        for moment, length, distinct in told:
            words.update(dict.fromkeys(distinct, sign))
            months[_month_of(moment)].update(articles=sign, length=sign * length)
    _add(ADD_WORDS, [_word_row(word, change) for word, change in sorted(words.items()) if change or renew_words])
    _add(ADD_MONTHS, [(month, change["articles"], change["length"]) for month, change in sorted(months.items())])
    SearchWord.objects.filter(text__in=[word for word, change in words.items() if change < 0], uses__lte=0).delete()


def _add(statement: str, rows: list[tuple]) -> None:
    if rows:
        with connection.cursor() as cursor:
            place = f"({', '.join(['%s'] * len(rows[0]))})"
            places = ", ".join([place] * len(rows))
            cursor.execute(statement.replace("VALUES", f"VALUES {places}"), [value for row in rows for value in row])


def _word_row(word: str, change: int) -> tuple:
    return word, stem(word), change, word[:EDGE], word[-EDGE:], sound_key(word)


def _month_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date().replace(day=1)
