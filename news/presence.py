"""Who else has the form of an edition open, and since when."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from news.models import Edition, Presence

GONE_AFTER = timedelta(seconds=60)
LINGERS = timedelta(seconds=10)
BEAT = 20  # seconds between two signs of life


def be_present(edition: Edition, by: Any, *, at: datetime | None = None) -> None:
    """Note that `by` has the form of `edition` open; after a minute of silence it counts as a new visit."""
    now = at or timezone.now()
    with transaction.atomic():
        row, new = Presence.objects.select_for_update().get_or_create(
            edition=edition, user=by, defaults={"since": now, "seen_at": now}
        )
        if not new:
            row.since = now if row.seen_at < now - GONE_AFTER else row.since
            row.seen_at = now
            row.save(update_fields=["since", "seen_at"])
    Presence.objects.filter(edition=edition, seen_at__lt=now - GONE_AFTER).delete()


def leave(edition: Edition, by: Any, *, at: datetime | None = None) -> None:
    """Let the visit of `by` lapse in some seconds, unless the form opens again at once, as after a save."""
    lapsing = (at or timezone.now()) - GONE_AFTER + LINGERS
    Presence.objects.filter(edition=edition, user=by, seen_at__gt=lapsing).update(seen_at=lapsing)


def others_at(edition: Edition, user: Any, *, at: datetime | None = None) -> QuerySet[Presence]:
    """Those beside `user` who have the form of `edition` open, the longest there first."""
    seen = Presence.objects.filter(edition=edition, seen_at__gte=(at or timezone.now()) - GONE_AFTER)
    return seen.exclude(user=user.pk).select_related("user").order_by("since", "pk")
