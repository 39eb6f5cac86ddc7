"""Giving a text that is being written or checked to another member of its office."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from news.access import is_contributor
from news.effects import Act
from news.models import Edition, Transition
from news.refusals import NotNow
from news.states import BEING_WRITTEN, State, Step
from news.workflow import LONGEST_NOTE, locked, record, refuse_note
from offices.models import Membership, Office, User
from offices.roles import EDITORS, NEWSROOM, Role
from offices.scope import roles_over

ASSIGNABLE = (*BEING_WRITTEN, State.SUBMITTED)


def staff_of(office: Office, roles: frozenset[Role], on: date | None = None) -> QuerySet[User]:
    """Whoever may sign in and holds one of `roles` at `office` today, and still on the day `on`; by name."""
    today = timezone.localdate()
    held = Membership.objects.filter(Membership.held_on(today), office=office, role__in=roles)
    if on and on > today:
        held = held.filter(Membership.held_on(on))
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk")


def assignees(edition: Edition) -> QuerySet[User]:
    """Who can take `edition` as it stands: whoever writes in the office, or checks what they did not write."""
    if edition.state != State.SUBMITTED:
        return staff_of(edition.article.office, NEWSROOM).exclude(pk__in=[edition.assigned_to_id])
    fresh = staff_of(edition.article.office, EDITORS).exclude(pk__in=edition.contributions.values("user"))
    return fresh.exclude(pk__in=[edition.assigned_to_id])


def may_reassign(user: Any, edition: Edition) -> bool:
    """Whether `user` may say who keeps `edition`: the office's editors and managers."""
    return bool(roles_over(user, edition.article.office) & EDITORS)


def reassign(edition: Edition, to: User, *, by: Any, note: str = "") -> Transition:
    """Let `to` keep the draft, the returned text or the check from now on; the content and its version stay.

    Raises `PermissionDenied` where it is not `by`'s to say, `NotNow` with a sentence where the text is in no state to
    be given, or `to` does not work there, keeps it already, or would have to check what they wrote.
    """
    with transaction.atomic():
        edition = locked(edition)
        if not may_reassign(by, edition):
            raise PermissionDenied
        if edition.state not in ASSIGNABLE:
            raise NotNow(_("Naskah ini “%s” dan tidak dapat dialihkan sekarang.") % edition.get_state_display())
        refuse_note(note.strip(), needed=False)
        return assign(edition, to, by=by, note=note.strip())


def assign(edition: Edition, to: User | None, *, by: Any, note: str = "") -> Transition:
    """Write down who keeps a locked `edition`, None for nobody in particular; raises `NotNow` as `reassign` does."""
    before = edition.assigned_to
    if to is not None:
        _refuse_unfit(edition, to)
    edition.assigned_to = to
    edition.save(update_fields=["assigned_to"])
    return note_assignment(edition, before, to, by=by, note=note)


def note_assignment(edition: Edition, before: User | None, to: User | None, *, by: Any, note: str = "") -> Transition:
    """Append to the history of `edition` that what `before` kept is now kept by `to`."""
    words = _("%(before)s → %(to)s.") % {"before": before or "–", "to": to or _("siapa saja di kantor ini")}
    act = Act(edition, Step.ASSIGN, by, timezone.now(), note=f"{words} {note}".strip()[:LONGEST_NOTE])
    return record(act, source=edition.state)


def _refuse_unfit(edition: Edition, to: User) -> None:
    words = {"name": to, "headline": edition.headline}
    if edition.assigned_to_id == to.pk:
        raise NotNow(_("%(name)s sudah memegang “%(headline)s”.") % words)
    wanted = EDITORS if edition.state == State.SUBMITTED else NEWSROOM
    if not roles_over(to, edition.article.office) & wanted:
        raise NotNow(_("%(name)s tidak dapat mengerjakan “%(headline)s” di kantor ini.") % words)
    if edition.state == State.SUBMITTED and is_contributor(to, edition):
        raise NotNow(_("%(name)s ikut menulis “%(headline)s” dan tidak dapat memeriksanya. Pilih orang lain.") % words)
