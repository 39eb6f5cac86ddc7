"""Moments in the newsroom are read on the clock of the place they belong to, with its name."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from news.models.events import EventState
from offices.roles import Role
from tests.factories import EventFactory, regency_office
from tests.news.test_article_admin import signed_in

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 3, 4, 0, 30, tzinfo=UTC)
PAPUA = {"timezone": "Asia/Jayapura"}


def page(client, name, row=None):
    return client.get(reverse(f"admin:{name}", args=[row.pk] if row else [])).content.decode()


def announced_in_papua(**fields):
    return EventFactory(
        **{"state": EventState.PUBLISHED, "starts_at": MORNING, "ends_at": MORNING.replace(hour=3), **PAPUA, **fields}
    )


def test_an_event_that_one_may_only_read_is_on_its_own_clock(client):
    event = announced_in_papua(organiser=regency_office("91.01"))
    signed_in(client, Role.EDITOR, regency_office("73.03"))
    shown = page(client, "news_event_change", event)
    assert "Rabu, 4 Maret 2026, 09.30 WIT" in shown
    assert "Rabu, 4 Maret 2026, 12.30 WIT" in shown
    assert "07:30" not in shown
    assert "07.30" not in shown


def test_an_event_that_one_may_only_read_shows_its_text_and_no_tags(client):
    text = "<p>Rapat <strong>terbuka</strong></p><script>alert(1)</script>"
    event = announced_in_papua(organiser=regency_office("91.01"), description=text)
    signed_in(client, Role.EDITOR, regency_office("73.03"))
    shown = page(client, "news_event_change", event)
    assert "<p>Rapat <strong>terbuka</strong></p>" in shown
    assert "&lt;p&gt;" not in shown
    assert "alert(1)" not in shown


def test_an_event_that_one_may_change_keeps_its_fields(client):
    office = regency_office("91.01")
    event = EventFactory(organiser=office, starts_at=MORNING, ends_at=MORNING.replace(hour=3), **PAPUA)
    signed_in(client, Role.EDITOR, office)
    shown = page(client, "news_event_change", event)
    assert 'name="starts_at_1" value="09.30.00"' in shown
    assert 'name="description"' in shown


def test_the_steps_of_an_event_are_on_its_own_clock(client):
    office = regency_office("91.01")
    editor = signed_in(client, Role.EDITOR, office)
    event = announced_in_papua(organiser=office)
    event.transitions.create(target=EventState.PUBLISHED, actor=editor, at=MORNING, starts_at=MORNING, ends_at=MORNING)
    shown = page(client, "news_event_change", event)
    assert '<time datetime="2026-03-04T09:30:00+09:00">4 Mar 2026, 09.30 WIT</time>' in shown
