"""The API around its articles: the other nouns, what is refused and how, and its description."""

from datetime import UTC, datetime, timedelta

import pytest

from news.models import Event, FormerTag, Tag
from news.queries import PARAMETERS
from offices.models import Official
from offices.roles import Role
from portal.api.parameters import DESCRIBED
from portal.api.schema import described_api
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    OfficialFactory,
    PositionFactory,
    RubricFactory,
    drafted,
    member,
    ministry,
    province_office,
    published,
    regency_office,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)
ROOT = "/api/v1/"
LISTS = ["articles", "changes", "regions", "offices", "officials", "events", "tags", "rubrics"]
HOSTILE = ["\0", "x" * 10_000, "\ufffd", "-1", "9" * 5_000, "' OR 1=1 --", "😀"]


@pytest.fixture(autouse=True)
def unlimited(settings):
    settings.API_REQUESTS_A_MINUTE = 0


def rows(client, address, key="slug"):
    response = client.get(ROOT + address)
    assert response.status_code == 200, response.content
    return [row[key] for row in response.json()["results"]]


def pages(client, address, key="slug"):
    """The pages from the first on, and then back again from the last."""
    onward, url = [], ROOT + address
    while url:
        onward.append(client.get(url).json())
        url = onward[-1]["next"]
    back, url = [], onward[-1]["previous"]
    while url:
        back.append(client.get(url).json())
        url = back[-1]["previous"]
    keys = [[row[key] for row in page["results"]] for page in onward]
    assert [[row[key] for row in page["results"]] for page in back] == keys[-2::-1]
    return keys


class TestPlaces:
    def test_regions_are_told_by_code_and_narrowed_to_a_province(self, client):
        ministry(), regency_office("73.03"), province_office("73"), province_office("91")
        assert rows(client, "regions/", "code") == ["00", "73", "73.03", "91"]
        assert rows(client, "regions/?provinsi=73", "code") == ["73", "73.03"]
        told = client.get(f"{ROOT}regions/73.03/").json()
        assert (told["parent"], told["zone"], told["office"]["slug"]) == ("73", "WITA", "kantor-73-03")

    def test_offices_are_told_with_their_contact(self, client):
        office = regency_office()
        office.email, office.phone = "kominfo@example.go.id", "0413-1"
        office.save()
        office.accounts.create(network="x", url="https://x.com/kominfo")
        province_office("91")
        told = client.get(f"{ROOT}offices/{office.slug}/").json()
        assert (told["email"], told["phone"], told["logo"]) == ("kominfo@example.go.id", "0413-1", None)
        assert told["accounts"] == [{"network": "x", "url": "https://x.com/kominfo"}]
        assert told["region"]["code"] == "73.03"
        assert rows(client, "offices/?provinsi=73") == ["kantor-73-03"]

    def test_nobody_of_the_staff_is_told_of(self, client):
        person = member(Role.EDITOR, regency_office(), name="Nama Rahasia", email="rahasia@example.org")
        for address in LISTS:
            text = client.get(f"{ROOT}{address}/").content.decode()
            assert person.name not in text
            assert person.email not in text


class TestOfficials:
    def test_an_official_has_every_term_the_latest_first(self, client):
        office = regency_office()
        person = OfficialFactory(name="Syahrul", known_as="SBY", slug="syahrul")
        AppointmentFactory(
            official=person, position=PositionFactory(office=office, title="Kabid"), held_until="2019-06-01"
        )
        AppointmentFactory(
            official=person,
            position=PositionFactory(office=office, title="Kadis"),
            kind="plt",
            held_from="2019-06-01",
            from_precision="month",
        )
        told = client.get(f"{ROOT}officials/syahrul/").json()
        assert told["known_as"] == "SBY"
        assert [term["title"] for term in told["appointments"]] == ["Plt. Kadis", "Kabid"]
        assert (told["appointments"][0]["from_precision"], told["appointments"][0]["held_until"]) == ("month", None)
        assert told["appointments"][1]["region"]["code"] == "73.03"

    def test_they_are_narrowed_to_who_ever_served_there(self, client):
        here = AppointmentFactory(position=PositionFactory(office=regency_office()))
        AppointmentFactory(position=PositionFactory(office=province_office("91")))
        assert rows(client, "officials/?kantor=kantor-73-03") == [here.official.slug]


class TestEvents:
    def test_what_was_announced_is_told_and_nothing_else(self, client):
        for state in ("draft", "submitted", "published", "postponed", "cancelled"):
            EventFactory(state=state, slug=state, starts_at=NOON)
        assert sorted(rows(client, "events/")) == ["cancelled", "postponed", "published"]
        assert client.get(f"{ROOT}events/2026/draft/").status_code == 404
        assert client.get(f"{ROOT}events/2026/postponed/").json()["state"] == "postponed"

    def test_one_event_tells_who_takes_part(self, client):
        event = EventFactory(state="published", slug="rakornas", starts_at=NOON, organiser=ministry())
        Event.objects.filter(pk=event.pk).update(description='<p>Satu.</p><p><a href="/agenda/">Dua</a>.</p>')
        event.participants.add(regency_office())
        told = client.get(f"{ROOT}events/2026/rakornas/").json()
        assert [office["slug"] for office in told["participants"]] == ["kantor-73-03"]
        assert told["description_text"] == "Satu.\n\nDua."
        assert '<a href="http://testserver/agenda/"' in told["description_html"]
        assert told["calendar_url"] == "http://testserver/agenda/2026/rakornas/agenda.ics"

    def test_they_are_narrowed_by_office_and_day(self, client):
        early = EventFactory(state="published", slug="awal", starts_at=NOON, organiser=ministry())
        early.participants.add(regency_office())
        EventFactory(state="published", slug="akhir", starts_at=NOON + timedelta(days=3), organiser=ministry())
        assert rows(client, "events/") == ["akhir", "awal"]
        assert rows(client, "events/?kantor=kantor-73-03") == ["awal"]
        assert rows(client, "events/?dari=2026-11-03") == ["akhir"]
        assert rows(client, "events/?sampai=2026-11-02") == ["awal"]
        assert rows(client, "events/?dari=2026-11-02&sampai=2026-11-02") == ["awal"]


class TestTopics:
    def test_a_tag_of_nothing_public_is_not_told(self, client):
        drafted(tags=("rahasia",))
        published(tags=("humas",))
        assert rows(client, "tags/") == ["humas"]
        assert client.get(f"{ROOT}tags/rahasia/").status_code == 404

    def test_a_former_name_answers_with_the_present_tag(self, client):
        published(tags=("humas",))
        FormerTag.objects.create(name="hubungan", slug="hubungan", tag=Tag.objects.get(slug="humas"))
        assert client.get(f"{ROOT}tags/hubungan/").json()["slug"] == "humas"

    def test_rubrics_are_told(self, client):
        RubricFactory(name="Ekonomi", description="Pasar.")
        assert client.get(f"{ROOT}rubrics/ekonomi/").json() == {
            "slug": "ekonomi",
            "name": "Ekonomi",
            "url": "http://testserver/rubrik/ekonomi/",
            "description": "Pasar.",
        }


def test_lists_by_name_lead_on_and_back(client):
    for n in range(5):
        OfficialFactory(slug=f"pejabat-{n}")
    assert pages(client, "officials/?limit=2") == [
        ["pejabat-0", "pejabat-1"],
        ["pejabat-2", "pejabat-3"],
        ["pejabat-4"],
    ]
    Official.objects.all().delete()
    for n in range(5):
        EventFactory(state="published", slug=f"agenda-{n}", starts_at=NOON - timedelta(days=n))
    assert pages(client, "events/?limit=2") == [["agenda-0", "agenda-1"], ["agenda-2", "agenda-3"], ["agenda-4"]]


@pytest.mark.parametrize("name", LISTS)
def test_no_parameter_breaks_a_list(client, name):
    for parameter in [*DESCRIBED, "limit"]:
        for text in HOSTILE:
            response = client.get(f"{ROOT}{name}/", {parameter: text})
            assert response.status_code in (200, 400, 404), (parameter, text)
            assert response.status_code == 200 or response["Content-Type"] == "application/problem+json"
        assert client.get(f"{ROOT}{name}/?{parameter}=%ff%fe%00").status_code in (200, 400, 404)


@pytest.mark.parametrize(
    "path",
    [
        "x",
        "x/y/",
        "articles/0/",
        "articles/x/",
        "articles/-1/",
        "articles/9223372036854775808/",
        "articles/%00/",
        "%ff%fe/",
    ]
    + [
        "regions/7303/",
        "regions/99/",
        "offices/%00/",
        "events/1/x/",
        "events/9999/x/",
        "tags/x%0a/",
        "a%0ab",
        "rubrics/😀/",
    ]
    + [f"articles/{'9' * 5_000}/", f"offices/{'x' * 10_000}/"],
)
def test_an_address_of_nothing_is_a_problem_document(client, path):
    response = client.get(ROOT + path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["detail"] == "Tidak ada yang dapat ditemukan di alamat ini."
    assert response["Access-Control-Allow-Origin"] == "*"


def test_an_address_without_its_last_slash_leads_there(client):
    response = client.get(f"{ROOT}articles?provinsi=73")
    assert (response.status_code, response["Location"]) == (301, f"{ROOT}articles/?provinsi=73")
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.sqlite_only
@pytest.mark.parametrize("path", ["", "openapi.json", "articles/", "articles/1/", "x/"])
def test_every_address_stands_behind_the_door(client, path):
    client.handler.enforce_csrf_checks = True
    assert client.post(ROOT + path).status_code == 405
    assert client.options(ROOT + path).status_code == 204
    assert not client.get(ROOT + path).cookies


@pytest.mark.sqlite_only
def test_a_session_is_not_looked_at(client, django_assert_num_queries):
    client.force_login(member(Role.EDITOR, regency_office()))
    with django_assert_num_queries(1):
        response = client.get(f"{ROOT}regions/")
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"].startswith("public")


def test_what_has_not_changed_is_not_sent_again(client):
    edition = published()
    first = client.get(f"{ROOT}articles/{edition.article_id}/")
    again = {"If-None-Match": first["ETag"]}
    assert client.get(f"{ROOT}articles/{edition.article_id}/", headers=again).status_code == 304
    office = edition.article.office
    office.official_name = "Nama baru"
    office.save()
    assert client.get(f"{ROOT}articles/{edition.article_id}/", headers=again).status_code == 200


@pytest.mark.sqlite_only
class TestDescription:
    def test_it_is_openapi_3_1_of_every_address(self, client):
        told = client.get(f"{ROOT}openapi.json").json()
        assert told["openapi"].startswith("3.1")
        assert {f"{ROOT}{name}/" for name in LISTS} < set(told["paths"])
        assert {method for path in told["paths"].values() for method in path} == {"get"}

    def test_every_whole_number_has_bounds(self):
        def numbers(part):
            if isinstance(part, dict):
                if part.get("type") == "integer":
                    yield part
                for value in part.values():
                    yield from numbers(value)
            elif isinstance(part, list):
                for value in part:
                    yield from numbers(value)

        found = list(numbers(described_api()))
        assert len(found) > 10
        assert [part for part in found if not {"minimum", "maximum"} <= set(part)] == []

    def test_it_describes_the_filters_of_readers(self):
        assert set(PARAMETERS.values()) <= set(DESCRIBED)

    def test_people_read_it_without_a_script_of_others(self, client):
        page = client.get(ROOT)
        text = page.content.decode()
        assert "<h1>API data terbuka</h1>" in text
        assert "<code>diubah_sejak</code>" in text
        assert 'style="' not in text
        assert "unsafe" not in page["Content-Security-Policy"]

    def test_every_link_on_the_page_leads_somewhere(self, client):
        ministry(), regency_office("73.03"), province_office("73")
        page = client.get(ROOT)
        told = [operation for _words, group in page.context["groups"] for operation in group]
        assert len(told) == len(described_api()["paths"])
        assert {client.get(one.try_url).status_code for one in told if one.try_url} == {200}
        shapes = {shape.shape for shape, _rows in page.context["shapes"]}
        assert {one.answer.shape for one in told} <= shapes


@pytest.mark.sqlite_only
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("", 1),
        ("openapi.json", 0),
        ("regions/", 1),
        ("regions/73/", 1),
        ("offices/", 2),
        ("officials/", 2),
        ("events/", 1),
        ("events/2026/agenda-0/", 2),
        ("tags/", 1),
        ("rubrics/", 1),
    ],
)
def test_lists_take_the_same_few_queries(client, django_assert_num_queries, address, queries, count):
    for n in range(count):
        office = province_office(str(73 + n))
        office.accounts.create(network="x", url="https://x.com/a")
        term = AppointmentFactory(position=PositionFactory(office=office))
        AppointmentFactory(official=term.official, position=PositionFactory(office=office))
        event = EventFactory(state="published", slug=f"agenda-{n}", starts_at=NOON, organiser=office)
        event.participants.add(office)
        published(office, tags=(f"tag{n}",))
    with django_assert_num_queries(queries):
        assert client.get(ROOT + address).status_code == 200
