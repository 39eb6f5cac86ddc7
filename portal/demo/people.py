"""The demo's people: its staff accounts, its officials with their terms, and stand-ins for newsrooms without staff."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from offices.appointments import appoint
from offices.memberships import grant_membership
from offices.models import Appointment, Membership, Office, Official, Position, User
from offices.models.officials import Precision
from offices.roles import Role
from portal.demo.entries import AppointmentEntry, OfficialEntry, StaffEntry

SINCE = date(2019, 1, 1)  # before the first story
RANKS = {"Kepala Bidang": 40, "Kepala": 10, "Direktur": 10, "Sekretaris": 20}  # read in this order
STAND_INS = {Role.WRITER: ("penulis", "Penulis"), Role.EDITOR: ("redaktur", "Redaktur")}

Offices = dict[str, Office]
"""Offices by the code of their region."""


def add_staff(entries: Iterable[StaffEntry], offices: Offices, *, password: str) -> int:
    """Create the accounts that do not exist, all with one `password`, and return how many; others stay as they are."""
    known = set(User.objects.values_list("username", flat=True))
    missing = [entry for entry in entries if entry.username not in known]
    encoded = make_password(password) if missing else ""  # once: Argon2 is slow by design
    for entry in missing:
        with transaction.atomic():
            user = User.objects.create_user(entry.username, name=entry.name, email=entry.email)
            User.objects.filter(pk=user.pk).update(password=encoded)
            grant_membership(user, offices[entry.office], entry.role, by=None, starts_on=SINCE)
    return len(missing)


def add_stand_ins(offices: Iterable[Office]) -> int:
    """Give every newsroom of `offices` a writer and an editor, without a password where they are made here."""
    added = 0
    desks = newsrooms(offices)
    for office in offices:
        for role in STAND_INS.keys() - desks[office.pk].held():
            _add_stand_in(office, role)
            added += 1
    return added


@transaction.atomic
def _add_stand_in(office: Office, role: Role) -> None:
    prefix, title = STAND_INS[role]
    username = f"{prefix}.{office.slug}"[:60]
    user = User.objects.filter(username=username).first()
    user = user or User.objects.create_user(username, name=f"{title} Contoh {office.region.name}"[:120])
    grant_membership(user, office, role, by=None, starts_on=SINCE)


@dataclass
class Newsroom:
    """Who writes and who edits at an office, in the order they came."""

    writers: list[User] = field(default_factory=list)
    editors: list[User] = field(default_factory=list)

    def held(self) -> set[Role]:
        return {role for role, people in self.roles().items() if people}

    def roles(self) -> dict[Role, list[User]]:
        return {Role.WRITER: self.writers, Role.EDITOR: self.editors}

    def writer(self, turn: int, byline: str = "") -> User:
        """Who signs with `byline`, or whose turn it is."""
        return next((user for user in self.writers if user.name == byline), _whose(self.writers, turn))

    def editor(self, turn: int) -> User:
        return _whose(self.editors, turn)


def _whose(people: list[User], turn: int) -> User:
    return people[turn % len(people)]


def newsrooms(offices: Iterable[Office]) -> defaultdict[int, Newsroom]:
    """The newsrooms of `offices` by office id: active people who have been there since the first story."""
    found: defaultdict[int, Newsroom] = defaultdict(Newsroom)
    there = Q(ends_on=None, starts_on__lte=SINCE, user__is_active=True, office__in=offices)
    for membership in Membership.objects.filter(there).select_related("user").order_by("pk"):
        people = found[membership.office_id].roles().get(Role(membership.role))
        if people is not None:
            people.append(membership.user)
    return found


def add_officials(entries: Iterable[OfficialEntry], offices: Offices) -> int:
    """Create the officials who do not exist, with their terms, and return how many."""
    known = officials_by_key(entries)
    missing = [entry for entry in entries if entry.key not in known]
    for entry in missing:
        _add_official(entry, offices)
    return len(missing)


def officials_by_key(entries: Iterable[OfficialEntry]) -> dict[str, Official]:
    """Those who exist, known by their address, or by their name where that was changed."""
    by_slug = {official.slug: official for official in Official.objects.all()}
    by_name = {official.name: official for official in by_slug.values()}
    found = {entry.key: by_slug.get(entry.slug) or by_name.get(entry.name) for entry in entries}
    return {key: official for key, official in found.items() if official}


@transaction.atomic
def _add_official(entry: OfficialEntry, offices: Offices) -> None:
    official = Official(name=entry.name, known_as=entry.known_as, slug=entry.slug)
    official.full_clean()
    official.save()
    for term in entry.appointment:
        appoint(_appointment(official, term, offices[term.office]))


def _appointment(official: Official, term: AppointmentEntry, office: Office) -> Appointment:
    rank = next((rank for start, rank in RANKS.items() if term.title.startswith(start)), 100)
    position, _new = Position.objects.get_or_create(office=office, title=term.title, defaults={"rank": rank})
    until = term.held_until
    return Appointment(
        official=official,
        position=position,
        kind=term.kind,
        held_from=term.held_from.day,
        from_precision=term.held_from.precision,
        held_until=until.day if until else None,
        until_precision=until.precision if until else Precision.DAY,
    )
