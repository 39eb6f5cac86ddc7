"""Dates and times as readers see them, on the clock of a place.

The argument is anything with a `zone`, such as a region or an event, or a zone itself.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _

from offices.models.regions import ZONES

register = template.Library()

Moment = datetime | date | None


@register.filter
def long_time(moment: Moment, place: Any) -> str:
    """ "Rabu, 11 Desember 2019, 14.05 WITA"."""
    if not isinstance(moment, datetime):
        return long_date(moment, place)
    local = _local(moment, place)
    return f"{long_date(moment, place)}, {local:%H.%M} {ZONES[_zone(place).key]}"


@register.filter
def long_date(moment: Moment, place: Any) -> str:
    """ "Rabu, 11 Desember 2019"."""
    return date_format(_local(moment, place), "l, j F Y") if moment else ""


@register.filter
def short_date(moment: Moment, place: Any) -> str:
    """ "11 Des 2019"."""
    return date_format(_local(moment, place), "j M Y") if moment else ""


@register.filter
def short_time(moment: datetime | None, place: Any) -> str:
    """ "11 Des 2019, 14.05 WITA"."""
    if moment is None:
        return ""
    return f"{short_date(moment, place)}, {_local(moment, place):%H.%M} {ZONES[_zone(place).key]}"


@register.filter
def ago(moment: datetime) -> str:
    """ "2 jam lalu", or for a moment ahead "2 jam lagi"."""
    if moment > timezone.now():
        return _("%(span)s lagi") % {"span": timeuntil(moment, depth=1)}
    return _("%(span)s lalu") % {"span": timesince(moment, depth=1)}


@register.filter
def clock(moment: datetime, place: Any) -> str:
    """ "14.05"."""
    return f"{_local(moment, place):%H.%M}"


@register.filter
def iso(moment: Moment, place: Any) -> str:
    """For `datetime` attributes: "2019-12-11T14:05:00+08:00"."""
    if isinstance(moment, datetime):
        return _local(moment, place).isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""


def _local(moment: datetime | date, place: Any) -> datetime | date:
    return moment.astimezone(_zone(place)) if isinstance(moment, datetime) else moment


def _zone(place: Any) -> ZoneInfo:
    return place if isinstance(place, ZoneInfo) else place.zone
