"""How a reader reaches an office from a page: addresses to call, and to see it on a map elsewhere."""

import re

from django import template
from django.utils.http import urlencode

from offices.models import Office

register = template.Library()

NUMBER = re.compile(r"\+?[(0-9][0-9 ().-]{4,}[0-9]")
NOT_DIALLED = re.compile(r"[^+0-9]")
MAP = "https://www.openstreetmap.org/search"


@register.filter
def tel(phone: str) -> str:
    """ "tel:041321022" for "(0413) 21022 / 21023": the first number that is written; empty where there is none."""
    found = NUMBER.search(phone)
    return f"tel:{NOT_DIALLED.sub('', found[0])}" if found else ""


@register.filter
def on_a_map(office: Office) -> str:
    """The address of a map that looks for the office's own address; empty where it has none."""
    place = ", ".join([*office.address.split("\n"), office.region.name]) if office.address else ""
    return f"{MAP}?{urlencode({'query': ' '.join(place.split())})}" if place else ""
