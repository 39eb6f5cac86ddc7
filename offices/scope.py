"""Which rows a member of staff may see and touch: the one scope function, in both shapes.

A role reaches offices in one of three ways: a newsroom role (writer, editor, manager) reaches its own office; a
province supervisor reaches the offices of the kabupaten/kota directly below the province, not the province's own; a
national role (curator, administrator, auditor) reaches every office. Belonging to the ministry's office grants no
national reach by itself. Every model that staff can meet carries a `scope`, which says through which lookup a row
belongs to an office and which roles may change it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import Model, Q, QuerySet

from offices.roles import EVERY_ROLE, NATIONAL, Role


class Access(Enum):
    READ = "read"
    EDIT = "edit"


READ, EDIT = Access.READ, Access.EDIT
NOTHING = Q(pk__in=())
EVERYTHING = ~NOTHING


def everything() -> Q:
    """Every row; unlike the empty `Q()` it keeps its meaning when joined with another by `|`."""
    return EVERYTHING


@dataclass(frozen=True)
class Scope:
    """How the rows of one model belong to offices.

    `office` is the lookup from a row to its office: "self" where the row is the office, None where rows belong to no
    office. `readers` and `editors` are the roles that read and change the rows they reach. `shared` tells which rows
    any member of staff may read besides, and `editable_while` narrows which of the reached rows may be changed by
    somebody whose reach is not national.
    """

    office: str | None
    editors: frozenset[Role]
    readers: frozenset[Role] = EVERY_ROLE
    shared: Callable[[], Q] | None = None
    editable_while: "Callable[[Reach], Q] | None" = None

    def roles(self, access: Access) -> frozenset[Role]:
        return self.readers if access is READ else self.editors


@dataclass(frozen=True)
class Reach:
    """The offices that some roles of a person extend to."""

    nation: bool = False
    offices: frozenset[int] = field(default_factory=frozenset)
    provinces: frozenset[str] = field(default_factory=frozenset)

    def as_q(self, office: str | None) -> Q:
        """The rows whose `office` lookup leads into this reach."""
        if self.nation:
            return EVERYTHING
        if office is None or not (self.offices or self.provinces):
            return NOTHING
        prefix = "" if office == "self" else f"{office}__"
        own, below = Q(**{f"{prefix}pk__in": self.offices}), Q(**{f"{prefix}region__parent__in": self.provinces})
        return own | below if self.offices and self.provinces else own if self.offices else below


def _role_reach(membership: Any) -> Reach:
    role = Role(membership.role)
    if role in NATIONAL:
        return Reach(nation=True)
    if role is Role.SUPERVISOR:
        return Reach(provinces=frozenset({membership.office.region_id}))
    return Reach(offices=frozenset({membership.office_id}))


def reach_of(user: Any, roles: frozenset[Role] = EVERY_ROLE) -> Reach:
    """The offices that `user` reaches today through any of `roles`."""
    reaches = [_role_reach(m) for m in memberships_of(user) if m.role in roles]
    return Reach(
        nation=any(r.nation for r in reaches),
        offices=frozenset().union(*(r.offices for r in reaches)),
        provinces=frozenset().union(*(r.provinces for r in reaches)),
    )


def memberships_of(user: Any, on: date | None = None) -> list[Any]:
    """The memberships `user` holds today, or held on the day `on`; none for anonymous and inactive people."""
    if not (user.is_authenticated and user.is_active):
        return []
    return user.memberships_on(on) if on else user.current_memberships


def roles_over(user: Any, office: Any, on: date | None = None) -> frozenset[Role]:
    """The roles through which `user` reaches `office` (with its region loaded) today, or on the day `on`."""

    def covers(membership: Any) -> bool:
        reach = _role_reach(membership)
        return reach.nation or office.pk in reach.offices or office.region.parent_id in reach.provinces

    return frozenset(Role(m.role) for m in memberships_of(user, on) if covers(m))


def rows_in_scope(user: Any, rows: QuerySet, access: Access = READ) -> QuerySet:
    """The rows of `rows` that `user` may read, or with `EDIT` change. The model must carry a `scope`."""
    scope: Scope = rows.model.scope
    if not memberships_of(user):
        return rows.none()
    reach = reach_of(user, scope.roles(access))
    allowed = reach.as_q(scope.office)
    if access is READ and scope.shared:
        allowed |= scope.shared()
    if access is EDIT and scope.editable_while and not reach.nation:
        allowed &= scope.editable_while(reach)
    return rows.filter(allowed).distinct() if _multiplies(rows.model, scope) else rows.filter(allowed)


def in_scope(user: Any, row: Model, access: Access = READ) -> bool:
    """Whether `user` may read, or with `EDIT` change, the one stored `row`."""
    return rows_in_scope(user, type(row)._base_manager.filter(pk=row.pk), access).exists()


def within_reach(user: Any, row: Any) -> bool:
    """Whether the roles of `user` extend to the one stored `row`, not counting what any member of staff may read."""
    scope: Scope = row.scope
    reached = reach_of(user, scope.readers).as_q(scope.office)
    return type(row)._base_manager.filter(reached, pk=row.pk).exists()


def may_add(user: Any, model: Any) -> bool:
    """Whether `user` holds a role that may create rows of `model` somewhere."""
    return any(m.role in model.scope.editors for m in memberships_of(user))


def _multiplies(model: type[Model], scope: Scope) -> bool:
    """Whether the lookup to the office crosses a to-many relation, so that a row could come twice."""
    if scope.office in (None, "self"):
        return False
    return bool(model._meta.get_field(str(scope.office).split("__")[0]).one_to_many)
