"""The newsroom's pages for articles, events, staff, photos and the words they are sorted by."""

from news.admin import (
    announcements,
    articles,
    attachments,
    demands,
    events,
    handover,
    mail,
    photos,
    pings,
    rubrics,
    tags,
    trail,
)

__all__ = [
    "announcements",
    "articles",
    "attachments",
    "demands",
    "events",
    "handover",
    "mail",
    "photos",
    "pings",
    "rubrics",
    "tags",
    "trail",
]
