"""What markup a body may contain: the one sanitiser, and the body cut into its top-level blocks."""

import re
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser

import nh3

BLOCKS = frozenset({"p", "h2", "h3", "blockquote", "ul", "ol", "div"})
READ_ALSO, QUOTE = "baca-juga", "kutipan"
PLACEHOLDERS = frozenset({READ_ALSO, QUOTE})
ATTRIBUTES = {"a": {"href", "title"}, "div": {"data-article", "data-quote"}}
VOID = frozenset({"br"})
RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
# Containers that vanish, but keep the words of neighbours apart: "<td>a</td><td>b</td>" is not "ab".
CELLS = frozenset({"caption", "dd", "dt", "figcaption", "td", "th", "tr"})
SECTIONS = frozenset({"address", "article", "aside", "center", "figure", "footer", "header", "main", "pre", "section"})
SEPARATING = CELLS | SECTIONS
BOUNDARIES = BLOCKS | SEPARATING | {"li"}
MAY_HOLD_BLOCKS = frozenset({"blockquote", "ul", "ol", "li", "div"})
MAY_HOLD_ITEMS = frozenset({"blockquote", "ul", "ol"})


def _allowed_value(tag: str, attribute: str, value: str) -> str | None:
    """The value an attribute keeps, None where it goes: block references are short whole numbers."""
    if attribute.startswith("data-"):
        return value if re.fullmatch(r"[1-9][0-9]{0,17}", value) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=BOUNDARIES | {"strong", "em", "a"} | VOID | set(RENAMED),
    attributes=ATTRIBUTES,
    allowed_classes={"div": set(PLACEHOLDERS)},
    attribute_filter=_allowed_value,
    clean_content_tags={
        "script",
        "style",
        "iframe",
        "svg",
        "math",
        "noscript",
        "template",
        "title",
        "textarea",
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener nofollow",
    strip_comments=True,
)


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


def clean_body(markup: str) -> str:
    """`markup` reduced to the allowed list: well-formed top-level blocks, placeholders emptied, nothing else.

    Idempotent. Whatever stands outside a block becomes a paragraph; empty paragraphs go.
    """
    storable = markup.replace("\x00", "").encode(errors="replace").decode()
    cleaned = _CLEANER.clean(storable).replace("\r", "\n")
    return "\n".join(block.html for block in blocks_of(cleaned))


def blocks_of(cleaned: str) -> list[Block]:
    """The top-level blocks of markup that the sanitiser has already passed."""
    cutter = _Cutter()
    cutter.feed(cleaned)
    cutter.close()
    cutter.finish_block()
    return cutter.blocks


def plain_text(markup: str) -> str:
    """The words of `markup`, blocks separated by a space."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup))).strip()


class _Cutter(HTMLParser):
    """Reads what nh3 has written, and gathers its top-level blocks.

    nh3 drops elements and keeps what stood in them, so a paragraph may come to stand in a paragraph, or in a link. A
    parser would read that otherwise than it is written; so whatever cannot hold a block is closed before one begins.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open: list[bool] = []  # for every open element, whether its end tag is still to be written
        self._kept: list[str] = []  # the open elements that are written, and where they stand in `_open`
        self._places: list[int] = []
        self._parts: list[str] = []
        self._tag = ""  # of the block being gathered
        self._loose = False
        self._muted_above = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = RENAMED.get(tag, tag)
        if tag in BOUNDARIES and not self._muted_above:
            self._close_down_to(MAY_HOLD_ITEMS if tag == "li" else MAY_HOLD_BLOCKS)
        kept = not self._muted_above and self._keeps(tag, dict(attrs))
        if kept:
            self._begin(tag)
            self._parts.append(_start_tag(tag, attrs if tag == "a" else []))
        if tag not in VOID:
            self._open.append(kept)
            if kept:
                self._kept.append(tag)
                self._places.append(len(self._open) - 1)

    def handle_endtag(self, tag: str) -> None:
        tag = RENAMED.get(tag, tag)
        if tag in VOID or not self._open:
            return
        if self._open.pop():
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
        return tag not in SEPARATING and not (tag == "a" and "a" in self._kept)

    def _begin(self, tag: str) -> None:
        """Start a block where none is being gathered: as `tag`, or as a paragraph around what stands in none."""
        if not self._tag:
            self._loose = tag not in BLOCKS
            self._tag = "p" if self._loose else tag

    def _close_down_to(self, holders: frozenset[str]) -> None:
        while self._kept and self._kept[-1] not in holders:
            self._open[self._places.pop()] = False
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


def _start_tag(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    written = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
    return f"<{tag}{written}>"


def read_also_block(article_id: int) -> str:
    """The stored form of a "Baca juga" block: an identity, no text."""
    return f'<div class="{READ_ALSO}" data-article="{article_id}"></div>'


def quote_block(number: int) -> str:
    """The stored form of a quote's place in the body."""
    return f'<div class="{QUOTE}" data-quote="{number}"></div>'
