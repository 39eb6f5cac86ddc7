"""The page on which readers find feeds and calendars."""

import pytest
from lxml import etree

from news.models import Rubric
from tests.factories.news import RubricFactory, published
from tests.factories.offices import ministry, province_office, regency_office
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db
HOSTILE = ["\0", "a\0b", "x" * 10_000, "%", "' OR 1=1 --", "<script>", "😀", "a " * 5_000]


def links(response):
    assert response.status_code == 200
    return [link.get("href") for link in etree.HTML(response.content).findall(".//main//a")]


def names(response, kind):
    return [entry["name"] for entry in response.context[kind]]


def test_every_address_on_the_page_is_there(client):
    ministry()
    published(regency_office("73.03"), rubric=RubricFactory(name="Ekonomi"))
    addresses = [address for address in links(client.get("/langganan/?q=73")) if not address.startswith("#")]
    assert {
        "/feed/",
        "/feed/?format=atom",
        "/feed/?format=json",
        "/agenda/agenda.ics",
        "/wilayah/73/feed/?format=json",
        "/wilayah/73/agenda.ics",
        "/kantor/kantor-73-03/feed/",
        "/kantor/kantor-73-03/agenda.ics",
        "/rubrik/ekonomi/feed/?format=atom",
        "/widget/",
        "/api/v1/",
    } <= set(addresses)
    assert [address for address in addresses if client.get(address).status_code != 200] == []


def test_the_footer_leads_there(client):
    assert b'href="/langganan/"' in client.get("/").content


def test_an_office_is_found_by_the_words_of_its_name_and_place(client):
    regency_office("73.03")
    regency_office("91.71")
    assert names(client.get("/langganan/?q=dinas+91-71"), "offices") == [
        "Dinas Komunikasi dan Informatika Kabupaten 91-71"
    ]
    nothing = client.get("/langganan/?q=tidak+ada")
    assert "Tidak ada kantor yang cocok" in nothing.content.decode()


def test_no_more_is_found_than_fits(client, monkeypatch):
    from news.views import subscriptions

    monkeypatch.setattr(subscriptions, "MOST_FOUND", 1)
    province_office("73"), province_office("91")
    response = client.get("/langganan/?q=dinas")
    assert (len(names(response, "offices")), response.context["has_more"]) == (1, True)


def test_hubs_are_named_where_there_are_any(client, settings):
    assert "WebSub" not in client.get("/langganan/").content.decode()
    settings.WEBSUB_HUBS = ["https://hub.example/"]
    assert "<code>https://hub.example/</code>" in client.get("/langganan/").content.decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_in_the_search_breaks_the_page(client, text):
    regency_office()
    response = client.get("/langganan/", {"q": text})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_a_search_is_not_indexed_and_the_page_is(client):
    assert client.get("/langganan/").context["robots"] == ""
    searched = client.get("/langganan/?q=x")
    assert (searched.context["robots"], searched.context["canonical_url"]) == (
        "noindex, follow",
        "http://testserver/langganan/",
    )


def test_nothing_unpublished_is_named(client):
    hidden = hidden_articles(tags=("rahasia",))
    assert shows_none_of(client.get("/langganan/?q=dinas"), [*hidden, "rahasia"])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_four_queries(client, django_assert_num_queries, rows):
    for number in range(rows):
        province_office(f"9{number}")
        Rubric.objects.create(name=f"Rubrik {number}", slug=f"rubrik-{number}")
    with django_assert_num_queries(4):
        client.get("/langganan/?q=dinas")
    with django_assert_num_queries(3):
        client.get("/langganan/")
