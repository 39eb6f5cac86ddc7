"""Articles as the API writes them, alone or many at once, from rows that are loaded already."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import F, Prefetch, QuerySet
from django.urls import reverse

from news.attachments import public_address
from news.changelog import Version, versions_among
from news.html import plain_text
from news.models import Article, Edition, EditionAttachment, EditionPhoto, Mention, Quote
from news.queries import public_headlines
from news.related.choosing import inline_ids
from news.related.page import Neighbours
from news.rendering import render_body
from offices.models import Appointment
from portal.api.places import At, Row, office_ref, official_ref, region_ref

LOCAL_LINK = re.compile(r'(?<=\s)(href|src)="(?=/(?!/))')
ENDS_A_PARAGRAPH = re.compile(r"</(?:p|h[1-6]|li|figcaption)>")
READ_ALSO = re.compile(r"<aside\b.*?</aside>", re.DOTALL)
LOOSE_LINES = re.compile(r"\s*\n\s*")
BEFORE_A_COMMA = re.compile(r" +(?=[,.;:!?])")


def full_editions(articles: QuerySet[Article]) -> dict[int, Edition]:
    """By article, the live editions of those of `articles` that are public, with all that `article_row` needs.

    Seven queries and one for the articles they point to, however many there are.
    """
    live = Edition.objects.with_content().filter(
        article__in=articles.published().order_by().values("pk"), pk=F("article__live_edition")
    )
    published = Edition.objects.filter(published_at__isnull=False).order_by("number")
    rows = live.select_related("article__office__region", "article__rubric").prefetch_related(
        Prefetch("attachments", EditionAttachment.objects.select_related("attachment")),
        Prefetch(
            "article__editions",
            published.only("article", "number", "published_at", "correction", "correction_note"),
            to_attr="published_editions",
        ),
    )
    return {edition.article_id: edition for edition in rows}


def pointed_to(editions: Iterable[Edition]) -> dict[int, Article]:
    """The public articles that "Baca juga" blocks of `editions` lead to; no query where there are none."""
    wanted = {pk for edition in editions for pk in inline_ids(edition)}
    return {article.pk: article for article in public_headlines().filter(pk__in=wanted)} if wanted else {}


def summary_row(article: Article, at: At) -> Row:
    """What a card tells of a public article, loaded `for_cards()`."""
    return _summary(article, article.live_edition, article.lead, at)


def article_row(edition: Edition, pointed: dict[int, Article], at: At) -> Row:
    """All that a reader is told, from an edition as `full_editions` loads it."""
    photos = list(edition.photos.all())
    html = for_elsewhere(render_body(edition, Neighbours(inline=pointed)), at)
    versions = versions_among(edition, edition.article.published_editions)
    return _summary(edition.article, edition, photos[0] if photos else None, at) | {
        "dateline_place": edition.dateline_place,
        "dateline_on": edition.dateline_on,
        "byline": edition.byline,
        "source": edition.source,
        "body_html": html,
        "body_text": paragraphs_of(html),
        "photos": [photo_row(row, at) for row in photos],
        "documents": [_document(row, at) for row in edition.attachments.all()],
        "quotes": [_quote(quote, at) for quote in edition.quotes.all()],
        "officials": [_mention(mention, at) for mention in edition.mentions.all() if mention.appointment],
        "event": event_ref(edition.event, at) if edition.event and edition.event.is_public else None,
        "tags": [topic_ref(row.tag, at) for row in edition.tagged.all()],
        "corrections": [_version(version) for version in versions if version.is_correction],
        "versions": [_version(version) for version in versions],
    }


def _summary(article: Article, edition: Edition, lead: EditionPhoto | None, at: At) -> Row:
    return {
        "id": article.pk,
        "url": at(article.get_absolute_url()),
        "data_url": at(reverse("api:article_detail", args=[article.pk])),
        "headline": edition.headline,
        "deck": edition.deck,
        "published_at": article.first_published_at,
        "published_on": article.published_on,
        "updated_at": article.updated_at,
        "changed_at": article.changed_at,
        "office": office_ref(article.office, at),
        "region": region_ref(article.office.region, at),
        "rubric": topic_ref(article.rubric, at),
        "lead": photo_row(lead, at) if lead else None,
    }


def photo_row(row: EditionPhoto, at: At) -> Row:
    """A photo with its words of this edition and the sizes it is served in."""
    photo = row.photo
    sizes = [(width, max(1, round(photo.height * width / photo.width))) for width in photo.widths]
    return {
        "caption": row.caption,
        "credit": row.credit,
        "alt": row.alt,
        "focal_x": row.focal_x,
        "focal_y": row.focal_y,
        "renditions": [
            {
                "url": at(default_storage.url(photo.rendition_name(width))),
                "media_type": "image/webp",
                "width": width,
                "height": height,
            }
            for width, height in sizes
        ],
    }


def event_ref(event: Any, at: At) -> Row:
    return {"year": event.year, "slug": event.slug, "title": event.title, "url": at(event.get_absolute_url())}


def topic_ref(topic: Any, at: At) -> Row:
    """A tag or a rubric."""
    return {"slug": topic.slug, "name": topic.name, "url": at(topic.get_absolute_url())}


def paragraphs_of(html: str) -> str:
    """The words of `html` without its "Baca juga", its paragraphs separated by an empty line."""
    found = (plain_text(piece) for piece in ENDS_A_PARAGRAPH.split(READ_ALSO.sub("", html)))
    return "\n\n".join(BEFORE_A_COMMA.sub("", words) for words in found if words)


def for_elsewhere(html: str, at: At) -> str:
    """`html` with our own addresses in full, for they will be read elsewhere, and without loose lines."""
    base = at("/").rstrip("/")
    return LOCAL_LINK.sub(lambda match: f'{match[1]}="{base}', LOOSE_LINES.sub("\n", html))


def _document(row: EditionAttachment, at: At) -> Row:
    attachment = row.attachment
    return {
        "title": row.title,
        "url": at(public_address(attachment)),
        "media_type": "application/pdf",
        "size": attachment.size,
        "pages": attachment.pages,
    }


def _quote(quote: Quote, at: At) -> Row:
    return {
        "number": quote.number,
        "kind": quote.kind,
        "text": quote.text,
        "speaker": _as_held(quote.speaker, at) if quote.speaker else None,
        "attribution": quote.attribution,
    }


def _mention(mention: Mention, at: At) -> Row:
    return {"official": official_ref(mention.official, at), "title": mention.title_as_held, "place": mention.place}


def _as_held(term: Appointment, at: At) -> Row:
    return {
        "official": official_ref(term.official, at),
        "title": term.title_as_held,
        "place": term.position.office.region.name,
    }


def _version(version: Version) -> Row:
    return {"number": version.number, "published_at": version.at, "kind": version.kind, "note": version.note}
