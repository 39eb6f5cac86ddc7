"""An edition as the checklist reads it: its blocks, its rows and its passages, each read once."""

from datetime import date
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from news.html import Block, blocks_of, clean_body, plain_text
from news.models import Edition, EditionPhoto, Mention, Quote


class Manuscript:
    def __init__(self, edition: Edition):
        self.edition = edition
        self.office = edition.article.office

    @cached_property
    def blocks(self) -> list[Block]:
        return blocks_of(clean_body(self.edition.body))

    @cached_property
    def photos(self) -> list[EditionPhoto]:
        return list(self.edition.photos.select_related("photo"))

    @cached_property
    def quotes(self) -> list[Quote]:
        return list(self.edition.quotes.select_related("speaker__official"))

    @cached_property
    def mentions(self) -> list[Mention]:
        return list(self.edition.mentions.select_related("official"))

    @cached_property
    def today(self) -> date:
        """Today on the clock of the office."""
        return timezone.localdate(timezone=self.office.region.zone)

    @cached_property
    def passages(self) -> list[tuple[str, str]]:
        """Every text that a reader meets, with the place where its writer finds it."""
        edition = self.edition
        found = [(_("Judul"), edition.headline), (_("Ringkasan"), edition.deck)]
        texts = [text for block in self.blocks if (text := plain_text(block.html))]
        found += [(_("Paragraf ke-%d") % number, text) for number, text in enumerate(texts, start=1)]
        found += [(_("Kutipan %d") % quote.number, quote.text) for quote in self.quotes]
        found += [(_("Keterangan foto ke-%d") % order, row.caption) for order, row in enumerate(self.photos, start=1)]
        return [(place, text) for place, text in found if text.strip()]
