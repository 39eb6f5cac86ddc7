"""A feed as JSON Feed 1.1."""

import json
from typing import Any

from django.utils.feedgenerator import rfc3339_date

from news.feeds.entries import Entry, Feed

CONTENT_TYPE = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


def written(feed: Feed) -> str:
    """The document."""
    document = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "description": feed.subtitle,
        "language": feed.language,
        "icon": feed.icon,
        "hubs": [{"type": "WebSub", "url": hub} for hub in feed.hubs],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(
        {name: value for name, value in document.items() if value != [] or name == "items"}, ensure_ascii=False
    )


def _item(entry: Entry) -> dict[str, Any]:
    """What stands in no other form of the feed has to stand here in an extension, an object of its own."""
    writer = [{"name": entry.writer}] if entry.writer else []
    item = {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "summary": entry.summary,
        "content_text": entry.summary,
        "date_published": rfc3339_date(entry.published),
        "date_modified": rfc3339_date(entry.updated),
        "authors": [{"name": entry.office, "url": entry.office_link}, *writer],
        "tags": [category.term for category in entry.categories],
    }
    return {**item, **_picture(entry), **({"_sumber": {"name": entry.source}} if entry.source else {})}


def _picture(entry: Entry) -> dict[str, Any]:
    picture = entry.picture
    if picture is None:
        return {}
    title = " ".join(filter(None, (picture.caption, picture.credit)))
    attached = {"url": picture.url, "mime_type": picture.type, "size_in_bytes": picture.bytes, "title": title}
    return {"image": picture.url, "attachments": [attached]}
