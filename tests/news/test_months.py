"""The month calendar of the newsroom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from news.months import SHOWN_A_DAY, Month
from offices.memberships import grant_membership
from offices.roles import Role
from tests.factories import (
    EventFactory,
    drafted,
    member,
    ministry,
    province_office,
    published,
    regency_office,
    scheduled,
    withdrawn,
)
from tests.factories.news import someone
from tests.factories.offices import LONG_AGO

pytestmark = pytest.mark.django_db

PAGE = "/admin/kalender/"
WHO_ASKS, WHAT_WAITS = 3, 3  # the session, the person, the memberships; unread notices, the two queries of the menu
NOVEMBER = PAGE + "?bulan=2026-11"


@pytest.fixture
def editor(client):
    user = someone(Role.EDITOR, regency_office("73.03"))
    client.force_login(user)
    return user


def days(client, address=NOVEMBER):
    """What is on each day that has something, in the words of the page."""
    weeks = client.get(address).context["weeks"]
    found = {}
    for day in (day for week in weeks for day in week if not day.is_empty):
        found[day.date] = [
            *(event.title for event in day.events),
            *(schedule.edition.headline for schedule in day.planned),
            *(article.headline for article in day.published),
        ]
    return found


def test_what_was_published_stands_on_its_local_day(client, editor):
    published(at=datetime(2026, 11, 9, 17, 0, tzinfo=UTC), headline="Lewat tengah malam")
    published(at=datetime(2026, 11, 9, 4, 0, tzinfo=UTC), headline="Siang")
    assert days(client) == {date(2026, 11, 9): ["Siang"], date(2026, 11, 10): ["Lewat tengah malam"]}
    page = client.get(NOVEMBER).content.decode()
    assert "Terbit 01.00" in page and "waktu WITA" in page


def test_what_is_planned_stands_on_the_offices_clock(client, editor):
    due = (timezone.now() + timedelta(days=40)).replace(hour=17, minute=30, second=0, microsecond=0)
    edition = scheduled(regency_office("73.03"), due_at=due)
    local = regency_office("73.03").local_day(due)
    assert days(client, f"{PAGE}?bulan={local:%Y-%m}") == {local: [edition.headline]}
    assert "Terjadwal 01.30" in client.get(f"{PAGE}?bulan={local:%Y-%m}").content.decode()


def test_an_event_stands_on_each_day_it_touches(client, editor):
    start = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
    EventFactory(organiser=regency_office("73.03"), title="Pameran", starts_at=start, ends_at=start + timedelta(days=4))
    assert days(client) == {date(2026, 11, day): ["Pameran"] for day in (28, 29, 30)}
    assert days(client, PAGE + "?bulan=2026-12") == {date(2026, 12, day): ["Pameran"] for day in (1, 2)}


def test_an_event_that_ends_at_midnight_is_not_on_the_next_day(client, editor):
    end = datetime(2026, 11, 10, 16, 0, tzinfo=UTC)
    EventFactory(organiser=regency_office("73.03"), starts_at=end - timedelta(hours=5), ends_at=end)
    assert list(days(client)) == [date(2026, 11, 10)]


def test_only_what_ones_offices_have_is_shown(client, editor):
    moment = datetime(2026, 11, 9, 4, 0, tzinfo=UTC)
    far = regency_office("11.01")
    published(far, at=moment)
    drafted()
    withdrawn(at=None)
    hidden = EventFactory(organiser=far, title="Rahasia", starts_at=moment)
    hidden.participants.add(regency_office("73.03"))
    EventFactory(organiser=far, state="published", starts_at=moment, title="Tidak ikut")
    joined = EventFactory(organiser=far, state="published", starts_at=moment, title="Ikut serta")
    joined.participants.add(regency_office("73.03"))
    assert days(client) == {date(2026, 11, 9): ["Ikut serta"]}


def test_a_day_shows_a_few_and_leads_to_the_rest(client, editor):
    for minute in range(SHOWN_A_DAY + 2):
        published(at=datetime(2026, 11, 9, 4, minute, tzinfo=UTC), headline=f"Berita {minute}")
    assert days(client)[date(2026, 11, 9)] == [f"Berita {minute}" for minute in range(SHOWN_A_DAY)]
    page = client.get(NOVEMBER).content.decode()
    assert "2 berita lagi" in page
    address = page.split("/admin/news/article/?", 1)[1].split('"', 1)[0].replace("&amp;", "&")
    assert len(client.get(f"/admin/news/article/?{address}").context["cl"].result_list) == SHOWN_A_DAY + 2


def test_today_is_said_in_words(client, editor):
    page = client.get(PAGE).content.decode()
    assert page.count("Hari ini") == 1
    assert "Hari ini" not in client.get(PAGE + "?bulan=2020-02").content.decode()


def test_the_neighbouring_months_are_one_link_away(client, editor):
    page = client.get(PAGE + "?bulan=2026-12").content.decode()
    assert 'href="/admin/kalender/?bulan=2026-11"' in page
    assert 'href="/admin/kalender/?bulan=2027-01"' in page


def test_an_empty_month_says_what_will_be_there(client, editor):
    assert "Belum ada apa-apa" in client.get(PAGE + "?bulan=2030-02").content.decode()


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "x", "0000-01", "9999-12", "2026-1", "²026-01", "2026-11-01"])
def test_a_month_that_does_not_exist_is_not_found(client, editor, text):
    assert client.get(PAGE, {"bulan": text}).status_code == 404


@pytest.mark.parametrize(("year", "gone"), [(1945, "previous_url"), (2199, "next_url")])
def test_the_years_end_somewhere(client, editor, year, gone):
    month = 1 if gone == "previous_url" else 12
    assert client.get(PAGE, {"bulan": f"{year}-{month:02}"}).context[gone] == ""


def test_a_month_knows_its_weeks():
    month = Month.parse("2026-02")
    assert (month.first, month.last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert [week[0] for week in month.weeks()][:2] == [date(2026, 1, 26), date(2026, 2, 2)]
    assert all(len(week) == 7 for week in month.weeks())


def test_one_office_of_several_can_be_chosen(client, editor):
    moment = datetime(2026, 11, 9, 4, 0, tzinfo=UTC)
    other = regency_office("73.71")
    grant_membership(editor, other, Role.EDITOR, by=None, starts_on=LONG_AGO)
    published(regency_office("73.03"), at=moment, headline="Bantaeng")
    published(other, at=moment + timedelta(hours=1), headline="Makassar")
    assert days(client)[date(2026, 11, 9)] == ["Bantaeng", "Makassar"]
    assert days(client, f"{NOVEMBER}&kantor={other.pk}") == {date(2026, 11, 9): ["Makassar"]}
    client.post("/admin/kantor-saya/", {"office": other.pk})
    assert days(client) == {date(2026, 11, 9): ["Makassar"]}
    assert days(client, f"{NOVEMBER}&kantor=semua")[date(2026, 11, 9)] == ["Bantaeng", "Makassar"]


def test_an_office_out_of_reach_is_not_found(client, editor):
    far = regency_office("11.01")
    for key in (far.pk, "x", 987654):
        assert client.get(NOVEMBER, {"kantor": key}).status_code == 404


def test_those_above_see_the_offices_below(client):
    moment = datetime(2026, 11, 9, 4, 0, tzinfo=UTC)
    published(regency_office("73.03"), at=moment, headline="Bantaeng")
    published(regency_office("11.01"), at=moment + timedelta(hours=1), headline="Aceh")
    client.force_login(member(Role.SUPERVISOR, province_office("73")))
    assert days(client) == {date(2026, 11, 9): ["Bantaeng"]}
    client.force_login(member(Role.AUDITOR, ministry()))
    assert days(client) == {date(2026, 11, 9): ["Bantaeng", "Aceh"]}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_calendar_takes_four_queries_besides_who_asks(client, editor, django_assert_num_queries, rows):
    office, soon = regency_office("73.03"), timezone.now() + timedelta(hours=1)
    for minute in range(rows):
        published(office)
        scheduled(office, due_at=soon + timedelta(minutes=minute))
        EventFactory(organiser=office, starts_at=soon)
    with django_assert_num_queries(WHO_ASKS + WHAT_WAITS + 4):
        client.get(PAGE)
