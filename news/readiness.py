"""What is still missing before publication, in sentences an editor can act on."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from news.html import Block, blocks_of, clean_body, plain_text
from news.models import Article, Edition
from news.models.editions import SILENT_CORRECTIONS
from offices.appointments import held_by

LONG_HEADLINE = 110


def problems(edition: Edition) -> Iterator[str]:
    """Blockers: while one is left, the edition cannot be submitted, approved or published."""
    blocks = blocks_of(clean_body(edition.body))
    yield from _missing_text(edition, blocks)
    yield from _missing_photo_words(edition)
    yield from _missing_quotes(edition, blocks)
    yield from _missing_correction(edition)


def warnings(edition: Edition) -> Iterator[str]:
    """What deserves a look and blocks nothing."""
    blocks = blocks_of(clean_body(edition.body))
    yield from _headline_doubts(edition)
    if not edition.photos.all():
        yield _("Berita ini belum berfoto.")
    if not edition.tags.all():
        yield _("Berita ini belum bertag; tag membantu pembaca menemukan berita terkait.")
    yield from _unplaced_quotes(edition, blocks)
    yield from _lost_read_also(blocks)
    yield from _terms_that_do_not_match(edition)
    yield from _picks_not_public(edition)


def _missing_text(edition: Edition, blocks: list[Block]) -> Iterator[str]:
    if not edition.headline.strip():
        yield _("Tulis judul.")
    if not edition.deck.strip():
        yield _("Tulis ringkasan satu atau dua kalimat.")
    if not edition.dateline_place.strip() or not edition.dateline_on:
        yield _("Isi titimangsa: tempat dan tanggal peristiwa.")
    if not any(plain_text(block.html) for block in blocks):
        yield _("Tulis isi berita.")
    if not edition.rubric_id:
        yield _("Pilih rubrik.")


def _missing_photo_words(edition: Edition) -> Iterator[str]:
    for order, row in enumerate(edition.photos.all(), start=1):
        names = {_("keterangan"): row.caption, _("kredit"): row.credit, _("teks alternatif"): row.alt}
        missing = [name for name, value in names.items() if not value.strip()]
        if missing:
            yield _("Lengkapi %(what)s foto ke-%(order)d.") % {"what": ", ".join(missing), "order": order}


def _missing_quotes(edition: Edition, blocks: list[Block]) -> Iterator[str]:
    numbers = {quote.number for quote in edition.quotes.all()}
    for block in blocks:
        if block.quote and block.quote not in numbers:
            yield _("Isi berita memuat kutipan %(number)d yang tidak ada.") % {"number": block.quote}


def _missing_correction(edition: Edition) -> Iterator[str]:
    if edition.number == 1 or not edition.article.first_published_at:
        return
    if not edition.correction:
        yield _("Pilih jenis perbaikan edisi ini.")
    elif edition.correction not in SILENT_CORRECTIONS and not edition.correction_note.strip():
        yield _("Tulis catatan perbaikan yang akan dibaca publik.")


def _headline_doubts(edition: Edition) -> Iterator[str]:
    letters = [letter for letter in edition.headline if letter.isalpha()]
    if len(edition.headline) > LONG_HEADLINE:
        yield _("Judul lebih dari %(most)d huruf; sebagian terpotong di mesin pencari.") % {"most": LONG_HEADLINE}
    if len(letters) > 10 and sum(letter.isupper() for letter in letters) > len(letters) * 0.7:
        yield _("Judul ditulis dengan huruf besar; tulis seperti kalimat.")


def _unplaced_quotes(edition: Edition, blocks: list[Block]) -> Iterator[str]:
    placed = {block.quote for block in blocks}
    for quote in edition.quotes.all():
        if quote.number not in placed:
            yield _("Kutipan %(number)d belum ditempatkan di isi; ia akan tampil di akhir.") % {"number": quote.number}


def _lost_read_also(blocks: list[Block]) -> Iterator[str]:
    wanted = {block.article for block in blocks if block.article}
    public = set(Article.objects.published().filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    for article_id in sorted(wanted - public):
        yield _("“Baca juga” ke artikel %(id)d tidak akan tampil: artikel itu tidak terbit.") % {"id": article_id}


def _terms_that_do_not_match(edition: Edition) -> Iterator[str]:
    if not edition.dateline_on:
        return
    for mention in edition.mentions.select_related("official"):
        held = {term.pk for term in held_by(mention.official, edition.dateline_on)}
        if not held:
            yield _("%(name)s tidak tercatat menjabat pada tanggal titimangsa.") % {"name": mention.official.name}
        elif mention.appointment_id and mention.appointment_id not in held:
            yield _("Jabatan %(name)s yang dipilih tidak berlaku pada tanggal titimangsa.") % {
                "name": mention.official.name
            }


def _picks_not_public(edition: Edition) -> Iterator[str]:
    hidden = edition.picks.exclude(article__in=Article.objects.published()).count()
    if hidden:
        yield _("%(count)d artikel terkait pilihan tidak terbit dan tidak akan tampil.") % {"count": hidden}
