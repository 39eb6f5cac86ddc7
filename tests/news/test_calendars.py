"""Calendar files: one event to keep, and calendars to follow, as `icalendar` and khal read them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from khal.icalendar import cal_from_ics, split_ics

from news.announcements import take_event_step
from news.models import Event, EventSeries
from news.models.events import EventState
from news.views import calendars
from offices.roles import Role
from tests.factories.news import EventFactory, someone
from tests.factories.offices import ministry, province_office, regency_office

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 12, 11, 1, tzinfo=UTC)
NATION, PROVINCE, OFFICE = "/agenda/agenda.ics", "/wilayah/73/agenda.ics", "/kantor/kantor-73-03/agenda.ics"


def announced(**fields):
    return EventFactory(state=EventState.PUBLISHED, **fields)


def step(event, target, **more):
    take_event_step(event, target, by=someone(Role.EDITOR, event.organiser), **more)


def read(response):
    """The calendar, after both readers found as many events and no fault, and each line was held against the RFC."""
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line and line.decode() for line in lines)
    calendar = Calendar.from_ical(response.content)
    events = calendar.walk("VEVENT")
    assert [event.errors for event in (calendar, *events)] == [[]] * (len(events) + 1)
    for event in events:
        assert {"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS"} <= set(event)
    text = response.content.decode()
    assert len(cal_from_ics(text).walk("VEVENT")) == len(split_ics(text)) == len(events)
    return calendar


def events_of(client, path):
    return read(client.get(path)).walk("VEVENT")


def titles(client, path):
    return [str(event["SUMMARY"]) for event in events_of(client, path)]


def file_of(event):
    return f"{event.get_absolute_url()}agenda.ics"


def test_a_calendar_file_carries_the_event_in_utc(client):
    event = announced(title="Rakornas", place="Jakarta", starts_at=MORNING, slug="rakornas")
    assert client.get(file_of(event)).content.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//testserver//agenda//ID",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:agenda-{event.pk}@testserver",
        "DTSTAMP:20261211T010000Z",
        "LAST-MODIFIED:20261211T010000Z",
        "SEQUENCE:0",
        "DTSTART:20261211T010000Z",
        "DTEND:20261211T070000Z",
        "SUMMARY:Rakornas",
        "LOCATION:Jakarta",
        "DESCRIPTION:Penyelenggara: Dinas Komunikasi dan Informatika Kabupaten 73-03",
        "URL:http://testserver/agenda/2026/rakornas/",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_calendar_to_follow_says_what_it_is_and_when_to_look_again(client):
    announced()
    calendar = read(client.get(OFFICE))
    assert (
        str(calendar["NAME"])
        == str(calendar["X-WR-CALNAME"])
        == ("Agenda Dinas Komunikasi dan Informatika Kabupaten 73-03")
    )
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert str(calendar["SOURCE"]) == f"http://testserver{OFFICE}"
    assert str(calendar["URL"]) == "http://testserver/kantor/kantor-73-03/"


def test_calendars_carry_what_was_announced_and_concerns_them(client):
    near, sister, far = regency_office("73.03"), regency_office("73.71"), regency_office("91.71")
    announced(title="Dekat", organiser=near, starts_at=MORNING)
    announced(title="Tetangga", organiser=sister, starts_at=MORNING + timedelta(hours=1))
    announced(title="Provinsi", organiser=province_office("73"), starts_at=MORNING + timedelta(hours=2))
    joined = announced(title="Diikuti", organiser=ministry(), starts_at=MORNING + timedelta(hours=3))
    joined.participants.add(near)
    announced(title="Jauh", organiser=far, starts_at=MORNING + timedelta(hours=4))
    EventFactory(title="Rahasia", organiser=near)
    EventFactory(title="Diajukan", organiser=near, state=EventState.SUBMITTED)
    assert titles(client, NATION) == ["Jauh", "Diikuti", "Provinsi", "Tetangga", "Dekat"]
    assert titles(client, PROVINCE) == ["Diikuti", "Provinsi", "Tetangga", "Dekat"]
    assert titles(client, OFFICE) == titles(client, "/wilayah/73.03/agenda.ics") == ["Diikuti", "Dekat"]


def test_a_calendar_in_which_nothing_stands_is_a_calendar(client):
    regency_office()
    assert (titles(client, NATION), titles(client, OFFICE)) == ([], [])


def test_calendars_hold_the_past_year_and_all_ahead_and_never_too_much(client, monkeypatch):
    now = timezone.now()
    for days in (-400, -300, 300, 3_000):
        announced(title=f"{days} hari", starts_at=now + timedelta(days=days))
    assert titles(client, NATION) == ["3000 hari", "300 hari", "-300 hari"]
    monkeypatch.setattr(calendars, "MOST_EVENTS", 2)
    assert titles(client, NATION) == ["3000 hari", "300 hari"]


def test_nothing_in_a_text_starts_another_line(client):
    series = EventSeries.objects.create(name="Rakornas, tahunan", slug="rakornas")
    text = {"title": "A, B; C\\D\r\nSTATUS:X\x07", "place": "é" * 100, "description": "<p>Satu.</p><p>🎉 &lt;b&gt;</p>"}
    announced(**text, series=series)
    for path in (NATION, file_of(Event.objects.get())):
        [event] = events_of(client, path)
        assert str(event["SUMMARY"]) == "A, B; C\\D\nSTATUS:X"
        assert str(event["LOCATION"]) == "é" * 100
        assert str(event["DESCRIPTION"]).split("\n")[:2] == ["Satu.", "🎉 <b>"]
        assert [str(name) for name in event["CATEGORIES"].cats] == ["Rakornas, tahunan"]
        assert event["STATUS"] == "CONFIRMED"


def test_a_long_description_is_cut(client):
    announced(description=f"<p>{'kata ' * 3_000}</p>")
    [event] = events_of(client, NATION)
    assert len(str(event["DESCRIPTION"])) < 1_100


def test_a_phone_learns_of_every_change_and_knows_the_event_again(client):
    event = EventFactory(title="Rapat")
    told = []
    for target, note in (
        (EventState.PUBLISHED, ""),
        (EventState.POSTPONED, "Banjir."),
        (EventState.CANCELLED, "Batal."),
    ):
        with time_machine.travel(timezone.now() + timedelta(minutes=len(told)), tick=False):
            step(event, target, note=note)
            told += events_of(client, OFFICE)
    assert [one["STATUS"] for one in told] == ["CONFIRMED", "TENTATIVE", "CANCELLED"]
    assert [one["SEQUENCE"] for one in told] == [0, 1, 2]
    assert len({str(one["UID"]) for one in told}) == 1
    assert told[0]["LAST-MODIFIED"].dt < told[1]["LAST-MODIFIED"].dt < told[2]["LAST-MODIFIED"].dt
    assert str(told[2]["DESCRIPTION"]).startswith("Dibatalkan: Batal.\n")


def event_form(event, **changes):
    return {
        "organiser": event.organiser_id,
        "title": event.title,
        "series": "",
        "place": event.place,
        "timezone": "Asia/Jakarta",
        "starts_at_0": "2026-12-01",
        "starts_at_1": "08:00",
        "ends_at_0": "2026-12-01",
        "ends_at_1": "10:00",
        "description": "",
        "slug": event.slug,
        **changes,
    }


def test_a_changed_place_is_a_revision_once_it_is_announced(client):
    event = EventFactory()
    client.force_login(someone(Role.EDITOR, event.organiser))
    form = reverse("admin:news_event_change", args=[event.pk])
    assert client.post(form, event_form(event, place="Bogor")).status_code == 302
    assert Event.objects.values_list("revision", "changed_at").get() == (0, None)
    step(event, EventState.PUBLISHED)
    assert client.post(form, event_form(event, place="Bandung")).status_code == 302
    [told] = events_of(client, OFFICE)
    assert (str(told["LOCATION"]), told["SEQUENCE"]) == ("Bandung", 1)


def test_a_phone_is_told_that_nothing_changed_until_something_does(client):
    event = EventFactory()
    step(event, EventState.PUBLISHED)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        known = {"If-Modified-Since": client.get(OFFICE).headers["Last-Modified"]}
        assert client.get(OFFICE, headers=known).status_code == 304
        step(event, EventState.CANCELLED, note="Batal.")
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        assert read(client.get(OFFICE, headers=known)).walk("VEVENT")[0]["STATUS"] == "CANCELLED"


@pytest.mark.parametrize("suffix", ["kantor/x", "wilayah/99", "wilayah/99.99", "wilayah/91.99", "agenda/2026/belum"])
def test_a_calendar_of_nothing_is_not_found(client, suffix):
    EventFactory(slug="belum", year=2026)
    assert client.get(f"/{suffix}/agenda.ics").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_calendars_take_few_queries(client, django_assert_num_queries, rows):
    for _ in range(rows):
        announced().participants.add(regency_office("73.71"))
    counts = {NATION: 2, PROVINCE: 3, OFFICE: 3, "/wilayah/73.03/agenda.ics": 4, file_of(Event.objects.first()): 1}
    for path, count in counts.items():
        with django_assert_num_queries(count):
            client.get(path)


@pytest.mark.sqlite_only
def test_the_calendar_of_the_nation_is_read_from_the_index_of_public_events(client):
    announced()
    with CaptureQueriesContext(connection) as queries:
        client.get(NATION)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries[-1]['sql']}")
        assert "public_events" in str(cursor.fetchall()[0])
