"""What a word that no article holds was probably meant to be, going by the words that public articles do hold."""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from news.models import SearchWord
from news.search.distance import slips, sound_key
from news.stems import stem

EDGE = 3  # letters
SHORTEST, LONGEST = 4, 24
MUCH_MORE = 10
MOST_COMPARED = 600
"""Words looked at for one that is unknown: those that begin, end or sound alike, the most used first."""


def most_slips(word: str) -> int:
    """How many slips a word of this length may hold."""
    return 1 if len(word) < 6 else 2 if len(word) < 11 else 3


def corrections(words: Iterable[str]) -> dict[str, str]:
    """For each of `words`, which no article holds, the nearest that some do; words without a near one are left out.

    One query a word. Of words equally near, the one that sounds the same wins, then the one that more articles hold.
    """
    found = {word: _nearest(word) for word in words if _may_be_a_slip(word)}
    return {word: near for word, near in found.items() if near}


def better_known(uses: Mapping[str, int]) -> dict[str, str]:
    """For each of the words of `uses`, which few articles hold, a near one that far more do, where there is one."""
    found = {word: _nearest(word, MUCH_MORE * number) for word, number in uses.items() if _may_be_a_slip(word)}
    return {word: near for word, near in found.items() if near}


def _may_be_a_slip(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def _nearest(word: str, fewest: int = 1) -> str:
    """The word nearest to `word` that at least `fewest` articles hold; empty where there is none near enough."""
    most, key, root = most_slips(word), sound_key(word), stem(word)
    alike = Q(head=word[:EDGE]) | Q(tail=word[-EDGE:]) | (Q(sound=key) if len(key) > 1 else Q(pk__in=()))
    candidates = SearchWord.objects.filter(alike, uses__gte=fewest).exclude(stem=root).order_by("-uses", "text")
    ranked = [
        (slips(word, text, most), sound != key, -uses, text)
        for text, sound, uses in candidates.values_list("text", "sound", "uses")[:MOST_COMPARED]
        if text.isalpha() and len(text) >= SHORTEST
    ]
    near = [row for row in ranked if row[0] <= most]
    return min(near)[3] if near else ""
