"""The page on which readers find every feed and calendar that they can follow."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from news.feeds.addresses import FORMS, feed_address
from news.queries import Choices, Filters
from offices.finding import named, words_in
from offices.links import absolute
from offices.models import Office

MOST_FOUND = 20


def feed_directory(request: HttpRequest) -> HttpResponse:
    """What can be followed of the nation, the provinces, the rubrics, and the offices that were searched for."""
    choices, words = Choices(), words_in(request.GET.get("q", ""))
    found = _offices(words) if words else []
    context = {
        "nation": _entry(_("Seluruh Indonesia"), Filters(), reverse("national_calendar")),
        "provinces": [_entry(p.name, Filters(province=p), _calendar(p.code)) for p in choices.provinces],
        "rubrics": [_entry(rubric.name, Filters(rubric=rubric)) for rubric in choices.rubrics],
        "offices": found[:MOST_FOUND],
        "has_more": len(found) > MOST_FOUND,
        "words": " ".join(words),
        "hubs": settings.WEBSUB_HUBS,
        "example": absolute(request, f"{reverse('article_feed')}?provinsi=73&rubrik=ekonomi"),
        "canonical_url": absolute(request, reverse("feed_directory")),
        "robots": "noindex, follow" if words else "",
    }
    return render(request, "news/feed_directory.html", context)


def _offices(words: Iterable[str]) -> list[dict[str, Any]]:
    rows = named(Office.objects.select_related("region"), list(words)).order_by("region__code")[: MOST_FOUND + 1]
    return [
        _entry(office.full_name, Filters(office=office), reverse("office_calendar", args=[office.slug]))
        for office in rows
    ]


def _calendar(code: str) -> str:
    return reverse("region_calendar", args=[code])


def _entry(name: str, filters: Filters, calendar: str = "") -> dict[str, Any]:
    """What `_feeds.html` shows: the feed in each form, and the calendar where there is one."""
    feeds = [(label, feed_address(filters, form)) for form, label in FORMS.items()]
    return {"name": name, "feeds": feeds, "calendar": calendar}
