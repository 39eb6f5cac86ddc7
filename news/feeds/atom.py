"""A feed as Atom (RFC 4287), with Dublin Core for sources and Media RSS for pictures."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed, Enclosure

from news.feeds.entries import Entry, Feed
from news.feeds.media import MEDIA, add_picture

CONTENT_TYPE = Atom1Feed.content_type


class Atom(Atom1Feed):
    """Django's Atom with what it has no word for; `feed["told"]` and `item["told"]` are ours."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:dc": "http://purl.org/dc/elements/1.1/", "xmlns:media": MEDIA}

    def latest_post_date(self):
        return self.feed["told"].updated

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for hub in self.feed["told"].hubs:
            handler.addQuickElement("link", "", {"rel": "hub", "href": hub})
        handler.addQuickElement("icon", self.feed["told"].icon)

    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["told"]
        handler.addQuickElement("summary", entry.summary, {"type": "text"})
        _add_author(handler, entry.office, entry.office_link)
        if entry.writer:
            _add_author(handler, entry.writer)
        for category in entry.categories:
            handler.addQuickElement("category", "", {"term": category.term, "scheme": category.scheme})
        if entry.source:
            handler.addQuickElement("dc:source", entry.source)
        if entry.picture:
            add_picture(handler, entry.picture)


def _add_author(handler: Any, name: str, link: str = "") -> None:
    handler.startElement("author", {})
    handler.addQuickElement("name", name)
    if link:
        handler.addQuickElement("uri", link)
    handler.endElement("author")


def written(feed: Feed) -> str:
    """The document; its id is its own address."""
    atom = Atom(
        feed.title,
        feed.page,
        None,
        subtitle=feed.subtitle,
        language=feed.language,
        feed_url=feed.address,
        feed_guid=feed.address,
        told=feed,
    )
    for entry in feed.entries:
        picture = entry.picture
        atom.add_item(
            title=entry.title,
            link=entry.link,
            description=None,
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=entry.id,
            enclosures=[Enclosure(picture.url, str(picture.bytes), picture.type)] if picture else [],
            told=entry,
        )
    return atom.writeString("utf-8")
