"""The pages of the audit trail: narrowed, paged by where the last page ended, and taken along as a file."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from news.admin import trail as trail_pages
from offices.models import Entry, Kind
from offices.roles import Role
from offices.trail import record
from tests.factories import approved, member, ministry, regency_office

pytestmark = pytest.mark.django_db
MAKASSAR = ZoneInfo("Asia/Makassar")


@pytest.fixture
def manager(client):
    person = member(Role.MANAGER, regency_office(), username="manajer", name="Manajer Contoh")
    client.force_login(person)
    Entry.objects.all()._raw_delete(using="default")
    return person


def kept(name, at=None, **fields):
    return Entry.objects.create(
        office=regency_office(), thing_name=name, at=at or timezone.now(), **{"kind": Kind.CHANGED, **fields}
    )


def names(client, page="changelist", **query):
    response = client.get(reverse(f"admin:offices_entry_{page}"), query)
    assert response.status_code == 200
    return [row.thing_name for row in response.context["rows"]]


def test_the_newest_stands_first(client, manager):
    kept("Lama", timezone.now() - timedelta(days=2))
    kept("Baru")
    assert names(client) == ["Baru", "Lama"]


def test_it_is_narrowed_by_kind_and_by_object(client, manager):
    kept("Kantor A", kind=Kind.ADDED, thing_model="offices.office")
    kept("Foto B", kind=Kind.UPLOADED, thing_model="news.photo")
    assert names(client, jenis="uploaded") == ["Foto B"]
    assert names(client, benda="offices.office") == ["Kantor A"]
    assert names(client, q="foto") == ["Foto B"]
    assert names(client, jenis="uploaded", benda="offices.office") == []


@pytest.mark.parametrize("asked", ["manajer", "MANAJER", "Contoh"])
def test_it_is_narrowed_by_the_person_who_acted_or_was_acted_upon(client, manager, asked):
    kept("Oleh", actor=manager)
    kept("Tentang", person=manager)
    kept("Orang lain", actor=member(Role.EDITOR, regency_office(), username="lain", name="Lain"))
    assert set(names(client, orang=asked)) == {"Oleh", "Tentang"}


def test_a_period_is_made_of_whole_days_on_the_readers_clock(client, manager):
    for hour, name in ((23, "Malam"), (0, "Tengah malam")):
        day = 10 if hour else 11
        kept(name, datetime(2026, 11, day, hour, 30, tzinfo=MAKASSAR))
    assert names(client, dari="2026-11-10", sampai="2026-11-10") == ["Malam"]
    assert names(client, dari="2026-11-11") == ["Tengah malam"]


@pytest.mark.parametrize(
    "query",
    [
        {"dari": "kemarin"},
        {"jenis": "tidak ada"},
        {"dari": "2026-2-2", "sampai": "2025-2-2"},
        {"dari": "0001-01-01"},
        {"sampai": "9999-12-31"},
    ],
)
def test_what_cannot_be_understood_is_said_and_shows_nothing(client, manager, query):
    kept("Ada")
    response = client.get(reverse("admin:offices_entry_changelist"), query)
    assert (response.status_code, list(response.context["rows"])) == (400, [])
    assert response.context["form"].errors
    assert client.get(reverse("admin:offices_entry_export"), query).status_code == 400


def test_pages_follow_each_other_with_their_filters(client, manager, monkeypatch):
    monkeypatch.setattr(trail_pages, "ROWS_A_PAGE", 2)
    same = timezone.now()
    for number in range(5):
        kept(f"Baris {number}", same)
    kept("Lain", kind=Kind.ADDED)
    seen, url = [], reverse("admin:offices_entry_changelist") + "?jenis=changed"
    while url:
        context = client.get(url).context
        seen.append([row.thing_name for row in context["rows"]])
        url = context.get("older_url")
    assert seen == [["Baris 4", "Baris 3"], ["Baris 2", "Baris 1"], ["Baris 0"]]
    assert [row.thing_name for row in client.get(context["newer_url"]).context["rows"]] == seen[1]


@pytest.mark.parametrize("page", ["changelist", "steps"])
def test_a_page_takes_the_same_queries_however_many_rows_it_shows(client, manager, page):
    counts = []
    for _round in range(2):
        approved(regency_office())
        record(Kind.CHANGED, by=manager, about=manager, office=regency_office(), name="Baris")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(f"admin:offices_entry_{page}"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_file_holds_every_row_in_words_and_no_formula(client, manager):
    for number in range(60):
        kept(f"Baris {number}")
    kept("=HYPERLINK(1)", actor=manager, kind=Kind.ADDED, thing_model="news.photo", note="+1")
    response = client.get(reverse("admin:offices_entry_export"))
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 62
    assert "Ditambahkan,Manajer Contoh,manajer" in lines[1]
    assert "Foto,'=HYPERLINK(1),'+1" in lines[1]
    assert "no-store" in response["Cache-Control"]


def test_the_file_holds_what_the_page_is_narrowed_to(client, manager):
    kept("Satu", kind=Kind.ADDED)
    kept("Dua")
    page = client.get(reverse("admin:offices_entry_changelist"), {"jenis": "added"})
    text = b"".join(client.get(page.context["export_url"]).streaming_content).decode()
    assert ("Satu" in text, "Dua" in text) == (True, False)


def test_the_steps_of_editions_stand_beside_with_their_file(client, manager):
    edition = approved(regency_office(), headline="Naskah yang disetujui")
    editor = edition.approved_by
    page = client.get(reverse("admin:offices_entry_steps"), {"jenis": "approve", "orang": editor.username})
    assert [(row.edition, row.actor) for row in page.context["rows"]] == [(edition, editor)]
    text = b"".join(client.get(page.context["export_url"]).streaming_content).decode()
    assert "Naskah yang disetujui" in text
    assert len(text.splitlines()) == 2


def test_the_centre_reads_what_belongs_to_no_office_and_a_manager_does_not(client, manager):
    record(Kind.SIGN_IN_FAILED, note="Milik pusat")
    assert client.get(reverse("admin:offices_entry_changelist")).context["rows"] == []
    client.force_login(member(Role.AUDITOR, ministry()))
    assert "Milik pusat" in [row.note for row in client.get(reverse("admin:offices_entry_changelist")).context["rows"]]


def test_nothing_is_added_or_changed_from_the_trail(client, manager):
    entry = kept("Ada")
    assert client.get(reverse("admin:offices_entry_add")).status_code == 403
    change = reverse("admin:offices_entry_change", args=[entry.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"note": "Palsu"}).status_code == 403
    assert list(Entry.objects.values_list("note", flat=True)) == [""]
