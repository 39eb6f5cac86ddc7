"""An edition's body as the reader sees it: sanitised, with dateline, quotes and "Baca juga" put in their places."""

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from news.html import Block, blocks_of, clean_body, plain_text
from news.models import Article, Edition, Quote
from news.related.choosing import INSET_AFTER
from news.related.page import Neighbours

WORDS_PER_MINUTE = 200


def render_body(edition: Edition, neighbours: Neighbours) -> SafeString:
    """The body's HTML; `edition` is loaded `with_content()`. A block whose target is not public renders nothing."""
    return format_html_join("\n", "{}", ((piece,) for piece in _pieces(edition, neighbours)))


def reading_minutes(edition: Edition) -> int:
    """How long the body takes at 200 words a minute, at least one minute."""
    return max(1, round(len(plain_text(edition.body).split()) / WORDS_PER_MINUTE))


def _pieces(edition: Edition, neighbours: Neighbours) -> Iterator[SafeString]:
    quotes = {quote.number: quote for quote in edition.quotes.all()}
    insets = dict(zip(INSET_AFTER, neighbours.insets, strict=False))
    paragraphs = 0
    for block in blocks_of(clean_body(edition.body)):
        yield from _piece(block, quotes, neighbours.inline, _dateline(edition) if paragraphs == 0 else SafeString())
        if block.is_paragraph:
            paragraphs += 1
            if paragraphs in insets:
                yield _read_also(insets[paragraphs])
    for quote in quotes.values():
        yield _quote(quote)


def _piece(
    block: Block, quotes: dict[int, Quote], inline: dict[int, Article], dateline: SafeString
) -> Iterator[SafeString]:
    """The block itself, or what its placeholder stands for; a quote is taken out of `quotes` once placed."""
    if block.article:
        if block.article in inline:
            yield _read_also(inline[block.article])
    elif block.quote:
        if block.quote in quotes:
            yield _quote(quotes.pop(block.quote))
    elif block.is_paragraph and dateline:
        yield _safe(block.html.replace("<p>", f"<p>{dateline}", 1))
    else:
        yield _safe(block.html)


def _safe(cleaned: str) -> SafeString:
    return mark_safe(cleaned)  # noqa: S308 - the markup of a block has just passed clean_body


def _dateline(edition: Edition) -> SafeString:
    if not edition.dateline_place:
        return SafeString()
    return format_html('<b class="dateline">{}</b> — ', edition.dateline_place)


def _read_also(article: Article) -> SafeString:
    return render_to_string("news/_read_also.html", {"article": article})


def _quote(quote: Quote) -> SafeString:
    return render_to_string("news/_quote.html", {"quote": quote})
