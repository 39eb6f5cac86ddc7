"""The passage of an article that answers a question, with the words that were asked for marked."""

from collections.abc import Mapping

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from news.html import plain_text
from news.models import Edition
from news.stems import stem
from news.text import Piece, pieces_of

WORDS = 34
BEFORE = 6
"""So many words of a passage stand before the first one that was asked for."""
READ = 20_000  # characters of a body


def marked(text: str, weights: Mapping[str, float]) -> SafeString:
    """`text`, escaped, with every word marked whose stem stands in `weights`."""
    return _marked(text, list(pieces_of(text)), weights)


def excerpt(edition: Edition, weights: Mapping[str, float]) -> SafeString:
    """The passage of the deck and the body that holds most of the weight, marked; the deck where none holds any."""
    texts = (edition.deck, plain_text(_beginning(edition.body)))
    weight, text, pieces = max((_passage(text, weights) for text in texts), key=lambda passage: passage[0])
    return _marked(text, pieces, weights) if weight else SafeString(conditional_escape(edition.deck))


def _beginning(body: str) -> str:
    """As much of a body as is looked through, with no tag cut in two."""
    return body if len(body) <= READ else body[:READ].rpartition("<")[0]


def _passage(text: str, weights: Mapping[str, float]) -> tuple[float, str, list[Piece]]:
    """The weight of the best run of words in `text`, the run, and its words with their places in it."""
    pieces = list(pieces_of(text))
    hits = [at for at, piece in enumerate(pieces) if stem(piece.word) in weights]
    if not hits:
        return 0.0, "", []
    starts = {max(0, at - BEFORE) for at in hits}
    weight, start = max((_weight(pieces[at : at + WORDS], weights), -at) for at in starts)
    run = pieces[-start : -start + WORDS]
    return weight, *_cut(text, run, is_end=-start + WORDS >= len(pieces))


def _weight(run: list[Piece], weights: Mapping[str, float]) -> float:
    """Each word of the question counts once, and a little for every other time."""
    found = [stem(piece.word) for piece in run]
    return sum(weights.get(root, 0.0) for root in {*found}) + 0.01 * sum(root in weights for root in found)


def _cut(text: str, run: list[Piece], is_end: bool) -> tuple[str, list[Piece]]:
    """The text of a run of words, with dots where it was cut off, and the words where they stand in it now."""
    begin, end = run[0].start, len(text) if is_end else run[-1].end
    before = "… " if begin else ""
    moved = [Piece(p.word, p.start - begin + len(before), p.end - begin + len(before)) for p in run]
    return f"{before}{text[begin:end]}{'' if is_end else ' …'}", moved


def _marked(text: str, pieces: list[Piece], weights: Mapping[str, float]) -> SafeString:
    written, at = [], 0
    for piece in pieces:
        if stem(piece.word) in weights:
            word = conditional_escape(text[piece.start : piece.end])
            written += [conditional_escape(text[at : piece.start]), f"<mark>{word}</mark>"]
            at = piece.end
    return mark_safe("".join([*written, conditional_escape(text[at:])]))  # noqa: S308 - every part is escaped above
