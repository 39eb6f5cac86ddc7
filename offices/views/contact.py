"""How to reach the offices, and how to ask a government for public information."""

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from offices.finding import LONGEST, named, words_in
from offices.links import absolute
from offices.models import Office, Region

MOST_SHOWN = 60  # the province with most kabupaten/kota has 38


def contact(request: HttpRequest) -> HttpResponse:
    """The offices of the region that was chosen or named, and what a request for information may be.

    UU 14/2008: what may be asked stands in pasal 4 and 9–12, exceptions in pasal 17; a request is answered within 10
    working days and once 7 more (pasal 22 ayat 7 and 8); objections and disputes follow pasal 35–37.
    """
    place, words = request.GET.get("wilayah", "").strip(), words_in(request.GET.get("q", ""))
    is_asked = bool(place or words)
    offices = list(_offices(place, words)[: MOST_SHOWN + 1]) if is_asked else []
    context = {
        "provinces": Region.objects.filter(level=Region.Level.PROVINCE).order_by("name"),
        "offices": offices[:MOST_SHOWN],
        "has_more": len(offices) > MOST_SHOWN,
        "is_asked": is_asked,
        "place": place,
        "words": " ".join(words),
        "contact_email": settings.CONTACT_EMAIL,
        "canonical_url": absolute(request, request.path),
        "robots": "noindex" if request.GET else "",
    }
    return render(request, "offices/contact.html", context)


def _offices(place: str, words: list[str]) -> QuerySet[Office]:
    found = Office.objects.select_related("region__parent").order_by("region__code")
    if "\x00" in place or len(place) > LONGEST:
        return found.none()
    if place:
        below = Q() if place == "00" else Q(region__parent=place)
        found = found.filter(Q(region=place) | below)
    return named(found, words)
