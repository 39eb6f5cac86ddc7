"""Moments in the newsroom are read on the clock of the place they belong to, with its name."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from news.models import Announcement
from news.models.events import EventState
from offices.invitations import invite
from offices.models import Entry, Invitation, Kind, User
from offices.roles import Role
from tests.factories import AttachmentFactory, EventFactory, PhotoFactory, member, ministry, regency_office
from tests.news.test_article_admin import signed_in

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 3, 4, 0, 30, tzinfo=UTC)
PAPUA = {"timezone": "Asia/Jayapura"}


def page(client, name, row=None):
    return client.get(reverse(f"admin:{name}", args=[row.pk] if row else [])).content.decode()


def papuan_office():
    office = regency_office("91.01")
    office.region.timezone = "Asia/Jayapura"
    office.region.save()
    return office


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


@pytest.mark.parametrize(("make", "name"), [(PhotoFactory, "news_photo"), (AttachmentFactory, "news_attachment")])
def test_a_file_was_uploaded_on_the_clock_of_its_office(client, make, name):
    office = papuan_office()
    signed_in(client, Role.EDITOR, office)
    with time_machine.travel(MORNING, tick=False):
        file = make(office)
    assert "4 Mar 2026, 09.30 WIT" in page(client, f"{name}_change", file)


def test_the_list_of_documents_is_on_the_clock_of_their_offices(client):
    with time_machine.travel(MORNING, tick=False):
        AttachmentFactory(papuan_office())
    signed_in(client, Role.ADMINISTRATOR, ministry())
    assert "4 Mar 2026, 09.30 WIT" in page(client, "news_attachment_changelist")


def test_an_invitation_ends_on_the_clock_of_its_office(client):
    office = papuan_office()
    manager = signed_in(client, Role.MANAGER, office)
    sent = invite("Siti Baru", "siti@example.org", office, Role.WRITER, by=manager)
    Invitation.objects.update(invited_at=MORNING, expires_at=MORNING.replace(day=11))
    assert "11 Mar 2026, 09.30 WIT" in page(client, "offices_invitation_changelist")
    shown = page(client, "offices_invitation_change", sent)
    assert "4 Mar 2026, 09.30 WIT" in shown
    assert "11 Mar 2026, 09.30 WIT" in shown


def test_somebody_signed_in_last_on_the_clock_of_their_office(client):
    User.objects.filter(pk=member(Role.WRITER, papuan_office()).pk).update(last_login=MORNING)
    signed_in(client, Role.ADMINISTRATOR, ministry())
    assert "4 Mar 2026, 09.30 WIT" in page(client, "offices_user_changelist")


def test_who_has_left_every_office_signed_in_last_on_the_clock_of_the_ministry(client):
    left = member(Role.WRITER, papuan_office())
    left.memberships.update(starts_on=date(2026, 1, 1), ends_on=date(2026, 4, 1))
    User.objects.filter(pk=left.pk).update(last_login=MORNING)
    signed_in(client, Role.ADMINISTRATOR, ministry())
    assert "4 Mar 2026, 07.30 WIB" in page(client, "offices_user_changelist")


def test_an_announcement_stands_on_the_clock_of_the_ministry(client):
    curator = signed_in(client, Role.CURATOR, ministry())
    Announcement.objects.create(
        title="Pemeliharaan", starts_at=MORNING, ends_at=MORNING.replace(day=5), created_by=curator
    )
    shown = page(client, "news_announcement_changelist")
    assert "4 Mar 2026, 07.30 WIB" in shown
    assert "5 Mar 2026, 07.30 WIB" in shown


def test_an_entry_of_the_trail_is_on_the_clock_of_its_office(client):
    office = papuan_office()
    manager = signed_in(client, Role.MANAGER, office)
    entry = Entry.objects.create(kind=Kind.CHANGED, office=office, actor=manager, at=MORNING)
    assert "4 Mar 2026, 09.30 WIT" in page(client, "offices_entry_change", entry)


def test_the_history_of_a_file_is_on_the_clock_of_whoever_reads_it(client):
    office = papuan_office()
    with time_machine.travel(MORNING, tick=False):
        signed_in(client, Role.EDITOR, office)
        document = AttachmentFactory(office)
        client.post(reverse("admin:news_attachment_archive", args=[document.pk]))
        shown = page(client, "news_attachment_history", document)
    assert '<time datetime="2026-03-04T09:30:00+09:00">4 Mar 2026, 09.30 WIT</time>' in shown
    assert "Berkas diarsipkan" in shown
