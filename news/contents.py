"""What an edition holds, in plain words, so that two editions can be laid side by side."""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from news.attachments import attached_rows
from news.blocks import Block, blocks_of, plain_text
from news.html import clean_body
from news.models import Article, Edition, EditionPhoto, Event, Quote
from offices.scope import rows_in_scope

LINK = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
NEW_LINE = re.compile(r"<br>|(?=<li>)|(?<=</p>)")
CENTRE = 0.5
TEXTS = ("headline", "deck", "rubric", "dateline_place", "dateline_on", "event", "byline", "source")
LATER_TEXTS = ("correction", "correction_note")


@dataclass(frozen=True)
class Passage:
    """One block of a body: the words that a reader meets, and the markup that tells its form."""

    words: str
    form: str


@dataclass(frozen=True)
class Picture:
    """A small view of a photo, for whoever may see it."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Item:
    """One tag, photo, quote, official or article of an edition; `key` tells whether another is the same one."""

    key: Hashable
    words: str
    picture: Picture | None = None


@dataclass(frozen=True)
class Content:
    """An edition's parts by their names, which are the same for every edition."""

    texts: dict[str, str]
    body_label: str
    body: tuple[Passage, ...]
    lists: dict[str, tuple[Item, ...]]


def content_in_words(edition: Edition, reader: Any) -> Content:
    """The content of `edition`, loaded `with_content()`, as `reader` may know it.

    The headline of an article and the name of an event that are neither public nor in the reader's scope stay out.
    """
    named = _Named(edition, reader)
    return Content(
        texts=_texts(edition, named),
        body_label=_("Isi"),
        body=tuple(_passages(edition, named)),
        lists={
            _("Tag"): tuple(Item(name, name) for name in sorted(row.tag.name for row in edition.tagged.all())),
            _("Foto"): tuple(_photos(edition)),
            _("Lampiran"): tuple(_documents(edition)),
            _("Kutipan"): tuple(Item(quote.number, _quoted(quote)) for quote in edition.quotes.all()),
            _("Pejabat yang disebut"): tuple(_officials(edition)),
            _("Artikel terkait pilihan"): tuple(_picks(edition, named)),
        },
    )


class _Named:
    """The headlines and the event that an edition points to, as far as the reader may know them: two queries."""

    def __init__(self, edition: Edition, reader: Any):
        self.blocks = blocks_of(clean_body(edition.body))
        self.picks = list(edition.picks.values_list("article", flat=True))
        wanted = {*self.picks, *(block.article for block in self.blocks if block.article)}
        known = Article.objects.published() | rows_in_scope(reader, Article.objects.all())
        rows = known.filter(pk__in=wanted, live_edition__isnull=False)
        self._headlines = dict(rows.values_list("pk", "live_edition__headline"))
        event = edition.event
        may_know = event and (event.is_public or rows_in_scope(reader, Event.objects.filter(pk=event.pk)).exists())
        self.event = "" if event is None else event.title if may_know else _("Agenda %d") % event.pk

    def article(self, pk: int) -> str:
        return self._headlines.get(pk) or _("Artikel %d (tidak terbit)") % pk


def _texts(edition: Edition, named: _Named) -> dict[str, str]:
    shown = {
        "rubric": edition.rubric.name if edition.rubric else "",
        "dateline_on": date_format(edition.dateline_on, "l, j F Y") if edition.dateline_on else "",
        "event": named.event,
        "correction": edition.get_correction_display(),
    }
    names = (*TEXTS, *LATER_TEXTS)
    labels = {field.name: str(field.verbose_name).capitalize() for field in Edition._meta.fields}
    return {labels[name]: str(shown.get(name, getattr(edition, name))) for name in names}


def _passages(edition: Edition, named: _Named) -> Iterator[Passage]:
    for block in named.blocks:
        if block.article:
            yield Passage(_("Baca juga: %s") % named.article(block.article), block.html)
        elif block.quote:
            yield Passage(_("[Tempat kutipan %d]") % block.quote, block.html)
        else:
            yield Passage(_in_words(block), block.html)


def _in_words(block: Block) -> str:
    """The words of a block, items and lines apart, with the address behind the words of a link."""
    spelled = LINK.sub(lambda link: f"{link[2]} [{link[1]}]", block.html)
    lines = (plain_text(line) for line in NEW_LINE.split(spelled))
    return "\n".join(line for line in lines if line)


def _photos(edition: Edition) -> Iterator[Item]:
    seen: dict[int, int] = {}
    for order, row in enumerate(edition.photos.all(), start=1):
        seen[row.photo_id] = seen.get(row.photo_id, 0) + 1
        yield Item((row.photo_id, seen[row.photo_id]), _photo_words(row, order), _picture(row))


def _documents(edition: Edition) -> Iterator[Item]:
    for order, row in enumerate(attached_rows(edition), start=1):
        words = [_("Urutan: %d") % order, row.title, _("Berkas: %s") % row.attachment.title]
        yield Item(row.attachment_id, "\n".join(words))


def _photo_words(row: EditionPhoto, order: int) -> str:
    lines = [
        _("Urutan: %d") % order,
        _("Keterangan: %s") % row.caption,
        _("Kredit: %s") % row.credit,
        _("Teks alternatif: %s") % row.alt,
    ]
    if (row.focal_x, row.focal_y) != (CENTRE, CENTRE):
        lines.append(_("Titik fokus: %(x)d%%, %(y)d%%") % {"x": row.focal_x * 100, "y": row.focal_y * 100})
    return "\n".join(lines)


def _picture(row: EditionPhoto) -> Picture | None:
    width = min(row.photo.widths, default=0)
    if not width:
        return None
    return Picture(row.photo.private_url(width), width, max(1, round(row.photo.height * width / row.photo.width)))


def _quoted(quote: Quote) -> str:
    speaker = f"{quote.speaker.official.name}, {quote.speaker.title_as_held}" if quote.speaker else quote.attribution
    return f"{quote.number}. {quote.text}\n{speaker} ({quote.get_kind_display()})"


def _officials(edition: Edition) -> Iterator[Item]:
    for mention in edition.mentions.all():
        held = mention.title_as_held
        yield Item(mention.official_id, f"{mention.official.name}\n{held}" if held else mention.official.name)


def _picks(edition: Edition, named: _Named) -> Iterator[Item]:
    for order, pk in enumerate(named.picks, start=1):
        yield Item(pk, f"{order}. {named.article(pk)}")
