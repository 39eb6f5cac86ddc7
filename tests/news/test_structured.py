"""What machines read on a page: valid, complete, no more than the page shows, and closed by no text of anybody's."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.formats import date_format

from news.announcements import take_event_step
from news.models import Article, Event
from news.states import Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.models import Office, SocialAccount, Term
from offices.roles import Role
from offices.structured import as_script
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    OfficialFactory,
    PhotoFactory,
    PositionFactory,
    drafted,
    member,
    ministry,
    province_office,
    published,
    regency_office,
    withdrawn,
)
from tests.factories.news import someone

pytestmark = pytest.mark.django_db

ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
NASTY = "</script><script>alert(1)</script><!-- & \u2028 \u2029 \"'\\ 😀"

# What search engines ask for and recommend, by type.
ASKED_FOR = {
    "NewsArticle": {
        "headline", "image", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage", "description",
        "articleSection", "keywords", "mentions", "about", "contentLocation", "isAccessibleForFree", "inLanguage",
    },
    "Event": {
        "name", "startDate", "endDate", "eventStatus", "eventAttendanceMode", "location", "organizer", "url",
        "description",
    },
    "GovernmentOrganization": {
        "name", "alternateName", "url", "address", "telephone", "email", "contactPoint", "sameAs", "areaServed",
        "parentOrganization",
    },
    "Person": {"name", "url", "jobTitle", "hasOccupation", "worksFor"},
    "WebSite": {"name", "url", "potentialAction", "inLanguage"},
}  # fmt: skip


def nodes_at(client, path) -> dict:
    """The things that the page at `path` tells of, by type; the element is one and valid."""
    page = client.get(path)
    assert page.status_code == 200
    elements = ELEMENT.findall(page.content.decode())
    assert len(elements) == 1
    told = json.loads(elements[0])
    assert told["@context"] == "https://schema.org"
    return {node["@type"]: node for node in told["@graph"]}


def address(edition) -> str:
    return Article.objects.get(pk=edition.article_id).get_absolute_url()


@pytest.fixture
def office():
    office = regency_office("73.03")
    province_office("73")
    Office.objects.filter(pk=office.pk).update(
        address="Jalan Contoh 1", phone="0413-1", email="a@example.go.id", website="https://example.go.id/",
        ppid_email="ppid@example.go.id",
    )  # fmt: skip
    SocialAccount.objects.create(office=office, network="x", url="https://x.com/contoh")
    office.refresh_from_db()
    return office


def complete(office, **fields):
    term = AppointmentFactory(position=PositionFactory(office=office, title="Kepala Dinas"), kind=Term.PLT)
    event = EventFactory(state="published", organiser=office, description="<p>Tentang <b>rapat</b>.</p>")
    return published(
        office,
        officials=(term.official,),
        event=event,
        tags=("humas", "data"),
        photos=(PhotoFactory(office),),
        **fields,
    )


def test_an_article_tells_everything_that_is_asked_for(client, office):
    edition = complete(office, byline="Andi Rekaan", at=datetime(2026, 11, 2, 4, 30, tzinfo=UTC))
    article = nodes_at(client, address(edition))["NewsArticle"]
    assert ASKED_FOR["NewsArticle"] - set(article) == set()
    assert article["datePublished"] == article["dateModified"] == "2026-11-02T12:30:00+08:00"
    assert (article["author"]["@type"], article["author"]["name"]) == ("Person", "Andi Rekaan")
    assert article["publisher"]["@type"] == "GovernmentOrganization"
    assert article["publisher"]["name"] == office.full_name
    assert article["keywords"] == ["data", "humas"]
    assert [person["jobTitle"] for person in article["mentions"]] == ["Plt. Kepala Dinas"]
    assert article["about"]["@type"] == "Event"
    assert article["contentLocation"]["containedInPlace"]["identifier"] == "73"
    assert article["isAccessibleForFree"] is True
    assert all(image["url"].startswith("http://testserver/media/photos/") for image in article["image"])
    assert [(i["width"], i["height"]) for i in article["image"]] == [(640, 400), (1200, 630)]


def test_an_article_without_a_named_writer_is_the_offices(client):
    assert nodes_at(client, address(published()))["NewsArticle"]["author"]["@type"] == "GovernmentOrganization"


def test_an_article_says_only_what_it_has(client):
    article = nodes_at(client, address(published()))["NewsArticle"]
    assert {"image", "about", "mentions", "keywords", "correction"} & set(article) == set()
    assert "" not in article.values()


def test_a_correction_is_told_with_its_day(client, office):
    editor = someone(Role.EDITOR, office)
    newer = start_edition(published(office, at=datetime(2026, 11, 2, 4, tzinfo=UTC)).article, by=editor)
    newer.correction, newer.correction_note = "ralat", "Jumlahnya 12, bukan 21."
    newer.save()
    newer = save_content(newer, by=editor, version=newer.version)
    _publish(newer, office)
    article = nodes_at(client, address(newer))["NewsArticle"]
    assert [note["text"] for note in article["correction"]] == ["Jumlahnya 12, bukan 21."]
    assert article["dateModified"] > article["datePublished"]


def _publish(edition, office):
    take_step(edition, Step.SUBMIT, by=someone(Role.EDITOR, office))
    take_step(edition, Step.APPROVE, by=member(Role.EDITOR, office))
    take_step(edition, Step.PUBLISH, by=someone(Role.EDITOR, office))


def test_the_way_to_an_article_leads_through_its_place_and_its_rubric(client):
    crumbs = nodes_at(client, address(published(headline="Judulnya")))["BreadcrumbList"]["itemListElement"]
    assert [(c["position"], c["name"]) for c in crumbs] == [
        (1, "Beranda"),
        (2, "Kabupaten 73-03"),
        (3, "Pemerintahan"),
        (4, "Judulnya"),
    ]
    assert crumbs[2]["item"] == "http://testserver/rubrik/pemerintahan/"


@pytest.mark.parametrize("field", ["headline", "deck", "byline", "dateline_place"])
def test_no_text_closes_the_element(client, field):
    edition = published(**{field: NASTY})
    assert "<script>alert" not in client.get(address(edition)).content.decode()
    article = nodes_at(client, address(edition))["NewsArticle"]
    told = {"headline": "headline", "deck": "description", "byline": "author", "dateline_place": "dateline"}[field]
    assert article[told] == NASTY or article[told]["name"] == NASTY


def test_every_sign_that_could_end_a_script_is_escaped():
    element = as_script([{"@type": "Thing", "name": NASTY}])
    inside = ELEMENT.fullmatch(element)[1]
    assert not set(inside) & set("<>&\u2028\u2029")
    assert json.loads(inside)["@graph"][0]["name"] == NASTY


@pytest.mark.parametrize("make", [drafted, withdrawn])
def test_what_is_not_published_tells_machines_nothing(client, make, office):
    edition = make(office, headline="Rahasia")
    for path in filter(None, [address(edition), "/", "/berita/", office.get_absolute_url()]):
        assert not [text for text in ELEMENT.findall(client.get(path).content.decode()) if "Rahasia" in text]


def test_a_preview_tells_machines_nothing(client, office):
    client.force_login(someone(Role.EDITOR, office))
    page = client.get(f"/admin/news/article/{drafted(office).article_id}/preview/").content.decode()
    assert ELEMENT.search(page) is None


def event_at(client, event):
    return nodes_at(client, event.get_absolute_url())["Event"]


def test_an_event_tells_everything_that_is_asked_for(client, office):
    event = EventFactory(state="published", organiser=office, description="<p>Tentang <b>rapat</b> &amp; pasar.</p>")
    told = event_at(client, event)
    assert ASKED_FOR["Event"] - set(told) == set()
    assert told["eventStatus"] == "https://schema.org/EventScheduled"
    assert told["startDate"] == event.starts_at.astimezone(event.zone).isoformat(timespec="seconds")
    assert (told["location"]["name"], told["location"]["address"]) == ("Jakarta", "Jakarta")
    assert told["description"] == "Tentang rapat & pasar."
    assert "previousStartDate" not in told


def announced(office, *states, moved_to=None) -> Event:
    """An event taken through `states` by the real verbs, moved to another day before the last one."""
    manager = someone(Role.MANAGER, office)
    event = EventFactory(organiser=office)
    for state in states:
        if moved_to and state == states[-1]:
            event.refresh_from_db()
            event.ends_at, event.starts_at = event.ends_at + moved_to, event.starts_at + moved_to
            event.save()
        take_event_step(event, state, by=manager, note="Alasan.")
    event.refresh_from_db()
    return event


@pytest.mark.parametrize(
    ("states", "status"),
    [
        (("published", "postponed"), "EventPostponed"),
        (("published", "cancelled"), "EventCancelled"),
        (("published", "postponed", "cancelled"), "EventCancelled"),
    ],
)
def test_an_event_that_is_off_says_so(client, office, states, status):
    told = event_at(client, announced(office, *states))
    assert told["eventStatus"] == f"https://schema.org/{status}"
    assert "previousStartDate" not in told


def test_an_event_that_was_moved_says_when_it_was_planned_before(client, office):
    event = announced(office, "published", "postponed", "published", moved_to=timedelta(days=7))
    told = event_at(client, event)
    assert told["eventStatus"] == "https://schema.org/EventRescheduled"
    before = event.starts_at - timedelta(days=7)
    assert told["previousStartDate"] == before.astimezone(event.zone).isoformat(timespec="seconds")


def test_an_office_tells_everything_that_is_asked_for(client, office):
    told = nodes_at(client, office.get_absolute_url())
    organisation = told["GovernmentOrganization"]
    assert ASKED_FOR["GovernmentOrganization"] - set(organisation) == set()
    assert organisation["sameAs"] == ["https://example.go.id/", "https://x.com/contoh"]
    assert [contact["contactType"] for contact in organisation["contactPoint"]] == ["layanan informasi", "PPID"]
    assert organisation["areaServed"]["identifier"] == "73.03"
    assert organisation["parentOrganization"]["name"] == "Pemerintah Kabupaten 73-03"
    assert [c["name"] for c in told["BreadcrumbList"]["itemListElement"]] == ["Beranda", "Kantor", office.full_name]


def test_the_ministry_belongs_to_the_republic(client):
    told = nodes_at(client, ministry().get_absolute_url())["GovernmentOrganization"]
    assert told["parentOrganization"]["name"] == "Pemerintah Republik Indonesia"
    assert told["areaServed"] == {"@type": "Country", "name": "Indonesia", "identifier": "00"}


def test_an_official_tells_every_term_no_more_exactly_than_it_is_known(client, office):
    official = OfficialFactory(known_as="SBY")
    place = PositionFactory(office=office, title="Kepala Dinas")
    AppointmentFactory(
        official=official, position=place, held_from=date(2019, 6, 1), from_precision="month",
        held_until=date(2021, 1, 1), until_precision="year",
    )  # fmt: skip
    AppointmentFactory(official=official, position=PositionFactory(office=ministry(), title="Direktur"))
    told = nodes_at(client, official.get_absolute_url())["Person"]
    assert ASKED_FOR["Person"] - set(told) == set()
    assert (told["alternateName"], told["jobTitle"]) == ("SBY", ["Direktur"])
    assert [(r["startDate"], r.get("endDate"), r["roleName"]) for r in told["worksFor"]] == [
        ("2019-06", "2021", "Kepala Dinas"),
        ("2000-01-01", None, "Direktur"),
    ]


def test_the_front_page_tells_how_to_search(client):
    site = nodes_at(client, "/")["WebSite"]
    assert ASKED_FOR["WebSite"] - set(site) == set()
    action = site["potentialAction"]
    assert action["target"]["urlTemplate"] == "http://testserver/cari/?q={search_term_string}"
    assert action["query-input"] == "required name=search_term_string"


def test_a_list_tells_its_articles_in_their_order_and_robots_are_told_once(client):
    editions = [published(headline=f"Berita {n}") for n in range(3)]
    items = nodes_at(client, "/berita/")["ItemList"]["itemListElement"]
    assert [item["name"] for item in items] == ["Berita 2", "Berita 1", "Berita 0"]
    assert items[0]["url"] == f"http://testserver{address(editions[2])}"
    assert ELEMENT.search(client.get("/berita/?rubrik=pemerintahan").content.decode()) is None


def test_the_visible_way_is_the_one_that_machines_read(client):
    event = EventFactory(state="published", organiser=ministry())
    crumbs = nodes_at(client, event.get_absolute_url())["BreadcrumbList"]["itemListElement"]
    month = date_format(event.starts_at.astimezone(event.zone), "F Y")
    assert [crumb["name"] for crumb in crumbs] == ["Beranda", "Agenda", month]


def test_a_region_stands_below_its_province(client, office):
    told = nodes_at(client, office.region.get_absolute_url())
    assert told["AdministrativeArea"]["containedInPlace"]["identifier"] == "73"
    names = [crumb["name"] for crumb in told["BreadcrumbList"]["itemListElement"]]
    assert names == ["Beranda", "Wilayah", "Provinsi 73", "Kabupaten 73-03"]
