"""What a question finds, and in which order, on either database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from news.models import Tag
from news.queries import Filters
from news.search.finding import newest_with_every_word, ranked, search_for
from news.search.questions import LONGEST, Question
from tests.factories import drafted, province_office, published, regency_office, withdrawn

pytestmark = pytest.mark.django_db


def ids(text: str, **filters: str) -> list[int]:
    query = QueryDict(mutable=True)
    query.update(filters)
    return [hit.article_id for hit in ranked(search_for(Question.from_text(text), Filters.from_query(query)))]


def told(headline: str, body: str = "Isi.", deck: str = "Ringkas.", office=None, **fields) -> int:
    return published(office, headline=headline, deck=deck, body=f"<p>{body}</p>", **fields).article_id


@pytest.mark.parametrize("text", ["pembangunan", "membangun", "dibangun", "Bangunan!", "PEMBANGUNANNYA"])
def test_any_form_of_a_word_finds_the_others(text):
    assert ids(text) == []
    article = told("Bupati membangun pasar")
    assert ids(text) == [article]


def test_the_very_word_comes_before_its_other_forms():
    told("Warga ditanami harapan")
    very = told("Warga menanam harapan")
    told("Warga penanaman harapan")
    assert ids("menanam")[0] == very


def test_the_headline_counts_more_than_the_deck_and_the_deck_more_than_the_body():
    body = told("Satu", "Panen jagung.")
    deck = told("Dua", deck="Panen jagung.")
    headline = told("Panen jagung")
    assert ids("panen jagung") == [headline, deck, body]


def test_a_rare_word_counts_more_than_a_common_one():
    for number in range(5):
        told(f"Rapat {number}")
    rare = told("Kegiatan", "Sampah plastik dan wereng.")
    common = told("Rapat pleno", "Rapat wajib.")
    assert ids("rapat wereng")[0] == rare
    assert common in ids("rapat wereng")


def test_with_enough_articles_that_have_all_words_no_other_is_offered():
    whole = {told(f"Panen jagung {number}") for number in range(12)}
    told("Panen raya")
    assert set(ids("panen jagung")) == whole


def test_among_equals_the_newest_comes_first():
    moments = [datetime(2026, 11, day, tzinfo=UTC) for day in (5, 9, 7)]
    first, second, third = (told("Panen", at=moment) for moment in moments)
    assert ids("panen") == [second, third, first]


def test_a_phrase_is_found_word_by_word():
    article = told("Air bersih untuk warga")
    told("Bersih karena air")
    assert ids('"air bersih"') == ids("“Air  bersih”") == [article]
    assert ids('"bersih air"') == []


def test_what_is_excluded_is_not_found():
    article = told("Pasar malam")
    told("Pasar murah")
    told("Pasar murahan")
    told("Pasar malam murah")
    assert ids("pasar -murah") == [article]
    assert ids('pasar -"pasar malam" -murahan') == []


def test_exclusions_alone_find_nothing():
    told("Pasar murah")
    assert ids("-murah") == ids("--") == []


def test_titles_and_stop_words_need_not_stand_in_the_article():
    article = told("Sudirman hadir", "Andi Sudirman Sulaiman membuka acara.")
    assert ids("Dr. H. Andi Sudirman Sulaiman, S.T.") == [article]
    assert ids("yang untuk sudirman") == [article]


def test_stop_words_alone_are_looked_for_too():
    article = told("Siapa itu")
    told("Panen raya")
    assert ids("siapa itu") == [article]


def test_an_abbreviation_finds_what_it_stands_for_and_the_other_way_round():
    short = told("Disdukcapil buka layanan", office=province_office("11"))
    long = told("Dinas Kependudukan dan Pencatatan Sipil tutup", office=province_office("12"))
    assert set(ids("disdukcapil")) == set(ids("dinas kependudukan pencatatan sipil")) == {short, long}
    assert ids("disdukcapil")[0] == short


def test_tags_officials_and_the_office_of_an_article_find_it():
    article = told("Panen", office=regency_office("73.03"), tags=("stunting",))
    told("Panen", office=regency_office("11.01"))
    assert ids("stunting") == [article]
    assert ids("panen 73-03")[0] == article


def test_filters_narrow_what_is_found():
    here, there = regency_office("73.03"), regency_office("11.01")
    old = told("Panen", office=here, tags=("padi",), at=datetime(2026, 10, 3, tzinfo=UTC))
    new = told("Panen", office=there, at=datetime(2026, 11, 9, tzinfo=UTC))
    tag = Tag.objects.get(name="padi")
    assert ids("panen") == [new, old]
    assert ids("panen", provinsi="73") == ids("panen", kantor=here.slug) == ids("panen", tag=tag.slug) == [old]
    assert ids("panen", dari="2026-11-01") == [new]
    assert ids("panen", sampai="2026-11-01") == [old]
    assert ids("panen", rubrik="pemerintahan", dari="2026-10-04", sampai="2026-11-08") == []
    assert ids("panen", dari="bukan tanggal") == []


def test_only_what_is_public_is_found():
    withdrawn(headline="Panen raya")
    drafted(headline="Panen raya")
    shown = told("Panen raya")
    assert ids("panen") == ids("panen raya sekali") == [shown]


@pytest.mark.parametrize("limit", [1, 20])
def test_the_newest_are_found_whether_they_stand_in_the_first_months_looked_through_or_in_the_last(limit):
    months = [datetime(2024 + number // 12, 1 + number % 12, 5, tzinfo=UTC) for number in range(18)]
    old = [told("Panen jagung", at=months[n]) for n in (0, 1)]
    for number, month in enumerate(months[2:]):
        told("Panen padi" if number % 2 else "Tanam jagung", at=month)
    search = search_for(Question.from_text("panen jagung"), Filters())
    assert [hit.article_id for hit in newest_with_every_word(search, limit)] == old[::-1][:limit]


def test_the_newest_with_all_words_are_read_from_any_place_on():
    start = datetime(2025, 1, 9, tzinfo=UTC)
    articles = [told("Panen raya", at=start + timedelta(days=20 * number)) for number in range(8)]
    told("Panen", at=start)
    search = search_for(Question.from_text("panen raya"), Filters())
    first = newest_with_every_word(search, 3)
    assert [hit.article_id for hit in first] == articles[:4:-1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "panen\x00raya",
        '"',
        '""',
        '-"',
        "- -- ---",
        "AND OR NOT NEAR(",
        "a:b ^x *",
        "'; DROP TABLE",
        "\\",
        "🙂",
        "\ufffd\ufffd",
        "日本語",
        "(((",
        "@provinsi:73",
        "%_%",
        "x" * 10_000,
        "panen " * 2_000,
        '"' * 999,
        "1" * 500,
        "\u202eabc",
    ],
)
def test_anything_may_be_asked(text):
    article = told("Panen raya")
    assert set(ids(text)) <= {article}


def test_a_long_question_is_cut_and_says_so():
    question = Question.from_text("panen " + "kata " * LONGEST)
    assert question.is_cut
    assert question.words == ("panen", "kata")
    assert not Question.from_text("panen raya").is_cut
