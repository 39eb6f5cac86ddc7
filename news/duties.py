"""Which editions wait for whom: the conditions behind the desk and the numbers in the menu."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from news.models import Contribution, Demand, Edition, Schedule
from news.models.demands import AWAITED
from news.models.schedules import ScheduleStatus
from news.states import State
from offices.models import Membership, Office
from offices.roles import EDITORS, NATIONAL, NEWSROOM, Role
from offices.scope import NOTHING, memberships_of

OFFICE = "article__office"
SHOWN_AT_MOST = 99
CENTRE = frozenset({Role.CURATOR, Role.ADMINISTRATOR})
URGENT = Q(is_urgent__in=[True], state=State.PUBLISHED)
"""Said as a list, for SQLite finds no index for a column that stands alone as a condition."""


@dataclass(frozen=True)
class Seat:
    """Where a person works, where they edit, and over whom they watch.

    `offices` are those of the newsrooms they belong to, narrowed to the one they chose; `provinces` are watched as
    their supervisor, and `national` are the roles that reach everybody.
    """

    user: Any
    offices: frozenset[int]
    editing: frozenset[int]
    provinces: frozenset[str]
    national: frozenset[Role]

    @property
    def oversees(self) -> bool:
        return bool(self.provinces or self.national)

    @property
    def confirms(self) -> bool:
        """Whether second checks can be theirs."""
        return bool(self.editing or self.provinces or Role.CURATOR in self.national)

    def watched(self, office: str) -> Q:
        """The rows whose `office` lookup leads to an office in the watched provinces."""
        return Q(**{f"{office}__region__parent__in": self.provinces}) if self.provinces else NOTHING

    def at(self, office: str, offices: frozenset[int]) -> Q:
        return Q(**{f"{office}__in": offices}) if offices else NOTHING


def seat_of(user: Any, chosen: Office | None) -> Seat:
    """The seat of `user` today; `chosen` narrows the newsrooms they work in and never adds one. No query."""
    held = memberships_of(user)
    works = [m for m in held if m.role in NEWSROOM and (chosen is None or m.office_id == chosen.pk)]
    return Seat(
        user=user,
        offices=frozenset(m.office_id for m in works),
        editing=frozenset(m.office_id for m in works if m.role in EDITORS),
        provinces=frozenset(m.office.region_id for m in held if m.role == Role.SUPERVISOR),
        national=frozenset(Role(m.role) for m in held if m.role in NATIONAL),
    )


def returned_to(seat: Seat) -> Q:
    """Sent back, and begun, sent or kept by this person."""
    user = seat.user.pk
    own = Q(assigned_to=user) | Q(submitted_by=user) | Q(started_by=user)
    return Q(state=State.CHANGES_REQUESTED) & own & seat.at(OFFICE, seat.offices)


def to_check_by(seat: Seat) -> Q:
    """Waiting for an approval that this person may give: as an editor, or in place of one where the office has none."""
    stands_in = seat.watched(OFFICE) & ~Exists(_eligible_editors()) if seat.provinces else NOTHING
    return Q(state=State.SUBMITTED) & (seat.at(OFFICE, seat.editing) | stands_in) & ~_has_contributed(seat)


def written_by(seat: Seat) -> Q:
    """The drafts that this person keeps."""
    own = Q(assigned_to=seat.user.pk) | Q(assigned_to=None, started_by=seat.user.pk)
    return Q(state=State.DRAFT) & own & seat.at(OFFICE, seat.offices)


def ready_for(seat: Seat) -> Q:
    """Approved, and waiting for an editor to publish or schedule it."""
    return Q(state=State.APPROVED) & seat.at(OFFICE, seat.editing)


def to_confirm_by(seat: Seat) -> Q:
    """Published urgently, and waiting for eyes that neither wrote nor published it."""
    everywhere = Q(state=State.PUBLISHED) if Role.CURATOR in seat.national else NOTHING
    theirs = seat.at(OFFICE, seat.editing) | seat.watched(OFFICE) | everywhere
    return URGENT & Q(second_checked_at=None) & theirs & ~Q(published_by=seat.user.pk) & ~_has_contributed(seat)


def failed_for(seat: Seat) -> Q:
    """The schedules of one's offices, or of all for the administrator, whose last try failed and left it undone."""
    everywhere = Q(pk__isnull=False) if Role.ADMINISTRATOR in seat.national else NOTHING
    newer = Schedule.objects.filter(edition=OuterRef("edition"), kind=OuterRef("kind"), pk__gt=OuterRef("pk"))
    still = Q(kind=Schedule.Kind.PUBLISH, edition__state=State.APPROVED) | Q(
        kind=Schedule.Kind.WITHDRAW, edition__state=State.PUBLISHED
    )
    theirs = seat.at(f"edition__{OFFICE}", seat.offices) | everywhere
    return Q(status=ScheduleStatus.FAILED) & still & theirs & ~Exists(newer)


def demanded_of(seat: Seat) -> Q:
    """The demands of readers that this person may answer."""
    return Q(state__in=AWAITED) & seat.at(OFFICE, seat.editing)


def overdue_below(seat: Seat) -> Q:
    """The demands that an office this person watches over should have answered by now."""
    everywhere = Q(pk__isnull=False) if seat.national & CENTRE else NOTHING
    return Q(state__in=AWAITED, due_at__lt=timezone.now()) & (seat.watched(OFFICE) | everywhere)


def counts_for(seat: Seat) -> dict[str, int]:
    """How much waits for this person, by the name of its section.

    Nothing is counted for others: one query, and one more for those who answer readers.
    """
    wanted = {
        "returned": returned_to(seat) if seat.offices else None,
        "check": to_check_by(seat) if seat.editing or seat.provinces else None,
        "ready": ready_for(seat) if seat.editing else None,
        "confirm": to_confirm_by(seat) if seat.confirms else None,
    }
    asked = {name: condition for name, condition in wanted.items() if condition is not None}
    if not asked:
        return {}
    counted = {name: Count("pk", filter=condition) for name, condition in asked.items()}
    counts = Edition.objects.filter(pk__in=_candidates(seat)).aggregate(**counted)
    return {"demands": Demand.objects.filter(demanded_of(seat)).count(), **counts} if seat.editing else counts


def _candidates(seat: Seat) -> QuerySet[Edition]:
    """The few editions that may wait for this person, found through the two small indexes of such editions."""
    theirs = seat.at(OFFICE, seat.offices) | seat.watched(OFFICE)
    waiting = Edition.objects.filter(theirs, state__in=[State.CHANGES_REQUESTED, State.SUBMITTED, State.APPROVED])
    urgent = Edition.objects.awaiting_second_check().filter(URGENT)
    return waiting.order_by().values("pk").union(urgent.order_by().values("pk"))


def capped(count: int) -> str:
    """The number as a menu shows it."""
    return f"{SHOWN_AT_MOST}+" if count > SHOWN_AT_MOST else str(count)


def _has_contributed(seat: Seat) -> Exists:
    return Exists(Contribution.objects.filter(edition=OuterRef("pk"), user=seat.user.pk))


def _eligible_editors() -> Any:
    """What `has_eligible_editor` asks of one edition: the office's active editors who contributed nothing to it."""
    contributed = Contribution.objects.filter(edition=OuterRef(OuterRef("pk")), user=OuterRef("user"))
    running = Membership.held_on(timezone.localdate())
    return Membership.objects.filter(
        running, ~Exists(contributed), role__in=EDITORS, office=OuterRef("article__office"), user__is_active=True
    )
