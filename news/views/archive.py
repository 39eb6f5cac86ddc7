"""The index of news by local day, and the months and years that lead to it."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from news import archive
from news.grid import grid
from news.maps import shade_of
from news.months import Month
from news.paging import START
from news.provinces import pages_of
from news.queries import YEARS, day_in
from offices.links import absolute

CHOSEN = "tanggal"
NOT_FOR_ROBOTS = "noindex, follow"


def index(request: HttpRequest) -> HttpResponse:
    """To the day that the form asks for, or to the latest with news; 400 with a sentence for a day that is none."""
    text = request.GET.get(CHOSEN, "")
    day = day_in(text)
    if day and day <= archive.last_day():
        return redirect(day_address(day))
    latest = archive.latest_day_before(archive.last_day() + archive.DAY)
    if latest and not text:
        return redirect(day_address(latest))
    context = {**_chooser(latest), "latest": latest, "problem": _problem(text), "robots": NOT_FOR_ROBOTS}
    return render(request, "news/archive_index.html", context, status=400 if text else 200)


def day_index(request: HttpRequest, year: int, month: str, day: str) -> HttpResponse:
    """Everything published on one local day, province by province; what has not come yet is not found."""
    on = _day_or_404(year, int(month), int(day))
    pages = pages_of(Q(published_on=on), request.GET.get(START, ""))
    context = {
        "day": on,
        "pages": pages,
        "more_url": f"{reverse('article_list')}?{urlencode({'dari': on, 'sampai': on})}",
        **pages.links(request.path),
        **_neighbours(on, on),
        **_chooser(on),
        **_for_robots(request, pages.is_first and pages.total),
        "crumbs": [*_crumbs(year), (_month_name(Month(year, on.month)), month_address(Month(year, on.month)))],
    }
    return render(request, "news/archive_day.html", context)


def month_index(request: HttpRequest, year: int, month: str) -> HttpResponse:
    """A month as a grid of days with their counts."""
    chosen = Month(_day_or_404(year, int(month), 1).year, int(month))
    counts = archive.counts_by_day(chosen.first, chosen.last)
    context = {
        "name": _month_name(chosen),
        "weeks": grid(chosen, counts, day_address),
        "total": sum(counts.values()),
        **_neighbours(chosen.first, chosen.last),
        **_chooser(chosen.first),
        **_for_robots(request, counts),
        "crumbs": _crumbs(year),
    }
    return render(request, "news/archive_month.html", context)


def year_index(request: HttpRequest, year: int) -> HttpResponse:
    """A year as a list of its months with their counts."""
    first = _day_or_404(year, 1, 1)
    counts = archive.counts_by_month(year)
    context = {
        "year": str(year),
        "months": _months(year, counts),
        "total": sum(counts.values()),
        **_neighbours(first, date(year, 12, 31)),
        **_chooser(first),
        **_for_robots(request, counts),
        "crumbs": _crumbs(),
    }
    return render(request, "news/archive_year.html", context)


def day_address(day: date) -> str:
    return reverse("day_index", args=[day.year, f"{day.month:02}", f"{day.day:02}"])


def month_address(month: Month) -> str:
    return reverse("month_index", args=[month.year, f"{month.number:02}"])


def year_address(year: int) -> str:
    return reverse("year_index", args=[year])


def _day_or_404(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Http404 from None
    if year not in YEARS or found > archive.last_day():
        raise Http404
    return found


def _months(year: int, counts: dict[int, int]) -> list[dict[str, Any]]:
    most, last = max(counts.values(), default=0), archive.last_day()
    return [
        {
            "first": date(year, number, 1),
            "count": counts.get(number, 0),
            "shade": shade_of(counts.get(number, 0), most),
        }
        for number in range(1, 13)
        if date(year, number, 1) <= last
    ]


def _neighbours(first: date, last: date) -> dict[str, date | None]:
    """The nearest days with news outside of the span from `first` to `last`."""
    return {"earlier": archive.latest_day_before(first), "later": archive.first_day_after(last)}


def _chooser(day: date | None) -> dict[str, str]:
    """What the form holds that chooses a day."""
    last = archive.last_day()
    return {"chosen_day": (day or last).isoformat(), "last_day": last.isoformat(), "first_day": f"{YEARS[0]}-01-01"}


def _for_robots(request: HttpRequest, wanted: object) -> dict[str, str]:
    """Robots keep the first page of what has news, and nothing else."""
    if wanted:
        return {"canonical_url": absolute(request, request.path), "robots": ""}
    return {"canonical_url": "", "robots": NOT_FOR_ROBOTS}


def _crumbs(year: int | None = None) -> list[tuple[str, str]]:
    start = [(_("Indeks"), reverse("archive_index"))]
    return [*start, (str(year), year_address(year))] if year else start


def _month_name(month: Month) -> str:
    return date_format(month.first, "F Y")


def _problem(text: str) -> str:
    if not text:
        return ""
    shown = "".join(character for character in text[:20] if character.isprintable())
    return _("Tanggal “%(text)s” tidak dapat dibuka. Pilih hari ini atau hari sebelumnya.") % {"text": shown}
