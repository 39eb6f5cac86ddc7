"""The periods of the dashboard: their edges, their bars, and the dates that make none."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape

from offices.roles import Role
from portal.dashboard.periods import MINISTRY_ZONE, ministry_today
from tests.factories import member, ministry, published, regency_office

pytestmark = pytest.mark.django_db

PATHS = ["/pusat/", "/pusat/berita/", "/pusat/unduh/provinsi.csv", "/pusat/unduh/kantor.csv", "/pusat/unduh/berita.csv"]
NOVEMBER = {"dari": "2025-11-01", "sampai": "2025-11-30"}
WITHIN_NOVEMBER = datetime(2025, 11, 12, 3, tzinfo=UTC)


@pytest.fixture
def auditor(client):
    client.force_login(member(Role.AUDITOR, ministry()))
    return client


def shown_on(client, name="dashboard", **query):
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return response.context


def headlines(client, **query):
    return [article.headline for article, _event in shown_on(client, "dashboard_rows", **query)["articles"]]


def test_days_are_those_of_the_offices_own_clock(auditor):
    """Bantaeng is an hour ahead of Jakarta: 23.30 there on 31 October is still October, 00.00 is November."""
    office = regency_office("73.03")
    published(office, at=datetime(2025, 10, 31, 15, 59, tzinfo=UTC), headline="Sesaat sebelum November")
    published(office, at=datetime(2025, 10, 31, 16, 0, tzinfo=UTC), headline="Awal November")
    published(office, at=datetime(2025, 11, 30, 15, 59, tzinfo=UTC), headline="Akhir November")
    published(office, at=datetime(2025, 11, 30, 16, 0, tzinfo=UTC), headline="Awal Desember")
    assert headlines(auditor, **NOVEMBER) == ["Akhir November", "Awal November"]
    assert shown_on(auditor, **NOVEMBER)["figures"].items == 2
    assert sum(bar.items for bar, _url in shown_on(auditor, **NOVEMBER)["bars"]) == 2


def test_without_parameters_it_is_this_month_at_the_ministry(auditor):
    first = datetime.now(MINISTRY_ZONE).replace(day=1, hour=12)
    published(regency_office("73.03"), at=first)
    published(regency_office("73.03"), at=first - timedelta(days=1))
    shown = shown_on(auditor)
    period, today = shown["period"], ministry_today()
    assert (period.start, period.end.day, period.preset) == (today.replace(day=1), 1, "bulan-ini")
    assert period.start <= today < period.end
    assert shown["figures"].items == 1


@pytest.mark.parametrize(("preset", "days"), [("7-hari", 7), ("30-hari", 30), ("90-hari", 90)])
def test_the_last_days_include_today_and_not_one_more(auditor, preset, days):
    noon = datetime.now(MINISTRY_ZONE).replace(hour=12, minute=0, second=0, microsecond=0)
    office = regency_office("73.03")
    published(office, at=noon - timedelta(days=days), headline="Sehari terlalu lama")
    published(office, at=noon - timedelta(days=days - 1), headline="Hari pertama")
    assert headlines(auditor, periode=preset) == ["Hari pertama"]


@pytest.mark.parametrize(
    "query",
    [
        {"dari": "kemarin", "sampai": "2025-11-30"},
        {"dari": "2025-02-30", "sampai": "2025-11-30"},
        {"dari": "20251101", "sampai": "2025-11-30"},
        {"dari": "0001-01-01", "sampai": "9999-12-31"},
        {"dari": "2025-11-01"},
        {"sampai": "2025-11-30"},
        {"dari": "2025-11-30", "sampai": "2025-11-01"},
        {"dari": "2005-01-01", "sampai": "2025-11-01"},
        {"dari": "2025-11-01\x00", "sampai": "2025-11-30"},
        {"periode": "selamanya"},
    ],
)
def test_a_bad_period_is_answered_with_a_sentence_and_the_form(auditor, query):
    published(regency_office("73.03"), headline="Tidak boleh tampil")
    for address in PATHS:
        response = auditor.get(address, {**query, "provinsi": "73"})
        text = response.content.decode()
        assert response.status_code == 400
        assert response.context["form"].sentence.endswith(".")
        assert escape(response.context["form"].sentence) in text
        assert '<option value="73" selected>' in text
        assert "Tidak boleh tampil" not in text
        assert "figures" not in response.context


def test_good_dates_stay_in_a_refused_form(auditor):
    response = auditor.get(reverse("dashboard"), {"dari": "31-11-2025", "sampai": "2025-11-30"})
    assert (response.context["form"].date_from, response.context["form"].date_to) == ("", "2025-11-30")


def test_a_hostile_date_is_quoted_harmlessly(auditor):
    response = auditor.get(reverse("dashboard"), {"dari": "<script>x", "sampai": "2025-11-30"})
    assert response.status_code == 400
    assert "<script>x" not in response.content.decode()


# Bars


@pytest.mark.parametrize(
    ("first", "last", "unit", "bars"),
    [
        ("2025-11-01", "2025-11-30", "hari", 30),
        ("2025-09-01", "2025-11-30", "pekan", 13),
        ("2023-01-15", "2025-11-30", "bulan", 35),
    ],
)
def test_bars_are_days_weeks_or_months_by_the_length_of_the_period(auditor, first, last, unit, bars):
    published(regency_office("73.03"), at=WITHIN_NOVEMBER)
    chart = shown_on(auditor, dari=first, sampai=last)["chart"]
    assert (chart.unit, len(chart.bars), sum(bar.items for bar in chart.bars)) == (unit, bars, 1)
    assert chart.bars[0].period.start == date.fromisoformat(first)
    assert chart.bars[-1].period.last_day == date.fromisoformat(last)
