"""One page of the answers to a question: by relevance or newest first, and the steps to the pages around it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404

from news.paging import NEWER, OLDER, Cursor
from news.search.finding import CANDIDATES, Hit, Search, newest_with_every_word, ranked
from news.search.newest import Place

PAGE_SIZE = 20
PRECISION = 10_000
WRITTEN = re.compile(r"([0-9a-f]{1,12})-([0-9a-f]{1,15})")


@dataclass(frozen=True)
class AnswerPage:
    """Some hits, the parameters that lead to the pages before and after, or None, and how many answers there are.

    `total` is None where they are not counted, or there are more than are ranked; `ranked` holds the ids of all that
    were, where answers were ranked.
    """

    hits: Sequence[Hit]
    newer: dict[str, str] | None
    older: dict[str, str] | None
    is_first: bool
    total: int | None
    ranked: Sequence[int] = ()


def by_relevance(search: Search, query: Mapping[str, str], size: int | None = None) -> AnswerPage:
    """The page of the ranking that `query` asks for; every page costs the same.

    The ranking may have moved since the page before was shown: the page begins at the same article, or, where that is
    no longer an answer, at its score. Raises `Http404` for a cursor that we did not write.
    """
    hits, size = ranked(search), size or PAGE_SIZE
    start = _start(hits, query, size)
    shown = hits[start : start + size]
    return AnswerPage(
        hits=shown,
        newer={NEWER: _cursor(shown[0])} if start and shown else {} if start else None,
        older={OLDER: _cursor(shown[-1])} if start + size < len(hits) else None,
        is_first=start == 0,
        total=len(hits) if len(hits) < CANDIDATES else None,
        ranked=[hit.article_id for hit in hits],
    )


def newest_first(search: Search, query: Mapping[str, str], size: int | None = None) -> AnswerPage:
    """The page of the newest articles with every word that `query` asks for; every page costs the same.

    Raises `Http404` for a cursor that we did not write.
    """
    size = size or PAGE_SIZE
    start = _start_of_newest(search, query, size)
    found = newest_with_every_word(search, size + 1, Place(start))
    shown = found[:size]
    return AnswerPage(
        hits=shown,
        newer=({NEWER: str(_place(shown[0]))} if shown else {}) if start else None,
        older={OLDER: str(_place(shown[-1]))} if len(found) > size else None,
        is_first=start is None,
        total=len(found) if start is None and len(found) <= size else None,
    )


def _start_of_newest(search: Search, query: Mapping[str, str], size: int) -> Cursor | None:
    """The place below which the page begins; None for the first page."""
    if query.get(OLDER):
        return Cursor.parse(query[OLDER])
    if not query.get(NEWER):
        return None
    above = newest_with_every_word(search, size + 1, Place(Cursor.parse(query[NEWER]), upwards=True))
    return _place(above[size]) if len(above) > size else None


def _place(hit: Hit) -> Cursor:
    return Cursor(hit.published_at, hit.article_id)


def _start(hits: Sequence[Hit], query: Mapping[str, str], size: int) -> int:
    """At which place of the ranking the page begins."""
    if query.get(OLDER):
        return _index(hits, query[OLDER], after=True)
    return max(0, _index(hits, query[NEWER], after=False) - size) if query.get(NEWER) else 0


def _index(hits: Sequence[Hit], cursor: str, *, after: bool) -> int:
    match = WRITTEN.fullmatch(cursor)
    if match is None:
        raise Http404
    score, pk = int(match[1], 16), int(match[2], 16)
    same = next((at for at, hit in enumerate(hits) if hit.article_id == pk), None)
    if same is not None:
        return same + after
    return next((at for at, hit in enumerate(hits) if _scaled(hit) < score), len(hits))


def _cursor(hit: Hit) -> str:
    return f"{_scaled(hit):x}-{hit.article_id:x}"


def _scaled(hit: Hit) -> int:
    return round(hit.score * PRECISION)
