"""The daily summary: what somebody has not read, and what waits for them, once on each of their local days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.inbox import notices_of
from news.models import Contribution, Digest, Edition, Notice, NoticePreference
from news.models.mail import MailState
from news.models.preferences import Channel
from news.states import State
from news.wording import clock_of
from offices.models import Membership, User
from offices.roles import EDITORS, NEWSROOM, Role
from offices.scope import reach_of

LISTED = 15
MOST_COUNTED = 200
OFFICE = "article__office"


@dataclass(frozen=True)
class Summary:
    """What a digest says: unread notices, and for each kind of waiting work its title, editions, and how many more."""

    unread: list[Notice]
    unread_count: int
    waiting: list[tuple[str, list[Edition], int]]

    @property
    def more_unread(self) -> int:
        return self.unread_count - len(self.unread)

    @property
    def waiting_count(self) -> int:
        return sum(len(editions) + more for _title, editions, more in self.waiting)

    @property
    def says_nothing(self) -> bool:
        return not (self.unread_count or self.waiting_count)


def owe_daily_digests(now: datetime | None = None) -> int:
    """Owe a digest to everybody who wants one and whose hour has come today; returns to how many.

    Late is better than never, but not on another day. Several workers may do this at once: each day of a person has
    one row. Whether there is something to say is looked up when it is sent.
    """
    now = now or timezone.now()
    wanting = NoticePreference.objects.filter(channel=Channel.DAILY, user__is_active=True).select_related("user")
    owed = [
        Digest(user=choice.user, day=local.date(), created_at=now, mail_state=MailState.OWED, due_at=now)
        for choice, local in _with_local_time(wanting, now)
        if local.hour >= choice.digest_hour
    ]
    known = set(Digest.objects.filter(day__in={row.day for row in owed}).values_list("user", "day"))
    fresh = [row for row in owed if (row.user_id, row.day) not in known]
    Digest.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=200)
    return len(fresh)


def _with_local_time(wanting: QuerySet[NoticePreference], now: datetime) -> Iterator[tuple[NoticePreference, datetime]]:
    """Each choice with the time on the clock of its person's office; those who left are left out."""
    running = Membership.held_on(timezone.localdate(now))
    held = Membership.objects.filter(running, user__notice_preference__in=wanting)
    staff: dict[int, list[Membership]] = {}
    for membership in held.select_related("office__region").order_by("pk"):
        staff.setdefault(membership.user_id, []).append(membership)
    for choice in wanting:
        if choice.user_id in staff:
            choice.user.__dict__["current_memberships"] = staff[choice.user_id]
            yield choice, now.astimezone(clock_of(choice.user))


def summary_for(user: User) -> Summary:
    """What there is to say to `user` now."""
    unread = list(notices_of(user).filter(read_at=None).select_related("actor")[:MOST_COUNTED])
    waiting = []
    for title, rows in waiting_for(user):
        found = list(rows.order_by("saved_at", "pk").only("headline", "article")[:MOST_COUNTED])
        if found:
            waiting.append((str(title), found[:LISTED], len(found[LISTED:])))
    return Summary(unread[:LISTED], len(unread), waiting)


def waiting_for(user: Any) -> Iterator[tuple[Any, QuerySet[Edition]]]:
    """What `user` can do next, most urgent first: a title and the editions."""
    writes, edits = reach_of(user, NEWSROOM).as_q(OFFICE), reach_of(user, EDITORS).as_q(OFFICE)
    checks = edits | reach_of(user, frozenset({Role.SUPERVISOR, Role.CURATOR})).as_q(OFFICE)
    own_work = Exists(Contribution.objects.filter(edition=OuterRef("pk"), user=user.pk))
    mine = Q(assigned_to=user.pk) | Q(assigned_to=None, started_by=user.pk)
    urgent = Edition.objects.awaiting_second_check().filter(checks).exclude(published_by=user.pk)
    yield _("Terbit mendesak, menunggu pemeriksaan kedua"), urgent.exclude(own_work)
    yield _("Dikembalikan kepada Anda"), Edition.objects.filter(writes, mine, state=State.CHANGES_REQUESTED)
    yield _("Menunggu pemeriksaan Anda"), Edition.objects.filter(edits, state=State.SUBMITTED).exclude(own_work)
    yield _("Disetujui, siap terbit"), Edition.objects.filter(edits, state=State.APPROVED)
