"""The pages that tell what this portal is, how it corrects itself, and what it keeps of its readers."""

import pytest

from tests.factories import ministry

pytestmark = pytest.mark.django_db

PAGES = {
    "/tentang/": "Tidak seorang pun menyetujui tulisannya sendiri.",
    "/pedoman/": "UU 40/1999 tentang Pers, pasal 1 angka 11–13",
    "/aksesibilitas/": "(WCAG) 2.2 tingkat AA",
    "/privasi/": "Halaman berita tidak menaruh kuki.",
}


@pytest.mark.parametrize(("address", "words"), PAGES.items())
def test_a_page_says_what_it_is_for_and_stands_in_the_map_of_the_site(client, address, words):
    response = client.get(address)
    assert words in response.content.decode()
    assert not response.cookies
    assert f"http://testserver{address}" in client.get("/sitemap-halaman.xml").content.decode()


@pytest.mark.parametrize("address", [*PAGES, "/kontak/"])
def test_every_page_leads_to_it_from_its_foot(client, address):
    foot = client.get("/").content.decode().partition("<footer")[2]
    assert f'href="{address}"' in foot


@pytest.mark.parametrize(("address", "queries"), {"/tentang/": 2, "/pedoman/": 1, "/privasi/": 1}.items())
def test_a_page_costs_next_to_nothing(client, django_assert_num_queries, address, queries):
    ministry()
    with django_assert_num_queries(queries):
        client.get(address)


def test_the_ministry_is_named_where_it_is_known(client):
    assert "/kantor/pusat/" not in client.get("/tentang/").content.decode()
    ministry()
    assert 'href="/kantor/pusat/"' in client.get("/tentang/").content.decode()
