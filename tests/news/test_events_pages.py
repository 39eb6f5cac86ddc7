"""The pages of events, their coverage and their calendar files."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from news import paging
from news.admin.events import EventAdmin
from news.announcements import take_event_step
from news.models import Event
from news.models.events import EventState
from offices.roles import Role
from tests.factories.news import EventFactory, PhotoFactory, published, someone
from tests.factories.offices import province_office, regency_office
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 12, 11, 1, tzinfo=UTC)


def announced(**fields):
    return EventFactory(state=EventState.PUBLISHED, **fields)


def days(number):
    return timezone.now() + timedelta(days=number)


def test_events_ahead_come_soonest_first_and_past_ones_latest_first(client):
    late, soon, now = (announced(starts_at=days(n)) for n in (9, 2, -0.1))
    longer_ago, lately = (announced(starts_at=days(n)) for n in (-9, -2))
    EventFactory()
    EventFactory(starts_at=days(-3))
    context = client.get("/agenda/").context
    assert context["upcoming"] == [now, soon, late]
    assert context["past"] == [lately, longer_ago]


def test_past_events_are_paged(client, monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SIZE", 1)
    announced(starts_at=days(2))
    older, newer = (announced(starts_at=days(n)) for n in (-9, -2))
    first = client.get("/agenda/")
    second = client.get(first.context["older_url"])
    assert first.context["past"] == [newer]
    assert (second.context["past"], second.context["upcoming"]) == ([older], [])
    assert client.get(second.context["newer_url"]).context["past"] == [newer]


@pytest.mark.parametrize(
    ("fields", "label", "tone"),
    [
        ({"starts_at": MORNING.replace(year=2096)}, "", ""),
        ({"starts_at": MORNING.replace(year=2006)}, "Selesai", ""),
        ({"starts_at": MORNING.replace(year=2096), "state": EventState.CANCELLED}, "Dibatalkan", "alert"),
        ({"starts_at": MORNING.replace(year=2096), "state": EventState.POSTPONED}, "Ditunda", "alert"),
    ],
)
def test_an_event_says_how_it_stands(client, fields, label, tone):
    event = EventFactory(**{"state": EventState.PUBLISHED, **fields})
    shown = client.get(event.get_absolute_url()).context["event"]
    assert (shown.status_label, shown.status_tone) == (label, tone)


def test_coverage_is_published_news_from_every_office(client):
    event = announced(slug="rakornas", starts_at=MORNING)
    hidden = hidden_articles(event=event)
    published(regency_office(), headline="Liputan kabupaten", event=event)
    published(province_office("91"), headline="Liputan provinsi", event=event)
    published(headline="Berita lain")
    response = client.get("/agenda/2026/rakornas/")
    assert [a.headline for a in response.context["articles"]] == ["Liputan provinsi", "Liputan kabupaten"]
    assert response.context["coverage_provinces"] == 2
    assert shows_none_of(response, [*hidden, "Berita lain"])


def test_participants_are_named(client):
    event = announced()
    event.participants.add(province_office())
    response = client.get(event.get_absolute_url())
    assert response.context["participants"] == [province_office()]


def test_a_moved_event_says_when_it_was_planned_before(client):
    event = EventFactory(slug="rakornas", starts_at=MORNING)
    editor = someone(Role.EDITOR, event.organiser)
    take_event_step(event, EventState.PUBLISHED, by=editor)
    take_event_step(event, EventState.POSTPONED, by=editor, note="Cuaca buruk.")
    event.starts_at += timedelta(days=7)
    event.ends_at += timedelta(days=7)
    event.save()
    assert client.get("/agenda/2026/rakornas/").context["notices"] == [
        "Ditunda: Cuaca buruk.",
        "Semula: Jumat, 11 Desember 2026, 08.00–14.00 WIB",
    ]


@pytest.mark.parametrize("suffix", ["", "agenda.ics"])
def test_a_draft_event_is_not_found(client, suffix):
    assert client.get(f"{EventFactory().get_absolute_url()}{suffix}").status_code == 404


@pytest.mark.parametrize(
    "path", ["2026/tidak-ada/", "0000/rakornas/", "9" * 5_000 + "/rakornas/", "2026/%00/", "?sebelum=x"]
)
def test_what_nobody_announced_is_not_found(client, path):
    announced(slug="rakornas", starts_at=MORNING)
    assert client.get(f"/agenda/{path}").status_code == 404


def calendar_of(client, event):
    return client.get(f"{event.get_absolute_url()}agenda.ics")


def test_a_calendar_file_carries_the_event_in_utc(client):
    event = announced(title="Rakornas", place="Jakarta", starts_at=MORNING, slug="rakornas")
    response = calendar_of(client, event)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.content.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//testserver//agenda//ID",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:agenda-{event.pk}@testserver",
        "DTSTAMP:20261211T010000Z",
        "SEQUENCE:0",
        "DTSTART:20261211T010000Z",
        "DTEND:20261211T070000Z",
        "SUMMARY:Rakornas",
        "LOCATION:Jakarta",
        "DESCRIPTION:",
        "URL:http://testserver/agenda/2026/rakornas/",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_nothing_in_a_title_starts_another_line(client):
    event = announced(title="A, B; C\\D\r\nSTATUS:X\x07", place="é" * 100)
    lines = calendar_of(client, event).content.split(b"\r\n")
    assert b"SUMMARY:A\\, B\\; C\\\\D\\nSTATUS:X" in lines
    assert all(len(line) <= 75 for line in lines)
    assert b"LOCATION:" + "é".encode() * 100 in b"\r\n".join(lines).replace(b"\r\n ", b"")


def test_a_cancelled_event_is_cancelled_in_calendars_too(client):
    event = EventFactory()
    editor = someone(Role.EDITOR, event.organiser)
    take_event_step(event, EventState.PUBLISHED, by=editor)
    take_event_step(event, EventState.CANCELLED, by=editor, note="Batal.")
    text = calendar_of(client, event).content.decode()
    assert "STATUS:CANCELLED\r\n" in text
    assert "SEQUENCE:1\r\n" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_events_take_few_queries(client, django_assert_num_queries, rows):
    event = announced()
    for n in range(rows):
        announced(starts_at=days(-n - 2))
        published(event=event, photos=(PhotoFactory(),))
        event.participants.add(province_office(f"9{n + 1}"))
    with django_assert_num_queries(3):
        client.get("/agenda/")
    with django_assert_num_queries(6):
        client.get(event.get_absolute_url())
    with django_assert_num_queries(2):
        calendar_of(client, event)


def event_form(**changes):
    return {
        "organiser": regency_office().pk,
        "title": "Rapat",
        "series": "",
        "place": "Jakarta",
        "timezone": "Asia/Jakarta",
        "starts_at_0": "2026-12-01",
        "starts_at_1": "08:00",
        "ends_at_0": "2026-12-01",
        "ends_at_1": "10:00",
        "description": "",
        "slug": "rapat",
        **changes,
    }


@pytest.mark.parametrize("day", ["0001-01-01", "0202-12-01", "2200-01-01"])
def test_an_event_in_an_impossible_year_is_refused(client, day):
    client.force_login(someone(Role.EDITOR, regency_office()))
    response = client.post(reverse("admin:news_event_add"), event_form(starts_at_0=day))
    assert response.status_code == 200
    assert "starts_at" in response.context["adminform"].form.errors


def test_a_reason_that_no_column_holds_is_refused(client):
    event = announced()
    client.force_login(someone(Role.EDITOR, event.organiser))
    response = client.post(reverse("admin:news_event_step", args=[event.pk, "cancelled"]), {"note": "a\x00b"})
    event.refresh_from_db()
    assert (response.status_code, event.state) == (409, "published")


def test_saving_an_event_leaves_its_state_to_the_steps(client, monkeypatch):
    event = announced()
    client.force_login(someone(Role.EDITOR, event.organiser))
    checked = EventAdmin.get_object

    def cancelled_meanwhile(self, *args):
        found = checked(self, *args)
        Event.objects.filter(pk=event.pk).update(state="cancelled")
        return found

    monkeypatch.setattr(EventAdmin, "get_object", cancelled_meanwhile)
    response = client.post(reverse("admin:news_event_change", args=[event.pk]), event_form(title="Lain"))
    event.refresh_from_db()
    assert (response.status_code, event.title != "Lain") == (403, True)


def test_no_door_of_the_admin_tells_the_address_of_anothers_draft(client):
    event = EventFactory(organiser=province_office())
    client.force_login(someone(Role.WRITER, regency_office()))
    kind = ContentType.objects.get_for_model(Event).pk
    assert client.get(f"/admin/r/{kind}/{event.pk}/").status_code == 404


def test_a_new_event_starts_on_the_clock_of_the_own_office(client):
    client.force_login(someone(Role.WRITER, regency_office()))
    form = client.get(reverse("admin:news_event_add")).context["adminform"].form
    assert form["timezone"].value() == "Asia/Makassar"
