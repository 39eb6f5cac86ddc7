"""The pages of events, their coverage and their calendar files."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from news import event_months, paging, provinces
from news.admin.events import EventAdmin
from news.announcements import take_event_step
from news.models import Event, EventSeries
from news.models.events import EventState
from news.states import Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.roles import Role
from tests.factories.news import EventFactory, PhotoFactory, published, someone
from tests.factories.offices import province_office, regency_office
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 12, 11, 1, tzinfo=UTC)
TAG = re.compile("<[^>]*>")


def announced(**fields):
    return EventFactory(state=EventState.PUBLISHED, **fields)


def days(number):
    return timezone.now() + timedelta(days=number)


def coverage(response):
    """By code of the province, the headlines on the page."""
    return [
        (group.province.code, [article.headline for article in group.articles])
        for group in response.context["pages"].shown
    ]


def test_events_ahead_come_soonest_first_and_past_ones_latest_first(client):
    late, soon, now = (announced(starts_at=days(n)) for n in (9, 2, -0.1))
    longer_ago, lately = (announced(starts_at=days(n)) for n in (-9, -2))
    EventFactory()
    EventFactory(starts_at=days(-3))
    context = client.get("/agenda/").context
    assert context["upcoming"] == [now, soon, late]
    assert context["past"] == [lately, longer_ago]


def test_a_card_tells_the_last_day_of_an_event_of_several_days(client):
    announced(title="Pekan", timezone="Asia/Makassar", starts_at=MORNING, ends_at=MORNING + timedelta(days=2))
    midnight = datetime(2026, 12, 20, 16, tzinfo=UTC)
    announced(title="Sehari", timezone="Asia/Makassar", starts_at=midnight - timedelta(days=1), ends_at=midnight)
    page = client.get("/agenda/2026/12/").content.decode()
    dates = [
        " ".join(TAG.sub("", card.partition("</p>")[0]).split()) for card in page.split('class="event__date">')[1:]
    ]
    assert dates == ["11 Des 2026 – 13 Des 2026", "20 Des 2026"]


def test_past_events_are_paged(client, monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SIZE", 1)
    announced(starts_at=days(2))
    older, newer = (announced(starts_at=days(n)) for n in (-9, -2))
    first = client.get("/agenda/")
    second = client.get(first.context["older_url"])
    assert first.context["past"] == [newer]
    assert (second.context["past"], second.context["upcoming"]) == ([older], [])
    assert client.get(second.context["newer_url"]).context["past"] == [newer]


@pytest.mark.parametrize(
    ("fields", "label", "tone"),
    [
        ({"starts_at": MORNING.replace(year=2096)}, "", ""),
        ({"starts_at": MORNING.replace(year=2006)}, "Selesai", ""),
        ({"starts_at": MORNING.replace(year=2096), "state": EventState.CANCELLED}, "Dibatalkan", "alert"),
        ({"starts_at": MORNING.replace(year=2096), "state": EventState.POSTPONED}, "Ditunda", "alert"),
    ],
)
def test_an_event_says_how_it_stands(client, fields, label, tone):
    event = EventFactory(**{"state": EventState.PUBLISHED, **fields})
    shown = client.get(event.get_absolute_url()).context["event"]
    assert (shown.status_label, shown.status_tone) == (label, tone)


def test_coverage_is_published_news_from_every_office(client):
    event = announced(slug="rakornas", starts_at=MORNING)
    hidden = hidden_articles(event=event)
    published(regency_office(), headline="Liputan kabupaten", event=event)
    published(province_office("91"), headline="Liputan provinsi", event=event)
    published(headline="Berita lain")
    response = client.get("/agenda/2026/rakornas/")
    assert coverage(response) == [("73", ["Liputan kabupaten"]), ("91", ["Liputan provinsi"])]
    assert response.context["coverage_provinces"] == 2
    assert shows_none_of(response, [*hidden, "Berita lain"])


def test_much_coverage_is_paged_between_provinces(client, monkeypatch):
    monkeypatch.setattr(provinces, "AT_ONCE", 1)
    event = announced(slug="rakornas", starts_at=MORNING)
    for code in ("11", "73"):
        published(province_office(code), headline=code, event=event)
    first = client.get("/agenda/2026/rakornas/")
    second = client.get(first.context["next_url"])
    assert (coverage(first), coverage(second)) == ([("11", ["11"])], [("73", ["73"])])
    assert (first.context["robots"], second.context["robots"]) == ("", "noindex, follow")
    assert client.get("/agenda/2026/rakornas/", {"mulai": "91"}).status_code == 404


def test_a_correction_that_names_another_event_moves_the_coverage(client):
    office, event, other = regency_office(), announced(), announced()
    edition, manager = published(office, event=event), someone(Role.MANAGER, office)
    newer = start_edition(edition.article, by=manager)
    newer.event, newer.correction, newer.correction_note = other, "koreksi", "Agenda keliru."
    newer.save()
    newer = save_content(newer, by=manager, version=newer.version)
    take_step(newer, Step.SUBMIT, by=manager)
    take_step(newer, Step.APPROVE, by=someone(Role.EDITOR, office))
    take_step(newer, Step.PUBLISH, by=someone(Role.EDITOR, office))
    totals = [client.get(page.get_absolute_url()).context["pages"].total for page in (event, other)]
    assert totals == [0, 1]


def test_the_other_events_of_a_series_are_named(client):
    series = EventSeries.objects.create(name="Rakornas", slug="rakornas")
    earlier, event = (announced(series=series, starts_at=days(n)) for n in (-400, 3))
    EventFactory(series=series)
    announced()
    assert client.get(event.get_absolute_url()).context["series"] == [earlier]


class TestMonths:
    def shown(self, response):
        return [(day.day, [event.title for event in events]) for day, events in response.context["page"].days]

    def test_a_month_shows_its_events_day_by_day(self, client):
        EventFactory(title="Rahasia", starts_at=MORNING)
        announced(title="Siang", starts_at=MORNING + timedelta(hours=4))
        announced(title="Pagi", starts_at=MORNING)
        announced(title="Lusa", starts_at=MORNING + timedelta(days=2))
        announced(title="Bulan depan", starts_at=MORNING + timedelta(days=30))
        response = client.get("/agenda/2026/12/")
        assert self.shown(response) == [(11, ["Pagi", "Siang"]), (13, ["Lusa"])]
        assert response.context["page"].counts == {date(2026, 12, 11): 2, date(2026, 12, 13): 1}
        assert shows_none_of(response, ["Rahasia", "Bulan depan"])

    def test_an_event_stands_on_the_day_of_its_place(self, client):
        late = datetime(2026, 11, 30, 15, 30, tzinfo=UTC)
        announced(title="Timur", timezone="Asia/Jayapura", starts_at=late, ends_at=late + timedelta(hours=1))
        announced(title="Barat", timezone="Asia/Jakarta", starts_at=late, ends_at=late + timedelta(hours=1))
        november, december = client.get("/agenda/2026/11/"), client.get("/agenda/2026/12/")
        assert (self.shown(november), self.shown(december)) == ([(30, ["Barat"])], [(1, ["Timur"])])
        assert november.context["later"] == ("Desember 2026", "/agenda/2026/12/")
        assert december.context["earlier"] == ("November 2026", "/agenda/2026/11/")

    def test_what_began_before_the_month_stands_on_its_first_day(self, client):
        announced(title="Pameran", starts_at=MORNING - timedelta(days=20), ends_at=MORNING)
        announced(title="Usai", starts_at=MORNING - timedelta(days=20), ends_at=MORNING - timedelta(days=15))
        assert self.shown(client.get("/agenda/2026/12/")) == [(1, ["Pameran"])]

    def test_a_full_month_is_paged_between_days(self, client, monkeypatch):
        monkeypatch.setattr(event_months, "AT_ONCE", 2)
        for day in (0, 0, 1, 3):
            announced(starts_at=MORNING + timedelta(days=day))
        first = client.get("/agenda/2026/12/")
        second = client.get(first.context["next_url"])
        assert [[day for day, _titles in self.shown(page)] for page in (first, second)] == [[11], [12, 14]]
        assert (first.context["robots"], second.context["robots"]) == ("", "noindex, follow")
        assert second.context["previous_url"] == "/agenda/2026/12/"
        links = [cell.url for week in first.context["weeks"] for cell in week if cell.url]
        assert links == ["#hari-11", "/agenda/2026/12/?mulai=12#hari-12", "/agenda/2026/12/?mulai=12#hari-14"]

    def test_a_month_without_events_says_so_and_leads_to_the_nearest(self, client):
        announced(starts_at=MORNING)
        response = client.get("/agenda/2026/10/")
        assert "Tidak ada agenda pada bulan ini" in response.content.decode()
        assert response.context["robots"] == "noindex, follow"
        assert (response.context["earlier"], response.context["later"][1]) == (None, "/agenda/2026/12/")

    @pytest.mark.parametrize(
        "path", ["2026/13/", "2026/1/", "1944/12/", "9999/01/", "0000/01/", "2026/12/?mulai=12", "2026/12/?mulai=%00"]
    )
    def test_what_is_no_month_of_ours_is_not_found(self, client, path):
        announced(starts_at=MORNING)
        assert client.get(f"/agenda/{path}").status_code == 404

    @pytest.mark.parametrize("rows", [1, 3])
    def test_a_month_takes_five_queries(self, client, django_assert_num_queries, rows):
        for _ in range(rows):
            announced(starts_at=MORNING)
        with django_assert_num_queries(5):
            client.get("/agenda/2026/12/")


def test_an_event_of_more_than_a_year_is_refused():
    event = EventFactory.build(organiser=regency_office(), starts_at=MORNING, ends_at=MORNING + timedelta(days=367))
    with pytest.raises(ValidationError, match="paling lama satu tahun"):
        event.full_clean()


def test_participants_are_named(client):
    event = announced()
    event.participants.add(province_office())
    response = client.get(event.get_absolute_url())
    assert response.context["participants"] == [province_office()]


def test_a_moved_event_says_when_it_was_planned_before(client):
    event = EventFactory(slug="rakornas", starts_at=MORNING)
    editor = someone(Role.EDITOR, event.organiser)
    take_event_step(event, EventState.PUBLISHED, by=editor)
    take_event_step(event, EventState.POSTPONED, by=editor, note="Cuaca buruk.")
    event.starts_at += timedelta(days=7)
    event.ends_at += timedelta(days=7)
    event.save()
    assert client.get("/agenda/2026/rakornas/").context["notices"] == [
        "Ditunda: Cuaca buruk.",
        "Semula: Jumat, 11 Desember 2026, 08.00–14.00 WIB",
    ]
    take_event_step(event, EventState.PUBLISHED, by=editor)
    told = client.get("/agenda/2026/rakornas/").context["record"]
    assert [(step.label, step.note, step.time_label[:25]) for step in told] == [
        ("Diumumkan", "", "Jumat, 11 Desember 2026, "),
        ("Ditunda", "Cuaca buruk.", ""),
        ("Diumumkan lagi", "", "Jumat, 18 Desember 2026, "),
    ]


@pytest.mark.parametrize("suffix", ["", "agenda.ics"])
def test_a_draft_event_is_not_found(client, suffix):
    assert client.get(f"{EventFactory().get_absolute_url()}{suffix}").status_code == 404


@pytest.mark.parametrize(
    "path", ["2026/tidak-ada/", "0000/rakornas/", "9" * 5_000 + "/rakornas/", "2026/%00/", "?sebelum=x"]
)
def test_what_nobody_announced_is_not_found(client, path):
    announced(slug="rakornas", starts_at=MORNING)
    assert client.get(f"/agenda/{path}").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_events_take_few_queries(client, django_assert_num_queries, rows):
    event = announced()
    for n in range(rows):
        announced(starts_at=days(-n - 2))
        published(event=event, photos=(PhotoFactory(),))
        event.participants.add(province_office(f"9{n + 1}"))
    with django_assert_num_queries(3):
        client.get("/agenda/")
    with django_assert_num_queries(7):
        client.get(event.get_absolute_url())


def event_form(**changes):
    return {
        "organiser": regency_office().pk,
        "title": "Rapat",
        "series": "",
        "place": "Jakarta",
        "timezone": "Asia/Jakarta",
        "starts_at_0": "2026-12-01",
        "starts_at_1": "08:00",
        "ends_at_0": "2026-12-01",
        "ends_at_1": "10:00",
        "description": "",
        "slug": "rapat",
        **changes,
    }


@pytest.mark.parametrize("day", ["0001-01-01", "0202-12-01", "2200-01-01"])
def test_an_event_in_an_impossible_year_is_refused(client, day):
    client.force_login(someone(Role.EDITOR, regency_office()))
    response = client.post(reverse("admin:news_event_add"), event_form(starts_at_0=day))
    assert response.status_code == 200
    assert "starts_at" in response.context["adminform"].form.errors


def test_a_reason_that_no_column_holds_is_refused(client):
    event = announced()
    client.force_login(someone(Role.EDITOR, event.organiser))
    response = client.post(reverse("admin:news_event_step", args=[event.pk, "cancelled"]), {"note": "a\x00b"})
    event.refresh_from_db()
    assert (response.status_code, event.state) == (409, "published")


def test_a_reason_is_refused_where_it_is_too_long_and_never_cut(client):
    event = announced()
    client.force_login(someone(Role.EDITOR, event.organiser))
    step = reverse("admin:news_event_step", args=[event.pk, "cancelled"])
    refused = client.post(step, {"note": "a" * 501})
    event.refresh_from_db()
    assert (refused.status_code, event.state) == (409, "published")
    assert "501" in refused.content.decode()
    # A browser counts the break of a line once and sends it as two characters.
    client.post(step, {"note": "a\r\n" * 249 + "ab"})
    event.refresh_from_db()
    assert event.state_note == "a\n" * 249 + "ab"


def test_saving_an_event_leaves_its_state_to_the_steps(client, monkeypatch):
    event = announced()
    client.force_login(someone(Role.EDITOR, event.organiser))
    checked = EventAdmin.get_object

    def cancelled_meanwhile(self, *args):
        found = checked(self, *args)
        Event.objects.filter(pk=event.pk).update(state="cancelled")
        return found

    monkeypatch.setattr(EventAdmin, "get_object", cancelled_meanwhile)
    response = client.post(reverse("admin:news_event_change", args=[event.pk]), event_form(title="Lain"))
    event.refresh_from_db()
    assert (response.status_code, event.title != "Lain") == (403, True)


def test_no_door_of_the_admin_tells_the_address_of_anothers_draft(client):
    event = EventFactory(organiser=province_office())
    client.force_login(someone(Role.WRITER, regency_office()))
    kind = ContentType.objects.get_for_model(Event).pk
    assert client.get(f"/admin/r/{kind}/{event.pk}/").status_code == 404


def test_a_new_event_starts_on_the_clock_of_the_own_office(client):
    client.force_login(someone(Role.WRITER, regency_office()))
    form = client.get(reverse("admin:news_event_add")).context["adminform"].form
    assert form["timezone"].value() == "Asia/Makassar"
