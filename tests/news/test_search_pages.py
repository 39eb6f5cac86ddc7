"""The search page as a reader and a robot meet it."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest

from news.models import Edition, SearchWord
from news.search.distance import slips, sound_key
from news.search.excerpts import excerpt, marked
from tests.factories import published, regency_office, withdrawn

pytestmark = pytest.mark.django_db


def page(client, q="", status=200, **query):
    response = client.get("/cari/", {"q": q, **query} if q else query)
    assert response.status_code == status
    return response


def headlines(response):
    return [result.article.headline for result in response.context.get("results", [])]


def told(headline, body="Isi.", **fields):
    return published(headline=headline, body=f"<p>{body}</p>", **fields)


def test_without_a_question_the_page_says_how_to_search(client):
    text = page(client).content.decode()
    assert "Cara mencari" in text
    assert '<input id="cari-kata"' in text


def test_the_page_is_for_no_robot_and_names_no_address_of_its_own(client):
    text = page(client, "panen").content.decode()
    assert '<meta name="robots" content="noindex, follow">' in text
    assert "canonical" not in text
    assert "og:url" not in text


def test_the_question_stands_in_the_box_and_nowhere_in_title_or_headers(client):
    told("Panen raya")
    response = page(client, 'zebra"><script>alert(1)</script>')
    head, _closed, body = response.content.decode().partition("</head>")
    assert "zebra" not in head + str(response.headers)
    assert "<script>alert" not in body
    assert 'value="zebra&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in body


def test_words_that_were_asked_for_are_marked_in_headline_and_passage(client):
    told("Petani menanam padi", "Hari ini cuaca cerah. Warga ikut penanaman padi & <em>jagung</em> bersama.")
    text = page(client, "tanam jagung").content.decode()
    assert "Petani <mark>menanam</mark> padi" in text
    assert "Warga ikut <mark>penanaman</mark> padi &amp; <mark>jagung</mark> bersama." in text


def test_a_passage_is_cut_around_the_words_and_escaped():
    edition = Edition(
        headline="Judul", deck="Ringkas.", body=f"<p>{'awal ' * 80}pasar &lt;b&gt; sentral {'akhir ' * 80}</p>"
    )
    text = excerpt(edition, {"pasar": 2.0, "sentral": 1.0})
    assert text.startswith("… awal")
    assert text.endswith("akhir …")
    assert "<mark>pasar</mark> &lt;b&gt; <mark>sentral</mark>" in text
    assert len(re.findall(r"\w+", re.sub("<[^>]+>|&[a-z]+;", "", text))) <= 35


def test_the_deck_stands_in_where_the_body_does_not_answer():
    edition = Edition(headline="Pasar", deck="Ringkas & jelas.", body="<p>Isi.</p>")
    assert excerpt(edition, {"pasar": 2.0}) == "Ringkas &amp; jelas."


def test_marks_keep_the_spelling_of_the_text():
    assert marked("Jum’at, CAFÉ <b>", {"jumat": 1.0, "cafe": 1.0}) == (
        "<mark>Jum’at</mark>, <mark>CAFÉ</mark> &lt;b&gt;"
    )


def test_a_misspelt_name_finds_the_nearest_one_and_says_so(client):
    edition = told("Syahrul Bayan menerima pin", "Penghargaan untuk Bantaeng.")
    response = page(client, "Sahrul Bantaneg")
    assert headlines(response) == [edition.headline]
    text = response.content.decode()
    assert "Tidak ada berita yang memuat “sahrul”." in text
    assert "<strong>syahrul</strong>" in text


def test_a_word_that_nothing_is_like_is_passed_over_and_the_reader_is_told(client):
    told("Panen raya")
    response = page(client, "panen xyzzyxq")
    assert headlines(response) == ["Panen raya"]
    assert "memuat “xyzzyxq”, jadi kata itu dilewati" in response.content.decode()
    assert "dilewati" not in page(client, "xyzzyxq").content.decode()


def test_a_rare_spelling_is_asked_about(client):
    told("Makassar membangun")
    told("Makasar salah ketik")
    SearchWord.objects.filter(text="makassar").update(uses=30)
    response = page(client, "makasar")
    assert headlines(response) == ["Makasar salah ketik"]
    assert response.context["suggestion"]["text"] == "makassar"
    assert "/cari/?q=makassar" in response.content.decode()


def test_nothing_found_offers_ways_that_find_something_and_the_latest(client):
    edition = told("Pasar malam dibuka", office=regency_office("73.03"))
    empty = regency_office("11.01")
    for query in ({"q": "pasar", "kantor": empty.slug}, {"q": '"malam pasar"'}, {"q": "pasar -malam"}):
        response = client.get("/cari/", query)
        [way] = response.context["ways_out"]
        assert headlines(client.get(html.unescape(way["url"]))) == [edition.headline], query
        assert response.context["latest"] == [edition.article]
        assert "Tidak ada berita yang cocok" in response.content.decode()


def test_the_latest_that_are_offered_are_public(client):
    withdrawn(headline="Pasar malam")
    assert page(client, "zzzz").context["latest"] == []


@pytest.mark.parametrize("order", [{}, {"urut": "terbaru"}])
def test_pages_follow_each_other_without_gaps_or_repeats_and_back(client, order, monkeypatch):
    monkeypatch.setattr("news.search.pages.PAGE_SIZE", 3)
    made = [
        told(f"Panen {'raya ' * (number % 3)}{number}", at=datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=number))
        for number in range(8)
    ]
    response, seen = page(client, "panen", **order), []
    first = headlines(response)
    while True:
        seen.append(headlines(response))
        if not response.context["older_url"]:
            break
        response = client.get(response.context["older_url"])
    assert [len(rows) for rows in seen] == [3, 3, 2]
    assert sorted(sum(seen, [])) == sorted(edition.headline for edition in made)
    back = client.get(response.context["newer_url"])
    assert headlines(back) == seen[1]
    assert headlines(client.get(back.context["newer_url"])) == first


def test_newest_first_keeps_to_the_public_order(client):
    moments = [datetime(2026, 11, day, tzinfo=UTC) for day in (5, 9, 7)]
    for moment in moments:
        told(f"Panen {moment.day}", at=moment)
    assert headlines(page(client, "panen", urut="terbaru")) == ["Panen 9", "Panen 7", "Panen 5"]


@pytest.mark.parametrize("cursor", ["x", "-", "ffff", "1-1-1", "\x00", "zz-1", "9" * 40])
def test_a_cursor_that_we_did_not_write_is_no_page(client, cursor):
    told("Panen")
    for order in ({}, {"urut": "terbaru"}):
        page(client, "panen", status=404, sebelum=cursor, **order)
        page(client, "panen", status=404, sesudah=cursor, **order)


def test_a_day_that_cannot_be_understood_is_told(client):
    assert "tidak dikenal" in page(client, "panen", status=400, dari="kemarin").content.decode()


@pytest.mark.parametrize("q", ["\x00", "x" * 10_000, "panen " * 1_600, "🙂 panen", '"' * 5_000, "-", "%", "\ufffd"])
def test_anything_is_answered_politely(client, q):
    told("Panen")
    for order in ({}, {"urut": "terbaru"}):
        page(client, q, **order)


def test_bytes_that_are_no_text_are_answered(client):
    assert client.get("/cari/?q=%ff%fe%00panen").status_code == 200


def test_a_question_that_is_too_long_is_cut_and_the_reader_is_told(client):
    assert "paling banyak 12 kata" in page(client, "panen padi " * 60).content.decode()


def test_filters_are_kept_beside_the_question(client):
    here = told("Panen", office=regency_office("73.03"))
    told("Panen", office=regency_office("11.01"))
    response = page(client, "panen", provinsi="73", urut="terbaru")
    assert headlines(response) == [here.headline]
    text = response.content.decode()
    for hidden in ('name="provinsi" value="73"', 'name="urut" value="terbaru"', 'name="q" value="panen"'):
        assert f'<input type="hidden" {hidden}>' in text


@pytest.mark.parametrize(("number", "by_relevance", "newest"), [(1, 15, 15), (3, 13, 13), (12, 12, 13)])
def test_a_search_costs_few_queries_and_the_fewer_the_more_is_found(
    client, number, by_relevance, newest, django_assert_num_queries
):
    for _ in range(number):
        told("Panen raya", "Warga ikut panen.")
    page(client, "panen")
    with django_assert_num_queries(by_relevance):
        page(client, "panen warga")
    with django_assert_num_queries(newest):
        page(client, "panen warga", urut="terbaru")


def test_every_page_but_this_one_has_a_search_box_in_its_head(client):
    assert 'id="cari-cepat"' in client.get("/berita/").content.decode()
    assert 'id="cari-cepat"' not in page(client, "panen").content.decode()


def test_a_page_that_is_not_there_offers_to_search(client):
    response = client.get("/tidak-ada/")
    assert response.status_code == 404
    assert '<input id="cari-kata"' in response.content.decode()


@pytest.mark.parametrize(
    ("word", "other", "number"),
    [
        ("bantaneg", "bantaeng", 1),
        ("makasar", "makassar", 1),
        ("sby", "sby", 0),
        ("panen", "jalan", 3),
    ],
)
def test_slips_are_counted_as_fingers_make_them(word, other, number):
    assert slips(word, other, 2) == slips(other, word, 2) == number


@pytest.mark.parametrize(("word", "other"), [("syahrul", "sahrul"), ("soeharto", "suharto"), ("makassar", "makasar")])
def test_spellings_that_sound_alike_have_one_key(word, other):
    assert sound_key(word) == sound_key(other)
