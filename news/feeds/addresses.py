"""The one address of each feed: whatever parameters led to it, it names itself in one way."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from news.queries import Filters

RSS, ATOM, JSON = "rss", "atom", "json"
FORMS = {RSS: "RSS 2.0", ATOM: "Atom", JSON: "JSON Feed"}
"""The forms by the value of `format` in an address, with the names that readers of feeds know them by."""

NAMED: dict[str, tuple[str, Callable[[Any], list[Any]]]] = {
    "province": ("region_feed", lambda region: [region.code]),
    "office": ("office_feed", lambda office: [office.slug]),
    "rubric": ("rubric_feed", lambda rubric: [rubric.slug]),
    "tag": ("tag_feed", lambda tag: [tag.slug]),
    "event": ("event_feed", lambda event: [event.year, event.slug]),
    "official": ("official_feed", lambda official: [official.slug]),
}
"""What has a feed under its own name: the name of the address and its arguments."""


def feed_address(filters: Filters, form: str = RSS) -> str:
    """The path and query of the feed of what `filters` leave."""
    query = filters.as_query()
    chosen = [name for name in NAMED if getattr(filters, name)]
    if len(chosen) == len(query) == 1:
        name, arguments = NAMED[chosen[0]]
        return in_form(reverse(name, args=arguments(getattr(filters, chosen[0]))), form)
    if not query:
        return in_form(reverse("feed"), form)
    return in_form(f"{reverse('article_feed')}?{urlencode(query)}", form)


def in_form(address: str, form: str) -> str:
    """`address`, the one of a feed as RSS, in another form."""
    if form == RSS:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'format': form})}"
