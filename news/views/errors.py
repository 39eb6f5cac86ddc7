"""Answers for what is not there, or no longer, and the ways on from such an address."""

import re
from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from news.archive import last_day
from news.queries import YEARS

OF_A_MONTH = re.compile(r"/berita/([0-9]{4})/(0[1-9]|1[0-2])/")


def gone(request: HttpRequest) -> HttpResponse:
    """410: it was here and has been removed for good; nothing of its content is shown."""
    return render(request, "410.html", {"ways": list(ways_on(request.path))}, status=410)


def missing(request: HttpRequest) -> HttpResponse:
    """404: there is no such address; no query is spent on finding what was meant."""
    return render(request, "404.html", {"ways": list(ways_on(request.path))}, status=404)


def ways_on(path: str) -> Iterator[tuple[str, str]]:
    """Labels and addresses where what `path` may have meant is found, the likeliest first."""
    if (match := OF_A_MONTH.match(path)) and (month := _month(int(match[1]), int(match[2]))):
        name = date_format(month, "F Y")
        yield _("Indeks berita %(month)s") % {"month": name}, reverse("month_index", args=[match[1], match[2]])
    if path.startswith(("/kantor/", "/pejabat/")):
        yield _("Direktori kantor"), reverse("office_list")
    if path.startswith("/agenda/"):
        yield _("Agenda"), reverse("event_list")


def _month(year: int, number: int) -> date | None:
    month = date(year, number, 1) if year in YEARS else None
    return month if month and month <= last_day() else None
