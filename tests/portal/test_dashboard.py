"""The ministry's dashboard: the figures of each role, and what nobody may learn from it."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from news.announcements import take_event_step
from news.models.events import EventState
from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from tests.factories import (
    EventFactory,
    drafted,
    member,
    ministry,
    province_office,
    published,
    regency_office,
    withdrawn,
)
from tests.factories.news import someone

pytestmark = pytest.mark.django_db

EVERYONE_ABOVE = [Role.CURATOR, Role.ADMINISTRATOR, Role.AUDITOR]
NOVEMBER = {"dari": "2025-11-01", "sampai": "2025-11-30"}
WITHIN_NOVEMBER = datetime(2025, 11, 12, 3, tzinfo=UTC)


def at_noon(*day: int) -> datetime:
    return datetime(*day, 4, tzinfo=UTC)


@pytest.fixture
def auditor(client):
    client.force_login(member(Role.AUDITOR, ministry()))
    return client


@pytest.fixture
def supervisor(client):
    """Signed in as the supervisor of province 73, with an office there and another in province 32."""
    regency_office("73.03")
    regency_office("32.04")
    client.force_login(member(Role.SUPERVISOR, province_office("73")))
    return client


def page(client, **query):
    response = client.get(reverse("dashboard"), query)
    assert response.status_code == 200
    return response


def figures(client, **query):
    return page(client, **query).context["figures"]


def rows(client, **query):
    response = client.get(reverse("dashboard_rows"), query)
    assert response.status_code == 200
    return [article.headline for article, _event in response.context["articles"]]


def file(client, kind, **query):
    """The lines of a CSV file as dictionaries, read as a spreadsheet reads them."""
    response = client.get(reverse("dashboard_export", args=[kind]), query)
    assert response.status_code == 200
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


# Who may look


@pytest.mark.parametrize("name", ["dashboard", "dashboard_rows"])
def test_strangers_are_led_to_the_sign_in_page_and_back(client, name):
    response = client.get(reverse(name), NOVEMBER)
    assert response.status_code == 302
    assert response.url.startswith(f"{reverse('admin:login')}?next=/pusat/")
    assert "dari%3D2025-11-01" in response.url


def test_strangers_get_no_file(client):
    assert client.get(reverse("dashboard_export", args=["berita"])).status_code == 302


@pytest.mark.parametrize("role", EVERYONE_ABOVE)
def test_national_roles_see_every_office(client, role):
    published(regency_office("73.03"), at=WITHIN_NOVEMBER)
    published(regency_office("32.04"), at=WITHIN_NOVEMBER)
    client.force_login(member(role, ministry()))
    assert figures(client, **NOVEMBER).items == 2


@pytest.mark.parametrize("role", [Role.WRITER, Role.EDITOR, Role.MANAGER])
def test_belonging_to_the_ministry_alone_opens_nothing(client, role):
    client.force_login(member(role, ministry()))
    for address in addresses():
        assert client.get(address).status_code == 403


def test_an_account_without_membership_is_signed_out(client):
    membership = member(Role.AUDITOR, ministry()).memberships.get()
    membership.ends_on = timezone.localdate()
    membership.save()
    for address in addresses():
        client.force_login(membership.user)
        assert client.get(address)["Location"].startswith("/admin/login/?")
        assert "_auth_user_id" not in client.session


def addresses():
    files = [reverse("dashboard_export", args=[kind]) for kind in ("provinsi", "kantor", "berita")]
    return [reverse("dashboard"), reverse("dashboard_rows"), *files]


def test_nothing_is_sent_to_it(auditor):
    for address in addresses():
        assert auditor.post(address).status_code == 405


def test_nobody_keeps_a_copy_and_no_robot_lists_it(auditor):
    for address in addresses():
        response = auditor.get(address)
        assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}
        assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex, nofollow">' in page(auditor).content.decode()


# What a province supervisor sees


def test_a_supervisor_sees_the_offices_below_the_province_alone(supervisor):
    published(regency_office("73.03"), at=WITHIN_NOVEMBER, headline="Dari kabupaten sendiri")
    published(province_office("73"), at=WITHIN_NOVEMBER, headline="Dari kantor provinsi")
    published(regency_office("32.04"), at=WITHIN_NOVEMBER, headline="Dari provinsi lain")
    shown = page(supervisor, **NOVEMBER)
    assert (shown.context["figures"].items, shown.context["figures"].offices) == (1, 1)
    assert "Dari provinsi lain" not in shown.content.decode()
    assert "Dari kantor provinsi" not in shown.content.decode()
    assert rows(supervisor, **NOVEMBER) == ["Dari kabupaten sendiri"]
    assert [line["judul"] for line in file(supervisor, "berita", **NOVEMBER)] == ["Dari kabupaten sendiri"]
    assert [line["kode"] for line in file(supervisor, "kantor", **NOVEMBER)] == ["73.03"]
    assert [line["kode"] for line in file(supervisor, "provinsi", **NOVEMBER)] == ["73"]


@pytest.mark.parametrize(
    "query",
    [
        {"provinsi": "32"},
        {"provinsi": "00"},
        {"kantor": "kantor-32-04"},
        {"kantor": "kantor-73"},
        {"provinsi": "73", "kantor": "kantor-32-04"},
    ],
)
def test_a_supervisor_cannot_ask_for_another_province(supervisor, query):
    province_office("73")
    published(regency_office("32.04"), at=WITHIN_NOVEMBER)
    for address in addresses():
        assert supervisor.get(address, {**NOVEMBER, **query}).status_code == 404


def test_a_supervisor_cannot_page_from_an_article_out_of_reach(supervisor):
    elsewhere = published(regency_office("32.04"), at=WITHIN_NOVEMBER).article
    response = supervisor.get(reverse("dashboard_rows"), {**NOVEMBER, "setelah": elsewhere.pk})
    assert response.status_code == 404


def test_coverage_is_counted_from_the_supervisors_own_offices(supervisor):
    event = announced(EventFactory(organiser=ministry(), title="Rakornas"), at=WITHIN_NOVEMBER)
    published(regency_office("73.03"), at=WITHIN_NOVEMBER, event=event)
    published(regency_office("32.04"), at=WITHIN_NOVEMBER, event=event)
    [line] = page(supervisor, **NOVEMBER).context["events"]
    assert (line["event"], line["items"], line["offices"]) == (event, 1, 1)


# What is counted


def test_only_what_the_public_reads_is_counted(auditor):
    office = regency_office("73.03")
    published(office, at=WITHIN_NOVEMBER, headline="Masih terbit")
    drafted(office, headline="Baru draf")
    withdrawn(office, at=WITHIN_NOVEMBER, headline="Sudah ditarik")
    removed = published(office, at=WITHIN_NOVEMBER, headline="Sudah dihapus")
    take_step(removed, Step.REMOVE, by=someone(Role.MANAGER, office), note="Salah kantor.")
    shown = page(auditor, **NOVEMBER)
    assert shown.context["figures"].items == 1
    assert rows(auditor, **NOVEMBER) == ["Masih terbit"]
    assert [line["judul"] for line in file(auditor, "berita", **NOVEMBER)] == ["Masih terbit"]
    for hidden in ("Baru draf", "Sudah ditarik", "Sudah dihapus"):
        assert hidden not in shown.content.decode()


def test_the_figures_say_how_much_by_whom_and_who_is_silent(auditor):
    for _number in range(2):
        published(regency_office("73.03"), at=WITHIN_NOVEMBER)
    published(regency_office("32.04"), at=WITHIN_NOVEMBER)
    silent = regency_office("73.04")
    shown = page(auditor, **NOVEMBER).context
    assert (shown["figures"].items, shown["figures"].active, shown["figures"].offices) == (3, 2, 4)
    assert shown["figures"].share == 50
    lines = [(line["group"].province.code, line["items"], len(line["group"].active)) for line in shown["lines"]]
    assert lines == [("73", 2, 1), ("32", 1, 1), ("00", 0, 0)]
    assert [group.silent for group in shown["silent"]] == [[ministry()], [silent]]


def test_a_province_leads_to_its_offices_and_an_office_to_its_rows(auditor):
    published(regency_office("73.03"), at=WITHIN_NOVEMBER, headline="Kabar Bantaeng")
    published(regency_office("32.04"), at=WITHIN_NOVEMBER)
    [line] = [x for x in page(auditor, **NOVEMBER).context["lines"] if x["group"].province.code == "73"]
    [office] = auditor.get(line["url"]).context["lines"]
    assert office["office"] == regency_office("73.03")
    [(article, _event)] = auditor.get(office["rows_url"]).context["articles"]
    assert article.headline == "Kabar Bantaeng"


def test_every_figure_leads_to_as_many_rows(auditor):
    event = announced(EventFactory(title="Rakornas"), at=WITHIN_NOVEMBER)
    published(regency_office("73.03"), at=WITHIN_NOVEMBER, event=event)
    published(regency_office("73.04"), at=at_noon(2025, 11, 20), event=event)
    published(regency_office("32.04"), at=at_noon(2025, 11, 20))
    shown = page(auditor, **NOVEMBER).context
    counted = [(shown["figures"].items, shown["rows_url"])]
    counted += [(line["items"], line["rows_url"]) for line in shown["lines"] + shown["events"]]
    counted += [(bar.items, url) for bar, url in shown["bars"] if url]
    counted += [(line["items"], line["rows_url"]) for line in auditor.get(shown["by_office_url"]).context["lines"]]
    assert len(counted) == 10
    for items, url in counted:
        assert auditor.get(url).context["total"] == items


def test_a_silent_office_tells_when_it_last_published(auditor):
    published(regency_office("73.03"), at=at_noon(2025, 10, 3))
    text = page(auditor, **NOVEMBER, provinsi="73").content.decode()
    assert "terakhir terbit 3 Oktober 2025" in text
    assert "belum pernah terbit" in page(auditor, **NOVEMBER, provinsi="00").content.decode()


def test_an_article_counts_in_the_period_it_was_published_in(auditor):
    published(regency_office("73.03"), at=at_noon(2025, 11, 3))
    assert figures(auditor, **NOVEMBER).items == 1
    assert figures(auditor).items == 0


# Events


def announced(event, at=None):
    take_event_step(event, EventState.PUBLISHED, by=someone(Role.EDITOR, event.organiser), at=at)
    return event


def test_events_are_listed_with_their_coverage_and_without(auditor):
    covered = announced(EventFactory(title="Rakornas"), at=at_noon(2025, 9, 1))
    announced(EventFactory(title="Lama dan tanpa liputan"), at=at_noon(2025, 9, 1))
    uncovered = announced(EventFactory(title="Pelatihan"), at=WITHIN_NOVEMBER)
    EventFactory(title="Belum diumumkan")
    for code in ("73.03", "73.03", "32.04"):
        published(regency_office(code), at=WITHIN_NOVEMBER, event=covered)
    lines = page(auditor, **NOVEMBER).context["events"]
    assert [(line["event"], line["items"], line["offices"]) for line in lines] == [(covered, 3, 2), (uncovered, 0, 0)]


def test_an_event_shows_which_offices_did_not_cover_it(auditor):
    event = announced(EventFactory(title="Rakornas", organiser=ministry()), at=WITHIN_NOVEMBER)
    published(regency_office("73.03"), at=WITHIN_NOVEMBER, event=event)
    published(regency_office("73.04"), at=WITHIN_NOVEMBER)
    shown = page(auditor, **NOVEMBER, agenda=event.pk).context
    assert (shown["figures"].items, shown["figures"].active) == (1, 1)
    assert regency_office("73.04") in [office for group in shown["silent"] for office in group.silent]


def test_an_event_that_is_not_public_is_named_nowhere(auditor):
    event = EventFactory(title="Rapat rahasia")
    published(regency_office("73.03"), at=WITHIN_NOVEMBER, event=event)
    assert page(auditor, **NOVEMBER).context["events"] == []
    assert "Rapat rahasia" not in auditor.get(reverse("dashboard_rows"), NOVEMBER).content.decode()
    assert [line["agenda"] for line in file(auditor, "berita", **NOVEMBER)] == [""]
    assert auditor.get(reverse("dashboard"), {**NOVEMBER, "agenda": event.pk}).status_code == 404


# What is unknown


@pytest.mark.parametrize(
    "query",
    [
        {"provinsi": "99"},
        {"provinsi": "73.03"},
        {"kantor": "tidak-ada"},
        {"kantor": "\x00"},
        {"agenda": "1 OR 1=1"},
        {"agenda": "9" * 40},
        {"agenda": "²"},
        {"agenda": "123456"},
    ],
)
def test_what_is_unknown_is_not_found(auditor, query):
    regency_office("73.03")
    for address in addresses():
        assert auditor.get(address, query).status_code == 404


@pytest.mark.parametrize("mark", ["0", "x", "9" * 40, "-1"])
def test_an_unknown_page_mark_is_not_found(auditor, mark):
    assert auditor.get(reverse("dashboard_rows"), {"setelah": mark}).status_code == 404


def test_an_unknown_file_is_not_found(auditor):
    assert auditor.get(reverse("dashboard_export", args=["pengguna"])).status_code == 404


# The page itself


def test_the_chart_is_named_and_its_numbers_stand_in_a_table(auditor):
    published(regency_office("73.03"), at=WITHIN_NOVEMBER)
    text = page(auditor, **NOVEMBER).content.decode()
    assert 'role="img" aria-labelledby="grafik-nama"' in text
    assert '<title id="grafik-nama">' in text
    assert "Angka grafik dalam tabel" in text
    assert "style=" not in text


def test_an_empty_period_says_what_will_appear(auditor):
    shown = page(auditor, dari="1999-01-01", sampai="1999-12-31")
    assert shown.context["chart"] is None
    assert "Belum ada berita pada periode ini" in shown.content.decode()


# Pages of rows


def test_rows_are_paged_without_losing_or_repeating_one(auditor, monkeypatch):
    monkeypatch.setattr("portal.dashboard.paging.PAGE_SIZE", 2)
    office = regency_office("73.03")
    for number in range(5):
        published(office, at=WITHIN_NOVEMBER + timedelta(hours=number // 2), headline=f"Berita {number}")
    seen, address = [], f"{reverse('dashboard_rows')}?dari=2025-11-01&sampai=2025-11-30"
    while address:
        shown = auditor.get(address).context
        seen += [article.headline for article, _event in shown["articles"]]
        address = shown["older_url"]
    assert seen == ["Berita 4", "Berita 3", "Berita 2", "Berita 1", "Berita 0"]
    assert shown["newest_url"]


def test_a_page_mark_still_works_after_its_article_was_withdrawn(auditor):
    office = regency_office("73.03")
    published(office, at=WITHIN_NOVEMBER - timedelta(days=1), headline="Lebih lama")
    mark = published(office, at=WITHIN_NOVEMBER)
    take_step(mark, Step.WITHDRAW, by=someone(Role.MANAGER, office), note="Data keliru.")
    assert rows(auditor, **NOVEMBER, setelah=mark.article_id) == ["Lebih lama"]


# Cost


@pytest.mark.parametrize("count", [1, 3])
def test_the_dashboard_costs_the_same_for_one_row_and_for_three(client, django_assert_num_queries, count):
    fill(count)
    client.force_login(member(Role.AUDITOR, ministry()))
    with django_assert_num_queries(10):
        shown = page(client, **NOVEMBER)
    assert (shown.context["figures"].active, len(shown.context["events"])) == (count, count)


@pytest.mark.parametrize("count", [1, 3])
def test_a_supervisors_dashboard_costs_the_same(client, django_assert_num_queries, count):
    fill(count)
    client.force_login(member(Role.SUPERVISOR, province_office("73")))
    with django_assert_num_queries(10):
        shown = page(client, **NOVEMBER)
    assert shown.context["figures"].active == count


@pytest.mark.parametrize("count", [1, 3])
def test_rows_cost_the_same_for_one_and_for_three(client, django_assert_num_queries, count):
    fill(count)
    client.force_login(member(Role.AUDITOR, ministry()))
    with django_assert_num_queries(7):
        assert len(rows(client, **NOVEMBER)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_costs_the_same_for_one_row_and_for_three(client, django_assert_num_queries, count):
    fill(count)
    client.force_login(member(Role.AUDITOR, ministry()))
    with django_assert_num_queries(5):
        assert len(file(client, "berita", **NOVEMBER)) == count


def fill(count: int) -> None:
    """So many offices of province 73 with an article about an event of their own each, and as many silent ones."""
    for number in range(count):
        office = regency_office(f"73.0{number + 1}")
        event = announced(EventFactory(organiser=office), at=WITHIN_NOVEMBER)
        published(office, event=event, at=WITHIN_NOVEMBER)
        regency_office(f"73.1{number + 1}")
