"""Which words changed between two texts, found in bounded time however long and however different they are."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

WORD = re.compile(r"\s*(?:\w+|[^\w\s])|\s+\Z")
MOST_STEPS = 10_000_000  # a second or two; an ordinary correction of 20,000 words takes a hundredth of them

Pair = tuple[int, int]


class Mark(StrEnum):
    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Change:
    """A run of words that stayed, went or came; the pieces of a text follow each other without a gap."""

    mark: Mark
    text: str


class Budget:
    """How many steps are left for comparing; a part that would need more is taken as changed as a whole."""

    def __init__(self, steps: int = MOST_STEPS):
        self.left = steps
        self.exhausted = False

    def spend(self, steps: int) -> bool:
        """Whether there was enough left."""
        if steps > self.left:
            self.exhausted = True
            return False
        self.left -= steps
        return True


def word_changes(old: str, new: str, budget: Budget | None = None) -> list[Change]:
    """The words of both texts in reading order, each marked; a space belongs to the word behind it.

    Texts that differ in spaces alone are the same. Leaving out what was inserted gives the words of `old`, leaving out
    what was deleted gives `new` to the letter.
    """
    if old == new:
        return [Change(Mark.SAME, new)] if new else []
    before, after = WORD.findall(old), WORD.findall(new)
    pairs = kept([word.strip() for word in before], [word.strip() for word in after], budget)
    marked = _in_order(before, after, pairs)
    return [Change(mark, "".join(word for _mark, word in run)) for mark, run in groupby(marked, lambda one: one[0])]


def _in_order(before: list[str], after: list[str], pairs: list[Pair]) -> Iterator[tuple[Mark, str]]:
    i = j = 0
    for kept_before, kept_after in [*pairs, (len(before), len(after))]:
        yield from ((Mark.DELETED, word) for word in before[i:kept_before])
        yield from ((Mark.INSERTED, word) for word in after[j:kept_after])
        if kept_after < len(after):
            yield Mark.SAME, after[kept_after]
        i, j = kept_before + 1, kept_after + 1


def kept(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget | None = None) -> list[Pair]:
    """The positions, in `old` and in `new`, of what stayed in its order; ascending in both.

    What stands once in both is matched first, as readers would, and the gaps between are compared by themselves.
    """
    budget = budget or Budget()
    found: list[Pair] = []
    gaps = [(0, len(old), 0, len(new))]
    while gaps:
        gap, ends = _trimmed(old, new, gaps.pop())
        found += ends
        i, i_end, j, j_end = gap
        if i == i_end or j == j_end or not budget.spend(i_end - i + j_end - j):
            continue
        anchors = _anchors(old, new, gap)
        if anchors:
            found += anchors
            gaps += _between(anchors, gap)
        else:
            found += _matched(old[i:i_end], new[j:j_end], (i, j), budget)
    return sorted(found)


def _trimmed(old: Sequence, new: Sequence, gap: tuple[int, int, int, int]) -> tuple[tuple, list[Pair]]:
    """`gap` without what its two sides begin and end with in common, and that."""
    i, i_end, j, j_end = gap
    ends = []
    while i < i_end and j < j_end and old[i] == new[j]:
        ends.append((i, j))
        i, j = i + 1, j + 1
    while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
        i_end, j_end = i_end - 1, j_end - 1
        ends.append((i_end, j_end))
    return (i, i_end, j, j_end), ends


def _anchors(old: Sequence, new: Sequence, gap: tuple[int, int, int, int]) -> list[Pair]:
    """The longest ascending series of what stands once on either side of `gap`."""
    i, i_end, j, j_end = gap
    once_old, once_new = _once(old, i, i_end), _once(new, j, j_end)
    return _ascending([(place, once_new[word]) for word, place in once_old.items() if word in once_new])


def _once(words: Sequence, start: int, end: int) -> dict[Hashable, int]:
    counts = Counter(words[start:end])
    return {words[place]: place for place in range(start, end) if counts[words[place]] == 1}


def _ascending(pairs: list[Pair]) -> list[Pair]:
    """The longest part of `pairs`, ascending in their first numbers, that ascends in the second too."""
    lowest: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for number, (_i, j) in enumerate(pairs):
        pile = bisect_left(lowest, j)
        before.append(heads[pile - 1] if pile else -1)
        lowest[pile : pile + 1], heads[pile : pile + 1] = [j], [number]
    series, number = [], heads[-1] if heads else -1
    while number >= 0:
        series.append(pairs[number])
        number = before[number]
    return series[::-1]


def _between(anchors: list[Pair], gap: tuple[int, int, int, int]) -> Iterator[tuple[int, int, int, int]]:
    i, i_end, j, j_end = gap
    for anchor_i, anchor_j in [*anchors, (i_end, j_end)]:
        yield i, anchor_i, j, anchor_j
        i, j = anchor_i + 1, anchor_j + 1


def _matched(old: Sequence, new: Sequence, start: Pair, budget: Budget) -> list[Pair]:
    """What a gap without anchors has in common: words that all repeat, where the budget allows to try them all."""
    counts = Counter(new)
    tries = sum(counts[word] for word in old)
    if not tries or not budget.spend(tries * min(len(old), len(new))):
        return []
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(start[0] + i + k, start[1] + j + k) for i, j, size in blocks for k in range(size)]
