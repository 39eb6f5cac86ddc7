"""Announced events, for programs."""

from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy
from ninja import Router

from news.agenda import concerning
from news.models import Event
from news.queries import Filters
from portal.api import shapes
from portal.api.contents import event_ref, for_elsewhere, paragraphs_of
from portal.api.errors import answers
from portal.api.paging import Page, by_moment
from portal.api.parameters import CURSOR, USUAL, Limit, Slug, Year, described, filters_of, kept
from portal.api.places import At, Row, addresses_for, office_ref

router = Router(tags=["events"])
NARROWING = ("kantor", "dari", "sampai")


@router.get(
    "/events/",
    response=Page[shapes.EventSummary],
    summary=gettext_lazy("Daftar agenda"),
    description=gettext_lazy(
        "Yang diumumkan, yang paling akhir mulai lebih dahulu, yang ditunda dan dibatalkan pun. `kantor`: yang "
        "menyelenggarakan atau ikut serta. `dari` dan `sampai`: yang berlangsung pada hari-hari itu, menurut WIB."
    ),
    openapi_extra=answers(400, 404, parameters=described(*NARROWING, CURSOR)),
)
def event_list(request: HttpRequest, limit: Limit = USUAL):
    filters, at = filters_of(request), addresses_for(request)
    rows = _narrowed(_events().order_by("-starts_at", "-pk").defer("description"), filters)
    page = by_moment(rows, request, limit, "starts_at")
    return page.page(request, kept(filters, *NARROWING), lambda event: _summary(event, at))


@router.get(
    "/events/{year}/{slug}/",
    response=shapes.Event,
    summary=gettext_lazy("Satu agenda"),
    openapi_extra=answers(404),
)
def event_detail(request: HttpRequest, year: Year, slug: Slug):
    event = get_object_or_404(_events().prefetch_related("participants"), year=year, slug=slug)
    at = addresses_for(request)
    return _summary(event, at) | {
        "description_html": for_elsewhere(event.description_html, at),
        "description_text": paragraphs_of(event.description_html),
        "participants": [office_ref(office, at) for office in event.participants.all()],
    }


def _events() -> QuerySet[Event]:
    return Event.objects.published().select_related("series", "organiser")


def _narrowed(events: QuerySet[Event], filters: Filters) -> QuerySet[Event]:
    zone = get_default_timezone()
    if filters.office:
        events = events.filter(concerning(filters.office))
    if filters.date_from:
        events = events.filter(ends_at__gt=datetime.combine(filters.date_from, time(), zone))
    if filters.date_to:
        events = events.filter(starts_at__lt=datetime.combine(filters.date_to + timedelta(days=1), time(), zone))
    return events


def _summary(event: Event, at: At) -> Row:
    return event_ref(event, at) | {
        "series": event.series.name if event.series else None,
        "place": event.place,
        "timezone": event.timezone,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "state": event.state,
        "state_note": event.state_note,
        "organiser": office_ref(event.organiser, at),
        "calendar_url": at(reverse("event_calendar", args=[event.year, event.slug])),
    }
