"""What the pages of rubrics and tags share: their years, and the news of one of them."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from news.models import Rubric, Tag
from news.queries import YEARS, Filters
from news.years import years_of


def topic_context(topic: Rubric | Tag, rows: QuerySet[Any], year: int | None) -> dict[str, Any]:
    """The years of the topic's `rows`, each with its page; 404 where `year` has no news."""
    years = years_of(rows)
    if year and year not in [found.number for found in years]:
        raise Http404
    return {
        "topic": topic,
        "year": str(year or ""),
        "years": [(str(found.number), found.count_label, topic_address(topic, found.number)) for found in years],
        "crumbs": [(topic.name, topic_address(topic))] if year else [],
    }


def in_year(filters: Filters, year: int | None) -> Filters:
    """`filters`, narrowed to the local days of `year` where there is one; 404 for a year of no use."""
    if year is None:
        return filters
    if year not in YEARS:
        raise Http404
    return replace(filters, date_from=date(year, 1, 1), date_to=date(year, 12, 31))


def topic_address(topic: Rubric | Tag, year: int | None = None) -> str:
    """The page of the topic, or of one year of it."""
    return f"{topic.get_absolute_url()}{year}/" if year else topic.get_absolute_url()
