"""Indonesian words reduced to what two texts can be compared by."""

import re
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer

STOP_WORDS_FILE = Path(__file__).parent / "data" / "stopwords_id.txt"
WORD = re.compile(r"[^\W\d_]{3,}")
_STEMMER = snowballstemmer.stemmer("indonesian")


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
