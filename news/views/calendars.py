"""Calendar files: one event to keep, and the calendars of the nation, a province and an office to follow."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from news import agenda
from news.calendars import Followed, Told, calendar_file, calendar_to_follow
from news.models import Event
from news.recency import dated, events_changed_at
from offices.links import absolute
from offices.models import Office, Region

MOST_EVENTS = 2_000


def event_calendar(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The event for a phone's calendar."""
    shown = Event.objects.published().select_related("series", "organiser__region")
    event = get_object_or_404(shown, year=year, slug=slug)
    told = Told(event, event.description, absolute(request, event.get_absolute_url()))
    return _file(calendar_file(told), event.slug)


def national_calendar(request: HttpRequest) -> HttpResponse:
    """The events of the whole nation."""
    return _calendar(request, agenda.anywhere(), settings.SITE_NAME, reverse("event_list"), "nasional")


def office_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The events that an office holds or takes part in."""
    office = get_object_or_404(Office.objects.select_related("region"), slug=slug)
    return _calendar(request, agenda.concerning(office), office.full_name, office.get_absolute_url(), office.slug)


def region_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The events of a province with all that lies in it, or of the office of another region."""
    region = get_object_or_404(Region.objects.select_related("office"), code=code)
    if not region.is_province:
        get_object_or_404(Office, region=region)
    concerning = agenda.in_province(region) if region.is_province else agenda.concerning(region.office)
    return _calendar(request, concerning, region.name, region.get_absolute_url(), region.code)


def _calendar(request: HttpRequest, concerning, name: str, page: str, filename: str) -> HttpResponse:
    """The events of the past year and all ahead that are `concerning` somebody; the latest, where there are many."""
    calendar = Followed(
        name=_("Agenda %(name)s") % {"name": name},
        address=absolute(request, request.path),
        page=absolute(request, page),
    )

    def written() -> HttpResponse:
        events = agenda.for_calendars(timezone.now()).filter(concerning)[:MOST_EVENTS]
        told = [Told(event, event.beginning, absolute(request, event.get_absolute_url())) for event in events]
        return _file(calendar_to_follow(calendar, told), f"agenda-{filename}")

    return dated(request, events_changed_at(), written)


def _file(text: str, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=disposition)
