"""The newsroom's pages for articles, events, photos and the words they are sorted by."""

from news.admin import articles, events, photos, rubrics, tags, trail

__all__ = ["articles", "events", "photos", "rubrics", "tags", "trail"]
