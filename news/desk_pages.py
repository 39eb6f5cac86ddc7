"""The desk and the numbers in the menu, as the pages of the newsroom show them."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.desk import sections_for
from news.duties import capped, counts_for, seat_of
from news.oversight import sections_for_overseers
from offices.workplace import chosen_office

LABELS = {
    "demands": _("Hak jawab dan koreksi"),
    "returned": _("Perlu perbaikan"),
    "check": _("Menunggu pemeriksaan"),
    "ready": _("Siap terbit"),
    "confirm": _("Pemeriksaan kedua"),
}


def desk_of(request: HttpRequest) -> dict[str, Any]:
    """The sections of whoever asks, those with something in them first; narrowed to the office that was chosen."""
    seat = seat_of(request.user, chosen_office(request))
    sections = [*sections_for(seat), *sections_for_overseers(seat)]
    return {
        "sections": sorted(sections, key=lambda section: not section.items),
        "shows_office": len(seat.offices) > 1 or seat.oversees,
    }


def counts_shown_to(request: HttpRequest) -> list[dict[str, Any]]:
    """What waits, with its number, which stops at 99+; nothing is said of what does not wait."""
    counts = counts_for(seat_of(request.user, chosen_office(request)))
    return [
        {"key": key, "label": LABELS[key], "count": count, "shown": capped(count)}
        for key, count in counts.items()
        if count
    ]
