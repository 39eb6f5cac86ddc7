"""Pages for what cannot be shown."""

import pytest
from django.test import Client, RequestFactory
from django.urls import path

from news.views.errors import gone
from offices.roles import Role
from portal import urls
from portal.errors import server_error
from tests.factories import member, regency_office

pytestmark = pytest.mark.django_db


def test_an_unknown_address_is_answered_in_words(client):
    response = client.get("/tidak-ada/")
    assert response.status_code == 404
    assert "Halaman ini tidak ada" in response.content.decode()
    assert response.content.decode().count('name="robots"') == 1
    assert not response.cookies


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("/berita/2019/12/tidak-ada/", ("Indeks berita Desember 2019", "/berita/2019/12/")),
        ("/berita/2019/02/30/", ("Indeks berita Februari 2019", "/berita/2019/02/")),
        ("/kantor/tidak-ada/", ("Direktori kantor", "/kantor/")),
        ("/pejabat/tidak-ada/", ("Direktori kantor", "/kantor/")),
        ("/agenda/2019/tidak-ada/", ("Agenda", "/agenda/")),
    ],
)
def test_an_unknown_address_leads_to_what_is_near_it(client, address, way):
    response = client.get(address)
    assert response.status_code == 404
    assert response.context["ways"] == [way]
    assert f'href="{way[1]}"' in response.content.decode()


@pytest.mark.parametrize("address", ["/tidak-ada/", "/berita/9999/12/x/", "/berita/0000/12/x/", "/berita/2019/13/x/"])
def test_an_unknown_address_leads_to_no_month_that_has_not_come(client, address):
    assert client.get(address).context["ways"] == []


def test_an_unknown_address_costs_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/berita/2019/tidak-ada/")


def test_what_was_removed_is_gone():
    response = gone(RequestFactory().get("/"))
    assert response.status_code == 410
    assert response.content.decode().count('name="robots"') == 1


def test_a_failure_is_answered_without_a_context():
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Halaman ini gagal dibuka" in response.content.decode()


def broken(request):
    raise ZeroDivisionError


class AddressesWithABrokenPage:
    urlpatterns = [path("", broken)]
    handler500 = urls.handler500


def test_a_failing_page_is_answered_in_words(settings):
    settings.ROOT_URLCONF = AddressesWithABrokenPage
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "gagal dibuka" in response.content.decode()


def test_too_many_parameters_are_refused(client):
    response = client.get("/berita/?" + "&".join(f"a{n}=1" for n in range(3_000)))
    assert response.status_code == 400
    assert "Permintaan ini tidak dapat dibaca" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/%ff%fe/",
        "/" + "x" * 10_000,
        "/berita/%00/",
        "/berita/2019/12/%00/",
        "/berita/2019/13/a/",
        "/berita/" + "9" * 5_000 + "/12/a/",
    ],
)
def test_no_address_breaks_the_portal(client, path):
    assert client.get(path).status_code == 404


def test_what_is_not_yours_is_answered_in_words(client):
    client.force_login(member(Role.WRITER, regency_office()))
    response = client.get("/pusat/")
    assert response.status_code == 403
    assert "Bukan wewenang Anda" in response.content.decode()


def test_a_form_that_is_no_longer_good_is_answered_in_words():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "Formulir ini tidak berlaku lagi" in page
    assert "<style" not in page
    assert page.count('name="robots"') == 1


@pytest.mark.parametrize(
    "path", ["article/?status=%00", "article/%00/change/", "article/choose/?term=%00", "photo/?q=%00", "tag/?pk=%00"]
)
def test_an_address_of_the_newsroom_with_a_nul_is_refused(client, path):
    client.force_login(member(Role.WRITER, regency_office()))
    assert client.get(f"/admin/news/{path}").status_code == 400


@pytest.mark.parametrize("query", ["starts_at=x", "participants=x", "organiser=x"])
def test_nonsense_in_the_address_of_a_new_event_is_passed_over(client, query):
    client.force_login(member(Role.WRITER, regency_office()))
    assert client.get(f"/admin/news/event/add/?{query}").status_code == 200
