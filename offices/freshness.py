"""Until when a page may be kept, where the clock will make something on it untrue."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

ATTRIBUTE = "kept_until"


def keep_until(request: HttpRequest, *moments: datetime) -> None:
    """Let no cache keep the answer to `request` beyond the first of `moments` (aware) that is still to come."""
    now = timezone.now()
    ahead = [moment for moment in (kept_until(request), *moments) if moment and moment > now]
    setattr(request, ATTRIBUTE, min(ahead, default=None))


def kept_until(request: HttpRequest) -> datetime | None:
    """The moment at which the answer to `request` ceases to hold; None where the clock changes nothing on it."""
    return getattr(request, ATTRIBUTE, None)
