"""A picture in the words of Media RSS, which RSS and Atom share."""

from typing import Any

from news.feeds.entries import Picture

MEDIA = "http://search.yahoo.com/mrss/"


def add_picture(handler: Any, picture: Picture) -> None:
    """Write the picture with its size, its words and whose it is."""
    size = {"fileSize": str(picture.bytes), "width": str(picture.width), "height": str(picture.height)}
    handler.startElement("media:content", {"url": picture.url, "type": picture.type, "medium": "image", **size})
    if picture.caption:
        handler.addQuickElement("media:description", picture.caption, {"type": "plain"})
    if picture.credit:
        handler.addQuickElement("media:credit", picture.credit)
    handler.endElement("media:content")
