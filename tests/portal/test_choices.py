"""What the newsroom's search fields offer while one types."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from offices.roles import Role
from tests.factories import AppointmentFactory, EventFactory, OfficialFactory, PositionFactory, regency_office
from tests.factories.news import someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    client.force_login(someone(Role.WRITER, regency_office()))

    def ask(model, field, term):
        query = {"app_label": "news", "model_name": model, "field_name": field, "term": term}
        return [row["text"] for row in client.get(reverse("admin:autocomplete"), query).json()["results"]]

    return ask


def test_officials_of_one_name_are_told_apart_by_the_position_they_hold(ask):
    for title, code in (("Kepala Dinas Kominfo", "73.03"), ("Sekretaris Daerah", "73.71")):
        position = PositionFactory(office=regency_office(code), title=title)
        AppointmentFactory(official=OfficialFactory(name="Andi Contoh"), position=position)
    gone = OfficialFactory(name="Andi Lama")
    AppointmentFactory(official=gone, held_from=date(2001, 1, 1), held_until=timezone.localdate())

    places = [regency_office(code).region.name for code in ("73.03", "73.71")]
    assert sorted(ask("mention", "official", "andi")) == [
        f"Andi Contoh — Kepala Dinas Kominfo, {places[0]}",
        f"Andi Contoh — Sekretaris Daerah, {places[1]}",
        "Andi Lama",
    ]


def test_events_of_one_name_are_told_apart_by_day_and_place(ask):
    first = EventFactory(title="Rakornas", place="Jakarta", state="published")
    second = EventFactory(
        title="Rakornas", place="Makassar", state="published", starts_at=first.starts_at + timedelta(days=370)
    )

    assert sorted(ask("edition", "event", "rakornas")) == sorted(
        f"Rakornas — {event.time_label}, {event.place}" for event in (first, second)
    )


def test_the_choices_cost_the_same_for_one_and_for_three(ask):
    AppointmentFactory(official=OfficialFactory(name="Andi 0"))
    ask("mention", "official", "andi")
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert len(ask("mention", "official", "andi")) == 1
    for number in (1, 2):
        AppointmentFactory(official=OfficialFactory(name=f"Andi {number}"))
    with CaptureQueriesContext(connection) as three:
        assert len(ask("mention", "official", "andi")) == 3
    assert len(one) == len(three) == 6
