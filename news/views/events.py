"""Events: the list of all of them, those of a month, and one with its coverage."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from news import agenda, event_months, social, structured
from news.event_months import MonthPage
from news.grid import grid
from news.models import Event, EventTransition
from news.months import YEARS, Month
from news.paging import START, page_of
from news.provinces import pages_of
from news.queries import Filters
from news.views.lists import list_address
from offices.freshness import keep_until
from offices.links import absolute

MOST_OF_SERIES = 5
MOST_UPCOMING = 50


def event_list(request: HttpRequest) -> HttpResponse:
    """The next events, and a page of the past ones."""
    now = timezone.now()
    page = page_of(agenda.past(now), request.GET, "starts_at")
    upcoming = agenda.with_tones(agenda.upcoming(now)[:MOST_UPCOMING]) if page.is_first else []
    keep_until(request, *agenda.turning_points(upcoming))
    context = {
        "upcoming": upcoming,
        "this_month": _link_to(Month.around(timezone.localdate(now))),
        "past": agenda.with_tones(page.rows),
        "canonical_url": absolute(request, reverse("event_list")) if page.is_first else "",
        "robots": "" if page.is_first else "noindex, follow",
        **page.links(request.path, {}),
    }
    return render(request, "news/event_list.html", context)


def event_month(request: HttpRequest, year: int, month: str) -> HttpResponse:
    """The events of one month, day by day; robots keep the first page of a month that has any."""
    if year not in YEARS:
        raise Http404
    chosen = Month(year, int(month))
    page = event_months.page_of(chosen, request.GET.get(START, ""))
    keep_until(request, *agenda.turning_points(event for _day, events in page.days for event in events))
    wanted = page.total and page.is_first
    context = {
        "name": _name(chosen),
        "page": page,
        "weeks": grid(chosen, page.counts, _place_of(page, request.path)),
        "earlier": _link_to(event_months.month_before(chosen)),
        "later": _link_to(event_months.month_after(chosen)),
        **page.links(request.path),
        "canonical_url": absolute(request, request.path) if wanted else "",
        "robots": "" if wanted else "noindex, follow",
        "crumbs": [(_("Agenda"), reverse("event_list"))],
    }
    return render(request, "news/event_month.html", context)


def _place_of(page: MonthPage, path: str) -> Callable[[date], str]:
    """Where a day stands: on this page, or on another one."""

    def place(day: date) -> str:
        number = page.pages[day]
        there = "" if number == page.number else page.address(path, page.start_of(number) or "")
        return f"{there}#hari-{day:%d}"

    return place


def month_address(month: Month) -> str:
    return reverse("event_month", args=[month.year, f"{month.number:02}"])


def _link_to(month: Month | None) -> tuple[str, str] | None:
    return (_name(month), month_address(month)) if month else None


def _name(month: Month) -> str:
    return date_format(month.first, "F Y")


def event_detail(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One event, what was announced about it, who takes part, and who wrote about it, province by province."""
    event = get_object_or_404(Event.objects.published().for_cards(), year=year, slug=slug)
    keep_until(request, *agenda.turning_points([event]))
    steps = list(event.transitions.all())
    pages = pages_of(Q(event=event), request.GET.get(START, ""))
    context = {
        **_about(event, steps),
        "pages": pages,
        **pages.links(request.path),
        "more_url": list_address(Filters(event=event)),
        "coverage_provinces": sum(group.province.is_province for group in pages.groups),
        "canonical_url": absolute(request, request.path) if pages.is_first else "",
        "robots": "" if pages.is_first else "noindex, follow",
        "share_image": social.of_event_page(request, event),
        "structured": structured.of_event(request, event, steps),
    }
    return render(request, "news/event_detail.html", context)


def _about(event: Event, steps: list[EventTransition]) -> dict[str, Any]:
    month = Month.around(event.starts_at.astimezone(event.zone).date())
    return {
        "crumbs": [(_("Agenda"), reverse("event_list")), (_name(month), month_address(month))],
        "event": agenda.with_tones([event])[0],
        "participants": list(event.participants.select_related("region").order_by("region__code")),
        "calendar_url": reverse("event_calendar", args=[event.year, event.slug]),
        "feed_url": reverse("event_feed", args=[event.year, event.slug]),
        "notices": list(agenda.notices(event, steps)),
        "record": list(agenda.record(event, steps)),
        "series": agenda.with_tones(agenda.of_series(event)[:MOST_OF_SERIES]) if event.series else [],
    }
