"""The verb that grants a membership, and who may grant which role."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from offices.models import Kind, Membership, Office, User
from offices.roles import NEWSROOM, Role
from offices.scope import roles_over
from offices.trail import record


def grantable_roles(user: Any, office: Office) -> frozenset[Role]:
    """The roles `user` may grant at `office`: a manager the newsroom's own, an administrator every one."""
    held = roles_over(user, office)
    if Role.ADMINISTRATOR in held:
        return frozenset(Role)
    return NEWSROOM if Role.MANAGER in held else frozenset()


def grant_membership(
    user: User,
    office: Office,
    role: Role,
    *,
    by: Any,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Give `user` the `role` at `office`; `by` is None for installation commands.

    Raises `PermissionDenied` where `by` may not grant that role there, `ValidationError` where the role does not fit
    the office's level or is held already.
    """
    if by is not None and role not in grantable_roles(by, office):
        raise PermissionDenied
    membership = Membership(
        user=user, office=office, role=role, starts_on=starts_on or timezone.localdate(), ends_on=ends_on
    )
    with transaction.atomic():
        membership.full_clean()
        membership.save()
        record(Kind.MEMBERSHIP_GRANTED, by=by, about=user, thing=membership, name=str(office), note=role.label)
    return membership
