"""The widget on other sites: its code, its frame, and its JSON."""

import re

import pytest

from news.embeds import NUMBERS
from tests.factories import PhotoFactory, RubricFactory, ministry, province_office, published, regency_office
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db

FRAME, DATA, BUILDER = "/widget/berita/", "/widget/berita.json", "/widget/"
EVERY = (FRAME, DATA, BUILDER)


def headlines(response):
    return [item["headline"] for item in response.json()["items"]]


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("path", [FRAME, DATA])
def test_a_widget_shows_what_is_published_and_nothing_else(client, path):
    hidden = hidden_articles()
    published(headline="Yang terbit")
    response = client.get(path)
    assert "Yang terbit" in text(response)
    assert shows_none_of(response, hidden)


def test_it_is_narrowed_as_every_list_is(client):
    published(regency_office(), headline="Dekat", rubric=RubricFactory(name="Ekonomi"))
    published(province_office("91"), headline="Jauh", tags=("humas",))
    assert headlines(client.get(DATA, {"provinsi": "73"})) == ["Dekat"]
    assert headlines(client.get(DATA, {"kantor": "kantor-91"})) == ["Jauh"]
    assert headlines(client.get(DATA, {"rubrik": "ekonomi"})) == ["Dekat"]
    assert headlines(client.get(DATA, {"tag": "humas"})) == ["Jauh"]
    assert "Berita Provinsi 73" in text(client.get(FRAME, {"provinsi": "73"}))


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("asked", "shown"), [("", 5), ("3", 3), ("6", 6)])
def test_it_shows_as_many_as_were_asked_for(client, asked, shown):
    for _ in range(6):
        published()
    assert len(headlines(client.get(DATA, {"jumlah": asked}))) == shown
    assert text(client.get(FRAME, {"jumlah": asked})).count("<li>") == shown


@pytest.mark.sqlite_only
@pytest.mark.parametrize("path", EVERY)
@pytest.mark.parametrize(
    "query",
    [{"jumlah": "2"}, {"jumlah": "11"}, {"jumlah": "9" * 5_000}, {"jumlah": "³"}, {"tema": "merah"}, {"dari": "x"}],
)
def test_what_cannot_be_understood_is_answered_with_a_sentence(client, path, query):
    response = client.get(path, query)
    assert response.status_code == 400
    assert re.search("Jumlah berita antara 3 dan 10|Pilih tema|tidak dikenal", text(response))


@pytest.mark.parametrize("path", EVERY)
@pytest.mark.parametrize("parameter", ["kantor", "provinsi", "rubrik", "tag", "agenda", "pejabat", "jumlah", "tema"])
def test_no_text_in_an_address_breaks_it(client, path, parameter):
    for hostile in ("\0", "x" * 10_000, "\ufffd", "-1", "'--", "😀", "%"):
        assert client.get(path, {parameter: hostile}).status_code in (400, 404)
    assert client.get(f"{path}?{parameter}=%ff%fe%00").status_code in (400, 404)


def test_a_frame_that_points_nowhere_says_so_inside_the_frame(client):
    response = client.get(FRAME, {"kantor": "tidak-ada"})
    assert response.status_code == 404
    assert "Buat kode yang baru" in text(response)
    assert "X-Frame-Options" not in response


@pytest.mark.sqlite_only
@pytest.mark.parametrize("query", ["", "?kantor=tidak-ada", "?jumlah=99"])
def test_any_site_may_frame_the_frame_and_no_other_page(client, query):
    response = client.get(FRAME + query)
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "X-Frame-Options" not in response
    assert client.get(BUILDER)["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in client.get(BUILDER)["Content-Security-Policy"]


@pytest.mark.sqlite_only
def test_the_frame_runs_no_script_and_is_left_out_by_robots(client):
    published()
    page = text(client.get(FRAME))
    assert "<script" not in page
    assert "style=" not in page
    assert '<meta name="robots" content="noindex">' in page
    assert client.get(FRAME)["X-Robots-Tag"] == "noindex"


@pytest.mark.sqlite_only
def test_its_links_lead_out_of_the_frame(client):
    published()
    links = re.findall(r"<a [^>]*>", text(client.get(FRAME)))
    assert len(links) == 3
    assert all('target="_blank" rel="noopener"' in link for link in links)


def test_an_empty_widget_says_what_will_come(client):
    assert "Belum ada berita" in text(client.get(FRAME))


@pytest.mark.sqlite_only
@pytest.mark.parametrize("path", EVERY)
def test_no_reader_gets_a_cookie(client, path):
    published()
    response = client.get(path)
    assert (response.cookies, response.has_header("Vary") and "Cookie" in response["Vary"]) == ({}, False)


@pytest.mark.sqlite_only
def test_an_unchanged_frame_is_not_sent_again(client):
    published()
    first = client.get(FRAME)
    assert client.get(FRAME, headers={"If-None-Match": first["ETag"]}).status_code == 304
    published()
    assert client.get(FRAME, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.sqlite_only
def test_the_page_makes_the_code(client):
    regency_office()
    page = client.get(BUILDER, {"kantor": "kantor-73-03", "jumlah": "3", "tema": "gelap"})
    assert page.context["code"] == (
        '<iframe src="http://testserver/widget/berita/?kantor=kantor-73-03&amp;jumlah=3&amp;tema=gelap"'
        ' title="Berita Diskominfo Kabupaten 73-03" height="416"'
        ' style="width: 100%; border: 0" loading="lazy"></iframe>'
    )
    assert '<option value="kantor-73-03" selected>' in text(page)
    assert page.context["frame_url"] == "/widget/berita/?kantor=kantor-73-03&jumlah=3&tema=gelap"
    assert page.context["data_url"] == "http://testserver/widget/berita.json?kantor=kantor-73-03&jumlah=3"


def test_the_code_carries_the_configured_address_of_the_site(client, settings):
    settings.SITE_URL = "https://kabar.example"
    assert 'src="https://kabar.example/widget/berita/"' in client.get(BUILDER).context["code"]


def test_a_filter_that_the_form_does_not_offer_is_kept(client):
    published(tags=("humas",))
    assert '<input type="hidden" name="tag" value="humas">' in text(client.get(BUILDER, {"tag": "humas"}))


def test_offices_are_offered_below_their_province(client):
    ministry(), province_office(), regency_office()
    assert [
        (place, [o[0] for o in offices]) for place, offices in client.get(BUILDER).context["choices"]["groups"]
    ] == [
        ("Indonesia", ["pusat"]),
        ("Provinsi 73", ["kantor-73", "kantor-73-03"]),
    ]


def test_only_the_plain_page_is_for_robots(client):
    assert client.get(BUILDER).context["robots"] == ""
    assert client.get(BUILDER, {"jumlah": "3"}).context["robots"] == "noindex, follow"
    assert client.get(BUILDER, {"jumlah": "3"}).context["canonical_url"] == "http://testserver/widget/"


def test_every_number_can_be_chosen(client):
    assert [value for value, _label, _chosen in client.get(BUILDER).context["choices"]["numbers"]] == [
        str(number) for number in NUMBERS
    ]


def test_the_json_tells_where_and_when(client):
    article = published(headline="Harga <ikan>", deck="Turun.").article
    [item] = client.get(DATA).json()["items"]
    assert item["url"] == f"http://testserver{article.get_absolute_url()}"
    assert (item["headline"], item["deck"], item["rubric"]) == ("Harga <ikan>", "Turun.", "Pemerintahan")
    assert (item["office"], item["region"]) == ("Dinas Komunikasi dan Informatika", "Kabupaten 73-03")
    assert item["published_at"].endswith("+08:00")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [(FRAME, 1), (DATA, 1), (f"{FRAME}?provinsi=73", 2), (BUILDER, 4), (f"{BUILDER}?provinsi=73", 4)],
)
def test_a_widget_takes_the_same_few_queries(client, django_assert_num_queries, path, queries, rows):
    for _ in range(rows):
        published(photos=(PhotoFactory(),))
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200
