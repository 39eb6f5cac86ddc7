"""What the centre tells every desk: to whom an announcement is shown, and when it becomes a notice."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from news.inbox import tell
from news.models import Announcement, Dismissal
from news.models.announcements import Severity
from news.models.notices import NoticeKind
from news.refusals import NotNow
from offices.models import Membership
from offices.scope import memberships_of, reach_of


def announcements_for(user: Any, now: datetime | None = None) -> QuerySet[Announcement]:
    """What stands on the desk of `user` now, the urgent first: what is for their provinces and they have not put away.

    Whoever reaches the whole nation sees what any province is told.
    """
    if not memberships_of(user):
        return Announcement.objects.none()
    running = Announcement.objects.running_at(now or timezone.now())
    put_away = Dismissal.objects.filter(announcement=OuterRef("pk"), user=user)
    shown = running.filter(Q(severity=Severity.URGENT) | ~Exists(put_away))
    if not reach_of(user).nation:
        shown = shown.filter(Q(provinces=None) | Q(provinces__in=_provinces_of(user))).distinct()
    return shown.order_by("-severity", "-starts_at", "-pk")


def _provinces_of(user: Any) -> set[str]:
    """The codes of the provinces where `user` works."""
    return {code for m in memberships_of(user) for code in (m.office.region_id, m.office.region.parent_id) if code}


def put_away(announcement: Announcement, *, by: Any) -> None:
    """Take `announcement` off the desk of `by`; an urgent one stays as long as it runs."""
    if announcement.is_urgent:
        raise NotNow(_("Pengumuman penting tetap tampil sampai waktunya habis."))
    Dismissal.objects.get_or_create(announcement=announcement, user=by)


def tell_announcements(now: datetime | None = None) -> int:
    """Write the notices of every announcement that has begun and was not told yet; how many announcements.

    May be called by several workers at once: each announcement is told in one transaction, and each person once.
    """
    now = now or timezone.now()
    keys = Announcement.objects.running_at(now).filter(told_at=None).values_list("pk", flat=True)
    return sum(_tell(key, now) for key in list(keys))


@transaction.atomic
def _tell(key: int, now: datetime) -> bool:
    if not Announcement.objects.filter(pk=key, told_at=None).update(told_at=now):
        return False
    announcement = Announcement.objects.select_related("created_by").get(pk=key)
    tell(
        NoticeKind.ANNOUNCED,
        _people_told(announcement),
        by=announcement.created_by,
        mail=announcement.is_urgent,
        announcement=announcement,
        headline=announcement.title,
        detail=announcement.text,
    )
    return True


def _people_told(announcement: Announcement) -> set[int]:
    """Everybody who works in the announcement's provinces, or everybody."""
    staff = Membership.objects.filter(Membership.held_on(timezone.localdate()), user__is_active=True)
    provinces = list(announcement.provinces.values_list("pk", flat=True))
    if provinces:
        staff = staff.filter(Q(office__region__in=provinces) | Q(office__region__parent__in=provinces))
    return set(staff.values_list("user", flat=True))
