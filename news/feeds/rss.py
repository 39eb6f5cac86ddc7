"""A feed as RSS 2.0, with Dublin Core for names and Media RSS for pictures."""

from typing import Any

from django.utils.feedgenerator import Enclosure, Rss201rev2Feed, rfc3339_date
from django.utils.html import escape

from news.feeds.entries import Entry, Feed
from news.feeds.media import MEDIA, add_picture

CONTENT_TYPE = Rss201rev2Feed.content_type


class Rss(Rss201rev2Feed):
    """Django's RSS with what it has no word for; `feed["told"]` and `item["told"]` are ours."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:dc": "http://purl.org/dc/elements/1.1/", "xmlns:media": MEDIA}

    def latest_post_date(self):
        return self.feed["told"].updated

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for hub in self.feed["told"].hubs:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": hub})

    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["told"]
        for name in filter(None, (entry.office, entry.writer)):
            handler.addQuickElement("dc:creator", name)
        if entry.source:
            handler.addQuickElement("dc:source", entry.source)
        for category in entry.categories:
            handler.addQuickElement("category", category.term, {"domain": category.scheme})
        handler.addQuickElement("atom:updated", rfc3339_date(entry.updated))
        if entry.picture:
            add_picture(handler, entry.picture)


def written(feed: Feed) -> str:
    """The document. A description is HTML in RSS, so the text is escaped once more than XML asks for."""
    rss = Rss(feed.title, feed.page, feed.subtitle, language=feed.language, feed_url=feed.address, told=feed)
    for entry in feed.entries:
        picture = entry.picture
        rss.add_item(
            title=entry.title,
            link=entry.link,
            description=escape(entry.summary),
            pubdate=entry.published,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            enclosures=[Enclosure(picture.url, str(picture.bytes), picture.type)] if picture else [],
            told=entry,
        )
    return rss.writeString("utf-8")
