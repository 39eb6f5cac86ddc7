"""What word processors leave in a text, brought into the shape that an editor means by it."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

TAGS = re.compile(r"(<[^>]*>)")
INVISIBLE = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
MARKS = {
    # Word draws dots with the fonts Symbol and Wingdings, which arrive as these characters.
    "dot": re.compile(r"<p>\s*(?:[·•‣▪●○◦■\uf0a7\uf0b7\uf0d8\uf0fc]|[o§ØüvÜ](?=\s*\xa0))\s*"),
    "number": re.compile(r"<p>\s*([0-9]{1,2})[.)](?=\s*\xa0)\s{2,}"),
    "dash": re.compile(r"<p>\s*[-–—]\s+"),
}
LONE_PARAGRAPH = re.compile(r"<li><p>((?:(?!</?(?:p|ul|ol|li|blockquote)>).)*)</p></li>", re.DOTALL)
EDGES = re.compile(r"^(<(?:p|h2|h3)>)\s+|(?<!\s)\s++(</(?:p|h2|h3)>)$")
PROSE = ("p", "h2", "h3")


def settled(block: str) -> list[str]:
    """The markup of one well-formed block without empty elements and idle line breaks, cut where lines were skipped."""
    block = _without_empties(block)
    tag = block[1 : block.find(">")]
    if tag not in PROSE:
        return [LONE_PARAGRAPH.sub(r"<li>\1</li>", block)] if block else []
    pieces = _without_idle_breaks(block, cut=tag == "p")
    return [piece for piece in map(_without_empties, pieces) if piece]


def _without_empties(markup: str) -> str:
    """Drops every element that holds no word; a break or a space between words stays."""
    kept: list[str] = []
    starts: list[tuple[int, bool]] = []
    for piece in TAGS.split(markup):
        if piece.startswith("</"):
            at, told = starts.pop()
            if told:
                kept.append(piece)
                starts[-1:] = [(starts[-1][0], True)] if starts else []
            else:
                kept[at:] = [] if piece not in ("</strong>", "</em>", "</a>") else kept[at + 1 :]
        elif piece.startswith("<") and piece != "<br>":
            starts.append((len(kept), False))
            kept.append(piece)
        elif piece:
            kept.append(piece)
            if starts and piece.strip() and piece != "<br>":
                starts[-1] = (starts[-1][0], True)
    return "".join(kept)


def _without_idle_breaks(block: str, *, cut: bool) -> Iterator[str]:
    """The block without breaks at its edges; two in a row end a paragraph, wherever its emphases stand."""
    first, *inner, last = [piece for piece in TAGS.split(block) if piece]
    parts, around, breaks, spoken = [first], [], 0, False
    for piece in inner:
        if piece == "<br>":
            breaks += 1
        elif piece.startswith("<"):
            around = around[:-1] if piece.startswith("</") else [*around, piece]
            parts.append(piece)
        elif piece.strip():
            if breaks > 1 and spoken and cut:
                yield "".join([*parts, *map(_end_of, reversed(around)), last])
                parts = [first, *around]
            elif spoken:
                parts += ["<br>"] * breaks
            parts.append(piece)
            breaks, spoken = 0, True
        elif spoken and not breaks:
            parts.append(piece)
    yield "".join([*parts, last])


def _end_of(start: str) -> str:
    return f"</{re.match('<([a-z0-9]+)', start)[1]}>"


def listed(blocks: Iterable[str]) -> Iterator[str]:
    """The blocks, with paragraphs that begin with the mark of a list gathered into one.

    A dash counts where two follow each other; numbers where they begin with 1 and Word's wide space follows them.
    """
    for kind, run in groupby(blocks, _kind):
        paragraphs = list(run)
        if kind == "dash" and len(paragraphs) < 2 or kind == "number" and not _counts(paragraphs):
            kind = ""
        yield from _as_list(kind, paragraphs) if kind else paragraphs


def _as_list(kind: str, paragraphs: list[str]) -> list[str]:
    items = "".join(f"<li>{MARKS[kind].sub('', one, count=1).removesuffix('</p>')}</li>" for one in paragraphs)
    made = _without_empties(f"<ol>{items}</ol>" if kind == "number" else f"<ul>{items}</ul>")
    return [made] if made else []


def _kind(block: str) -> str:
    return next((name for name, mark in MARKS.items() if mark.match(block)), "")


def _counts(paragraphs: list[str]) -> bool:
    numbers = [MARKS["number"].match(one) for one in paragraphs]
    return [int(found[1]) for found in numbers if found] == list(range(1, len(paragraphs) + 1))


def spaced(block: str) -> str:
    """The block with one space where several held a line together, and none at its edges."""
    pieces = TAGS.split(EDGES.sub(r"\1\2", block))
    return "".join(piece if piece.startswith("<") else re.sub(r"\s{2,}", _one_space, piece) for piece in pieces)


def _one_space(found: re.Match[str]) -> str:
    return " " if "\xa0" in found[0] else found[0]
