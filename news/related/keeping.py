"""The verbs that keep a list of neighbours for every public article, and refresh those that a change touches.

A step writes one row of its own article: that its list is due. The list is made after the commit, outside of any lock,
and written under the locks of all articles it names, in the order of their keys: none of them is withdrawn meanwhile,
and nobody waits in a circle. The lists for which the step is news, those of the neighbours, are made by the workers.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial

from django.db import transaction
from django.db.models import F
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from news.models import Article, Edition, Pointer, RelatedList, RelatedRow, SearchBuild, Tag
from news.related.candidates import Candidate, Parts
from news.related.choosing import weighed, worth_keeping
from news.related.orphans import locked_public, settle, settle_orphans

MOST_TOLD = 20
MOST_ROUNDS = 4
LONGEST_TURN = 5.0
"""Seconds after which a task hands on to the next one, so that nothing due waits behind a pile of lists."""
AT_ONCE = 500

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Making:
    """A list as it has just been worked out: what is kept with whether it is shown, and whom else it concerns."""

    kept: list[tuple[Candidate, bool]]
    nearest: list[int]


def owe_list(article: Article, *, no_longer: Iterable[int] = ()) -> None:
    """Have the list of `article`, whose lock is held, made anew once the step in whose transaction this is has ended.

    `no_longer` are the articles to which its text led by hand until now.
    """
    news = {"is_due": True, "is_news": True}
    if not RelatedList.objects.filter(article=article).update(turn=F("turn") + 1, **news):
        RelatedList.objects.create(article=article, **news)
    transaction.on_commit(partial(make_list, article.pk), robust=True)
    transaction.on_commit(partial(settle_orphans, {*no_longer}), robust=True)


def owe_own_list(article: Article) -> None:
    """The same for what concerns no other list, such as a veto."""
    if RelatedList.objects.filter(article=article).update(turn=F("turn") + 1, is_due=True):
        transaction.on_commit(partial(make_list, article.pk), robust=True)


def mark_due(keys: Iterable[int]) -> None:
    """Have the workers make the lists of these articles anew. Call it outside a transaction."""
    for some in _batches(sorted({*keys})):
        with transaction.atomic():
            lists = RelatedList.objects.filter(pk__in=some)
            list(lists.select_for_update().order_by("pk").values_list("pk"))
            lists.update(is_due=True, turn=F("turn") + 1)


def mark_due_with(tag: Tag) -> None:
    """The same for all public articles that carry `tag`."""
    mark_due(Article.objects.published().filter(live_edition__tagged__tag=tag).values_list("pk", flat=True))


def make_list(key: int) -> None:
    """Make the list of the article with this key if it is due; of one that is not public, nothing is kept.

    Call it outside a transaction. Where something happens to the article meanwhile, it is made once more.
    """
    for _round in range(MOST_ROUNDS):
        state = RelatedList.objects.filter(article=key, is_due=True).first()
        if state is None or _is_written(state, _made(key)):
            return
    logger.warning("The list of article %s keeps changing; the workers will make it.", key)


def _made(key: int) -> Making:
    public = Article.objects.published().filter(pk=key)
    live = Edition.objects.with_content().select_related("article__office__region__parent")
    edition = live.filter(pk__in=public.values("live_edition")).first()
    if edition is None:
        return Making([], [])
    found = weighed(edition)
    kept = [(candidate, found.choice.places[candidate.pk].is_automatic) for candidate in worth_keeping(found)]
    return Making(kept, [candidate.pk for candidate in found.ranked[:MOST_TOLD]])


def _is_written(state: RelatedList, making: Making) -> bool:
    """Store what was made; False where the article has changed since `state` was read."""
    key = state.article_id
    if state.is_news:
        holding = RelatedRow.objects.filter(neighbour=key).values_list("article", flat=True)
        mark_due({*making.nearest, *holding} - {key})
    with transaction.atomic():
        named = {key, *(candidate.pk for candidate, _shown in making.kept), *_named_by(key)}
        public = locked_public(named)
        now = RelatedList.objects.select_for_update().get(pk=key)
        if now.is_due and now.turn != state.turn:
            return False
        if now.is_due:
            _replace(key, making, public)
            settle(named)
            RelatedList.objects.filter(pk=key).update(is_due=False, is_news=False)
    return True


def _named_by(key: int) -> Iterator[int]:
    """The articles to which the one with this key leads until now."""
    yield from RelatedRow.objects.filter(article=key).values_list("neighbour", flat=True)
    yield from Pointer.objects.filter(article=key).values_list("target", flat=True)


def _replace(key: int, making: Making, public: set[int]) -> None:
    RelatedRow.objects.filter(article=key).delete()
    if key not in public:
        RelatedRow.objects.filter(neighbour=key).delete()
        return
    RelatedRow.objects.bulk_create(
        RelatedRow(article_id=key, neighbour_id=c.pk, score=c.score, is_shown=is_shown, **asdict(c.parts or Parts()))
        for c, is_shown in making.kept
        if c.pk in public
    )


def enqueue_related() -> bool:
    """Hand due lists to the workers where there are some, no task waits to make them, and search can be asked."""
    waiting = DBTaskResult.objects.filter(task_path=make_lists.module_path, status=TaskResultStatus.READY)
    due = RelatedList.objects.filter(is_due=True)
    if not due.exists() or waiting.exists() or not SearchBuild.objects.filter(is_complete=True).exists():
        return False
    make_lists.enqueue()
    return True


@task(priority=-20)
def make_lists() -> int:
    """The workers' task: make lists for a few seconds, then let others have their turn."""
    made = make_due_lists(seconds=LONGEST_TURN)
    if made:
        enqueue_related()
    return made


def make_due_lists(*, seconds: float | None = None, tell: Callable[[int], None] | None = None) -> int:
    """Make the lists that are due, those of the newest articles first, for about `seconds` if given; returns how many.

    May run in any number of processes at once. Call it outside transactions. One that breaks keeps none of the others
    back, and is due until it can be made.
    """
    ends, made, left = None if seconds is None else time.monotonic() + seconds, 0, set[int]()
    while (ends is None or time.monotonic() < ends) and (key := _next_due(left)):
        if not _is_made(key):
            left.add(key)
            continue
        made += 1
        if tell:
            tell(made)
    return made


def _next_due(left: set[int]) -> int | None:
    due = RelatedList.objects.filter(is_due=True).exclude(pk__in=left)
    return due.order_by("-pk").values_list("pk", flat=True).first()


def _is_made(key: int) -> bool:
    try:
        make_list(key)
    except Exception:
        logger.exception("The list of article %s cannot be made.", key)
        return False
    return not RelatedList.objects.filter(article=key, is_due=True).exists()


def begin_anew() -> int:
    """Have every list made anew, and one for each public article that has none; returns how many."""
    keys = list(Article.objects.published().order_by("pk").values_list("pk", flat=True))
    for some in _batches(keys):
        RelatedList.objects.bulk_create((RelatedList(article_id=key) for key in some), ignore_conflicts=True)
    mark_due(keys)
    return len(keys)


def _batches(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
