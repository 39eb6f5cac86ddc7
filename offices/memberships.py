"""The verbs that grant, change and end memberships, and who may use them on whom."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from offices.models import Kind, Membership, Office, User
from offices.roles import NEWSROOM, Role
from offices.scope import roles_over
from offices.sessions import end_sessions_of_leaver
from offices.templatetags.dates import short_date
from offices.trail import record


def grantable_roles(user: Any, office: Office) -> frozenset[Role]:
    """The roles `user` may grant at `office`: a manager the newsroom's own, an administrator every one."""
    held = roles_over(user, office)
    if Role.ADMINISTRATOR in held:
        return frozenset(Role)
    return NEWSROOM if Role.MANAGER in held else frozenset()


def may_keep(user: Any, membership: Membership) -> bool:
    """Whether `user` may change or end `membership`: never the own one, and only roles they could grant."""
    return membership.user_id != user.pk and membership.role in grantable_roles(user, membership.office)


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

    Raises `PermissionDenied` where `by` may not grant that role there, or would grant it to themselves, and
    `ValidationError` where the role does not fit the office's level or is held already.
    """
    if by is not None and (role not in grantable_roles(by, office) or by.pk == user.pk):
        raise PermissionDenied
    membership = Membership(
        user=user, office=office, role=role, starts_on=starts_on or timezone.localdate(), ends_on=ends_on
    )
    with transaction.atomic():
        membership.full_clean()
        membership.save()
        record(Kind.MEMBERSHIP_GRANTED, by=by, about=user, thing=membership, name=str(office), note=str(role.label))
    return membership


def change_role(membership: Membership, role: Role, *, by: Any, on: date | None = None) -> Membership:
    """Let the same person hold `role` instead from the day `on` (today) for as long; returns the new membership.

    One that has not been held for a day yet is put right in its place. Raises as `end_membership` and
    `grant_membership` do, and changes nothing then.
    """
    on = on or timezone.localdate()
    with transaction.atomic():
        held = _locked(membership)
        _refuse(held, by, on)
        if role == held.role:
            raise ValidationError(_("Peran ini sudah dipegang."))
        if by is not None and role not in grantable_roles(by, held.office):
            raise PermissionDenied
        note = f"{held.get_role_display()} → {role.label}"
        if held.starts_on >= on:
            held.role, new = role, held
        else:
            new = Membership(user=held.user, office=held.office, role=role, starts_on=on, ends_on=held.ends_on)
            held.ends_on = on
            held.save(update_fields=["ends_on"])
        new.full_clean()
        new.save()
        record(Kind.MEMBERSHIP_CHANGED, by=by, about=new.user, thing=new, name=str(new.office), note=note)
    return new


def end_membership(membership: Membership, *, by: Any, on: date | None = None) -> Membership:
    """Let `membership` end; `on` (today unless told otherwise) is the first day it is no longer held.

    One that has not begun yet is taken back whole. Raises `PermissionDenied` where it is not `by`'s to end, such as
    the own one, and `ValidationError` with a sentence where it is over already, the day has passed, or nobody would be
    left to keep the office. Whoever holds nothing else is signed out everywhere. The work left behind is handed over
    by `news/handover.py`, which calls this.
    """
    on = on or timezone.localdate()
    with transaction.atomic():
        held = _locked(membership)
        _refuse(held, by, on)
        held.ends_on = max(on, held.starts_on)
        held.save(update_fields=["ends_on"])
        end_sessions_of_leaver(held.user)
        note = _("%(role)s, sampai %(day)s") % {"role": held.get_role_display(), "day": short_date(held.ends_on, None)}
        record(Kind.MEMBERSHIP_ENDED, by=by, about=held.user, thing=held, name=str(held.office), note=note)
    return held


def refuse_closing(user: User, *, by: Any) -> None:
    """Raise `ValidationError` where the account of `user` may not be closed: the own one, or that of a last keeper."""
    if by.pk == user.pk:
        raise ValidationError(_("Akun Anda sendiri ditutup oleh orang lain."))
    today = timezone.localdate()
    for held in user.memberships_on(today):
        _refuse_leaving_nobody(held, by, today)


def _locked(membership: Membership) -> Membership:
    """The stored row; its office is locked too, so that two of its managers cannot end each other at once."""
    Office.objects.select_for_update(no_key=True).get(pk=membership.office_id)
    rows = Membership.objects.select_for_update(of=("self",)).select_related("office__region", "user")
    return rows.get(pk=membership.pk)


def _refuse(held: Membership, by: Any, on: date) -> None:
    if by is not None and not may_keep(by, held):
        raise PermissionDenied
    today = timezone.localdate()
    if held.ends_on and held.ends_on <= today:
        raise ValidationError(_("Keanggotaan ini sudah berakhir."))
    if on < today:
        raise ValidationError(_("Pilih hari ini atau hari sesudahnya: yang sudah lewat tidak dapat diubah."))
    _refuse_leaving_nobody(held, by, on)


def _refuse_leaving_nobody(held: Membership, by: Any, on: date) -> None:
    """An office keeps a manager unless an administrator decides otherwise; the centre keeps an administrator always."""
    if held.role not in (Role.MANAGER, Role.ADMINISTRATOR):
        return
    others = Membership.objects.filter(Membership.held_on(on), office=held.office, role=held.role)
    if others.filter(user__is_active=True).exclude(user=held.user).exists():
        return
    if held.role == Role.MANAGER and (by is None or Role.ADMINISTRATOR in roles_over(by, held.office)):
        return
    raise ValidationError(
        _("%(role)s terakhir kantor ini tidak dapat diakhiri. Beri peran itu kepada penggantinya dahulu.")
        % {"role": held.get_role_display()}
    )
