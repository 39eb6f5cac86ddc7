"""When what readers meet last changed, and answers that say so."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from news.models import Article, Event
from news.models.keyblocks import EVER_PUBLIC
from news.queries import Filters

SETTLED_AFTER = timedelta(minutes=1)
"""The age from which a moment is told: by then every change of the same second has been committed and is told too."""


def articles_changed_at(filters: Filters | None = None) -> datetime | None:
    """When the articles that `filters` leave last changed for readers, or later; None where there never were any.

    Only place counts, which never changes: a text that got another rubric has changed the former one's list too. What
    was withdrawn or removed counts as well, so that nobody is told that a list with it still holds.
    """
    changed = Article.objects.filter(EVER_PUBLIC)
    if filters and filters.office:
        changed = changed.filter(office=filters.office)
    elif filters and filters.province:
        changed = changed.filter(province=filters.province)
    return changed.aggregate(last=Max("changed_at"))["last"]


def events_changed_at() -> datetime | None:
    """When any event last changed for readers; None where none was ever announced."""
    return Event.objects.filter(EVER_PUBLIC).aggregate(last=Max("changed_at"))["last"]


def dated(request: HttpRequest, changed: datetime | None, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """What `answer` makes, with `changed` as its Last-Modified; 304 without making it where the reader has it.

    A date has seconds only, and a change becomes visible a moment after the moment it is written with. So a moment is
    told once it is a minute old, and until then nothing is: no copy is ever confirmed that a change is missing from.
    """
    if changed is None or changed > timezone.now() - SETTLED_AFTER:
        return answer()
    seconds = int(changed.timestamp())
    response = get_conditional_response(request, last_modified=seconds) or answer()
    response.headers["Last-Modified"] = http_date(seconds)
    return response
