"""The picture that a link to a page brings along elsewhere: its address, its size, and what it shows in words."""

from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from news.images import SHARE_SIZE, share_size
from news.models import Edition, EditionPhoto, Event
from news.sharecards import digest_of, of_event, of_office, of_official
from offices.links import absolute
from offices.models import Appointment, Office, Official

LENGTH_OF_VERSION = 8


@dataclass(frozen=True)
class SharePicture:
    """An absolute address, px as text that no template localises, and words for who does not see it."""

    url: str
    width: str
    height: str
    alt: str


def of_article(request: HttpRequest, edition: Edition, photos: list[EditionPhoto]) -> SharePicture | None:
    """The card, once it is drawn; until then the lead photo; None without either. The edition has its card loaded."""
    card = getattr(edition, "card", None)
    if card and card.sha256:
        path = f"{edition.article.get_absolute_url()}kartu.jpg"
        return _card(request, path, card.sha256, f"{edition.headline} — {edition.article.office.full_name}")
    return _crop(request, photos[0]) if photos else None


def _crop(request: HttpRequest, row: EditionPhoto) -> SharePicture:
    width, height = share_size(row.photo.width, row.photo.height)
    return SharePicture(absolute(request, default_storage.url(row.share_name())), str(width), str(height), row.alt)


def of_office_page(request: HttpRequest, office: Office) -> SharePicture:
    """The card of an office, loaded with its region's parent."""
    path = reverse("office_card", args=[office.slug])
    return _card(request, path, digest_of(of_office(office)), office.full_name)


def of_event_page(request: HttpRequest, event: Event) -> SharePicture:
    """The card of an event, loaded `for_cards`."""
    path = reverse("event_card", args=[event.year, event.slug])
    return _card(request, path, digest_of(of_event(event)), f"{event.title}, {event.time_label}")


def of_official_page(request: HttpRequest, official: Official, term: Appointment) -> SharePicture:
    """The card of an official, with the term that stands first on the page."""
    path = reverse("official_card", args=[official.slug])
    return _card(request, path, digest_of(of_official(official, term)), f"{official.name}, {term.title_as_held}")


def of_any_page(request: HttpRequest) -> SharePicture:
    """The portal's own card."""
    return _card(request, reverse("site_card"), "", _("Peta Indonesia dan nama portal ini"))


def _card(request: HttpRequest, path: str, digest: str, alt: str) -> SharePicture:
    """A card's address changes with its content, for whoever shows links keeps pictures by their address."""
    version = f"?{urlencode({'v': digest[:LENGTH_OF_VERSION]})}" if digest else ""
    wide, high = SHARE_SIZE
    return SharePicture(absolute(request, f"{path}{version}"), str(wide), str(high), alt)
