"""What a feed says, whatever its form: who tells what, when, with which picture, and under which address."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from news.models import Article, EditionPhoto, TaggedEdition
from news.queries import Filters, public_cards
from news.xmltext import carried
from offices.links import absolute

BEFORE_EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed changed in which nothing ever stood."""
A_WEEK = 7 * 24 * 3_600
WIDEST = 1_280
TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}


@dataclass(frozen=True)
class Picture:
    """The lead photo as a file: its address, size in bytes and pixels, and whose it is."""

    url: str
    bytes: int
    type: str
    width: int
    height: int
    caption: str
    credit: str
    alt: str


@dataclass(frozen=True)
class Category:
    """A word that an article is sorted by; `scheme` is the address under which such words stand."""

    term: str
    scheme: str


@dataclass(frozen=True)
class Entry:
    """One article; `writer` and `source` are empty where nobody is named."""

    id: str
    title: str
    link: str
    summary: str
    published: datetime
    updated: datetime
    office: str
    office_link: str
    writer: str
    source: str
    categories: list[Category]
    picture: Picture | None


@dataclass(frozen=True)
class Feed:
    """A feed at `address`, in the form it is asked for; `page` shows the same articles to people."""

    title: str
    subtitle: str
    language: str
    address: str
    page: str
    icon: str
    hubs: list[str]
    entries: list[Entry]

    @property
    def updated(self) -> datetime:
        """When the last of the articles changed."""
        return max((entry.updated for entry in self.entries), default=BEFORE_EVERYTHING)


def newest(filters: Filters, most: int) -> QuerySet[Article]:
    """At most so many of the articles that `filters` leave, newest first, with what a feed says; in three queries."""
    tags = TaggedEdition.objects.select_related("tag").order_by("tag__name")
    rows = public_cards().prefetch_related(Prefetch("live_edition__tagged", tags, to_attr="tag_rows"))
    return filters.apply(rows)[:most]


def entry_of(request: HttpRequest, article: Article) -> Entry:
    """What a feed says of `article`, loaded by `newest()`."""
    edition, office = article.live_edition, article.office
    link = absolute(request, article.get_absolute_url())
    return Entry(
        id=f"tag:{urlsplit(link).hostname},{article.published_on:%Y-%m-%d}:artikel/{article.pk}",
        title=carried(edition.headline),
        link=link,
        summary=carried(edition.deck or edition.headline),
        published=article.first_published_at,
        updated=article.updated_at,
        office=carried(_("%(office)s, %(region)s") % {"office": office.official_name, "region": office.region.name}),
        office_link=absolute(request, office.get_absolute_url()),
        writer=carried(edition.byline),
        source=carried(edition.source),
        categories=_categories(request, article),
        picture=_picture(request, article.lead) if article.lead else None,
    )


def _categories(request: HttpRequest, article: Article) -> list[Category]:
    rubric = Category(carried(article.rubric.name), absolute(request, "/rubrik/"))
    tags = [Category(carried(row.tag.name), absolute(request, "/tag/")) for row in article.live_edition.tag_rows]
    return [rubric, *tags, Category(article.office.region.name, absolute(request, reverse("region_list")))]


def _picture(request: HttpRequest, row: EditionPhoto) -> Picture | None:
    """As JPEG, which every reader shows, once it is made; None while the file is not there yet."""
    photo = row.photo
    kind, width = ("jpg", photo.jpeg_width) if photo.jpeg_width else ("webp", photo.width_for(WIDEST))
    name = photo.rendition_name(width, kind)
    size = _size_of(name)
    if not size:
        return None
    return Picture(
        url=absolute(request, default_storage.url(name)),
        bytes=size,
        type=TYPES[kind],
        width=width,
        height=max(1, round(photo.height * width / photo.width)),
        caption=carried(row.caption),
        credit=carried(row.credit),
        alt=carried(row.alt),
    )


def _size_of(name: str) -> int | None:
    """How many bytes the public file has, asked once: a file never changes under its name."""
    key = f"bytes:{name}"
    size = cache.get(key)
    if size is None:
        try:
            size = default_storage.size(name)
        except OSError:
            return None
        cache.set(key, size, A_WEEK)
    return size
