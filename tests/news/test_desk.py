"""The desk: everything that waits for a person, one click from its next step, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from news.access import may
from news.duties import capped, counts_for, seat_of, to_check_by
from news.models import Demand, Edition, Inspection, ReadCount, Schedule
from news.states import Step
from news.workflow import take_step
from news.writing import save_content
from offices.memberships import grant_membership
from offices.models import Membership, User
from offices.roles import Role
from offices.templatetags.dates import short_date
from tests.factories import (
    EventFactory,
    approved,
    drafted,
    member,
    ministry,
    province_office,
    published,
    regency_office,
    scheduled,
    submitted,
    urgent,
)
from tests.factories.demands import accepted, demanded, received
from tests.factories.news import someone
from tests.factories.offices import LONG_AGO

pytestmark = pytest.mark.django_db

DESK = "/admin/"


@pytest.fixture
def home():
    return regency_office("73.03")


@pytest.fixture
def second():
    return regency_office("73.71")


def sections(client, person):
    client.force_login(person)
    return {section.key: section for section in client.get(DESK).context["sections"]}


def titles(client, person, key):
    return [item.title for item in sections(client, person)[key].items]


def returned(office, **fields):
    edition = submitted(office, **fields)
    take_step(edition, Step.REQUEST_CHANGES, by=someone(Role.EDITOR, office), note="Sebutkan namanya.")
    return edition


# The own work


def test_what_was_returned_comes_back_with_its_reason_and_who_asked(client, home):
    edition = returned(home, headline="Pasar")
    item = sections(client, edition.started_by)["returned"].items[0]
    assert (item.title, item.note, item.who) == ("Pasar", "Sebutkan namanya.", someone(Role.EDITOR, home).name)
    assert item.url == reverse("admin:news_article_change", args=[edition.article_id])
    page = client.get(DESK).content.decode()
    assert "Sebutkan namanya." in page and 'aria-label="Perbaiki: Pasar"' in page


def test_what_was_returned_to_a_colleague_is_not_mine(client, home):
    returned(home)
    colleague = member(Role.WRITER, home)
    assert titles(client, colleague, "returned") == []


def test_an_editor_checks_what_others_wrote_the_longest_waiting_first(client, home):
    submitted(home, headline="Pertama", at=timezone.now() - timedelta(days=3))
    submitted(home, headline="Kedua", at=timezone.now() - timedelta(days=2))
    assert titles(client, someone(Role.EDITOR, home), "check") == ["Pertama", "Kedua"]


def test_nobody_is_asked_to_check_the_own_contribution(client, home):
    editor = someone(Role.EDITOR, home)
    submitted(home, by=editor, headline="Ditulis redaktur")
    touched = submitted(home, headline="Disentuh redaktur")
    save_content(touched, by=editor, version=touched.version)
    assert titles(client, editor, "check") == []
    assert titles(client, member(Role.EDITOR, home), "check") == ["Ditulis redaktur", "Disentuh redaktur"]


def test_a_draft_stays_with_whoever_keeps_it(client, home):
    mine = drafted(home, headline="Milik saya")
    handed = drafted(home, by=member(Role.WRITER, home), headline="Diserahkan")
    Edition.objects.filter(pk=handed.pk).update(assigned_to=mine.started_by)
    given_away = drafted(home, by=mine.started_by, headline="Sudah diserahkan")
    Edition.objects.filter(pk=given_away.pk).update(assigned_to=handed.started_by)
    assert set(titles(client, mine.started_by, "drafts")) == {"Milik saya", "Diserahkan"}


def test_what_is_approved_waits_for_an_editor_to_publish_it(client, home):
    edition = approved(home, headline="Siap")
    assert titles(client, someone(Role.EDITOR, home), "ready") == ["Siap"]
    assert "ready" not in sections(client, edition.started_by)


def test_what_is_scheduled_and_what_failed_and_is_late(client, home):
    now = timezone.now()
    due = scheduled(home, due_at=now + timedelta(days=2), headline="Besok lusa")
    late = scheduled(home, headline="Terlambat")
    Schedule.objects.filter(edition=late).update(due_at=now - timedelta(minutes=10))
    failed = approved(home, headline="Gagal")
    Schedule.objects.create(
        edition=failed,
        kind="publish",
        due_at=now - timedelta(hours=1),
        requested_by=someone(Role.EDITOR, home),
        requested_at=now - timedelta(days=1),
        status="failed",
        sentence="Penyetuju sudah tidak bertugas.",
        settled_at=now,
    )
    items = sections(client, due.started_by)["scheduled"].items
    assert [(item.title, item.alert) for item in items] == [
        ("Gagal", "Gagal"),
        ("Terlambat", "Terlambat"),
        ("Besok lusa", ""),
    ]
    assert items[0].note == "Penyetuju sudah tidak bertugas."


def test_a_failure_that_was_answered_by_a_new_schedule_is_over(client, home):
    now, editor = timezone.now(), someone(Role.EDITOR, home)
    edition = approved(home, headline="Diulang")
    Schedule.objects.create(
        edition=edition,
        kind="publish",
        due_at=now - timedelta(hours=1),
        requested_by=editor,
        requested_at=now,
        status="failed",
        sentence="Isi berubah.",
        settled_at=now,
    )
    take_step(edition, Step.SCHEDULE, by=editor, due_at=now + timedelta(hours=5))
    assert [item.alert for item in sections(client, editor)["scheduled"].items] == [""]


def test_what_went_out_today_shows_how_often_it_was_read(client, home):
    edition = published(home, headline="Hari ini")
    published(home, headline="Dahulu", at=timezone.now() - timedelta(days=3))
    today = timezone.localdate()
    ReadCount.objects.create(article=edition.article, day=today, reads=1234)
    items = sections(client, edition.started_by)
    assert [(i.title, i.note) for i in items["today"].items] == [("Hari ini", "dibaca 1.234 kali")]
    assert [(i.title, i.note) for i in items["read"].items] == [("Hari ini", "dibaca 1.234 kali")]


def test_today_is_that_of_the_offices_clock(client):
    """At 23.30 UTC it is already the next morning in Jayapura, whose stories of that morning are today's."""
    office = regency_office("91.71")
    office.region.timezone = "Asia/Jayapura"
    office.region.save()
    edition = published(office, headline="Pagi di Jayapura")
    assert edition.article.published_on == office.local_day(timezone.now())
    assert titles(client, edition.started_by, "today") == ["Pagi di Jayapura"]


def test_an_urgent_publication_waits_for_eyes_that_neither_wrote_nor_published_it(client, home):
    edition = urgent(home, headline="Banjir")
    publisher, other = edition.published_by, member(Role.EDITOR, home)
    assert titles(client, publisher, "confirm") == []
    assert titles(client, other, "confirm") == ["Banjir"]
    assert titles(client, member(Role.CURATOR, ministry()), "confirm") == ["Banjir"]
    assert titles(client, member(Role.SUPERVISOR, province_office("73")), "confirm") == ["Banjir"]
    take_step(edition, Step.SECOND_CHECK, by=other)
    assert titles(client, member(Role.EDITOR, home), "confirm") == []


# Events


def test_an_office_owes_a_story_to_the_event_it_joins(client, home, second):
    event = EventFactory(organiser=second, state="published", title="Rakornas")
    event.participants.add(home)
    writer = someone(Role.WRITER, home)
    item = sections(client, writer)["events"].items[0]
    assert (item.title, item.alert, item.action) == ("Rakornas", "Belum ada liputan", "Tulis liputan")
    form = client.get(item.url).context["adminform"].form
    assert str(form.initial["event"]) == str(event.pk)
    drafted(home, by=writer, event=event)
    item = sections(client, writer)["events"].items[0]
    assert (item.note, item.alert) == ("Sudah ada liputan", "")


def test_an_office_owes_the_announcement_of_its_own_event(client, home):
    event = EventFactory(organiser=home, title="Pameran")
    item = sections(client, someone(Role.WRITER, home))["events"].items[0]
    assert (item.alert, item.url) == ("Belum diumumkan", reverse("admin:news_event_change", args=[event.pk]))


def test_events_of_others_far_ahead_past_or_unannounced_are_nobodys_debt(client, home, second):
    now = timezone.now()
    EventFactory(organiser=second, state="published")
    EventFactory(organiser=home, state="published", starts_at=now + timedelta(days=8))
    EventFactory(organiser=home, state="published", starts_at=now - timedelta(days=2))
    secret = EventFactory(organiser=second, title="Rahasia")
    secret.participants.add(home)
    assert titles(client, someone(Role.WRITER, home), "events") == []


def test_a_story_of_another_office_pays_no_debt(client, home, second):
    event = EventFactory(organiser=second, state="published")
    event.participants.add(home, second)
    published(second, event=event)
    assert sections(client, someone(Role.WRITER, home))["events"].items[0].alert == "Belum ada liputan"


# Bounds, empty states, the switch


def test_a_section_shows_ten_and_leads_to_all(client, home):
    for number in range(12):
        submitted(home, headline=f"Naskah {number}")
    section = sections(client, someone(Role.EDITOR, home))["check"]
    assert (len(section.items), section.has_more) == (10, True)
    assert len(client.get(section.more_url).context["cl"].result_list) == 12


def test_an_empty_section_says_what_will_appear(client, home):
    client.force_login(someone(Role.EDITOR, home))
    page = client.get(DESK).content.decode()
    for sentence in ("Naskah yang perlu Anda perbaiki muncul di sini", "Naskah yang dikirim rekan Anda muncul di sini"):
        assert sentence in page


def test_sections_with_something_in_them_come_first(client, home):
    edition = drafted(home)
    assert next(iter(sections(client, edition.started_by))) == "drafts"


def test_a_person_of_two_offices_sees_which_and_can_choose_one(client, home, second):
    writer = someone(Role.WRITER, home)
    grant_membership(writer, second, Role.WRITER, by=None, starts_on=LONG_AGO)
    drafted(home, by=writer, headline="Di rumah")
    drafted(second, by=writer, headline="Di sana")
    assert set(titles(client, writer, "drafts")) == {"Di rumah", "Di sana"}
    page = client.get(DESK).content.decode()
    assert home.region.short_name in page and reverse("admin:switch_office") in page
    client.post(reverse("admin:switch_office"), {"office": second.pk})
    assert [item.title for item in client.get(DESK).context["sections"][0].items] == ["Di sana"]


def test_moments_are_relative_and_on_the_offices_clock(client, home):
    edition = submitted(home, at=datetime(2026, 11, 1, 4, 5, tzinfo=UTC))
    client.force_login(someone(Role.EDITOR, home))
    page = client.get(DESK).content.decode()
    assert "1 Nov 2026, 12.05 WITA" in page
    assert 'datetime="2026-11-01T12:05:00+08:00"' in page
    assert "lalu, 1 Nov 2026" in page
    assert edition.headline in page


# Those above


def test_a_supervisor_checks_for_offices_without_an_editor_only(client, home, second):
    submitted(home, headline="Ada redaktur")
    someone(Role.EDITOR, home)
    submitted(second, headline="Tanpa redaktur")
    supervisor = member(Role.SUPERVISOR, province_office("73"))
    assert titles(client, supervisor, "check") == ["Tanpa redaktur"]
    assert titles(client, member(Role.SUPERVISOR, province_office("11")), "check") == []


def test_an_office_whose_only_editor_wrote_the_text_has_no_editor_for_it(client, home):
    editor = someone(Role.EDITOR, home)
    submitted(home, by=editor, headline="Sendirian")
    assert titles(client, member(Role.SUPERVISOR, province_office("73")), "check") == ["Sendirian"]


def test_a_supervisor_sees_offices_without_editors_and_silent_ones(client, home, second):
    published(home)
    quiet = regency_office("73.05")
    someone(Role.MANAGER, quiet)
    Membership.objects.filter(office=second).delete()
    found = sections(client, member(Role.SUPERVISOR, province_office("73")))
    assert [item.title for item in found["without_editor"].items] == [str(second)]
    assert [item.title for item in found["silent"].items] == [str(quiet), str(second)]


def test_an_editor_whose_account_is_closed_is_no_editor(client, home):
    User.objects.filter(pk=someone(Role.EDITOR, home).pk).update(is_active=False)
    found = sections(client, member(Role.SUPERVISOR, province_office("73")))
    assert [item.title for item in found["without_editor"].items] == [str(home)]


def test_an_administrator_sees_what_failed_anywhere(client, home):
    late = scheduled(home, headline="Terlambat")
    Schedule.objects.filter(edition=late).update(due_at=timezone.now() - timedelta(minutes=10))
    scheduled(home, headline="Belum waktunya")
    assert titles(client, member(Role.ADMINISTRATOR, ministry()), "failures") == ["Terlambat"]


def test_an_auditor_has_nothing_to_do_and_is_told_so(client):
    client.force_login(member(Role.AUDITOR, ministry()))
    assert "tidak ada yang menunggu Anda" in client.get(DESK).content.decode()


# What readers demand


def late(demand):
    """As it stands an hour after its deadline."""
    Demand.objects.filter(pk=demand.pk).update(due_at=timezone.now() - timedelta(hours=1))
    return demand


def test_what_readers_demand_comes_to_the_offices_editors_with_its_deadline(client, home, second):
    demand = demanded(published(home, headline="Pasar"), kind="hak_jawab")
    demanded(published(second, headline="Pelabuhan"))
    received(published(home, headline="Belum dikonfirmasi"))
    for person in (someone(Role.EDITOR, home), member(Role.MANAGER, home)):
        [item] = sections(client, person)["demands"].items
        assert (item.title, item.at, item.alert) == ("Pasar", demand.due_at, "")
        assert item.note == f"Hak jawab {demand.number} · Menunggu jawaban"
        assert item.url == reverse("admin:news_demand_change", args=[demand.pk])
        assert counts_for(seat_of(person, None))["demands"] == 1
    assert "demands" not in sections(client, someone(Role.WRITER, home))
    assert "demands" not in counts_for(seat_of(someone(Role.WRITER, home), None))


def test_what_is_due_first_comes_first_and_what_is_late_says_so(client, home):
    demanded(published(home, headline="Baru"))
    late(accepted(published(home, headline="Lama")))
    items = sections(client, someone(Role.EDITOR, home))["demands"].items
    assert [(item.title, item.alert) for item in items] == [("Lama", "Lewat tenggat"), ("Baru", "")]


def test_what_an_office_did_not_answer_in_time_is_seen_above_it(client, home):
    late(demanded(published(home, headline="Lewat")))
    late(demanded(published(regency_office("11.01"), headline="Jauh")))
    demanded(published(home, headline="Belum lewat"))
    seen = {
        member(Role.SUPERVISOR, province_office("73")): ["Lewat"],
        member(Role.CURATOR, ministry()): ["Lewat", "Jauh"],
        member(Role.ADMINISTRATOR, ministry()): ["Lewat", "Jauh"],
    }
    for person, wanted in seen.items():
        assert titles(client, person, "unanswered") == wanted
    assert "unanswered" not in sections(client, someone(Role.EDITOR, home))
    assert "unanswered" not in sections(client, member(Role.AUDITOR, ministry()))


# The numbers in the menu


def test_the_menu_counts_what_waits_on_every_page(client, home):
    writer, editor = someone(Role.WRITER, home), someone(Role.EDITOR, home)
    for _ in range(3):
        submitted(home)
    approved(home)
    returned(home)
    urgent(home, publisher=member(Role.EDITOR, home))
    client.force_login(editor)
    response = client.get("/admin/news/rubric/")
    assert {c["key"]: c["count"] for c in response.context["counts"]} == {"check": 3, "ready": 1, "confirm": 1}
    assert "Menunggu pemeriksaan <b>3</b>" in response.content.decode()
    assert f'href="{DESK}#check"' in response.content.decode()
    client.force_login(writer)
    assert {c["key"]: c["count"] for c in client.get(DESK).context["counts"]} == {"returned": 1}


def test_what_the_menu_counts_is_what_the_desk_shows(client, home, second):
    submitted(home)
    submitted(second)
    submitted(home, by=someone(Role.EDITOR, home))
    urgent(second)
    for person in (
        someone(Role.EDITOR, home),
        member(Role.SUPERVISOR, province_office("73")),
        member(Role.CURATOR, ministry()),
    ):
        found = sections(client, person)
        counts = counts_for(seat_of(User.objects.get(pk=person.pk), None))
        assert counts == {key: len(found[key].items) for key in counts}


def test_the_number_stops_at_ninety_nine():
    assert (capped(99), capped(100), capped(12_345)) == ("99", "99+", "99+")


def test_the_desk_asks_what_the_door_asks(home, second):
    """The condition in the database and `may` agree on every text and person."""
    editor = someone(Role.EDITOR, home)
    submitted(home)
    submitted(home, by=editor)
    submitted(second)
    submitted(second, by=someone(Role.EDITOR, second))
    people = [editor, *(member(role, home) for role in (Role.WRITER, Role.EDITOR, Role.MANAGER))]
    people += [member(Role.SUPERVISOR, province_office(code)) for code in ("73", "11")]
    people += [member(role, ministry()) for role in (Role.CURATOR, Role.AUDITOR, Role.EDITOR)]
    editions = list(Edition.objects.filter(state="submitted").select_related("article__office__region"))
    for person in people:
        found = set(Edition.objects.filter(to_check_by(seat_of(person, None))).values_list("pk", flat=True))
        assert found == {edition.pk for edition in editions if may(person, Step.APPROVE, edition)}


def test_administrators_read_what_the_last_night_found_and_nobody_else_does(client, home):
    administrator, night = member(Role.ADMINISTRATOR, ministry()), timezone.localdate()
    for days, name, violations, told in (
        (0, "overlapping_terms", 2, "Dua jabatan bertindih.\nDua lagi."),
        (0, "misplaced_roles", 0, ""),
        (1, "misplaced_roles", 1, "Malam sebelumnya."),
    ):
        Inspection.objects.create(
            night=night - timedelta(days=days), name=name, violations=violations, sentences=told, due_at=None
        )
    assert titles(client, administrator, "night") == ["Dua jabatan bertindih."]
    page = client.get(DESK).content.decode()
    assert "2 pelanggaran" in page
    assert f"Malam {short_date(night, None)}." in page
    assert "di log semuanya tercatat sebagai “overlapping_terms”." in page
    assert 'href=""' not in page
    for person in (member(Role.CURATOR, ministry()), member(Role.MANAGER, home)):
        client.force_login(person)
        assert "bertindih" not in client.get(DESK).content.decode()


# Queries


def fill(home, rows):
    editor = someone(Role.EDITOR, home)
    for _ in range(rows):
        returned(home, by=editor)
        submitted(home)
        drafted(home, by=editor)
        approved(home)
        scheduled(home)
        urgent(home, publisher=member(Role.EDITOR, home))
        edition = published(home)
        ReadCount.objects.create(article=edition.article, day=timezone.localdate(), reads=3)
        late(demanded(edition))
        EventFactory(organiser=home, state="published").participants.add(home)
    return editor


def asked_for(client, person):
    client.force_login(person)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(DESK).status_code == 200
    return len(asked)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_of_an_editor_takes_nineteen_queries(client, home, rows):
    assert asked_for(client, fill(home, rows)) == 19


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_of_those_above_takes_the_same_queries_whatever_is_there(client, home, rows):
    fill(home, rows)
    people = (
        member(Role.SUPERVISOR, province_office("73")),
        member(Role.CURATOR, ministry()),
        member(Role.ADMINISTRATOR, ministry()),
        member(Role.AUDITOR, ministry()),
    )
    assert [asked_for(client, person) for person in people] == [12, 9, 9, 6]
