"""What is missing before publication blocks with a sentence; what is doubtful is said and blocks nothing."""

from datetime import date

import pytest

from news.models import Edition, EditionPhoto, Quote
from news.readiness import problems, warnings
from news.writing import start_edition
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    OfficialFactory,
    PhotoFactory,
    drafted,
    published,
    withdrawn,
)
from tests.factories.news import BODY, someone

pytestmark = pytest.mark.django_db

READ_ALSO = '<div class="baca-juga" data-article="{}"></div>'


def stored(edition, **fields):
    Edition.objects.filter(pk=edition.pk).update(**fields)
    return Edition.objects.get(pk=edition.pk)


def test_a_complete_draft_has_no_problems():
    assert list(problems(drafted())) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"headline": "  "}, "Tulis judul."),
        ({"deck": " "}, "Tulis ringkasan satu atau dua kalimat."),
        ({"dateline_place": ""}, "Isi titimangsa: tempat dan tanggal peristiwa."),
        ({"dateline_on": None}, "Isi titimangsa: tempat dan tanggal peristiwa."),
        ({"body": ""}, "Tulis isi berita."),
        ({"body": "<p>&nbsp;</p><p><br></p>"}, "Tulis isi berita."),
        ({"body": "<script>alert(1)</script>"}, "Tulis isi berita."),
        ({"body": READ_ALSO.format(5)}, "Tulis isi berita."),
        ({"rubric": None}, "Pilih rubrik."),
        ({"body": f'{BODY}<div class="kutipan" data-quote="3"></div>'}, "Isi berita memuat kutipan 3 yang tidak ada."),
    ],
)
def test_what_is_missing_is_a_sentence(fields, sentence):
    assert list(problems(stored(drafted(), **fields))) == [sentence]


def test_everything_missing_is_said_at_once():
    empty = stored(drafted(), deck="", body="", rubric=None, dateline_place="")

    assert len(list(problems(empty))) == 4


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"caption": ""}, "Lengkapi keterangan foto ke-2."),
        ({"credit": " "}, "Lengkapi kredit foto ke-2."),
        ({"alt": ""}, "Lengkapi teks alternatif foto ke-2."),
        ({"caption": "", "alt": ""}, "Lengkapi keterangan, teks alternatif foto ke-2."),
    ],
)
def test_every_photo_needs_caption_credit_and_alt(words, sentence):
    edition = drafted(photos=(PhotoFactory(), PhotoFactory(caption="Bawaan", credit="Bawaan", alt="Bawaan")))
    EditionPhoto.objects.filter(edition=edition, position=1).update(**words)

    assert list(problems(edition)) == [sentence]


def test_a_placed_quote_that_exists_is_no_problem():
    quote = {"number": 3, "text": "Kata.", "attribution": "Warga"}
    edition = drafted(body=f'{BODY}<div class="kutipan" data-quote="3"></div>', quotes=(quote,))

    assert list(problems(edition)) == []
    assert not [sentence for sentence in warnings(edition) if "Kutipan" in sentence]


@pytest.mark.parametrize(
    ("correction", "note", "expected"),
    [
        ("", "", ["Pilih jenis perbaikan edisi ini."]),
        ("ralat", " ", ["Tulis catatan perbaikan yang akan dibaca publik."]),
        ("koreksi", "", ["Tulis catatan perbaikan yang akan dibaca publik."]),
        ("hak_jawab", "", ["Tulis catatan perbaikan yang akan dibaca publik."]),
        ("ralat", "Nama diperbaiki.", []),
        ("typo", "", []),
        ("update", "", []),
    ],
)
@pytest.mark.parametrize("live", [published, withdrawn])
def test_a_later_edition_says_what_it_corrects(live, correction, note, expected):
    article = live().article
    edition = start_edition(article, by=someone(Role.EDITOR, article.office))

    assert list(problems(stored(edition, correction=correction, correction_note=note))) == expected


def test_a_first_edition_corrects_nothing():
    assert list(problems(stored(drafted(), correction="", correction_note=""))) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"headline": "a" * 111}, "Judul lebih dari 110 huruf; sebagian terpotong di mesin pencari."),
        ({"headline": "RAKORNAS DIGELAR DI JAKARTA"}, "Judul ditulis dengan huruf besar; tulis seperti kalimat."),
        ({}, "Berita ini belum berfoto."),
        ({}, "Berita ini belum bertag; tag membantu pembaca menemukan berita terkait."),
        (
            {"body": BODY + READ_ALSO.format(999_999)},
            "“Baca juga” ke artikel 999999 tidak akan tampil: artikel itu tidak terbit.",
        ),
    ],
)
def test_a_doubt_is_a_sentence_and_blocks_nothing(fields, sentence):
    edition = stored(drafted(), **fields)

    assert sentence in list(warnings(edition))
    assert list(problems(edition)) == []


@pytest.mark.parametrize("headline", ["RAKORNAS", "Rakornas KOMINFO 2019 digelar di DKI", "2019 — 2020", "a" * 110])
def test_short_and_ordinary_headlines_raise_no_doubt(headline):
    edition = stored(drafted(tags=("a",), photos=(PhotoFactory(),)), headline=headline)

    assert list(warnings(edition)) == []


def test_a_quote_without_a_place_in_the_body_is_mentioned():
    edition = drafted(quotes=({"number": 7, "text": "Kata.", "attribution": "Warga"},))

    assert "Kutipan 7 belum ditempatkan di isi; ia akan tampil di akhir." in list(warnings(edition))
    assert Quote.objects.count() == 1


def test_a_read_also_block_raises_a_doubt_only_while_its_target_is_not_public():
    public, hidden, gone = published().article, drafted().article, withdrawn().article
    body = BODY + "".join(READ_ALSO.format(article.pk) for article in (public, hidden, gone))

    doubts = [doubt for doubt in warnings(drafted(body=body)) if "Baca juga" in doubt]

    assert doubts == [
        f"“Baca juga” ke artikel {article.pk} tidak akan tampil: artikel itu tidak terbit."
        for article in (hidden, gone)
    ]


def test_picks_that_are_not_public_are_counted():
    edition = drafted(picks=(published().article, drafted().article, withdrawn().article))

    assert "2 artikel terkait pilihan tidak terbit dan tidak akan tampil." in list(warnings(edition))


def test_an_official_out_of_office_on_the_datelines_day_raises_a_doubt():
    never = OfficialFactory(name="Belum Menjabat")
    term = AppointmentFactory(
        official=OfficialFactory(name="Pindah"), held_from=date(2019, 1, 1), held_until=date(2020, 1, 1)
    )
    serving = AppointmentFactory().official
    edition = drafted(officials=(never, term.official, serving), dateline_on=date(2019, 12, 11))

    on_the_day = [doubt for doubt in warnings(edition) if "menjabat" in doubt or "Jabatan" in doubt]
    AppointmentFactory(official=term.official, held_from=date(2020, 1, 1))
    later = stored(edition, dateline_on=date(2020, 5, 5))
    a_year_on = [doubt for doubt in warnings(later) if "menjabat" in doubt or "Jabatan" in doubt]

    assert on_the_day == ["Belum Menjabat tidak tercatat menjabat pada tanggal titimangsa."]
    assert a_year_on == [
        "Belum Menjabat tidak tercatat menjabat pada tanggal titimangsa.",
        "Jabatan Pindah yang dipilih tidak berlaku pada tanggal titimangsa.",
    ]


def test_a_word_alone_never_blocks():
    body = "<p>Kominfo memblokir 1.000 situs judi online, pinjol ilegal, dan hoaks.</p>"

    assert list(problems(drafted(headline="Berantas Judi Online", body=body))) == []
