"""Indonesian words reduced to what two texts can be compared by."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from news.stems import stem

DATA = Path(__file__).parent / "data"
WORD = re.compile(r"[^\W\d_]{3,}")
LONGEST_WORD = 40
# Titles and abbreviations with dots (S.Sos., M.Si., Ph.D.), thousands (1.250), and runs of letters and digits.
DOTTED = r"(?<![^\W_])[^\W\d_]{1,2}(?:\.[^\W\d_]{1,4})+(?![^\W_])"
PIECE = re.compile(DOTTED + r"|\d+(?:\.\d{3})+(?!\d)|[^\W_]+(?:['’‘ʼ`´][^\W_]+)*")
NO_WORD = re.compile(r"[\W_]+")


class Piece(NamedTuple):
    """A word of a text in the spelling that texts are compared by, and where it stands."""

    word: str
    start: int
    end: int


@cache
def stop_words() -> frozenset[str]:
    """The words that say nothing about a text's topic; the list's sources stand in its first lines."""
    return frozenset(data_lines("stopwords_id.txt"))


@cache
def titles() -> frozenset[str]:
    """What stands before and behind the names of people: dr, h, ssos."""
    return frozenset(word for line in data_lines("titles_id.txt") for word in line.split())


def data_lines(name: str) -> list[str]:
    """The lines of a word list in `news/data/` without its remarks."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def stems(text: str) -> frozenset[str]:
    """The stems of the meaningful words of `text`."""
    words = WORD.findall(text.lower())
    return frozenset(stem(word) for word in words if word not in stop_words())


def pieces_of(text: str) -> Iterator[Piece]:
    """Every word of `text` in its order, numbers and stop words too."""
    for match in PIECE.finditer(text):
        if word := folded(match[0]):
            yield Piece(word, match.start(), match.end())


def words_of(text: str) -> list[str]:
    """The words alone, as `pieces_of` spells them."""
    return [word for piece in PIECE.findall(text) if (word := folded(piece))]


@lru_cache(maxsize=50_000)
def folded(piece: str) -> str:
    """One word in small letters without accents, dots and apostrophes: "S.Sos" is ssos, "Jum’at" jumat."""
    if not piece.isascii():
        piece = "".join(c for c in unicodedata.normalize("NFKD", piece) if not unicodedata.combining(c))
    return NO_WORD.sub("", piece.lower())[:LONGEST_WORD]
