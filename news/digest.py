"""The fingerprint of an edition's content, to which an approval is bound."""

import hashlib
import json
from typing import Any

from news.html import clean_body
from news.models import Edition

DIGEST_VERSION = 1
PLAIN_FIELDS = ("headline", "deck", "dateline_place", "byline", "source", "correction", "correction_note")
PHOTO_FIELDS = ("photo_id", "position", "caption", "credit", "alt", "focal_x", "focal_y")
QUOTE_FIELDS = ("number", "kind", "text", "speaker_id", "attribution")


def content_of(edition: Edition) -> dict[str, Any]:
    """The stored, cleaned values that make up the content, in canonical order; reads five small tables."""
    return {
        **{name: getattr(edition, name) for name in PLAIN_FIELDS},
        "dateline_on": edition.dateline_on.isoformat() if edition.dateline_on else None,
        "body": clean_body(edition.body),
        "rubric": edition.rubric_id,
        "event": edition.event_id,
        "tags": sorted(edition.tagged.values_list("tag__name", flat=True)),
        "photos": list(edition.photos.order_by("position", "pk").values_list(*PHOTO_FIELDS)),
        "mentions": sorted(edition.mentions.values_list("official_id", "appointment_id"), key=str),
        "quotes": list(edition.quotes.order_by("number").values_list(*QUOTE_FIELDS)),
        "picks": list(edition.picks.order_by("position", "pk").values_list("article_id", flat=True)),
    }


def digest_of(edition: Edition) -> str:
    """`<digest version>:<SHA-256 in hex>` of the canonical JSON of `content_of(edition)`."""
    canonical = json.dumps(content_of(edition), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{DIGEST_VERSION}:{hashlib.sha256(canonical.encode()).hexdigest()}"
