"""The month calendar of the newsroom: what was published, what is planned, and which events there are."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from news.months import Month, weeks_of
from offices.models import Office
from offices.scope import Reach, memberships_of, reach_of
from offices.workplace import ALL, chosen_office, first_office


@dataclass(frozen=True)
class Chosen:
    """Whose month is shown: one office's, or that of all in reach."""

    offices: list[Office]
    office: Office | None
    reach: Reach


@require_safe
def month_view(request: HttpRequest) -> HttpResponse:
    """One month on the clock of the chosen office; 404 for a month or an office that is not there for this person."""
    chosen = _chosen(request)
    place = (chosen.office or first_office(request) or memberships_of(request.user)[0].office).region
    today = timezone.localdate(timezone=place.zone)
    month = Month.parse(request.GET["bulan"]) if request.GET.get("bulan") else Month.around(today)
    weeks = weeks_of(month, chosen.reach, place.zone, today)
    context = {
        **admin.site.each_context(request),
        "title": _("Kalender redaksi"),
        "month": month,
        "weeks": weeks,
        "is_empty": all(day.is_empty for week in weeks for day in week),
        "region": place,
        "offices": chosen.offices,
        "office": chosen.office,
        "shows_office": chosen.office is None and len(chosen.offices) > 1,
        "more_query": urlencode({"kantor": ALL, **({"office__id__exact": chosen.office.pk} if chosen.office else {})}),
        **_ways(month, chosen, Month.around(today)),
    }
    return render(request, "admin/news/desk/month.html", context)


def _chosen(request: HttpRequest) -> Chosen:
    """The office that the address names, else the one the person works for now, else all of them."""
    reach = reach_of(request.user)
    offices = list(Office.objects.filter(reach.as_q("self")).select_related("region").order_by("region__code"))
    asked = request.GET.get("kantor", "")
    if asked in ("", ALL):
        office = chosen_office(request) if not asked else None
    else:
        office = next((office for office in offices if str(office.pk) == asked), None)
        if office is None:
            raise Http404
    if office is None and len(offices) == 1:
        office = offices[0]
    return Chosen(offices, office, Reach(offices=frozenset({office.pk})) if office else reach)


def _ways(month: Month, chosen: Chosen, present: Month) -> dict[str, Any]:
    """The addresses of the months around, and of this one."""

    def address(other: Month | None) -> str:
        if other is None:
            return ""
        kept = {"bulan": str(other)}
        if len(chosen.offices) > 1:
            kept["kantor"] = str(chosen.office.pk) if chosen.office else ALL
        return f"{reverse('admin:calendar')}?{urlencode(kept)}"

    return {
        "previous_url": address(month.moved(-1)),
        "next_url": address(month.moved(1)),
        "present_url": "" if month == present else address(present),
    }
