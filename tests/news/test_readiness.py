"""What is missing before publication blocks with a sentence; what is doubtful is said and blocks nothing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.library import add_photo
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
    regency_office,
    withdrawn,
)
from tests.factories.news import BODY, picture_file, someone

pytestmark = pytest.mark.django_db

READ_ALSO = '<div class="baca-juga" data-article="{}"></div>'


def wide_photo(width=1_000, office=None):
    office = office or regency_office()
    return add_photo(picture_file(width, 600), office=office, by=someone(Role.WRITER, office), title="Foto lebar")


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
        ("update", "", ["Tulis catatan perbaikan yang akan dibaca publik."]),
        ("update", "Jumlah peserta bertambah.", []),
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
    edition = drafted(tags=("a",), photos=(wide_photo(),), dateline_on=timezone.localdate())
    edition = stored(edition, headline=headline)

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


def test_a_read_also_block_that_points_to_its_own_story_raises_a_doubt():
    edition = published()
    edition = stored(edition, body=BODY + READ_ALSO.format(edition.article_id))

    assert "“Baca juga” menunjuk berita ini sendiri dan tidak akan tampil." in list(warnings(edition))


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


def pictures(edition):
    return [doubt for doubt in warnings(edition) if doubt.startswith(("Foto ke", "Keterangan foto"))]


def test_a_photo_too_narrow_for_its_place_raises_a_doubt():
    edition = drafted(photos=(wide_photo(799), wide_photo(480), wide_photo(479)))
    wide = drafted(photos=(wide_photo(800),))

    assert pictures(wide) == []
    assert pictures(edition) == [
        "Foto ke-1 hanya selebar 799 piksel dan akan kabur; pakai yang sedikitnya 800.",
        "Foto ke-3 hanya selebar 479 piksel dan akan kabur; pakai yang sedikitnya 480.",
    ]


@pytest.mark.parametrize("caption", ["Bupati membuka pasar", "bupati  membuka PASAR."])
def test_a_caption_that_repeats_the_headline_raises_a_doubt(caption):
    edition = drafted(headline="Bupati membuka pasar", photos=(wide_photo(),))
    assert pictures(edition) == []
    EditionPhoto.objects.filter(edition=edition).update(caption=caption)

    assert pictures(edition) == [
        "Keterangan foto ke-1 sama dengan judul; tulis siapa dan apa yang tampak pada foto itu."
    ]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(1, "belum tiba"), (0, None), (-30, None), (-31, "sudah 31 hari lalu")],
)
def test_a_dateline_in_the_future_or_long_ago_raises_a_doubt(days, sentence):
    today = timezone.localdate(timezone=regency_office().region.zone)
    edition = drafted(dateline_on=today + timedelta(days=days))

    said = [doubt for doubt in warnings(edition) if doubt.startswith("Tanggal titimangsa")]

    assert len(said) == (1 if sentence else 0)
    assert all(sentence in doubt for doubt in said)


def test_the_dateline_of_what_was_published_long_ago_raises_no_doubt():
    article = published(dateline_on=date(2019, 12, 11)).article
    edition = start_edition(article, by=someone(Role.EDITOR, article.office))

    assert [doubt for doubt in warnings(edition) if doubt.startswith("Tanggal titimangsa")] == []


def rich(rows):
    """A draft in which every kind of row that a check reads stands `rows` times."""
    office = regency_office()
    terms = [AppointmentFactory(position__office=office) for _row in range(rows)]
    others = [published(office) for _row in range(rows)]
    links = "".join(
        f"<p>Baca <a href='{o.article.get_absolute_url()}'>ini</a>, kata {term.official.name}.</p>"
        for o, term in zip(others, terms)
    )
    blocks = "".join(READ_ALSO.format(other.article_id) for other in others)
    return drafted(
        office,
        headline="Judul berita nomor satu dan lagi",
        body=f"{BODY}{links}{blocks}",
        photos=[PhotoFactory(office) for _row in range(rows)],
        officials=[term.official for term in terms],
        quotes=[{"number": n, "text": "Kata.", "speaker": term} for n, term in enumerate(terms, start=1)],
        picks=[other.article for other in others],
        tags=[f"tag{n}" for n in range(rows)],
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_checklist_costs_the_same_however_much_stands_in_an_edition(rows, django_assert_num_queries):
    edition = Edition.objects.select_related("article__office__region__parent").get(pk=rich(rows).pk)

    with django_assert_num_queries(2):
        list(problems(edition))
    with django_assert_num_queries(15):
        assert list(warnings(edition)) != []


FRAGMENTS = st.sampled_from(
    [
        "Senin, 11 Desember 2019 ",
        "Rabu (31/12/9999) ",
        "<a href='/berita/2019/12/x/'>x</a>",
        "<a href='//[x'>x</a>",
        "<a href='/kantor/%00/'>x</a>",
        "<a href='http://testserver:99999/a/../..'>x</a>",
        READ_ALSO.format(10**17),
        "<div class='kutipan' data-quote='9'></div>",
        "Dr. H. Andi Contoh, S.H. ",
        "<p>",
    ]
)


@pytest.mark.sqlite_only
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    headline=st.text(max_size=160),
    body=st.lists(FRAGMENTS | st.text(max_size=40), max_size=8).map("".join),
    place=st.text(max_size=20),
    day=st.none() | st.dates(),
)
def test_no_text_makes_a_check_fail(headline, body, place, day):
    article = drafted().article
    edition = article.editions.get()
    edition.headline, edition.deck, edition.body = headline, headline[::-1], body
    edition.dateline_place, edition.dateline_on = place, day

    assert all(isinstance(sentence, str) for sentence in [*problems(edition), *warnings(edition)])
