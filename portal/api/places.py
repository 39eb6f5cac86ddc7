"""Regions, offices and officials as the API writes them, from rows that are loaded already."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest

from offices.links import absolute
from offices.models import Appointment, Office, Official, Region

Row = dict[str, Any]
At = Callable[[str], str]


def addresses_for(request: HttpRequest) -> At:
    """What makes a path, or the address of a file, absolute; one that is absolute already stays as it is."""
    return partial(_complete, request)


def _complete(request: HttpRequest, path: str) -> str:
    return path if "://" in path else absolute(request, path)


def region_ref(region: Region, at: At) -> Row:
    return {
        "code": region.code,
        "name": region.name,
        "level": region.level,
        "timezone": region.timezone,
        "url": at(region.get_absolute_url()),
    }


def office_ref(office: Office, at: At) -> Row:
    return {"slug": office.slug, "official_name": office.official_name, "url": at(office.get_absolute_url())}


def official_ref(official: Official, at: At) -> Row:
    return {"slug": official.slug, "name": official.name, "url": at(official.get_absolute_url())}


def region_row(region: Region, at: At) -> Row:
    """A region, loaded with its office."""
    office = getattr(region, "office", None)
    return region_ref(region, at) | {
        "short_name": region.short_name,
        "zone": region.zone_abbr,
        "parent": region.parent_id,
        "capital": region.capital,
        "island_group": region.island_group,
        "latitude": region.latitude,
        "longitude": region.longitude,
        "office": office_ref(office, at) if office else None,
    }


def office_row(office: Office, at: At) -> Row:
    """An office, loaded with its region and its accounts elsewhere."""
    return office_ref(office, at) | {
        "name_verified": office.name_verified,
        "abbreviation": office.abbreviation,
        "region": region_ref(office.region, at),
        "address": office.address,
        "phone": office.phone,
        "email": office.email,
        "website": office.website,
        "logo": at(office.logo.url) if office.logo else None,
        "accounts": [{"network": account.network, "url": account.url} for account in office.accounts.all()],
    }


def official_row(official: Official, at: At) -> Row:
    """An official, loaded with every term of office and where it was served."""
    terms = [term_row(term, at) for term in official.appointments.all()]
    return official_ref(official, at) | {"known_as": official.known_as, "appointments": terms}


def term_row(term: Appointment, at: At) -> Row:
    office = term.position.office
    return {
        "title": term.title_as_held,
        "kind": term.kind,
        "office": office_ref(office, at),
        "region": region_ref(office.region, at),
        "held_from": term.held_from,
        "from_precision": term.from_precision,
        "held_until": term.held_until,
        "until_precision": term.until_precision,
    }
