"""How lists and search results spread over places, topics, people and years."""

import pytest

from news import facets
from news.facets import Counted, facets_of
from news.queries import Filters, public_cards
from tests.factories import AppointmentFactory, EventFactory, PositionFactory, published, regency_office
from tests.factories.news import RubricFactory
from tests.factories.unseen import hidden_articles

pytestmark = pytest.mark.django_db


def spread(filters: Filters | None = None) -> dict[str, dict[str, int]]:
    filters = filters or Filters()
    found = facets_of(Counted.of_list(filters.apply(public_cards())), filters)
    return {facet.name: {str(choice.value): choice.count for choice in facet.choices} for facet in found}


@pytest.fixture
def office():
    return regency_office("73.03")


def shown(response) -> dict[str, dict[str, str]]:
    """By heading, the labels of the links with their counts."""
    groups = response.context["facets"]
    return {group["heading"]: {link["label"]: link["count"] for link in group["links"]} for group in groups}


def test_a_list_says_how_its_articles_spread(office):
    term = AppointmentFactory(position=PositionFactory(office=office))
    event = EventFactory(state="published", organiser=office)
    published(office, tags=("panen", "humas"), officials=(term.official,), event=event)
    published(office, tags=("panen",), rubric=RubricFactory(slug="ekonomi", name="Ekonomi"))
    published(regency_office("11.01"), tags=("humas",))
    found = spread()
    assert sorted(found["province"].values()) == [1, 2]
    assert found["rubric"] == {"Pemerintahan": 2, "Ekonomi": 1}
    assert found["tag"] == {"panen": 2, "humas": 2}
    assert found["official"] == {str(term.official): 1}
    assert found["event"] == {str(event): 1}
    assert "year" not in found


def test_what_is_hidden_counts_nowhere(office):
    published(office, tags=("panen",))
    published(regency_office("11.01"))
    before = spread()
    hidden_articles(office, tags=("panen", "rahasia"), rubric=RubricFactory(slug="rahasia", name="Rahasia"))
    assert spread() == before


def test_a_kind_that_is_chosen_or_leaves_no_choice_is_not_offered(office):
    published(office, tags=("panen",))
    published(regency_office("73.71"))
    published(regency_office("11.01"))
    within = spread(Filters(province=office.region.parent))
    assert "province" not in within
    assert "rubric" not in within
    assert len(within["office"]) == 2


def test_every_count_is_what_the_link_then_shows(client, office):
    published(office, tags=("panen",))
    published(office, rubric=RubricFactory(slug="ekonomi", name="Ekonomi"))
    published(regency_office("11.01"), tags=("panen",))
    page = client.get("/berita/")
    links = [link for group in page.context["facets"] for link in group["links"]]
    assert len(links) > 4
    for link in links:
        assert len(client.get(link["url"]).context["articles"]) == int(link["count"]), link["label"]


def test_beyond_what_is_counted_a_number_says_at_least(client, office, monkeypatch):
    monkeypatch.setattr(facets, "MOST_COUNTED", 2)
    for _ in range(3):
        published(office, tags=("panen",))
    published(regency_office("11.01"))
    assert set(shown(client.get("/berita/"))["Tag"].values()) == {"1+"}


def test_results_of_a_search_spread_the_same_way(client, office):
    published(office, headline="Panen raya padi", tags=("panen",))
    published(office, headline="Panen jagung")
    published(regency_office("11.01"), headline="Panen kopi")
    for order in ("", "&urut=terbaru"):
        response = client.get(f"/cari/?q=panen{order}")
        assert shown(response)["Tag"] == {"panen": "1"}
        link = response.context["facets"][0]["links"][0]
        narrowed = client.get(link["url"])
        assert len(narrowed.context["results"]) == int(link["count"])


@pytest.mark.parametrize("rows", [1, 3])
def test_narrowing_takes_the_same_queries_whatever_is_there(office, django_assert_num_queries, rows):
    term = AppointmentFactory(position=PositionFactory(office=office))
    event = EventFactory(state="published", organiser=office)
    for _ in range(rows):
        published(office, tags=("panen",), officials=(term.official,), event=event)
        published(regency_office("11.01"))
    filters = Filters()
    with django_assert_num_queries(9):
        [str(c.value) for f in facets_of(Counted.of_list(public_cards()), filters) for c in f.choices]


def test_later_pages_and_faulty_dates_offer_nothing(client, office):
    published(office)
    assert client.get("/berita/?dari=kemarin").context["facets"] == []
