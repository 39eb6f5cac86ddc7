"""The small country of the scope table: five offices with a row of every kind, and one person for every seat."""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.admin.utils import quote
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.announcements import take_event_step
from news.attachments import add_attachment
from news.library import add_photo
from news.models import Announcement, EventSeries, MailLog, Ping, Rubric, Tag
from news.writing import start_edition
from offices.invitations import invite
from offices.models import Entry, Kind, Membership, Office, Region, User
from offices.roles import Role
from offices.trail import record
from tests import stored
from tests.architecture.scope_rows import CHANGED, PLACES, SEATS, SUBJECTS
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    MembershipFactory,
    OfficialFactory,
    PositionFactory,
    RegionFactory,
    RubricFactory,
    UserFactory,
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
    withdrawn,
)
from tests.factories.demands import demanded
from tests.factories.documents import pdf_bytes, pdf_file
from tests.factories.news import picture_file

PASSWORD = "kata-sandi-yang-panjang"
ARTICLES = {"draft": drafted, "submitted": submitted, "approved": approved, "published": published}
ARTICLES |= {"scheduled": scheduled, "urgent": urgent, "withdrawn": withdrawn, "corrected": published}
LEFT_ALONE = frozenset({"offices_session", "axes_accesslog"})


@dataclass
class World:
    """The offices, the people, their browsers, and `rows[subject][place]` with the word that shows each row."""

    offices: dict[str, Office] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    stored: dict[str, list] = field(default_factory=dict)

    def keep(self, subject: str, place: str, row: Any, word: str) -> None:
        self.rows.setdefault(subject, {})[place] = row
        self.words[subject, place] = word

    def key(self, subject: str, place: str) -> Any:
        """The number under which the newsroom shows the row: an article's for an edition."""
        row = self.rows[subject][place]
        return row.article_id if SUBJECTS[subject][0] == "news.article" else row.pk

    def url(self, subject: str, page: str, place: str) -> str:
        return page_url(SUBJECTS[subject][0], page, self.key(subject, place))

    def home(self, seat: str) -> str:
        return SEATS[seat][1]


def page_url(model: str, page: str, *args: Any) -> str:
    return reverse(f"admin:{model.replace('.', '_')}_{page}", args=[quote(arg) for arg in args])


def everything_stored() -> dict[str, list]:
    """Every row of every table, but for sessions and the log of sign-ins."""
    return stored.everything_stored(LEFT_ALONE)


def build() -> World:
    world = World()
    for place, code in PLACES.items():
        world.offices[place] = office_at(code)
    for seat, (role, place) in SEATS.items():
        world.people[seat] = member(Role(role), world.offices[place], username=seat, name=f"Penghuni {seat}")
    _outsiders(world)
    rubric = RubricFactory(name="Subjek rubrik")
    world.keep("rubric", "ministry", rubric, "Subjek rubrik")
    world.keep("tag", "ministry", Tag.objects.create(name="subjek-tag"), "subjek-tag")
    world.keep("series", "ministry", EventSeries.objects.create(name="Subjek seri", slug="seri"), "Subjek seri")
    ends = timezone.now() + timedelta(days=30)
    told = Announcement.objects.create(
        title="Subjek pengumuman", ends_at=ends, created_by=world.people["administrator"], severity="urgent"
    )
    world.keep("announcement", "ministry", told, "Subjek pengumuman")
    for place in PLACES:
        _staff(world, place)
        _invitation(world, place)
        _institution(world, place)
        _newsroom(world, place, rubric)
    _high_roles(world)
    RegionFactory(code="73.99", name="Daerah tanpa kantor")
    User.objects.filter(
        memberships__office=world.offices["sister"], memberships__role__in=[Role.EDITOR, Role.MANAGER]
    ).update(is_active=False)
    for place in PLACES:
        _trail(world, place)
    for name, person in world.people.items():
        world.browsers[name] = Client()
        world.browsers[name].force_login(person)
    world.browsers["anonymous"] = Client()
    world.stored = everything_stored()
    return world


def office_at(code: str) -> Office:
    if code == "00":
        return ministry()
    return regency_office(code) if "." in code else province_office(code)


def _outsiders(world: World) -> None:
    world.people["former"] = UserFactory(username="former", name="Penghuni former")
    MembershipFactory(
        user=world.people["former"], office=world.offices["kab"], role=Role.MANAGER, ends_on=timezone.localdate()
    )
    world.people["inactive"] = member(Role.MANAGER, world.offices["kab"], username="inactive", name="Penghuni inactive")
    User.objects.filter(pk=world.people["inactive"].pk).update(is_active=False)


def _staff(world: World, place: str) -> None:
    office = world.offices[place]
    person = member(Role.WRITER, office, username=f"staf-{place}", name=f"Subjek staf {place}")
    world.keep("user", place, person, f"Subjek staf {place}")
    membership = Membership.objects.select_related("office__region").get(user=person)
    world.keep("membership", place, membership, f"Subjek staf {place}")
    superior = member(Role.WRITER, office, username=f"atasan-{place}", name=f"Subjek atasan {place}")
    MembershipFactory(user=superior, office=world.offices["ministry"], role=Role.ADMINISTRATOR)
    world.keep("superior", place, superior, f"Subjek atasan {place}")


def _trail(world: World, place: str) -> None:
    record(Kind.CHANGED, office=world.offices[place], name=f"Subjek jejak {place}")
    world.keep("entry", place, Entry.objects.get(thing_name=f"Subjek jejak {place}"), f"Subjek jejak {place}")


def _invitation(world: World, place: str) -> None:
    administrator = world.people["administrator"]
    name, office = f"Subjek undangan {place}", world.offices[place]
    world.keep("invitation", place, invite(name, f"{place}@example.org", office, Role.EDITOR, by=administrator), name)


def _high_roles(world: World) -> None:
    for place, role in (("province", Role.SUPERVISOR), ("ministry", Role.CURATOR)):
        person = member(role, world.offices[place], name=f"Subjek pejabat {place}")
        world.keep("high role", place, Membership.objects.get(user=person), f"Subjek pejabat {place}")


def _institution(world: World, place: str) -> None:
    office = world.offices[place]
    Office.objects.filter(pk=office.pk).update(official_name=f"Subjek kantor {place}")
    Region.objects.filter(pk=office.region_id).update(name=f"Subjek wilayah {place}")
    position = PositionFactory(office=office, title=f"Subjek jabatan {place}")
    official = OfficialFactory(name=f"Subjek pejabat {place}")
    world.keep("office", place, office, f"Subjek kantor {place}")
    world.keep("region", place, office.region, f"Subjek wilayah {place}")
    world.keep("position", place, position, f"Subjek jabatan {place}")
    world.keep("official", place, official, f"Subjek pejabat {place}")
    term = AppointmentFactory(official=official, position=position)
    world.keep("appointment", place, term, f"Subjek pejabat {place}")


def _newsroom(world: World, place: str, rubric: Rubric) -> None:
    office = world.offices[place]
    author = world.people["author"] if place == "kab" else world.rows["user"][place]
    for subject, make in ARTICLES.items():
        word = f"Subjek naskah {subject} {place}"
        world.keep(subject, place, make(office, by=author, headline=word, rubric=rubric, tags=("subjek-tag",)), word)
    live = world.rows["corrected"][place]
    editor = live.approved_by
    newer = start_edition(live.article, by=editor)
    type(newer).objects.filter(pk=newer.pk).update(headline=f"Subjek tersembunyi {place}")
    newer.refresh_from_db()
    world.keep("corrected", place, newer, f"Subjek tersembunyi {place}")
    for subject in ("event", "announced"):
        word = f"Subjek agenda {subject} {place}"
        event = EventFactory(organiser=office, title=word, slug=f"{subject}-{place}", timezone="Asia/Makassar")
        world.keep(subject, place, event, word)
    take_event_step(world.rows["announced"][place], "published", by=editor, note=f"Bisikan {place}")
    mail = MailLog.objects.create(recipient=author, office=office, subject=f"Subjek surel {place}", outcome="sent")
    world.keep("mail", place, mail, f"Subjek surel {place}")
    demand = demanded(world.rows["published"][place], name=f"Subjek peminta {place}")
    world.keep("demand", place, demand, f"Subjek peminta {place}")
    ping = Ping.objects.create(
        office=office, article=live.article, hub="https://hub.example/", feed=f"/tag/subjek-umpan-{place}/feed/"
    )
    world.keep("ping", place, ping, f"subjek-umpan-{place}")
    photo = add_photo(picture_file(320, 320), office=office, by=author, title=f"Subjek foto {place}")
    world.keep("photo", place, photo, f"Subjek foto {place}")
    document = add_attachment(pdf_file(), office=office, by=author, title=f"Subjek dokumen {place}")
    world.keep("document", place, document, f"Subjek dokumen {place}")


# What a complete form sends.

NO_ROWS = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}


def rows_of(prefix: str, *rows: dict, stored: int = 0) -> dict[str, Any]:
    """The fields of an inline with these rows, the first `stored` of which say that they exist already."""
    fields = {f"{prefix}-{name}": value for name, value in NO_ROWS.items()}
    fields |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": stored}
    for number, row in enumerate(rows):
        fields |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return fields


def article_form(world: World, **changes: Any) -> dict[str, Any]:
    fields = {
        "headline": "Judul yang dikirim",
        "deck": "Ringkasan.",
        "rubric": world.rows["rubric"]["ministry"].pk,
        "dateline_place": "Jakarta",
        "dateline_on": "2026-11-01",
        "body": "<p>Isi berita.</p>",
        "tags": "subjek-tag",
        "event": "",
        "byline": "",
        "source": "",
        "slug": "",
    }
    for prefix in ("photos", "attachments", "mentions", "quotes", "picks"):
        fields |= rows_of(prefix)
    return fields | changes


def event_form(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Agenda yang dikirim",
        "series": "",
        "place": "Jakarta",
        "timezone": "Asia/Jakarta",
        "starts_at_0": "2026-12-11",
        "starts_at_1": "08:00",
        "ends_at_0": "2026-12-11",
        "ends_at_1": "17:00",
        "description": "",
        "slug": "agenda-yang-dikirim",
        **changes,
    }


def announcement_form(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Pengumuman baru",
        "text": "",
        "severity": "info",
        "starts_at_0": "2026-01-01",
        "starts_at_1": "08:00",
        "ends_at_0": "2036-01-01",
        "ends_at_1": "08:00",
        **changes,
    }


def term_form(world: World, person: str, post: str, /, **changes: Any) -> dict[str, Any]:
    return {
        "official": world.rows["official"][person].pk,
        "position": world.rows["position"][post].pk,
        "kind": "pjs",
        "held_from": "2001-01-01",
        "from_precision": "day",
        "held_until": "",
        "until_precision": "day",
        **changes,
    }


def region_form(code: str, **changes: Any) -> dict[str, Any]:
    region = Region.objects.filter(pk=code).first() or Region(level="regency", timezone="Asia/Makassar")
    return {
        "code": code,
        "parent": region.parent_id or ("" if code == "00" else "73"),
        "level": region.level,
        "name": region.name or "Daerah baru",
        "short_name": region.short_name or "Daerah baru",
        "timezone": region.timezone,
        **changes,
    }


def added(world: World, model: str, seat: str, place: str) -> dict[str, Any]:
    """A complete form with which somebody from `seat` adds a row of `model` at `place`."""
    office = world.offices[place].pk
    account = {"username": "orang.baru", "name": "Orang Baru", "email": "", "password1": PASSWORD}
    forms: dict[str, Any] = {
        "offices.user": lambda: {**account, "password2": PASSWORD, "office": office, "role": "writer"},
        "offices.membership": lambda: {
            "user": world.rows["user"][world.home(seat)].pk,
            "office": office,
            "role": "editor",
            "starts_on": "2026-01-01",
        },
        "offices.invitation": lambda: {
            "name": "Orang Baru",
            "email": "orang.baru@example.org",
            "office": office,
            "role": "writer",
        },
        "offices.entry": lambda: {"kind": "changed", "office": office, "note": "Palsu"},
        "offices.office": lambda: {
            "region": "73.99",
            "official_name": "Kantor baru",
            "slug": "kantor-baru",
            **rows_of("accounts"),
        },
        "offices.official": lambda: {
            "name": "Orang Baru",
            "slug": "orang-baru",
            **rows_of("appointments", term_form(world, place, place, official="")),
        },
        "offices.position": lambda: {"office": office, "title": "Jabatan baru", "rank": 5},
        "offices.appointment": lambda: term_form(world, "far", place),
        "offices.region": lambda: region_form("73.98"),
        "news.article": lambda: article_form(world, office=office),
        "news.eventseries": lambda: {"name": "Seri baru", "slug": "seri-baru"},
        "news.event": lambda: event_form(organiser=office),
        "news.photo": lambda: {"office": office, "title": "Foto baru", "file": picture()},
        "news.attachment": lambda: {"office": office, "title": "Dokumen baru", "file": document()},
        "news.rubric": lambda: {"name": "Rubrik baru", "slug": "rubrik-baru", "order": 3},
        "news.tag": lambda: {"name": "Tag baru", "slug": "tag-baru"},
        "news.announcement": lambda: announcement_form(),
        "news.demand": lambda: {"name": "Peminta baru", "wrong": "Palsu"},
        "news.maillog": lambda: {"subject": "Surel baru", "recipient": world.people[seat].pk, "outcome": "sent"},
        "news.ping": lambda: {"hub": "https://hub.example/", "feed": "/feed/", "office": office},
    }
    return forms[model]()


def changed(world: World, subject: str, place: str) -> dict[str, Any]:
    """A complete form that changes one field of the row of `subject` at `place`."""
    model, row = SUBJECTS[subject][0], world.rows[subject][place]
    forms: dict[str, Any] = {
        "offices.user": lambda: {"username": row.username, "email": "", "is_active": "on"},
        "offices.membership": lambda: {"user": row.user_id, "office": row.office_id, "role": row.role},
        "offices.invitation": lambda: {"email": row.email, "office": row.office_id, "role": row.role},
        "offices.entry": lambda: {"kind": row.kind},
        "offices.office": lambda: {
            "region": row.region_id,
            "slug": row.slug,
            "abbreviation": row.abbreviation,
            **rows_of("accounts"),
        },
        "offices.official": lambda: {"name": row.name, "slug": row.slug, **rows_of("appointments")},
        "offices.position": lambda: {"office": row.office_id, "rank": 7},
        "offices.appointment": lambda: term_form(world, place, place, held_from="2000-01-01"),
        "offices.region": lambda: region_form(row.pk),
        "news.article": lambda: article_form(
            world, version=row.version, headline=row.headline, correction="typo", correction_note=""
        ),
        "news.eventseries": lambda: {"name": row.name, "slug": row.slug},
        "news.event": lambda: event_form(title=row.title, slug=row.slug, organiser=row.organiser_id),
        "news.photo": lambda: {"title": row.title},
        "news.attachment": dict,
        "news.rubric": lambda: {"name": row.name, "slug": row.slug, "order": 3},
        "news.tag": lambda: {"slug": row.slug},
        "news.announcement": lambda: announcement_form(title=row.title),
        "news.demand": lambda: {"state": "refused"},
        "news.maillog": lambda: {"outcome": row.outcome},
        "news.ping": lambda: {"hub": row.hub},
    }
    name, value = CHANGED[model]
    return forms[model]() | {name: value}


def document() -> SimpleUploadedFile:
    return SimpleUploadedFile("dokumen.pdf", pdf_bytes(), "application/pdf")


def picture() -> SimpleUploadedFile:
    stream: io.BytesIO = picture_file(320, 320)
    return SimpleUploadedFile("foto.jpg", stream.read(), "image/jpeg")


# Sending forms, and seeing what became of them.


def sent(world, seat, url, data, *, allowed, refusals=(403,)):
    """POST, and see that it happens or that it is refused and nothing at all has changed."""
    with stored.taken_back():
        response = world.browsers[seat].post(url, data)
        after = everything_stored()
        if allowed:
            assert (url, response.status_code, errors_of(response)) == (url, 302, [])
            assert after != world.stored, url
        else:
            assert response.status_code in refusals, (url, response.status_code)
            unchanged(world, after, url)
    return response


def unchanged(world, after=None, what=""):
    after = after or everything_stored()
    assert [table for table in after if after[table] != world.stored[table]] == [], what


def errors_of(response):
    return [str(response.context["errors"])] if response.context and "errors" in response.context else []


def text_of(response):
    return response.content.decode()


def refused_at_the_door(response):
    return response.status_code == 302 and response["Location"].startswith(reverse("admin:login"))


def step_data(edition: Any, **changes: Any) -> dict[str, Any]:
    """What the form of any step sends, the day after tomorrow where a moment is asked for."""
    ahead = timezone.localtime() + timedelta(days=2)
    words = {"note": "Alasan yang cukup.", "due_at": f"{ahead:%Y-%m-%dT%H:%M}"}
    return {"edition": edition.pk, "version": edition.version, **words, **changes}
