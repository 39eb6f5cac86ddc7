"""The verb that writes the audit trail, called by whatever causes a thing."""

from ipaddress import ip_address, ip_network
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from offices.models import Entry, Membership, Office, User
from offices.models.trail import Kind
from offices.scope import Scope
from offices.signin.addresses import client_address

KEPT_BITS = {4: 24, 6: 48}
LONGEST = {"thing_name": 200, "note": 500}  # as many letters as their columns hold


def record(
    kind: Kind,
    *,
    by: Any = None,
    about: User | None = None,
    thing: Model | None = None,
    office: Office | None = None,
    name: str = "",
    note: str = "",
    request: HttpRequest | None = None,
) -> None:
    """Write that `by` (None: nobody who was signed in, or a command) did `kind` to `thing` or to the person `about`.

    It stands in the book of `office`; without one, in those of all the offices that `thing` belongs to or that `about`
    works for; and in the centre's alone where there is none. `name` replaces the name of `thing`. Give only words
    that may be kept for ever: never a password, a link that opens something, or what somebody wrote.
    """
    words = {"thing_name": name or (str(thing) if thing else ""), "note": str(note)}
    row = {
        "kind": kind,
        "actor": by if by is not None and by.is_authenticated else None,
        "person": about,
        "thing_model": thing._meta.label_lower if thing else "",
        "thing_key": str(thing.pk) if thing else "",
        "address": network_of(request) if request else "",
        **{field: text.replace("\x00", "")[: LONGEST[field]] for field, text in words.items()},
    }
    books: list[int | None] = [office.pk] if office else [*sorted(_books_of(thing, about))]
    Entry.objects.bulk_create(Entry(office_id=book, **row) for book in books or [None])


def network_of(request: HttpRequest) -> str:
    """The network a request came from: enough to tell a stranger's from the own, too little to follow a person."""
    try:
        address = ip_address(client_address(request) or "")
    except ValueError:
        return ""
    return str(ip_network((address, KEPT_BITS[address.version]), strict=False))


def _books_of(thing: Model | None, about: User | None) -> set[int]:
    if thing is not None and not isinstance(thing, User):
        return _offices_of(thing)
    person = thing or about
    return _offices_that_keep(person) if person else set()


def _offices_that_keep(person: User) -> set[int]:
    """Where `person` holds a membership today, else wherever they ever held one."""
    held = Membership.objects.filter(user=person)
    running = set(held.filter(Membership.held_on(timezone.localdate())).values_list("office", flat=True))
    return running or set(held.values_list("office", flat=True))


def _offices_of(row: Model) -> set[int]:
    scope: Scope | None = getattr(row, "scope", None)
    if scope is None or scope.office is None:
        return set()
    if scope.office == "self":
        return {row.pk}
    found = type(row)._base_manager.filter(pk=row.pk).values_list(scope.office, flat=True)
    return {pk for pk in found if pk is not None}
