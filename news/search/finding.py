"""Which public articles answer a question, the best first: candidates from the database, weighed by BM25 in Python.

Candidates are the newest articles with all words, and the newest with all of them in the headline where there are many;
where there are few, also those that lack a word, then those with two, then with one. The score of a candidate is its
BM25, where headline, deck and surroundings weigh differently (`news.search.bm25`), more where the very word stands
there and not only its stem, times the share of the question's rarity that it covers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from news.queries import PARAMETERS, Filters, between
from news.search.bm25 import WEIGHT, Archive, archive, saturated, uses_of
from news.search.contents import HEADLINE_MARK, facet
from news.search.counts import EXACT, IS_WORD, code_in, key_of
from news.search.engines import All, Any, Wanted
from news.search.newest import AT_THE_NEWEST, Lookup, Place, Reader
from news.search.questions import Question
from news.stems import stem

CANDIDATES = 400
ENOUGH = 10
MOST_COMBINED = 7
MOST_USES = 20_000
"""A word that more articles hold finds nothing by itself where other words were asked for too."""
VERY_WORD = 0.25  # of a word's rarity, for standing there in the form that was typed
IN_ORDER = ("pk", "published_at")
TO_WEIGH = (*IN_ORDER, "length", "counts")


@dataclass(frozen=True)
class Hit:
    """A candidate and its score, with the moment it first went out."""

    article_id: int
    score: float
    published_at: datetime


@dataclass(frozen=True)
class Term:
    """A word as candidates are weighed by it; `very_key` is None where the word is its own stem."""

    stem: str
    rarity: float
    key: bytes
    very_key: bytes | None


@dataclass(frozen=True)
class Search:
    """A question within filters, with what the archive says about its words: `uses` by stem, without unknown ones."""

    question: Question
    filters: Filters
    everything: Archive
    uses: dict[str, int] = field(default_factory=dict)

    @property
    def stems(self) -> list[str]:
        """The known stems that are meant, the rarest first."""
        known = {stem(word) for word in self.question.meant}
        return sorted((root for root in known if root in self.uses), key=lambda root: (self.uses[root], root))

    def uses_of(self, word: str) -> int:
        """About how many articles hold a word in any form."""
        return self.uses.get(stem(word), 0)

    def knows(self, word: str) -> bool:
        return self.uses_of(word) > 0

    @property
    def facets(self) -> tuple[str, ...]:
        chosen = ((name, getattr(self.filters, name)) for name in PARAMETERS if not name.startswith("date_"))
        return tuple(facet(PARAMETERS[name], value.pk) for name, value in chosen if value)

    def lookup(self, *parts: Wanted) -> Lookup:
        """What has `parts` and everything that is wanted besides words."""
        bounds = between(self.filters.date_from, self.filters.date_to)
        days = {_column(name): value for name, value in bounds.items()}
        question = self.question
        return Lookup(question.with_all(parts, self.facets), days, question.phrases, question.never)

    @property
    def with_every_word(self) -> Lookup | None:
        """All of what is asked for; None where there is nothing that could be found."""
        stems = self.stems
        if self.filters.problems or not (stems or self.question.phrases):
            return None
        return self.lookup(*stems)

    def read(self, lookup: Lookup, fields: tuple[str, ...], limit: int, place: Place = AT_THE_NEWEST) -> list[tuple]:
        """At most `limit` rows from `place` on, in the order of reading, as tuples of `fields`."""
        return Reader(self.everything, self.uses, fields).read(lookup, limit, place)


def search_for(question: Question, filters: Filters) -> Search:
    """Two queries: how common the words are, and how much there is."""
    uses = uses_of({*(stem(word) for word in question.asked), *question.fixed})
    return Search(question, filters, archive(), uses)


def terms_of(search: Search) -> Iterator[Term]:
    """The known words that count for the ranking."""
    for word in search.question.asked:
        root = stem(word)
        if root in search.uses:
            rarity = search.everything.rarity(search.uses[root])
            yield Term(root, rarity, key_of(root), None if root == word else key_of(EXACT + word))


def ranked(search: Search) -> list[Hit]:
    """The best answers, at most twice `CANDIDATES`, the best first; among equals the newest."""
    terms = list(terms_of(search))
    whole = sum(term.rarity for term in terms)
    hits = [
        Hit(pk, _score(terms, whole, length, bytes(counts), search.everything.average), moment)
        for pk, moment, length, counts in _candidates(search)
    ]
    return sorted(hits, key=lambda hit: (hit.score, hit.published_at, hit.article_id), reverse=True)


def newest_with_every_word(search: Search, limit: int, place: Place = AT_THE_NEWEST) -> list[Hit]:
    """At most `limit` articles that have all of what is asked for, from `place` on, in the order of reading."""
    lookup = search.with_every_word
    rows = search.read(lookup, IN_ORDER, limit, place) if lookup else []
    return [Hit(pk, 0.0, moment) for pk, moment in rows]


def _score(terms: Iterable[Term], whole: float, length: int, counts: bytes, average: float) -> float:
    score = covered = 0.0
    for term in terms:
        code = code_in(counts, term.key)
        if not code:
            continue
        covered += term.rarity
        score += term.rarity * saturated(WEIGHT[code], length, average)
        if code & IS_WORD if term.very_key is None else code_in(counts, term.very_key):
            score += VERY_WORD * term.rarity
    return round(score * covered / whole, 4) if whole else 0.0


def _candidates(search: Search) -> Iterable[tuple]:
    every = search.with_every_word
    if every is None:
        return ()
    found = {row[0]: row for row in search.read(every, TO_WEIGH, CANDIDATES)}
    if len(found) == CANDIDATES and search.stems:
        on_top = search.lookup(*(HEADLINE_MARK + root for root in search.stems))
        found |= {row[0]: row for row in search.read(on_top, TO_WEIGH, CANDIDATES)}
    for weaker in _weaker(search):
        if len(found) >= ENOUGH:
            break
        found |= {row[0]: row for row in search.read(search.lookup(weaker), TO_WEIGH, CANDIDATES)}
    return found.values()


def _weaker(search: Search) -> Iterator[Wanted]:
    """Ever weaker demands: all words but one, then two, then one that is not too common."""
    stems = search.stems[:MOST_COMBINED]
    for size in dict.fromkeys((len(stems) - 1, 2)):
        if 1 < size < len(search.stems):
            yield Any(tuple(All(some) for some in combinations(stems, size)))
    if len(search.stems) > 1:
        yield Any(tuple(root for root in stems if root == stems[0] or search.uses[root] <= MOST_USES))


def _column(name: str) -> str:
    """What a bound of `Filters.days` is called beside a row of the index."""
    return name.removeprefix("first_") if name.startswith("first_") else f"article__{name}"
