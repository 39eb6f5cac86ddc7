"""What machines read on the pages of the main floor, as schema.org has it: articles, events and lists."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from html import unescape
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from news.images import share_size
from news.models import Article, Edition, EditionPhoto, Event, EventTransition
from news.models.events import ANNOUNCED, EventState
from news.social import SharePicture
from offices.links import absolute
from offices.models import Appointment, Office, Official, Region
from offices.structured import (
    At,
    Node,
    area,
    breadcrumbs,
    node,
    office_node,
    official_node,
    organisation,
    person,
)

STATUSES = {
    EventState.PUBLISHED: "EventScheduled",
    EventState.POSTPONED: "EventPostponed",
    EventState.CANCELLED: "EventCancelled",
}
MOST_IN_A_LIST = 20


def addresses_of(request: HttpRequest) -> At:
    """What turns a path into an absolute address."""
    return partial(absolute, request)


def of_article(request: HttpRequest, page: Mapping[str, Any]) -> list[Node]:
    """The article whose page has the context `page`, and the way to it."""
    at, article = addresses_of(request), page["article"]
    here = (page["edition"].headline, article.get_absolute_url())
    return [_article(at, page), breadcrumbs(at, [*page["crumbs"], here])]


def _article(at: At, page: Mapping[str, Any]) -> Node:
    edition, article, office = page["edition"], page["article"], page["office"]
    address, event = at(article.get_absolute_url()), page["event"]
    return node(
        "NewsArticle",
        **{"@id": f"{address}#artikel"},
        mainEntityOfPage=node("WebPage", **{"@id": address}),
        url=address,
        headline=edition.headline,
        description=edition.deck,
        dateline=edition.dateline_place,
        datePublished=_moment(page["published_at"], office.region),
        dateModified=_moment(page["updated_at"] or page["published_at"], office.region),
        inLanguage=settings.LANGUAGE_CODE,
        isAccessibleForFree=True,
        author=_author(at, edition, office),
        publisher=organisation(at, office),
        image=[image for row in page["photos"] for image in _images(at, row)] or _drawn(page["share_image"]),
        articleSection=article.rubric.name if article.rubric else None,
        keywords=[tag.name for tag in page["tags"]],
        about=event_node(at, event) if event else None,
        mentions=[person(at, m.official, m.appointment) for m in page["mentions"]],
        contentLocation=area(office.region),
        correction=[_correction(version, office.region) for version in page["corrections"]],
    )


def _moment(moment: datetime, place: Any) -> str:
    """On the clock of the place, with its offset."""
    return moment.astimezone(place.zone).isoformat(timespec="seconds")


def _author(at: At, edition: Edition, office: Any) -> Node:
    """Whoever is named as the writer, at the office; else the office itself."""
    here = organisation(at, office)
    return node("Person", name=edition.byline, worksFor=here) if edition.byline else here


def _images(at: At, row: EditionPhoto) -> Iterator[Node]:
    """The widest rendition of a photo; of the lead, which stands first, also the crop for links."""
    photo, words = row.photo, {"caption": row.caption, "creditText": row.credit}
    width = photo.widths[-1]
    height = max(1, round(photo.height * width / photo.width))
    yield node(
        "ImageObject", url=at(default_storage.url(photo.rendition_name(width))), width=width, height=height, **words
    )
    if row.position == 0:
        width, height = share_size(photo.width, photo.height)
        yield node("ImageObject", url=at(default_storage.url(row.share_name())), width=width, height=height, **words)


def _drawn(card: SharePicture | None) -> list[Node]:
    """The card for links, for an article without a photo."""
    return [node("ImageObject", url=card.url, width=int(card.width), height=int(card.height))] if card else []


def _correction(version: Any, place: Any) -> Node:
    return node("CorrectionComment", text=version.note or version.kind_label, datePublished=_moment(version.at, place))


def of_event(request: HttpRequest, event: Event, announced: Iterable[EventTransition] = ()) -> list[Node]:
    """The event, loaded `for_cards`, with what `announced`, its public steps in their order, say of former dates."""
    return [event_node(addresses_of(request), event, announced)]


def event_node(at: At, event: Event, announced: Iterable[EventTransition] = ()) -> Node:
    """The event; moved to other dates, it says so and when it was planned before."""
    planned = dict.fromkeys(step.starts_at for step in announced if step.target in ANNOUNCED)
    before = [moment for moment in planned if moment != event.starts_at]
    status = STATUSES[EventState(event.state)]
    is_moved = bool(before) and event.state == EventState.PUBLISHED
    return node(
        "Event",
        **{"@id": at(event.get_absolute_url())},
        name=event.title,
        url=at(event.get_absolute_url()),
        startDate=_moment(event.starts_at, event),
        endDate=_moment(event.ends_at, event),
        eventStatus=f"https://schema.org/{'EventRescheduled' if is_moved else status}",
        previousStartDate=_moment(before[-1], event) if is_moved else None,
        eventAttendanceMode="https://schema.org/OfflineEventAttendanceMode",
        location=node("Place", name=event.place, address=event.place),
        organizer=organisation(at, event.organiser),
        superEvent=node("EventSeries", name=event.series.name) if event.series else None,
        description=_summary(event),
    )


def _summary(event: Event) -> str:
    """The description as plain text; a card has not loaded it, and goes without."""
    loaded = "description" not in event.get_deferred_fields()
    return " ".join(unescape(strip_tags(event.description)).split()) if loaded else ""


def of_office(request: HttpRequest, office: Office) -> list[Node]:
    """The office, loaded with its region's parent and its accounts, and the way to it."""
    at = addresses_of(request)
    crumbs = [(_("Kantor"), reverse("office_list")), (office.full_name, office.get_absolute_url())]
    return [office_node(at, office), breadcrumbs(at, crumbs)]


def of_official(request: HttpRequest, official: Official, terms: Iterable[Appointment]) -> list[Node]:
    """The official with all `terms`, loaded with their offices, and the way through the office of the latest."""
    at, terms = addresses_of(request), list(terms)
    office = terms[0].position.office if terms else None
    crumbs = [(office.full_name, office.get_absolute_url())] if office else []
    return [
        official_node(at, official, terms, timezone.localdate()),
        breadcrumbs(at, [*crumbs, (official.name, official.get_absolute_url())]),
    ]


def of_region(request: HttpRequest, region: Region) -> list[Node]:
    """The region, loaded with its parent, and the way to it through its province."""
    at, above = addresses_of(request), region.parent
    province = [(above.name, above.get_absolute_url())] if above and above.is_province else []
    crumbs = [(_("Wilayah"), reverse("region_list")), *province, (region.name, region.get_absolute_url())]
    return [{**area(region), "url": at(region.get_absolute_url())}, breadcrumbs(at, crumbs)]


def of_list(request: HttpRequest, articles: Iterable[Article]) -> list[Node]:
    """The articles of a page, in their order."""
    at = addresses_of(request)
    items = [
        node("ListItem", position=n, url=at(article.get_absolute_url()), name=article.headline)
        for n, article in enumerate(articles, start=1)
    ]
    return [node("ItemList", itemListElement=items)] if items else []
