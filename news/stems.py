"""Indonesian words reduced to their roots: by a list of roots where one fits, by rule otherwise."""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer

ROOTS_FILE = Path(__file__).parent / "data" / "roots_id.txt"
SHORTEST_ROOT = 3
PARTICLES, POSSESSIVES, SUFFIXES = ("lah", "kah", "pun", "tah"), ("nya", "ku", "mu"), ("kan", "an", "i", "wan", "wati")
# What a prefix leaves of a word, and with which letters the root may have begun before the prefix took its first.
NASAL = (
    ("meny", "s"),
    ("peny", "s"),
    ("meng", "k"),
    ("peng", "k"),
    ("mem", "p"),
    ("pem", "p"),
    ("men", "t"),
    ("pen", "t"),
)
PLAIN = (
    *("menge", "penge", "meng", "peng", "mem", "pem", "men", "pen"),
    *("ber", "ter", "per", "be", "te", "bel", "pel", "di", "ke", "se", "pari"),
)
MOST_PREFIXES = 3


@cache
def roots() -> frozenset[str]:
    """The roots that words are cut back to; the list's first lines say where it comes from."""
    lines = ROOTS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The root of one word in small letters; a word that no rule fits is its own."""
    for shorter in _without_suffixes(word):
        if found := _root_in(shorter, MOST_PREFIXES):
            return found
    # A stemmer for each word: it writes down in itself how far it is, and threads would read each other's notes.
    return snowballstemmer.stemmer("indonesian").stemWord(word)


def _without_suffixes(word: str) -> Iterator[str]:
    """The word, then what is left of it without one suffix after the other: -lah, -nya, -kan."""
    yield word
    for endings in (PARTICLES, POSSESSIVES):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_ROOT:
                word = word.removesuffix(ending)
                yield word
                break
    for ending in SUFFIXES:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_ROOT:
            yield word.removesuffix(ending)


def _root_in(word: str, prefixes: int) -> str:
    """The root that `word` is, or becomes without at most so many prefixes; empty where there is none."""
    if word in roots():
        return word
    if not prefixes:
        return ""
    for shorter in _without_a_prefix(word):
        if len(shorter) >= SHORTEST_ROOT and (found := _root_in(shorter, prefixes - 1)):
            return found
    return ""


def _without_a_prefix(word: str) -> Iterator[str]:
    if word.startswith(("me", "pe")):
        yield word[2:]
    for prefix, first in NASAL:
        if word.startswith(prefix) and word[len(prefix) : len(prefix) + 1] in tuple("aiueo"):
            yield first + word.removeprefix(prefix)
    for prefix in PLAIN:
        if word.startswith(prefix):
            yield word.removeprefix(prefix)
