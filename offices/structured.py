"""What machines read on a page, as schema.org has it: offices, officials, places, and where the page stands.

Everything here is made of plain values, never of text glued together; `as_script` writes them so that no text can end
the element that it stands in. `at` turns a path into an absolute address.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from offices.models import Appointment, Office, Official, Region
from offices.models.officials import Precision

Node = dict[str, Any]
At = Callable[[str], str]

CONTEXT = "https://schema.org"
SEARCH = "/cari/"
UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
WRITTEN_AS = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}


def as_script(nodes: Iterable[Node]) -> SafeString:
    """The element that holds `nodes`; data and no script, so the content security policy has nothing against it."""
    text = json.dumps({"@context": CONTEXT, "@graph": list(nodes)}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(  # noqa: S308 - whatever could end the element is written as JSON escapes
        f'<script type="application/ld+json">{text.translate(UNSAFE)}</script>'
    )


def node(kind: str, **values: Any) -> Node:
    """A thing of `kind` with those of `values` that say something."""
    return {"@type": kind, **{name: value for name, value in values.items() if value not in ("", None, [], {})}}


def breadcrumbs(at: At, crumbs: Iterable[tuple[str, str]]) -> Node:
    """The way from the front page down; `crumbs` are pairs of label and path, the front page left out."""
    steps = [(_("Beranda"), "/"), *crumbs]
    items = [node("ListItem", position=n, name=str(name), item=at(path)) for n, (name, path) in enumerate(steps, 1)]
    return node("BreadcrumbList", itemListElement=items)


def website(at: At) -> Node:
    """The portal itself, with how to search it."""
    search = node("EntryPoint", urlTemplate=f"{at(SEARCH)}?q={{search_term_string}}")
    return node(
        "WebSite",
        **{"@id": at("/#situs")},
        name=settings.SITE_NAME,
        description=settings.SITE_TAGLINE,
        url=at("/"),
        inLanguage=settings.LANGUAGE_CODE,
        potentialAction={**node("SearchAction", target=search), "query-input": "required name=search_term_string"},
    )


def area(region: Region) -> Node:
    """The region as a place; its parent is named where it has been loaded."""
    above = region.parent if region.parent_id and "parent" in region._state.fields_cache else None
    kind = "Country" if region.parent_id is None else "AdministrativeArea"
    return node(kind, name=region.name, identifier=region.code, containedInPlace=area(above) if above else None)


def organisation(at: At, office: Office) -> Node:
    """The office in short, as it stands beside what it wrote, announced or employs."""
    return node(
        "GovernmentOrganization",
        **{"@id": at(office.get_absolute_url())},
        name=office.full_name,
        url=at(office.get_absolute_url()),
        logo=_logo(at, office),
    )


def _logo(at: At, office: Office) -> Node | None:
    return node("ImageObject", url=at(default_storage.url(office.logo.name))) if office.logo else None


def office_node(at: At, office: Office) -> Node:
    """The office in full; its region's parent and its accounts are loaded."""
    return {
        **organisation(at, office),
        **node(
            "GovernmentOrganization",
            alternateName=office.abbreviation,
            address=_postal_address(office, office.address),
            telephone=office.phone,
            email=office.email,
            contactPoint=list(_contacts(office)),
            sameAs=[address for address in (office.website, *(a.url for a in office.accounts.all())) if address],
            areaServed=area(office.region),
            parentOrganization=node("GovernmentOrganization", name=_government_of(office.region)),
        ),
    }


def _government_of(region: Region) -> str:
    """The government whose office it is, named as UU 23/2014 names them."""
    if region.parent_id is None:
        return _("Pemerintah Republik Indonesia")
    return f"Pemerintah Provinsi {region.name}" if region.is_province else f"Pemerintah {region.name}"


def _postal_address(office: Office, street: str) -> Node | None:
    if not street:
        return None
    return node("PostalAddress", streetAddress=street, addressRegion=office.region.name, addressCountry="ID")


def _contacts(office: Office) -> Iterable[Node]:
    """The newsroom's own, and the one for requests for public information."""
    ways = (
        (_("layanan informasi"), office.phone, office.email, office.website),
        ("PPID", office.ppid_phone, office.ppid_email, office.ppid_website),
    )
    for kind, phone, email, website in ways:
        if phone or email or website:
            yield node(
                "ContactPoint", contactType=kind, telephone=phone, email=email, url=website, availableLanguage="id"
            )


def person(at: At, official: Official, term: Appointment | None = None) -> Node:
    """An official, with the title of `term`, loaded with its position, and where it is held."""
    return node(
        "Person",
        name=official.name,
        alternateName=official.known_as,
        url=at(official.get_absolute_url()),
        jobTitle=term.title_as_held if term else None,
        worksFor=organisation(at, term.position.office) if term else None,
    )


def official_node(at: At, official: Official, terms: Iterable[Appointment], today: date) -> Node:
    """An official with every one of `terms`, which are loaded with their offices, and the titles held `today`."""
    terms = list(terms)
    return {
        **person(at, official),
        **node(
            "Person",
            jobTitle=[term.title_as_held for term in terms if _is_held(term, today)],
            hasOccupation=[_role(term, hasOccupation=node("Occupation", name=term.title_as_held)) for term in terms],
            worksFor=[
                _role(term, roleName=term.title_as_held, worksFor=organisation(at, term.position.office))
                for term in terms
            ],
        ),
    }


def _is_held(term: Appointment, day: date) -> bool:
    return term.held_from <= day and (term.held_until is None or day < term.held_until)


def _role(term: Appointment, **values: Any) -> Node:
    """A relation with its dates, no more exact than they are known."""
    begin = term.held_from.strftime(WRITTEN_AS[Precision(term.from_precision)])
    end = term.held_until.strftime(WRITTEN_AS[Precision(term.until_precision)]) if term.held_until else None
    return node("OrganizationRole" if "worksFor" in values else "Role", startDate=begin, endDate=end, **values)
