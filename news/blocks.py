"""A body cut into its top-level blocks, each well-formed and in the house's own names."""

import re
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "h2", "h3", "blockquote", "ul", "ol", "div"})
READ_ALSO, QUOTE = "baca-juga", "kutipan"
PLACEHOLDERS = frozenset({READ_ALSO, QUOTE})
VOID = frozenset({"br"})
RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
ONE_LOWER = {"h1": "h2", "h2": "h3"}
# Containers that vanish, but keep the words of neighbours apart: "<td>a</td><td>b</td>" is not "ab".
CELLS = frozenset({"caption", "dd", "dt", "figcaption", "td", "th", "tr"})
SECTIONS = frozenset({"address", "article", "aside", "center", "figure", "footer", "header", "main", "pre", "section"})
SEPARATING = CELLS | SECTIONS
BOUNDARIES = BLOCKS | SEPARATING | {"li"}
MAY_HOLD_BLOCKS = frozenset({"blockquote", "ul", "ol", "li", "div"})
MAY_HOLD_ITEMS = frozenset({"blockquote", "ul", "ol"})
EMPHASES = ("strong", "em")


@dataclass(frozen=True)
class Block:
    """One top-level piece of a body: its tag, its markup, and the reference it holds if it is a placeholder."""

    tag: str
    html: str
    article: int | None = None
    quote: int | None = None

    @property
    def is_paragraph(self) -> bool:
        return self.tag == "p"


def blocks_of(cleaned: str) -> list[Block]:
    """The top-level blocks of markup that the sanitiser has already passed.

    Where a text has a heading of the first level, which is the page's own, all its headings go down one level.
    """
    cutter = _Cutter({**RENAMED, **ONE_LOWER} if _has_first_level(cleaned) else RENAMED)
    cutter.feed(cleaned)
    cutter.close()
    cutter.finish_block()
    return cutter.blocks


def plain_text(markup: str) -> str:
    """The words of `markup`, blocks separated by a space."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup))).strip()


def read_also_block(article_id: int) -> str:
    """The stored form of a "Baca juga" block: an identity, no text."""
    return f'<div class="{READ_ALSO}" data-article="{article_id}"></div>'


def quote_block(number: int) -> str:
    """The stored form of a quote's place in the body."""
    return f'<div class="{QUOTE}" data-quote="{number}"></div>'


def _has_first_level(cleaned: str) -> bool:
    if "<h1" not in cleaned:  # which may also stand in the title of a link
        return False
    looker = _Looker()
    looker.feed(cleaned)
    return looker.found


class _Looker(HTMLParser):
    found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = self.found or tag == "h1"


class _Cutter(HTMLParser):
    """Reads what nh3 has written, and gathers its top-level blocks.

    nh3 drops elements and keeps what stood in them, so a paragraph may come to stand in a paragraph, or in a link. A
    parser would read that otherwise than it is written; so whatever cannot hold a block is closed before one begins.
    """

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._names = names
        self._open: list[int] = []  # for every open element, how many end tags are still to be written
        self._kept: list[str] = []  # the open elements that are written, and where they stand in `_open`
        self._places: list[int] = []
        self._parts: list[str] = []
        self._tag = ""  # of the block being gathered
        self._loose = False
        self._muted_above = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag, attributes = self._names.get(tag, tag), dict(attrs)
        if tag in BOUNDARIES and not self._muted_above:
            self._close_down_to(MAY_HOLD_ITEMS if tag == "li" else MAY_HOLD_BLOCKS)
        written = [] if self._muted_above else [t for t in _meant(tag, attributes) if self._keeps(t, attributes)]
        for name in written:
            self._begin(name)
            self._parts.append(_start_tag(name, attrs if name == "a" else []))
        if tag not in VOID:
            self._open.append(len(written))
            self._kept += written
            self._places += [len(self._open) - 1] * len(written)

    def handle_endtag(self, tag: str) -> None:
        tag = self._names.get(tag, tag)
        if tag in VOID or not self._open:
            return
        for _number in range(self._open.pop()):
            self._places.pop()
            self._parts.append(f"</{self._kept.pop()}>")
        if self._muted_above:
            self._muted_above = self._muted_above if len(self._open) >= self._muted_above else 0
        elif tag in BOUNDARIES and not self._kept:
            self.finish_block()
        elif tag in SEPARATING:
            self._parts.append(" ")

    def handle_data(self, data: str) -> None:
        if self._muted_above or not (self._tag or data.strip()):
            return
        self._begin("")
        self._parts.append(escape(data, quote=False))

    def _keeps(self, tag: str, attrs: dict[str, str | None]) -> bool:
        """Whether the element is written; a placeholder becomes a block of its own, or nothing inside another block."""
        if tag == "div" and attrs.get("class") in PLACEHOLDERS:
            self._muted_above = len(self._open) + 1
            if not self._kept:
                self._place(attrs)
            return False
        if tag in ("div", "li"):
            return bool(self._kept)
        if tag == "a" and not attrs.get("href"):
            return False
        return tag not in SEPARATING and not (tag in ("a", *EMPHASES) and tag in self._kept)

    def _begin(self, tag: str) -> None:
        """Start a block where none is being gathered: as `tag`, or as a paragraph around what stands in none."""
        if not self._tag:
            self._loose = tag not in BLOCKS
            self._tag = "p" if self._loose else tag

    def _close_down_to(self, holders: frozenset[str]) -> None:
        while self._kept and self._kept[-1] not in holders:
            self._open[self._places.pop()] -= 1
            self._parts.append(f"</{self._kept.pop()}>")
        if not self._kept:
            self.finish_block()

    def finish_block(self) -> None:
        """Close the block being gathered; one without a word is dropped."""
        markup, tag = "".join(self._parts), self._tag
        if plain_text(markup):
            self.blocks.append(Block(tag, f"<p>{markup}</p>" if self._loose else markup))
        self._parts, self._tag, self._loose = [], "", False

    def _place(self, attrs: dict[str, str | None]) -> None:
        kind = attrs["class"]
        reference = attrs.get("data-article" if kind == READ_ALSO else "data-quote")
        if reference and kind == READ_ALSO:
            self.blocks.append(Block("div", read_also_block(int(reference)), article=int(reference)))
        elif reference:
            self.blocks.append(Block("div", quote_block(int(reference)), quote=int(reference)))


def _meant(tag: str, attrs: dict[str, str | None]) -> tuple[str, ...]:
    """What an element stands for: Google Docs wraps a text in a `b` that is not bold, and writes bold as a style."""
    style = dict(re.findall(r"([a-z-]+)\s*:\s*([a-z0-9]+)", (attrs.get("style") or "").lower()))
    weight, slant = style.get("font-weight", ""), style.get("font-style", "")
    if tag == "strong" and weight in ("normal", "400") or tag == "em" and slant == "normal":
        return ()
    if tag != "span":
        return (tag,)
    bold = weight in ("bold", "bolder", "600", "700", "800", "900")
    return tuple(name for name, told in zip(EMPHASES, (bold, slant == "italic")) if told)


def _start_tag(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    written = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
    return f"<{tag}{written}>"
