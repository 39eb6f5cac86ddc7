"""Events: the calendar of all of them, one with its coverage, and its calendar file."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from news import agenda, structured
from news.calendars import calendar_file
from news.models import Article, Event, EventTransition
from news.models.events import ANNOUNCED
from news.paging import page_of
from news.queries import Filters, public_cards
from news.views.lists import listing
from offices.freshness import keep_until
from offices.links import absolute

MOST_UPCOMING = 50


def event_list(request: HttpRequest) -> HttpResponse:
    """The next events, and a page of the past ones."""
    now = timezone.now()
    page = page_of(agenda.past(now), request.GET, "starts_at")
    upcoming = agenda.with_tones(agenda.upcoming(now)[:MOST_UPCOMING]) if page.is_first else []
    keep_until(request, *agenda.turning_points(upcoming))
    context = {
        "upcoming": upcoming,
        "past": agenda.with_tones(page.rows),
        "canonical_url": absolute(request, reverse("event_list")) if page.is_first else "",
        "robots": "" if page.is_first else "noindex, follow",
        **page.links(request.path, {}),
    }
    return render(request, "news/event_list.html", context)


def event_detail(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One event, what was announced about it, who takes part, and who wrote about it."""
    event = get_object_or_404(_with_reach(Event.objects.published().for_cards()), year=year, slug=slug)
    keep_until(request, *agenda.turning_points([event]))
    steps = list(event.transitions.all())
    context = {
        **_about(event, steps),
        **listing(request, Filters(event=event).apply(public_cards())),
        "structured": structured.of_event(request, event, steps),
    }
    return render(request, "news/event_detail.html", context)


def _about(event: Event, steps: list[EventTransition]) -> dict[str, Any]:
    return {
        "crumbs": [(_("Agenda"), reverse("event_list"))],
        "event": agenda.with_tones([event])[0],
        "participants": list(event.participants.select_related("region").order_by("region__code")),
        "coverage_provinces": event.coverage_provinces,
        "calendar_url": reverse("event_calendar", args=[event.year, event.slug]),
        "feed_url": reverse("event_feed", args=[event.year, event.slug]),
        "notices": list(agenda.notices(event, steps)),
    }


def _with_reach(events: QuerySet[Event]) -> QuerySet[Event]:
    """The events; each knows in `coverage_provinces` from how many provinces it was covered, None for none."""
    covering = Article.objects.published().filter(event=OuterRef("pk")).order_by()
    reach = covering.values("event").annotate(n=Count("province", distinct=True)).values("n")
    return events.annotate(coverage_provinces=Subquery(reach))


def event_calendar(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The event for a phone's calendar."""
    event = get_object_or_404(Event.objects.published(), year=year, slug=slug)
    steps = list(event.transitions.filter(target__in=ANNOUNCED))
    text = calendar_file(event, steps, absolute(request, event.get_absolute_url()))
    disposition = {"Content-Disposition": f'attachment; filename="{event.slug}.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=disposition)
