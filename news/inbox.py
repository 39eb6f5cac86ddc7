"""What people have been told: notices are written for those who may read what they speak of, and for nobody else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from news.models import Notice
from news.models.mail import MailState
from news.models.notices import NoticeKind
from news.models.preferences import Channel
from offices.models import Membership, Office, User
from offices.scope import memberships_of, reach_of, roles_over

ALWAYS_AT_ONCE = frozenset({NoticeKind.MENTIONED, NoticeKind.SCHEDULE_FAILED, NoticeKind.DEMANDED})
"""What does not wait for a daily digest; whoever wants no mail at all gets none of these either."""
COUNTED = 100


def tell(kind: NoticeKind, people: Iterable[int | None], *, by: Any, mail: bool = True, **about: Any) -> list[Notice]:
    """Write one notice for each of `people` (keys of users), inside the caller's transaction.

    Left out are whoever did it, inactive people, and those who may not read the article that `about` names. Nobody is
    told twice of one step, comment, demand or announcement.
    """
    wanted = {key for key in people if key is not None and (by is None or key != by.pk)}
    article = about.get("article")
    readers = readers_among(wanted, article.office if article else None) if wanted else []
    now = timezone.now()
    notices = [Notice(recipient=person, kind=kind, actor=by, created_at=now, **about) for person in readers]
    for notice in notices:
        if mail and wants_mail(notice.recipient, kind):
            notice.mail_state, notice.due_at = MailState.OWED, now
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=200)
    return notices


def readers_among(people: Iterable[int], office: Office | None) -> list[User]:
    """Those of `people` who are active staff today and, where an office is named, read what it writes."""
    running = Membership.objects.filter(Membership.held_on(timezone.localdate()), user__is_active=True, user__in=people)
    staff: dict[int, User] = {}
    for membership in running.select_related("user__notice_preference", "office__region").order_by("user", "pk"):
        person = staff.setdefault(membership.user_id, membership.user)
        person.__dict__.setdefault("current_memberships", []).append(membership)
    return [person for person in staff.values() if office is None or roles_over(person, office)]


def channel_of(person: User) -> Channel:
    """How `person` has chosen to be told."""
    chosen = getattr(person, "notice_preference", None)
    return Channel(chosen.channel) if chosen else Channel.AT_ONCE


def wants_mail(person: User, kind: NoticeKind) -> bool:
    """Whether a notice of this kind goes to `person` by a mail of its own."""
    channel = channel_of(person)
    return channel == Channel.AT_ONCE or channel == Channel.DAILY and kind in ALWAYS_AT_ONCE


def notices_of(user: Any) -> QuerySet[Notice]:
    """The notices of `user`, newest first, without those about what they no longer read."""
    if not memberships_of(user):
        return Notice.objects.none()
    readable = Q(article=None) | reach_of(user).as_q(str(Notice.scope.office))
    return Notice.objects.filter(readable, recipient=user)


def unread_count(user: Any) -> int:
    """How many notices `user` has not read, counted up to `COUNTED`; one query."""
    return len(notices_of(user).filter(read_at=None).order_by().values_list("pk")[:COUNTED])


def mark_read(notices: QuerySet[Notice], *, now: datetime | None = None) -> int:
    """Note that those of `notices` which were unread have been read."""
    return notices.filter(read_at=None).update(read_at=now or timezone.now())
