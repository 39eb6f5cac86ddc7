"""Indonesian words and their roots."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from news.abbreviations import other_forms
from news.stems import stem
from news.text import pieces_of, words_of

FAMILIES = """
bangun pembangunan membangun bangunan dibangun terbangun
tanam menanam penanaman tanaman ditanami
kunjung mengunjungi kunjungan pengunjung berkunjung dikunjungi
kelola pengelolaan mengelola dikelola pengelola
tertib penertiban menertibkan ketertiban tertibkan
salur menyalurkan penyaluran tersalurkan disalurkan penyalur
pilih pemilihan memilih pilihan dipilih terpilih
makan makanan memakan dimakan makanlah
menteri kementerian kementeriannya
pemerintah pemerintahan pemerintahnya
perintah memerintah diperintahkan
kerja pekerjaan bekerja pekerja mempekerjakan
wisata pariwisata wisatawan
serah penyerahan menyerahkan diserahkan
sosialisasi menyosialisasikan disosialisasikan
putus keputusan memutuskan diputuskan putusan
pimpin pemimpin memimpin pimpinan kepemimpinan
temu menemukan penemuan pertemuan ditemukan bertemu
baik memperbaiki perbaikan kebaikan
cor pengecoran mengecor
sah pengesahan mengesahkan disahkan
ternak peternakan peternak beternak
laut kelautan melaut
tahan ketahanan bertahan mempertahankan
""".strip().splitlines()


@pytest.mark.parametrize("family", FAMILIES)
def test_the_words_of_a_family_have_one_root(family):
    root, *words = family.split()
    assert {word: stem(word) for word in words} == dict.fromkeys(words, root)


@pytest.mark.parametrize("name", ["kediri", "penajam", "pemalang", "selayar", "sinjai", "berau", "kendari", "maluku"])
def test_a_region_keeps_its_name(name):
    assert stem(name) == name


def test_a_word_that_no_rule_fits_is_stemmed_to_one_and_the_same():
    assert stem("bantaeng") == "bantaeng"
    assert stem("suhardi") == stem("suhardinya")


def test_words_lose_accents_dots_and_apostrophes():
    text = "Dr. H. Ma’ruf, S.Sos., M.Si. hadir Jum'at di café; Rp1.250.000 dari 14.500 anak-anak, ½ ton, ke-75"
    spelled = "dr h maruf ssos msi hadir jumat di cafe rp1 250000 dari 14500 anak anak 12 ton ke 75"
    assert " ".join(words_of(text)) == spelled


@pytest.mark.parametrize("text", ["", "\x00", "…—·", "🙂", "\ud800", "' ' ’"])
def test_what_is_no_word_is_passed_over(text):
    assert words_of(text) == []


def test_no_word_is_endless():
    assert [len(word) for word in words_of("a" * 10_000)] == [40]


def test_a_piece_says_where_it_stands():
    text = "Bupati (Ma’ruf) S.Sos"
    assert [text[piece.start : piece.end] for piece in pieces_of(text)] == ["Bupati", "Ma’ruf", "S.Sos"]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("diskominfo bantaeng", ["dinas", "komunikasi", "informatika", "dinas", "kominfo"]),
        ("kepala dinas komunikasi dan informatika", ["kadis", "diskominfo", "kominfo"]),
        ("pelayanan di puskesmas", ["pusat", "kesehatan", "masyarakat"]),
        ("pelaku usaha mikro, kecil, dan menengah", ["umkm"]),
        ("pasar sentral", []),
    ],
)
def test_abbreviations_and_what_they_stand_for_lead_to_each_other(text, others):
    assert list(other_forms(words_of(text))) == others


@pytest.fixture
def threads_that_interrupt_each_other():
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield ThreadPoolExecutor(max_workers=4)
    sys.setswitchinterval(usual)


def test_threads_find_the_roots_that_one_alone_finds(threads_that_interrupt_each_other):
    words = [
        f"{prefix}zu{middle}q{suffix}"
        for prefix in ("me", "ber", "di")
        for middle in "abcdefgh"
        for suffix in ("kan", "nya")
    ]
    alone = [stem.__wrapped__(word) for word in words]
    with threads_that_interrupt_each_other as threads:
        together = threads.map(lambda _turn: [stem.__wrapped__(word) for word in words], range(40))
    assert [roots for roots in together if roots != alone] == []
