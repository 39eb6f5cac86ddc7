"""Whether an edition has all the parts that readers are owed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from news.html import plain_text
from news.models import Edition
from news.models.demands import DemandState
from news.models.editions import PRESS_LAW, SILENT_CORRECTIONS
from news.readiness.manuscript import Manuscript


def missing_text(manuscript: Manuscript) -> Iterator[str]:
    edition = manuscript.edition
    if not edition.headline.strip():
        yield _("Tulis judul.")
    if not edition.deck.strip():
        yield _("Tulis ringkasan satu atau dua kalimat.")
    if not edition.dateline_place.strip() or not edition.dateline_on:
        yield _("Isi titimangsa: tempat dan tanggal peristiwa.")
    if not any(plain_text(block.html) for block in manuscript.blocks):
        yield _("Tulis isi berita.")
    if not edition.rubric_id:
        yield _("Pilih rubrik.")


def missing_photo_words(manuscript: Manuscript) -> Iterator[str]:
    for order, row in enumerate(manuscript.photos, start=1):
        names = {_("keterangan"): row.caption, _("kredit"): row.credit, _("teks alternatif"): row.alt}
        missing = [name for name, value in names.items() if not value.strip()]
        if missing:
            yield _("Lengkapi %(what)s foto ke-%(order)d.") % {"what": ", ".join(missing), "order": order}


def missing_quotes(manuscript: Manuscript) -> Iterator[str]:
    numbers = {quote.number for quote in manuscript.quotes}
    for block in manuscript.blocks:
        if block.quote and block.quote not in numbers:
            yield _("Isi berita memuat kutipan %(number)d yang tidak ada.") % {"number": block.quote}


def missing_correction(manuscript: Manuscript) -> Iterator[str]:
    edition = manuscript.edition
    if edition.number == 1 or not edition.article.first_published_at:
        return
    if not edition.correction:
        yield _("Pilih jenis perbaikan edisi ini.")
    elif edition.correction not in SILENT_CORRECTIONS and not edition.correction_note.strip():
        yield _("Tulis catatan perbaikan yang akan dibaca publik.")
    elif edition.correction not in PRESS_LAW and _answers_a_demand(edition):
        yield _("Edisi ini menjawab permintaan pembaca: jenis perbaikannya Ralat, Koreksi, atau Hak jawab.")


def _answers_a_demand(edition: Edition) -> bool:
    return edition.answered_demands.filter(state=DemandState.ACCEPTED).exists()


def missing_tags(manuscript: Manuscript) -> Iterator[str]:
    if not manuscript.edition.tagged.exists():
        yield _("Berita ini belum bertag; tag membantu pembaca menemukan berita terkait.")


def unplaced_quotes(manuscript: Manuscript) -> Iterator[str]:
    placed = {block.quote for block in manuscript.blocks}
    for quote in manuscript.quotes:
        if quote.number not in placed:
            yield _("Kutipan %(number)d belum ditempatkan di isi; ia akan tampil di akhir.") % {"number": quote.number}
