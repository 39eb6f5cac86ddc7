"""Which public articles speak of the same things, going by the rare words that they share."""

from itertools import combinations

from django.db.models import QuerySet
from django.utils import timezone

from news.models import Article, Edition, SearchRow
from news.search.bm25 import WEIGHT, Archive, archive, saturated, uses_of
from news.search.contents import contents_of
from news.search.counts import code_in, key_of
from news.search.engines import All, Any, matching
from news.states import PublicState
from news.stems import stem
from news.text import stop_words

MOST_WORDS = 24  # of the text's own that are compared
DRIVING = 8  # of them that find candidates, two at a time
MOST_USES = 5_000
"""A word that more articles hold finds no candidates of its own."""
MOST_CANDIDATES = 400
"""Weighed for one text; where more share two of its words, those nearest in time are, half of them on either side."""


def similar_articles(to: Article | Edition, limit: int = 20) -> list[tuple[int, float]]:
    """The ids of the most similar public articles with a likeness above 0 and up to 1, the most similar first.

    The likeness is the share of the text's rarest words, weighed by their rarity, that the other has as often. `to`
    need not be public; of an article, its live edition is compared. Costs eleven queries, bounded whatever the
    archive's size.
    """
    own, everything = _own_words(to)
    driving = [root for root, (_weight, uses) in own.items() if uses <= MOST_USES][:DRIVING]
    if len(driving) < 2:
        return []
    pairs = Any(tuple(All(pair) for pair in combinations(driving, 2)))
    found = _nearest_in_time(to, matching(pairs).exclude(article=_article_id(to)))
    scored = [(pk, _likeness(own, length, bytes(counts), everything)) for pk, length, counts in found]
    best = sorted(scored, key=lambda pair: (-pair[1], -pair[0]))[:limit]
    public = set(Article.objects.published().filter(pk__in=[pk for pk, _likeness in best]).values_list("pk", flat=True))
    return [(pk, likeness) for pk, likeness in best if pk in public and likeness > 0]


def _article_id(to: Article | Edition) -> int:
    return to.pk if isinstance(to, Article) else to.article_id


def _nearest_in_time(to: Article | Edition, rows: QuerySet[SearchRow]) -> list[tuple]:
    article = to if isinstance(to, Article) else to.article
    moment = article.first_published_at or timezone.now()
    before = rows.filter(published_at__lte=moment).order_by("-published_at", "-pk")
    after = rows.filter(published_at__gt=moment).order_by("published_at", "pk")
    return [
        row for side in (before, after) for row in side.values_list("pk", "length", "counts")[: MOST_CANDIDATES // 2]
    ]


def _own_words(to: Article | Edition) -> tuple[dict[str, tuple[float, int]], Archive]:
    """The text's weightiest stems with their weights and uses, the weightiest first, and the archive.

    A text that is not public yet counts as if it were, so that a preview shows what the page will.
    """
    edition = to.live_edition if isinstance(to, Article) else to
    contents = next(contents_of(Edition.objects.filter(pk__in=[edition.pk] if edition else [])), None)
    everything = archive()
    if contents is None:
        return {}, everything
    roots = {stem(word) for word in contents.distinct if len(word) > 2 and word not in stop_words()}
    uses, counts = uses_of(roots), contents.counts
    if contents.article.public_state != PublicState.LIVE:
        uses = {root: uses.get(root, 0) + 1 for root in roots}
        everything = everything.with_one_more(contents.length)
    weights = {
        root: (everything.rarity(n) * _share(counts, root, contents.length, everything), n)
        for root, n in uses.items()
        if n > 1
    }
    weightiest = sorted(weights, key=lambda root: (-weights[root][0], root))[:MOST_WORDS]
    return {root: weights[root] for root in weightiest}, everything


def _share(counts: bytes, root: str, length: int, everything: Archive) -> float:
    return saturated(WEIGHT[code_in(counts, key_of(root))], length, everything.average)


def _likeness(own: dict[str, tuple[float, int]], length: int, counts: bytes, everything: Archive) -> float:
    shared = sum(
        min(weight, everything.rarity(uses) * _share(counts, root, length, everything))
        for root, (weight, uses) in own.items()
    )
    return round(shared / sum(weight for weight, _uses in own.values()), 6)
