"""Every list of the newsroom asks the same number of queries, however many rows it shows."""

from datetime import date

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import EventSeries, Tag
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    MembershipFactory,
    PhotoFactory,
    PositionFactory,
    RubricFactory,
    member,
    ministry,
    published,
    regency_office,
)

pytestmark = pytest.mark.django_db

QUERIES = {
    "news/article": 8,
    "news/event": 6,
    "news/eventseries": 6,
    "news/photo": 7,
    "news/rubric": 6,
    "news/tag": 6,
    "offices/appointment": 6,
    "offices/membership": 6,
    "offices/office": 7,
    "offices/official": 6,
    "offices/position": 6,
    "offices/region": 7,
    "offices/user": 7,
}
"""As an administrator asks, who reads every row."""


def fill(rows):
    """So many rows of every kind, each at an office of its own."""
    for number in range(rows):
        office = regency_office(f"73.{number + 10}")
        writer = member(Role.WRITER, office)
        published(office, by=writer)
        EventFactory(
            organiser=office, state="published", series=EventSeries.objects.create(name=f"S{number}", slug=f"s{number}")
        )
        PhotoFactory(office, by=writer)
        RubricFactory(name=f"Rubrik {number}")
        Tag.objects.create(name=f"tag-{number}")
        AppointmentFactory(position=PositionFactory(office=office))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_the_same_queries_whatever_is_there(client, rows):
    fill(rows)
    client.force_login(member(Role.ADMINISTRATOR, ministry()))
    counted = {}
    for model in QUERIES:
        with CaptureQueriesContext(connection) as asked:
            response = client.get(f"/admin/{model}/")
        assert len(response.context["cl"].result_list) >= rows
        counted[model] = len(asked)
    assert counted == QUERIES


def test_the_lists_are_those_of_the_newsroom():
    assert set(QUERIES) <= {model._meta.label_lower.replace(".", "/") for model in admin.site._registry}


@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("news/tag", ["nama", "alamat"]),
        ("offices/appointment", ["pejabat", "jabatan", "kantor", "sejak", "sampai"]),
    ],
)
def test_the_columns_have_indonesian_names(client, model, names):
    fill(1)
    client.force_login(member(Role.ADMINISTRATOR, ministry()))
    heads = client.get(f"/admin/{model}/").context["result_headers"]
    assert [str(head["text"]) for head in heads] == names


def test_the_form_of_a_tag_speaks_indonesian(client):
    tag = Tag.objects.create(name="rakornas")
    client.force_login(member(Role.ADMINISTRATOR, ministry()))
    shown = client.get(f"/admin/news/tag/{tag.pk}/change/").content.decode()
    assert ">Nama:</label>" in shown
    assert "Alamat:" in shown
    refused = client.post("/admin/news/tag/add/", {"name": "rakornas"}).content.decode()
    assert "Tag bernama ini sudah ada." in refused


@pytest.mark.parametrize("name", ["Rakornas", "RAKORNAS", "  rakornas "])
def test_a_tag_spelled_otherwise_is_the_same_tag_in_its_form_too(client, name):
    Tag.objects.create(name="rakornas")
    client.force_login(member(Role.ADMINISTRATOR, ministry()))
    refused = client.post("/admin/news/tag/add/", {"name": name}).content.decode()
    assert "Tag bernama ini sudah ada." in refused
    assert Tag.objects.count() == 1


def test_a_tag_may_be_spelled_anew_but_not_as_another_one(client):
    kept, other = Tag.objects.create(name="rakornas"), Tag.objects.create(name="air bersih")
    client.force_login(member(Role.ADMINISTRATOR, ministry()))
    assert client.post(f"/admin/news/tag/{kept.pk}/change/", {"name": "Rakornas"}).status_code == 302
    refused = client.post(f"/admin/news/tag/{kept.pk}/change/", {"name": "Air  Bersih"}).content.decode()
    assert "Tag bernama ini sudah ada." in refused
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["Rakornas", other.name]


def test_a_tag_with_a_comma_could_not_be_typed_in_an_article(client):
    client.force_login(member(Role.ADMINISTRATOR, ministry()))
    refused = client.post("/admin/news/tag/add/", {"name": "pasar, rakyat"}).content.decode()
    assert "Tag ditulis tanpa koma dan tanpa tanda kutip ganda." in refused
    assert not Tag.objects.exists()


def test_the_staff_list_writes_days_as_the_other_pages_do(client):
    MembershipFactory(starts_on=date(2019, 1, 1), ends_on=date(2026, 12, 31))
    client.force_login(member(Role.ADMINISTRATOR, ministry()))
    shown = client.get("/admin/offices/membership/").content.decode()
    assert ">1 Jan 2019<" in shown
    assert ">31 Des 2026<" in shown


def test_an_empty_list_says_what_will_stand_there_and_how(client):
    client.force_login(member(Role.ADMINISTRATOR, ministry()))
    invitations = client.get("/admin/offices/invitation/").content.decode()
    assert "Belum ada undangan; yang pertama akan tampil di sini." in invitations
    assert '<a href="/admin/offices/invitation/add/">Tambahkan undangan</a>' in invitations
    assert (
        "Belum ada catatan surel; yang pertama akan tampil di sini."
        in client.get("/admin/news/maillog/").content.decode()
    )


def test_a_list_in_which_nothing_matches_says_so_and_offers_no_steps(client):
    fill(1)
    client.force_login(member(Role.CURATOR, ministry()))
    assert "Pilih langkah" in client.get("/admin/news/article/").content.decode()
    for nothing in ("q=zzzz", "status=scheduled"):
        shown = client.get(f"/admin/news/article/?{nothing}").content.decode()
        assert "Tidak ada yang cocok." in shown, nothing
        assert "Pilih langkah" not in shown


@pytest.mark.parametrize(("kind", "list_name"), [("photo", "Foto"), ("attachment", "Lampiran")])
def test_an_upload_leads_back_to_its_library(client, kind, list_name):
    client.force_login(member(Role.MANAGER, regency_office()))
    assert f'<a href="/admin/news/{kind}/">{list_name}</a> ›' in client.get(f"/admin/news/{kind}/add/").content.decode()


def test_the_archive_of_documents_does_not_speak_of_photos(client):
    client.force_login(member(Role.MANAGER, regency_office()))
    assert "Semua foto" not in client.get("/admin/news/attachment/").content.decode()
