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
RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3"}


def _allowed_value(tag: str, attribute: str, value: str) -> str | None:
    """The value an attribute keeps, None where it goes: block references are short whole numbers."""
    if attribute.startswith("data-"):
        return value if re.fullmatch(r"[1-9][0-9]{0,17}", value) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=BLOCKS | {"li", "strong", "em", "a"} | VOID | set(RENAMED),
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
    cleaned = _CLEANER.clean(markup.replace("\x00", ""))
    return "\n".join(block.html for block in blocks_of(cleaned))


def blocks_of(cleaned: str) -> list[Block]:
    """The top-level blocks of markup that the sanitiser has already passed."""
    cutter = _Cutter()
    cutter.feed(cleaned)
    cutter.close()
    cutter.finish()
    return cutter.blocks


def plain_text(markup: str) -> str:
    """The words of `markup`, blocks separated by a space."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup))).strip()


class _Cutter(HTMLParser):
    """Reads sanitised, hence well-formed, markup and gathers its top-level blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open: list[str] = []
        self._attrs: dict[str, str | None] = {}
        self._parts: list[str] = []
        self._loose = False
        self._muted_above = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = RENAMED.get(tag, tag)
        if not self._open:
            self._begin(tag, dict(attrs))
        if tag not in VOID:
            self._open.append(tag)
        depth = len(self._open)
        nested = depth > 1 and self._open[0] != "div"
        if nested and not self._muted_above and dict(attrs).get("class") in PLACEHOLDERS:
            self._muted_above = depth
        if not self._muted_above and not (depth == 1 and tag == "div"):
            self._parts.append(_start_tag(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        tag = RENAMED.get(tag, tag)
        if tag in VOID or not self._open:
            return
        depth = len(self._open)
        self._open.pop()
        if self._muted_above:
            self._muted_above = self._muted_above if depth > self._muted_above else 0
        elif not (depth == 1 and tag == "div"):
            self._parts.append(f"</{tag}>")
        if not self._open and not self._loose:
            self.finish(tag)

    def handle_data(self, data: str) -> None:
        if self._muted_above:
            return
        if not self._open and not self._loose:
            if not data.strip():
                return
            self._begin("p", {}, loose=True)
        self._parts.append(escape(data, quote=False))

    def _begin(self, tag: str, attrs: dict[str, str | None], *, loose: bool = False) -> None:
        inline = tag not in BLOCKS
        if self._loose and (inline or loose):
            return
        self.finish()
        self._attrs, self._loose = attrs, inline or loose

    def finish(self, tag: str = "p") -> None:
        """Close the block being gathered, as `tag`."""
        markup, attrs = "".join(self._parts), self._attrs
        loose, self._parts, self._attrs, self._loose = self._loose, [], {}, False
        if tag == "div":
            self._finish_div(markup, attrs)
        elif plain_text(markup):
            self.blocks.append(Block(tag, f"<p>{markup}</p>" if loose else markup))

    def _finish_div(self, markup: str, attrs: dict[str, str | None]) -> None:
        kind = attrs.get("class")
        reference = attrs.get({READ_ALSO: "data-article", QUOTE: "data-quote"}.get(str(kind), ""))
        if reference and kind == READ_ALSO:
            self.blocks.append(Block("div", read_also_block(int(reference)), article=int(reference)))
        elif reference and kind == QUOTE:
            self.blocks.append(Block("div", quote_block(int(reference)), quote=int(reference)))
        else:
            self.blocks.extend(blocks_of(markup))


def _start_tag(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    written = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
    return f"<{tag}{written}>"


def read_also_block(article_id: int) -> str:
    """The stored form of a "Baca juga" block: an identity, no text."""
    return f'<div class="{READ_ALSO}" data-article="{article_id}"></div>'


def quote_block(number: int) -> str:
    """The stored form of a quote's place in the body."""
    return f'<div class="{QUOTE}" data-quote="{number}"></div>'
