"""How often each stem stands where in an article, packed so that hundreds of articles are weighed in a moment.

Four bytes a stem: three of a checksum, one of counts. The lowest four bits count the body up to 15; then one bit each
tells whether the stem itself stands there as a word, and whether it stands in the surroundings, the deck, the headline.
A word that is not its own stem has four bytes of its own, under "=" and the word. Two stems with one checksum are told
apart by nothing, which befalls one of 50,000 pairs of stem and article.
"""

from collections import Counter
from collections.abc import Iterable
from zlib import crc32

from news.stems import stem

MOST_IN_BODY = 15
IS_WORD, AROUND, DECK, HEADLINE = 0x10, 0x20, 0x40, 0x80
SIZE = 4
EXACT = "="
IN_BODY = tuple(code & MOST_IN_BODY for code in range(256))


def packed(headline: Iterable[str], deck: Iterable[str], body: Iterable[str], around: Iterable[str]) -> bytes:
    """The counts of four lists of words."""
    codes: Counter[str] = Counter()
    for words, bit in ((headline, HEADLINE), (deck, DECK), (around, AROUND)):
        for word in words:
            for name in names_of(word):
                codes[name] |= bit
    for word, times in Counter(body).items():
        for name in names_of(word):
            codes[name] += min(times, MOST_IN_BODY - (codes[name] & MOST_IN_BODY))
    for word in {*headline, *deck, *body, *around}:
        if stem(word) == word:
            codes[word] |= IS_WORD
    return b"".join(sorted(key_of(name) + bytes((code,)) for name, code in codes.items()))


def names_of(word: str) -> tuple[str, ...]:
    """Under which names a word is counted: its stem, and itself where that is another."""
    root = stem(word)
    return (root,) if root == word else (root, EXACT + word)


def key_of(name: str) -> bytes:
    return crc32(name.encode()).to_bytes(SIZE, "big")[: SIZE - 1]


def code_in(counts: bytes, key: bytes) -> int:
    """The counts under `key`, 0 where there are none."""
    place = counts.find(key)
    while place >= 0 and place % SIZE:
        place = counts.find(key, place + 1)
    return counts[place + SIZE - 1] if place >= 0 else 0


def codes_in(counts: bytes) -> dict[bytes, int]:
    """All counts by their keys."""
    return {counts[at : at + SIZE - 1]: counts[at + SIZE - 1] for at in range(0, len(counts), SIZE)}
