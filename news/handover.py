"""What somebody leaves behind at an office when a membership ends or changes, and the verb that hands it over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.assigning import assign, note_assignment, staff_of
from news.models import Article, Edition, Schedule
from news.refusals import NotNow
from news.states import BEING_WRITTEN, State
from news.workflow import locked
from offices.memberships import change_role, end_membership
from offices.models import Kind, Membership, Office, User
from offices.roles import EDITORS, NEWSROOM, Role
from offices.trail import record

MANAGERS = frozenset({Role.MANAGER})


@dataclass(frozen=True)
class Duty:
    """A kind of work: whose roles it takes, which rows of an office are a person's, and how one is given on."""

    title: str | Promise
    roles: frozenset[Role]
    rows: Callable[[Office, User], QuerySet]
    give: Callable[[Any, User | None, Any], None]


@dataclass(frozen=True)
class Load:
    """What of one duty is left, and who could take it."""

    key: str
    duty: Duty
    rows: list[Any]
    heirs: QuerySet[User]


def loads_of(membership: Membership, *, on: date | None = None, role: Role | None = None) -> list[Load]:
    """What its holder leaves when `membership` ends on the day `on`, or becomes one of `role`; without the empty ones.

    Another role that the person keeps at the office counts. The heirs work there now and still on that day.
    """
    kept = _roles_kept(membership, on, role)
    loads = []
    for key, duty in DUTIES.items():
        rows = [] if kept & duty.roles else list(duty.rows(membership.office, membership.user))
        heirs = staff_of(membership.office, duty.roles, on).exclude(pk=membership.user_id)
        if rows:
            loads.append(Load(key, duty, rows, heirs))
    return loads


def approvals_lost(membership: Membership, *, on: date | None = None, role: Role | None = None) -> QuerySet[Edition]:
    """Scheduled editions that its holder approved: nobody inherits an approval, so a new one will be needed."""
    if _roles_kept(membership, on, role) & EDITORS:
        return Edition.objects.none()
    return _approved(membership.office, membership.user)


def still_in_hand(user: User) -> list[Membership]:
    """The memberships not over yet of `user` at offices where work is in their hands, or leans on their approval."""
    running = user.memberships.filter(Q(ends_on=None) | Q(ends_on__gt=timezone.localdate()))
    return [held for held in running.select_related("office__region").order_by("pk") if _has_work(held.office, user)]


def hand_over(
    membership: Membership,
    heirs: Mapping[str, User],
    *,
    by: Any,
    on: date | None = None,
    role: Role | None = None,
) -> Membership:
    """End `membership` on the day `on` (today), or give it `role` instead, and hand on what its holder leaves, at once.

    `heirs` names who takes a duty by its key, or one row of it by `<key>-<pk of the row>`. All in one transaction.
    Raises as `end_membership` and `change_role` do, and `NotNow` where a duty has nobody though there is somebody, or
    the one chosen cannot take a row. Work for which nobody is left stays with the office: texts with nobody in
    particular, and schedules as they are.
    """
    with transaction.atomic():
        _lock_articles(loads_of(membership, on=on, role=role))
        loads = loads_of(membership, on=on, role=role)
        ended = change_role(membership, role, by=by, on=on) if role else end_membership(membership, by=by, on=on)
        for load in loads:
            _hand_on(load, heirs, membership, by)
    return ended


def _lock_articles(loads: list[Load]) -> None:
    """Hold every article in the order of their numbers, as whoever locks several does, before what is left is read."""
    rows = [row for load in loads for row in load.rows]
    pks = {row.edition.article_id if isinstance(row, Schedule) else row.article_id for row in rows}
    list(Article.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))


def _hand_on(load: Load, heirs: Mapping[str, User], membership: Membership, by: Any) -> None:
    possible = {heir.pk for heir in load.heirs}
    taken: dict[str, int] = {}
    for row in load.rows:
        heir = heirs.get(f"{load.key}-{row.pk}") or heirs.get(load.key)
        if possible and (heir is None or heir.pk not in possible):
            raise NotNow(_("Pilih siapa yang meneruskan: %s.") % load.duty.title)
        load.duty.give(row, heir if possible else None, by)
        taken[str(heir or "–")] = taken.get(str(heir or "–"), 0) + 1
    for name, count in taken.items():
        note = _("%(title)s: %(count)d, kepada %(name)s") % {"title": load.duty.title, "count": count, "name": name}
        record(Kind.HANDED_OVER, by=by, about=membership.user, office=membership.office, note=note)


def _roles_kept(membership: Membership, on: date | None, role: Role | None) -> frozenset[Role]:
    others = Membership.objects.filter(
        Membership.held_on(on or timezone.localdate()), user=membership.user, office=membership.office
    ).exclude(pk=membership.pk)
    return frozenset(Role(value) for value in others.values_list("role", flat=True)) | ({role} if role else set())


def _of(office: Office) -> QuerySet[Edition]:
    rows = Edition.objects.filter(article__office=office).select_related("article__office__region__parent")
    return rows.defer("body").order_by("article", "pk")


def _has_work(office: Office, user: User) -> bool:
    return any(duty.rows(office, user).exists() for duty in DUTIES.values()) or _approved(office, user).exists()


def _approved(office: Office, user: User) -> QuerySet[Edition]:
    return _of(office).filter(state=State.SCHEDULED, approved_by=user)


def _drafts(office: Office, user: User) -> QuerySet[Edition]:
    own = Q(assigned_to=user) | Q(assigned_to=None, started_by=user)
    return _of(office).filter(own, state__in=BEING_WRITTEN)


def _checks(office: Office, user: User) -> QuerySet[Edition]:
    return _of(office).filter(state=State.SUBMITTED, assigned_to=user)


def _submissions(office: Office, user: User) -> QuerySet[Edition]:
    return _of(office).filter(state__in=(State.SUBMITTED, State.APPROVED, State.SCHEDULED), submitted_by=user)


def _schedules(kind: Schedule.Kind) -> Callable[[Office, User], QuerySet]:
    def waiting(office: Office, user: User) -> QuerySet[Schedule]:
        rows = Schedule.objects.waiting().filter(edition__article__office=office, requested_by=user, kind=kind)
        return rows.select_related("edition__article__office__region__parent").order_by("edition__article", "pk")

    return waiting


def _give_text(edition: Edition, heir: User | None, by: Any) -> None:
    assign(locked(edition), heir, by=by, note=_("Keanggotaan berakhir."))


def _give_submission(edition: Edition, heir: User | None, by: Any) -> None:
    """Whoever takes it answers for it: a text that comes back comes back to them, and they may recall it."""
    edition = locked(edition)
    before, edition.submitted_by = edition.submitted_by, heir
    edition.save(update_fields=["submitted_by"])
    note_assignment(edition, before, heir, by=by, note=_("Bila dikembalikan, kepada penerus."))


def _give_schedule(schedule: Schedule, heir: User | None, by: Any) -> None:
    """It happens in the name of whoever takes it; without anybody it stays, and will say that it failed."""
    if heir is None:
        return
    edition = locked(schedule.edition)
    stored = Schedule.objects.select_for_update().get(pk=schedule.pk)
    before, stored.requested_by = stored.requested_by, heir
    stored.save(update_fields=["requested_by"])
    note_assignment(edition, before, heir, by=by, note=stored.get_kind_display())


DUTIES = {
    "drafts": Duty(gettext_lazy("Draf dan naskah yang dikembalikan"), NEWSROOM, _drafts, _give_text),
    "checks": Duty(gettext_lazy("Naskah yang diperiksanya"), EDITORS, _checks, _give_text),
    "submissions": Duty(gettext_lazy("Naskah kirimannya yang belum terbit"), NEWSROOM, _submissions, _give_submission),
    "publications": Duty(gettext_lazy("Jadwal terbit"), EDITORS, _schedules(Schedule.Kind.PUBLISH), _give_schedule),
    "withdrawals": Duty(gettext_lazy("Jadwal penarikan"), MANAGERS, _schedules(Schedule.Kind.WITHDRAW), _give_schedule),
}


def headline_of(row: Edition | Schedule) -> str:
    """The text that a row of any duty is about."""
    return row.edition.headline if isinstance(row, Schedule) else row.headline
