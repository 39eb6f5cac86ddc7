"""Indonesian words reduced to what two texts can be compared by."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer

STOP_WORDS_FILE = Path(__file__).parent / "data" / "stopwords_id.txt"
WORD = re.compile(r"[^\W\d_]{3,}")
LONGEST_WORD = 40
# Titles and abbreviations with dots (S.Sos., M.Si., Ph.D.), thousands (1.250), and runs of letters and digits.
DOTTED = r"(?<![^\W_])[^\W\d_]{1,2}(?:\.[^\W\d_]{1,4})+(?![^\W_])"
PIECE = re.compile(DOTTED + r"|\d+(?:\.\d{3})+(?!\d)|[^\W_]+(?:['’‘ʼ`´][^\W_]+)*")
NO_WORD = re.compile(r"[\W_]+")
_STEMMER = snowballstemmer.stemmer("indonesian")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a text in the spelling that texts are compared by, and where it stands."""

    word: str
    start: int
    end: int


@cache
def stop_words() -> frozenset[str]:
    """The words that say nothing about a text's topic; the list's sources stand in its first lines."""
    lines = STOP_WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one lower-case Indonesian word."""
    return _STEMMER.stemWord(word)


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
