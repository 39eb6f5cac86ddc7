"""What markup a body may contain: the one sanitiser."""

import re

import nh3

from news.blocks import (
    BOUNDARIES,
    PLACEHOLDERS,
    RENAMED,
    VOID,
    Block,
    blocks_of,
    plain_text,
    quote_block,
    read_also_block,
)
from news.nesting import shallow
from news.pasted import INVISIBLE, listed, settled, spaced

__all__ = ["LONGEST_MARKUP", "Block", "blocks_of", "clean_body", "plain_text", "quote_block", "read_also_block"]

LONGEST_MARKUP = 1_000_000
"""Characters that are read of any text: five times what the longest body may hold."""

# Read to see what a word processor meant; `news.blocks` writes none of these styles.
STYLED = ("span", "b", "strong", "i", "em")
ATTRIBUTES = {"a": {"href", "title"}, "div": {"data-article", "data-quote"}, **{tag: {"style"} for tag in STYLED}}


def _allowed_value(tag: str, attribute: str, value: str) -> str | None:
    """The value an attribute keeps, None where it goes: block references are short whole numbers."""
    if attribute.startswith("data-"):
        return value if re.fullmatch(r"[1-9][0-9]{0,17}", value) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=BOUNDARIES | {"strong", "em", "a", "span"} | VOID | set(RENAMED),
    attributes=ATTRIBUTES,
    allowed_classes={"div": set(PLACEHOLDERS)},
    attribute_filter=_allowed_value,
    filter_style_properties={"font-weight", "font-style"},
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


def clean_body(markup: str) -> str:
    """`markup` reduced to the allowed list: well-formed top-level blocks, placeholders emptied, nothing else.

    Idempotent. Whatever stands outside a block becomes a paragraph; empty paragraphs go, and so do the habits of word
    processors: blank lines, lists typed with dots, runs of fixed spaces. Nothing beyond `LONGEST_MARKUP` is read; forms
    refuse what is longer than its column.
    """
    storable = markup[:LONGEST_MARKUP].replace("\x00", "").encode(errors="replace").decode()
    cleaned = INVISIBLE.sub("", _CLEANER.clean(shallow(storable))).replace("\r", "\n")
    pieces = [piece for block in blocks_of(cleaned) for piece in _pieces_of(block)]
    return "\n".join(spaced(piece) for piece in listed(pieces))


def _pieces_of(block: Block) -> list[str]:
    return [block.html] if block.article or block.quote else settled(block.html)
