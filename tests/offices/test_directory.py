"""The directory of offices, and dates as readers see them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from offices.maps import PROVINCES, shape_of
from offices.models import Region
from offices.templatetags.dates import iso, long_date, long_time, short_date
from tests.factories.offices import ministry, province_office, regency_office

AFTERNOON = datetime(2019, 12, 11, 6, 5, tzinfo=UTC)
BANTAENG = Region(code="73.03", timezone="Asia/Makassar")
JAYAPURA = ZoneInfo("Asia/Jayapura")


@pytest.mark.django_db
def test_offices_stand_below_their_province_and_the_ministry_comes_first(client):
    far, near, below, root = province_office("91"), province_office(), regency_office(), ministry()
    groups = client.get("/kantor/").context["groups"]
    assert groups == [(root.region, [root]), (near.region, [near, below]), (far.region, [far])]


@pytest.mark.django_db
def test_a_regency_without_a_province_office_stands_below_its_province(client):
    office = regency_office()
    assert client.get("/kantor/").context["groups"] == [(office.region.parent, [office])]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_directory_takes_two_queries(client, django_assert_num_queries, rows):
    for n in range(rows):
        regency_office(f"73.0{n + 1}")
    with django_assert_num_queries(2):
        client.get("/kantor/")


@pytest.mark.django_db
def test_an_empty_directory_says_so(client):
    assert "Direktori masih kosong" in client.get("/kantor/").content.decode()


def test_times_are_told_on_the_clock_of_the_place():
    assert long_time(AFTERNOON, BANTAENG) == "Rabu, 11 Desember 2019, 14.05 WITA"
    assert long_time(AFTERNOON, JAYAPURA) == "Rabu, 11 Desember 2019, 15.05 WIT"
    assert iso(AFTERNOON, BANTAENG) == "2019-12-11T14:05:00+08:00"


def test_dates_are_told_on_the_calendar_of_the_place():
    late = datetime(2019, 12, 11, 15, 30, tzinfo=UTC)
    assert long_date(late, BANTAENG) == "Rabu, 11 Desember 2019"
    assert short_date(late, BANTAENG) == "11 Des 2019"
    assert short_date(late, JAYAPURA) == "12 Des 2019"


def test_a_day_needs_no_clock():
    day = date(2019, 12, 11)
    assert (long_time(day, None), short_date(day, None), iso(day, None)) == (
        "Rabu, 11 Desember 2019",
        "11 Des 2019",
        "2019-12-11",
    )


@pytest.mark.parametrize("tell", [long_time, long_date, short_date, iso])
def test_no_moment_is_told_as_nothing(tell):
    assert tell(None, BANTAENG) == ""


def test_a_region_has_the_outline_of_its_province():
    assert shape_of(BANTAENG) == PROVINCES["73"].shape
    assert shape_of(Region(code="00")) is None
    assert all(province.outline.startswith("M") and province.land.startswith("M") for province in PROVINCES.values())
