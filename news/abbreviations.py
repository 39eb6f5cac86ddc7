"""What abbreviations of the administration stand for, so that a text with one form is found by the other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from news.stems import stem
from news.text import data_lines, stop_words


@cache
def expansions() -> dict[str, list[tuple[str, ...]]]:
    """The words that each abbreviation stands for, in every reading the committed table has."""
    found = defaultdict(list)
    for line in data_lines("abbreviations_id.txt"):
        short, _colon, long = line.partition(":")
        found[short].append(tuple(long.split()))
    return dict(found)


@cache
def _by_first_stem() -> dict[str, list[tuple[list[str], str]]]:
    found = defaultdict(list)
    for short, readings in expansions().items():
        for words in readings:
            roots = _roots(words)
            found[roots[0]].append((roots, short))
    return dict(found)


def other_forms(words: Sequence[str]) -> Iterator[str]:
    """The words that abbreviations among `words` stand for, and abbreviations for what is written out there."""
    for word in dict.fromkeys(words):
        for reading in expansions().get(word, ()):
            yield from reading
    roots = _roots(words)
    for place, root in enumerate(roots):
        for written, short in _by_first_stem().get(root, ()):
            if roots[place : place + len(written)] == written:
                yield short


def _roots(words: Sequence[str]) -> list[str]:
    return [stem(word) for word in words if word not in stop_words()]
