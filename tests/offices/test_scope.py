"""Who reaches which rows: every role, from every seat, over every model that staff can meet."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from news.models import (
    AddressChange,
    Announcement,
    Article,
    Attachment,
    Comment,
    Demand,
    DemandTransition,
    Edition,
    Event,
    EventSeries,
    EventTransition,
    Inspection,
    MailLog,
    Notice,
    Orphan,
    Photo,
    Pin,
    Ping,
    ReadCount,
    RelatedVeto,
    Rubric,
    Schedule,
    ShareCard,
    ShareLink,
    Tag,
    Transition,
)
from offices.models import Appointment, Entry, Invitation, Kind, Membership, Office, Official, Position, Region, User
from offices.roles import Role
from offices.scope import EDIT, READ, in_scope, may_add, memberships_of, roles_over, rows_in_scope
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    MembershipFactory,
    OfficialFactory,
    PositionFactory,
    RubricFactory,
    UserFactory,
    drafted,
    member,
    ministry,
    province_office,
    published,
    regency_office,
)
from tests.factories.demands import demanded
from tests.factories.news import someone

pytestmark = pytest.mark.django_db

NEWSROOM = {"writer", "editor", "manager"}
KEEPERS = {"manager", "administrator"}
EVERYBODY = {*NEWSROOM, "supervisor", "curator", "administrator", "auditor"}

# Where somebody sits, and which offices the roles there reach.
SEATS = {"regency": NEWSROOM, "province": {*NEWSROOM, "supervisor"}, "ministry": EVERYBODY - {"supervisor"}}
PLACES = {
    "ministry": ministry,
    "province": lambda: province_office("73"),
    "regency": lambda: regency_office("73.03"),
    "sister": lambda: regency_office("73.05"),
    "other province": lambda: province_office("74"),
    "far away": lambda: regency_office("74.01"),
}
BELOW_THE_PROVINCE = {"regency", "sister"}


def reached(role, seat):
    if role in {"curator", "administrator", "auditor"}:
        return set(PLACES)
    return BELOW_THE_PROVINCE if role == "supervisor" else {seat}


def photo_at(office):
    fields = {"width": 640, "height": 400, "sha256": "0" * 64, "title": "Foto", "original": "x.jpg"}
    return Photo.objects.create(office=office, uploaded_by=UserFactory(), **fields)


def official_at(office):
    return AppointmentFactory(position=PositionFactory(office=office)).official


def event_step_at(office):
    event = EventFactory(organiser=office)
    return EventTransition.objects.create(
        event=event,
        target="draft",
        actor=UserFactory(),
        at=timezone.now(),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
    )


def schedule_at(office):
    edition, moment = drafted(office), timezone.now()
    return Schedule.objects.create(
        edition=edition, kind="publish", due_at=moment, requested_by=edition.started_by, requested_at=moment
    )


def pin_at(office):
    article = published(office).article
    editor = someone(Role.EDITOR, office)
    fields = {"place": 1, "last_day": timezone.localdate(), "pinned_by": editor, "pinned_at": timezone.now()}
    return Pin.objects.create(office=office, article=article, **fields)


def attachment_at(office):
    fields = {"size": 9, "sha256": "0" * 64, "title": "Edaran", "file": "x.pdf", "uploaded_by": UserFactory()}
    return Attachment.objects.create(office=office, **fields)


def comment_at(office):
    edition = drafted(office)
    return Comment.objects.create(edition=edition, author=edition.started_by, text="Bagus.", at=timezone.now())


def share_link_at(office):
    edition, now = drafted(office), timezone.now()
    times = {"created_at": now, "expires_at": now + timedelta(days=1)}
    return ShareLink.objects.create(
        edition=edition, token_hash=office.slug, checker="Ahli", created_by=edition.started_by, **times
    )


def address_change_at(office):
    edition = published(office)
    words = {"former": "lama", "current": "baru", "actor": edition.started_by, "at": timezone.now()}
    return AddressChange.objects.create(article=edition.article, **words)


def notice_at(office):
    edition = drafted(office)
    return Notice.objects.create(
        recipient=edition.started_by, kind="returned", article=edition.article, edition=edition
    )


def mail_at(office):
    return MailLog.objects.create(recipient=UserFactory(), office=office, subject="Dikembalikan", outcome="sent")


def ping_at(office):
    return Ping.objects.create(
        office=office, article=drafted(office).article, hub="https://hub.example/", feed="/feed/"
    )


def veto_at(office):
    edition = published(office)
    words = {"neighbour": published(office).article, "by": edition.started_by, "at": timezone.now()}
    return RelatedVeto.objects.create(article=edition.article, **words)


def orphan_at(office):
    article = published(office).article
    words = {"office": office, "first_published_at": article.first_published_at}
    return Orphan.objects.update_or_create(article=article, defaults=words)[0]


def reads_at(office):
    return ReadCount.objects.create(article=published(office).article, day=timezone.localdate(), reads=1)


# model: (a row at an office, who edits what they reach, who reads what they reach, whether all staff read it)
MODELS = {
    Office: (lambda office: office, KEEPERS, EVERYBODY, True),
    Position: (lambda office: PositionFactory(office=office), KEEPERS, EVERYBODY, True),
    Appointment: (
        lambda office: AppointmentFactory(position=PositionFactory(office=office)),
        KEEPERS,
        EVERYBODY,
        True,
    ),
    Official: (official_at, KEEPERS, EVERYBODY, True),
    User: (lambda office: member(Role.WRITER, office), KEEPERS, EVERYBODY - {"writer", "editor"}, False),
    Membership: (
        lambda office: MembershipFactory(office=office),
        KEEPERS,
        EVERYBODY - {"writer", "editor"},
        False,
    ),
    Invitation: (
        lambda office: Invitation.objects.create(
            office=office,
            role="writer",
            name="Siti",
            email=f"{office.slug}@example.org",
            invited_by=UserFactory(),
            expires_at=timezone.now(),
        ),
        KEEPERS,
        EVERYBODY - {"writer", "editor"},
        False,
    ),
    Entry: (
        lambda office: Entry.objects.create(kind=Kind.CHANGED, office=office),
        set(),
        EVERYBODY - {"writer", "editor"},
        False,
    ),
    Article: (lambda office: drafted(office).article, NEWSROOM, EVERYBODY, False),
    Edition: (drafted, NEWSROOM, EVERYBODY, False),
    Transition: (lambda office: drafted(office).transitions.get(), set(), EVERYBODY, False),
    Schedule: (schedule_at, set(), EVERYBODY, False),
    Photo: (photo_at, NEWSROOM, EVERYBODY, False),
    Attachment: (attachment_at, NEWSROOM, EVERYBODY, False),
    Comment: (comment_at, EVERYBODY - {"auditor"}, EVERYBODY, False),
    ShareLink: (share_link_at, NEWSROOM, EVERYBODY, False),
    AddressChange: (address_change_at, set(), EVERYBODY, False),
    Notice: (notice_at, set(), EVERYBODY, False),
    MailLog: (mail_at, set(), {"manager", "administrator", "auditor"}, False),
    Ping: (ping_at, set(), {"manager", "administrator", "auditor"}, False),
    Event: (lambda office: EventFactory(organiser=office), NEWSROOM, EVERYBODY, False),
    EventTransition: (event_step_at, set(), EVERYBODY, False),
    Pin: (pin_at, {"editor", "manager"}, EVERYBODY, False),
    RelatedVeto: (veto_at, {"editor", "manager"}, EVERYBODY, False),
    Orphan: (orphan_at, set(), EVERYBODY, False),
    ShareCard: (lambda office: published(office).card, set(), EVERYBODY, False),
    Demand: (lambda office: demanded(published(office)), set(), EVERYBODY - {"writer"}, False),
    DemandTransition: (
        lambda office: demanded(published(office)).transitions.first(),
        set(),
        EVERYBODY - {"writer"},
        False,
    ),
    ReadCount: (reads_at, set(), EVERYBODY, False),
}
WITHOUT_OFFICE = {
    Region: lambda: regency_office().region,
    Rubric: RubricFactory,
    Tag: lambda: Tag.objects.create(name="rakornas"),
    EventSeries: lambda: EventSeries.objects.create(name="Rakornas", slug="rakornas"),
}

EXAMINED = [*MODELS, *WITHOUT_OFFICE, Announcement, Inspection]


def people():
    """One person for each role at each seat that can have it."""
    return {(role, seat): member(Role(role), PLACES[seat]()) for seat, roles in SEATS.items() for role in sorted(roles)}


def test_every_model_with_a_scope_is_examined_here():
    scoped = {model for model in apps.get_models() if hasattr(model, "scope")}

    assert scoped == set(EXAMINED)


def test_announcements_are_the_ministrys_to_read_and_write():
    now = timezone.now()
    row = Announcement.objects.create(
        title="Rakornas", starts_at=now, ends_at=now + timedelta(days=1), created_by=UserFactory()
    )

    rights = {role: (in_scope(person, row), in_scope(person, row, EDIT)) for (role, _seat), person in people().items()}

    assert rights == {
        **dict.fromkeys(EVERYBODY - {"curator", "administrator", "auditor"}, (False, False)),
        **dict.fromkeys(["curator", "administrator"], (True, True)),
        "auditor": (True, False),
    }


def test_what_a_night_found_is_read_by_those_who_look_after_the_whole_and_written_by_nobody():
    row = Inspection.objects.create(night=timezone.localdate(), name="berita")

    for (role, _seat), person in people().items():
        assert (role, in_scope(person, row)) == (role, role in ("administrator", "auditor"))
        assert not in_scope(person, row, EDIT)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_role_reaches_exactly_its_own_rows(model):
    make, editors, readers, shared = MODELS[model]
    rows = {place: make(office()) for place, office in PLACES.items()}
    made = model._base_manager.filter(pk__in=[row.pk for row in rows.values()])

    for (role, seat), person in people().items():
        reach = reached(role, seat)
        expected = {
            READ: set(PLACES) if shared else reach if role in readers else set(),
            EDIT: reach if role in editors else set(),
        }
        for access, places in expected.items():
            listed = set(rows_in_scope(person, made, access).values_list("pk", flat=True))
            one_by_one = {row.pk for row in rows.values() if in_scope(person, row, access)}
            wanted = {rows[place].pk for place in places}
            assert (role, seat, access, listed) == (role, seat, access, wanted)
            assert (role, seat, access, one_by_one) == (role, seat, access, wanted)


@pytest.mark.parametrize("model", WITHOUT_OFFICE, ids=lambda model: model.__name__)
def test_reference_rows_are_read_by_all_staff_and_kept_by_administrators(model):
    row = WITHOUT_OFFICE[model]()

    for (role, _seat), person in people().items():
        assert in_scope(person, row, READ)
        assert in_scope(person, row, EDIT) == (role == "administrator")


def test_a_person_holds_a_role_over_an_office_exactly_where_its_drafts_are_in_reach():
    offices = {place: make() for place, make in PLACES.items()}
    drafts = {place: drafted(office) for place, office in offices.items()}

    for (role, seat), person in people().items():
        held = {place for place, office in offices.items() if roles_over(person, office) == {role}}
        read = {place for place, draft in drafts.items() if in_scope(person, draft)}
        assert (role, seat, held, read) == (role, seat, reached(role, seat), reached(role, seat))


def test_a_supervisor_reads_drafts_below_the_province_and_none_of_the_province_itself():
    below, own = drafted(regency_office("73.03")), drafted(province_office("73"))
    supervisor = member(Role.SUPERVISOR, province_office("73"))

    assert list(rows_in_scope(supervisor, Edition.objects.all())) == [below]
    assert in_scope(supervisor, own) is False
    assert list(rows_in_scope(supervisor, Edition.objects.all(), EDIT)) == []


def test_a_separate_membership_opens_the_provinces_own_newsroom_to_its_supervisor():
    below, own = drafted(regency_office("73.03")), drafted(province_office("73"))
    supervisor = member(Role.SUPERVISOR, province_office("73"))
    MembershipFactory(user=supervisor, office=province_office("73"), role=Role.EDITOR)

    assert set(rows_in_scope(supervisor, Edition.objects.all())) == {below, own}
    assert list(rows_in_scope(supervisor, Edition.objects.all(), EDIT)) == [own]


def test_a_writer_of_the_ministry_sees_the_ministrys_drafts_only():
    here, elsewhere = drafted(ministry()), drafted(regency_office())
    writer = member(Role.WRITER, ministry())

    assert list(rows_in_scope(writer, Edition.objects.all())) == [here]
    assert in_scope(writer, elsewhere) is False


def test_several_memberships_add_up():
    drafts = {code: drafted(regency_office(code)) for code in ("73.03", "73.05", "74.01")}
    person = member(Role.WRITER, regency_office("73.03"))
    MembershipFactory(user=person, office=regency_office("74.01"), role=Role.EDITOR)

    assert set(rows_in_scope(person, Edition.objects.all(), EDIT)) == {drafts["73.03"], drafts["74.01"]}


def test_reach_of_one_role_does_not_widen_another():
    below, own = drafted(regency_office("73.03")), drafted(regency_office("74.01"))
    person = member(Role.SUPERVISOR, province_office("73"))
    MembershipFactory(user=person, office=regency_office("74.01"), role=Role.MANAGER)

    assert in_scope(person, below, READ)
    assert in_scope(person, below, EDIT) is False
    assert in_scope(person, own, EDIT)


def everything_in_reach(person):
    tables = [*MODELS, *WITHOUT_OFFICE]
    return [row for table in tables for row in rows_in_scope(person, table._base_manager.all())]


def test_an_inactive_account_reaches_nothing():
    drafted(regency_office())
    person = member(Role.ADMINISTRATOR, ministry(), is_active=False)

    assert everything_in_reach(person) == []
    assert roles_over(person, ministry()) == frozenset()
    assert person.is_staff is False


def test_nobody_signed_in_reaches_nothing():
    drafted(regency_office())

    assert everything_in_reach(AnonymousUser()) == []
    assert memberships_of(AnonymousUser()) == []


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(-20, -10), (-20, 0), (1, None), (1, 9)],
    ids=["ended", "ends today", "begins tomorrow", "future"],
)
def test_a_membership_not_running_today_reaches_nothing(starts, ends):
    drafted(regency_office())
    today = timezone.localdate()
    person = MembershipFactory(
        office=regency_office(),
        role=Role.MANAGER,
        starts_on=today + timedelta(starts),
        ends_on=None if ends is None else today + timedelta(ends),
    ).user

    assert everything_in_reach(person) == []
    assert may_add(person, Article) is False


@pytest.mark.parametrize(("starts", "ends"), [(0, None), (-5, 1), (0, 1)])
def test_a_membership_holds_from_its_first_day_to_the_day_before_its_end(starts, ends):
    draft, today = drafted(regency_office()), timezone.localdate()
    person = MembershipFactory(
        office=regency_office(),
        starts_on=today + timedelta(starts),
        ends_on=None if ends is None else today + timedelta(ends),
    ).user

    assert in_scope(person, draft, EDIT)


def test_roles_of_a_past_day_are_those_held_then():
    office = regency_office()
    person = MembershipFactory(
        office=office, role=Role.EDITOR, starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 1)
    ).user

    assert roles_over(person, office) == frozenset()
    assert roles_over(person, office, date(2019, 12, 31)) == {Role.EDITOR}
    assert roles_over(person, office, date(2020, 1, 1)) == frozenset()


def test_drafts_of_events_are_hidden_and_announced_ones_shared():
    stranger = member(Role.WRITER, regency_office("74.01"))
    events = {
        state: EventFactory(organiser=regency_office("73.03"), state=state)
        for state in ("draft", "submitted", "published", "postponed", "cancelled")
    }

    shared = [events["published"], events["postponed"], events["cancelled"]]
    assert sorted(rows_in_scope(stranger, Event.objects.all()), key=lambda event: event.pk) == shared
    assert list(rows_in_scope(stranger, Event.objects.all(), EDIT)) == []


@pytest.mark.parametrize(
    ("held_from", "held_until", "editable"),
    [(-400, None, True), (-400, 1, True), (0, None, True), (-400, 0, False), (1, None, False)],
    ids=["open", "last day", "first day", "ended", "not begun"],
)
def test_an_official_is_edited_by_the_manager_where_they_serve_now(held_from, held_until, editable):
    today = timezone.localdate()
    official = AppointmentFactory(
        position=PositionFactory(office=regency_office()),
        held_from=today + timedelta(held_from),
        held_until=None if held_until is None else today + timedelta(held_until),
    ).official
    manager = member(Role.MANAGER, regency_office())

    assert in_scope(manager, official, READ)
    assert in_scope(manager, official, EDIT) == editable


def test_an_ended_term_here_and_a_running_one_elsewhere_leave_the_official_to_the_other_office():
    here, elsewhere, official = regency_office("73.03"), regency_office("73.05"), OfficialFactory()
    AppointmentFactory(official=official, position=PositionFactory(office=here), held_until=date(2019, 1, 1))
    AppointmentFactory(official=official, position=PositionFactory(office=elsewhere))

    assert in_scope(member(Role.MANAGER, here), official, EDIT) is False
    assert in_scope(member(Role.MANAGER, elsewhere), official, EDIT)


def test_an_official_without_any_term_is_edited_by_administrators_only():
    official = OfficialFactory()

    assert in_scope(member(Role.MANAGER, regency_office()), official, EDIT) is False
    assert in_scope(member(Role.ADMINISTRATOR, ministry()), official, EDIT)


def test_an_official_with_two_terms_and_a_colleague_with_two_roles_are_listed_once():
    office, official = regency_office(), OfficialFactory()
    manager = member(Role.MANAGER, office)
    MembershipFactory(user=manager, office=office, role=Role.EDITOR)
    for _number in range(2):
        AppointmentFactory(official=official, position=PositionFactory(office=office))

    assert list(rows_in_scope(manager, Official.objects.all(), EDIT)) == [official]
    assert list(rows_in_scope(manager, User.objects.all())) == [manager]
    assert rows_in_scope(manager, Official.objects.all()).count() == 1


def test_rows_can_be_created_by_whoever_may_edit_their_kind_somewhere():
    addable = {
        (role, seat): {model.__name__ for model in EXAMINED if may_add(person, model)}
        for (role, seat), person in people().items()
    }
    writing = {"Article", "Edition", "Photo", "Event", "Attachment", "Comment", "ShareLink"}
    ours = {"Region", "Rubric", "Tag", "EventSeries", "Announcement", "Comment"}
    keeping = {"Office", "Position", "Appointment", "Official", "User", "Membership", "Invitation"}

    assert addable[("writer", "regency")] == writing
    assert addable[("manager", "province")] == writing | keeping | {"Pin", "RelatedVeto"}
    assert addable[("administrator", "ministry")] == keeping | ours
    assert addable[("supervisor", "province")] == {"Comment"}
    assert addable[("curator", "ministry")] == {"Comment", "Announcement"}
    assert addable[("auditor", "ministry")] == set()


@pytest.mark.parametrize(
    ("role", "office"),
    [
        (Role.WRITER, lambda: regency_office("73.05")),
        (Role.SUPERVISOR, province_office),
        (Role.ADMINISTRATOR, ministry),
    ],
)
def test_an_account_that_holds_a_role_elsewhere_is_not_the_managers_to_change(role, office):
    here, manager = regency_office("73.03"), member(Role.MANAGER, regency_office("73.03"))
    colleague = member(Role.WRITER, here)
    assert in_scope(manager, colleague, EDIT)

    MembershipFactory(user=colleague, office=office(), role=role)

    assert in_scope(manager, colleague, READ)
    assert in_scope(manager, colleague, EDIT) is False
    assert in_scope(member(Role.ADMINISTRATOR, ministry()), colleague, EDIT)


def test_a_manager_changes_no_membership_above_the_newsroom_in_the_own_office():
    manager = member(Role.MANAGER, province_office())
    above = MembershipFactory(office=province_office(), role=Role.SUPERVISOR)
    below = MembershipFactory(office=province_office(), role=Role.EDITOR)

    assert list(rows_in_scope(manager, Membership.objects.exclude(user=manager))) == [below, above]
    assert list(rows_in_scope(manager, Membership.objects.exclude(user=manager), EDIT)) == [below]
