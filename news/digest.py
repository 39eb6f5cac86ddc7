"""The fingerprint of an edition's content, to which an approval is bound."""

import hashlib
import json
from typing import Any

from news.html import clean_body
from news.models import Edition

DIGEST_VERSION = 2
PLAIN_FIELDS = ("headline", "deck", "dateline_place", "byline", "source", "correction", "correction_note")
PHOTO_FIELDS = ("photo_id", "position", "caption", "credit", "alt", "focal_x", "focal_y")
ATTACHMENT_FIELDS = ("attachment_id", "position", "title")
QUOTE_FIELDS = ("number", "kind", "text", "speaker_id", "attribution")


def content_of(edition: Edition, version: int = DIGEST_VERSION) -> dict[str, Any]:
    """The stored, cleaned values that make up the content, in canonical order; reads six small tables.

    Version 1 knew no attachments: of an edition without any it says what it always said.
    """
    attachments = list(edition.attachments.order_by("position", "pk").values_list(*ATTACHMENT_FIELDS))
    later = {"attachments": attachments} if version > 1 or attachments else {}
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
        **later,
    }


def digest_of(edition: Edition, version: int = DIGEST_VERSION) -> str:
    """`<digest version>:<SHA-256 in hex>` of the canonical JSON of `content_of(edition, version)`."""
    return fingerprint(content_of(edition, version), version)


def fingerprint(content: dict[str, Any], version: int = DIGEST_VERSION) -> str:
    """The digest of content that `content_of` has read, or that an importer has put together as it would."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{version}:{hashlib.sha256(canonical.encode()).hexdigest()}"


def is_digest_of(digest: str, edition: Edition) -> bool:
    """Whether `digest`, of whatever version it carries, is that of the content `edition` has now."""
    version = digest.partition(":")[0]
    known = version.isascii() and version.isdigit() and 0 < int(version) <= DIGEST_VERSION
    return known and digest == digest_of(edition, int(version))
