"""Two editions side by side: what stands in each, part by part, with the words that changed marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from news.changes import Budget, Change, Mark, kept, word_changes
from news.contents import Content, Item, Passage, Picture

SHOWN_BETWEEN = 2  # unchanged passages that stand unfolded between changed ones
NOT_LIKE = 0.2  # share of words below which two passages are different ones
MOST_ALIGNED = 2_500  # pairs of passages that are weighed against each other between two unchanged ones


@dataclass(frozen=True)
class Line:
    """One passage or item on either side, empty where that side has none; `only_form` where its words are the same."""

    old: tuple[Change, ...] = ()
    new: tuple[Change, ...] = ()
    old_picture: Picture | None = None
    new_picture: Picture | None = None
    only_form: bool = False

    @property
    def is_changed(self) -> bool:
        return self.only_form or any(change.mark is not Mark.SAME for change in (*self.old, *self.new))


@dataclass(frozen=True)
class Row:
    """One part of the editions: its name and its lines in the order of the newer side."""

    label: str
    lines: tuple[Line, ...]

    @property
    def is_changed(self) -> bool:
        return any(line.is_changed for line in self.lines)

    @property
    def runs(self) -> list[tuple[bool, list[Line]]]:
        """The lines in their order, each time with whether they are so many unchanged ones that they may be folded."""
        runs = [(changed, list(lines)) for changed, lines in groupby(self.lines, lambda line: line.is_changed)]
        return [(not changed and len(lines) > SHOWN_BETWEEN, lines) for changed, lines in runs]


@dataclass(frozen=True)
class Comparison:
    """`is_coarse` where some part differed too much to be compared word by word and is marked as a whole."""

    rows: tuple[Row, ...]
    is_coarse: bool

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.is_changed]

    @property
    def unchanged(self) -> list[Row]:
        return [row for row in self.rows if row.lines and not row.is_changed]


def compare(old: Content, new: Content) -> Comparison:
    """Every part of both; the time it takes is bounded whatever they hold."""
    budget = Budget()
    rows = [
        *(Row(label, _text_lines(old.texts[label], text, budget)) for label, text in new.texts.items()),
        Row(new.body_label, tuple(_body_lines(old.body, new.body, budget))),
        *(Row(label, tuple(_item_lines(old.lists[label], items, budget))) for label, items in new.lists.items()),
    ]
    return Comparison(tuple(rows), budget.exhausted)


def _line(old: str, new: str, budget: Budget, **details: Any) -> Line:
    changes = word_changes(old, new, budget)
    return Line(
        old=tuple(change for change in changes if change.mark is not Mark.INSERTED),
        new=tuple(change for change in changes if change.mark is not Mark.DELETED),
        **details,
    )


def _text_lines(old: str, new: str, budget: Budget) -> tuple[Line, ...]:
    return (_line(old, new, budget),) if old or new else ()


def _body_lines(old: tuple[Passage, ...], new: tuple[Passage, ...], budget: Budget) -> Iterator[Line]:
    """Passages that stayed are matched first; those between are paired by the words they share."""
    i = j = 0
    for same_old, same_new in [*kept(old, new, budget), (len(old), len(new))]:
        for before, after in _paired(old[i:same_old], new[j:same_new]):
            yield _passage_line(before, after, budget)
        if same_new < len(new):
            yield _line(new[same_new].words, new[same_new].words, budget)
        i, j = same_old + 1, same_new + 1


def _passage_line(old: Passage | None, new: Passage | None, budget: Budget) -> Line:
    before, after = old.words if old else "", new.words if new else ""
    return _line(before, after, budget, only_form=bool(old and new and before == after))


def _paired(old: tuple[Passage, ...], new: tuple[Passage, ...]) -> Iterator[tuple[Passage | None, Passage | None]]:
    """The passages of a gap in their order, those beside each other that most likely are versions of one."""
    if len(old) * len(new) > MOST_ALIGNED:
        for number in range(max(len(old), len(new))):
            yield (old[number] if number < len(old) else None, new[number] if number < len(new) else None)
        return
    i = j = 0
    for pair_old, pair_new in [*_best_pairs(old, new), (len(old), len(new))]:
        yield from ((passage, None) for passage in old[i:pair_old])
        yield from ((None, passage) for passage in new[j:pair_new])
        if pair_old < len(old):
            yield old[pair_old], new[pair_new]
        i, j = pair_old + 1, pair_new + 1


def _best_pairs(old: tuple[Passage, ...], new: tuple[Passage, ...]) -> list[tuple[int, int]]:
    """The ascending pairs that together share the most words."""
    words_old, words_new = ([frozenset(p.words.split()) for p in side] for side in (old, new))
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    likeness = [[_likeness(one, other) for other in words_new] for one in words_old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words in common, 0 where it is too small to mean anything."""
    share = len(one & other) / max(1, len(one | other))
    return share if share >= NOT_LIKE else 0


def _item_lines(old: tuple[Item, ...], new: tuple[Item, ...], budget: Budget) -> Iterator[Line]:
    """Items that stand on either side are compared wherever they stand; their order is part of their words."""
    before, after = {item.key: item for item in old}, {item.key: item for item in new}
    for key in dict.fromkeys([*after, *before]):
        one, other = before.get(key), after.get(key)
        yield _line(
            one.words if one else "",
            other.words if other else "",
            budget,
            old_picture=one.picture if one else None,
            new_picture=other.picture if other else None,
        )
