"""The page that tells how to reach an office, and how to ask for public information."""

import pytest
from django.test import Client

from offices.models import Office
from offices.roles import Role
from tests.factories import member, ministry, province_office, regency_office

pytestmark = pytest.mark.django_db

PPID = {
    "ppid_email": "ppid@example.org",
    "ppid_phone": "0413 21000",
    "ppid_address": "Jalan Contoh 1\nBantaeng",
    "ppid_website": "https://ppid.example.org/",
}


def shown(client, **asked):
    return client.get("/kontak/", asked)


def test_the_page_tells_how_to_ask_and_in_how_many_days_one_is_answered(client):
    page = shown(client).content.decode()
    for words in ("UU 14/2008", "paling lambat 10 hari kerja", "7 hari kerja", "Pasal 22 ayat (7) dan (8)"):
        assert words in page


def test_a_province_shows_its_own_office_and_those_below_it(client):
    province, below = province_office(), regency_office()
    regency_office("11.01")
    assert shown(client, wilayah="73").context["offices"] == [province, below]


def test_the_centre_is_one_office(client):
    centre, _other = ministry(), province_office()
    assert shown(client, wilayah="00").context["offices"] == [centre]


def test_an_office_is_found_by_the_words_of_its_region(client):
    office = regency_office()
    Office.objects.filter(pk=office.pk).update(official_name="Dinas Kominfo dan Persandian")
    regency_office("11.01")
    assert shown(client, q="persandian 73-03").context["offices"] == [office]
    assert "Tidak ada kantor yang cocok" in shown(client, q="negeri di awan").content.decode()


def test_an_office_shows_where_it_answers_requests(client):
    Office.objects.filter(pk=regency_office().pk).update(**PPID, email="kantor@example.org")
    page = shown(client, wilayah="73").content.decode()
    for words in ("mailto:ppid@example.org", "0413 21000", "Jalan Contoh 1", "https://ppid.example.org/"):
        assert words in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "kantor@example.org"}, "Kirim permintaan informasi ke kontak kantor ini"),
        ({}, "Hubungi kantor provinsi atau pusat"),
    ],
)
def test_an_office_without_its_ppid_says_where_to_go_instead(client, fields, sentence):
    Office.objects.filter(pk=regency_office().pk).update(official_name="Dinas", **fields)
    assert sentence in shown(client, wilayah="73").content.decode()


@pytest.mark.parametrize("asked", ["%00", "%ff%fe", "a" * 10_000, "%F0%9F%97%BA", "9" * 400, "%27%22%3C", "%25_"])
@pytest.mark.parametrize("name", ["q", "wilayah"])
def test_a_strange_question_finds_nothing_and_breaks_nothing(client, asked, name):
    regency_office()
    response = client.get(f"/kontak/?{name}={asked}")
    assert response.status_code == 200
    assert response.context["robots"] == "noindex"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_three_queries(client, django_assert_num_queries, rows):
    for n in range(rows):
        regency_office(f"73.0{n + 1}")
    with django_assert_num_queries(3):
        assert len(shown(client, wilayah="73").context["offices"]) == rows


def test_the_operators_mailbox_is_shown_where_there_is_one(client, settings):
    assert "belum mengisi alamat surelnya" in shown(client).content.decode()
    settings.CONTACT_EMAIL = "pengelola@example.org"
    assert "mailto:pengelola@example.org" in shown(client).content.decode()


def test_the_page_sets_no_cookie(client):
    assert not shown(client, wilayah="73").cookies


def test_a_manager_fills_in_where_requests_are_answered():
    office = regency_office()
    browser = Client()
    browser.force_login(member(Role.MANAGER, office))
    rows = {"accounts-TOTAL_FORMS": 0, "accounts-INITIAL_FORMS": 0}
    url = f"/admin/offices/office/{office.pk}/change/"
    assert "Layanan informasi publik (PPID)" in browser.get(url).content.decode()
    browser.post(url, {"official_name": office.official_name, **PPID, **rows})
    office.refresh_from_db()
    assert (office.ppid_email, office.ppid_website) == (PPID["ppid_email"], PPID["ppid_website"])
