"""The list of all news, and what every list of articles has in common."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import structured
from news.facets import Counted, facets_of
from news.feeds.addresses import feed_address
from news.listings import cards_of
from news.models import Article
from news.paging import Page, page_of
from news.queries import PARAMETERS, Filters, public_cards
from offices.links import absolute
from offices.templatetags.dates import short_date

FACET_HEADINGS = {
    "province": gettext_lazy("Provinsi"),
    "office": gettext_lazy("Kantor"),
    "rubric": gettext_lazy("Rubrik"),
    "year": gettext_lazy("Tahun"),
    "tag": gettext_lazy("Tag"),
    "official": gettext_lazy("Pejabat"),
    "event": gettext_lazy("Agenda"),
}
ON_THE_FORM = ("province", "rubric", "date_from", "date_to")


def article_list(request: HttpRequest) -> HttpResponse:
    """All news, narrowed by the filters; 400 with a sentence where a date cannot be understood."""
    filters = Filters.from_query(request.GET)
    articles = filters.apply(public_cards())
    context = {
        **(page := listing(request, articles, kept=filters.as_query())),
        "filters": filter_form(filters),
        "facets": facet_links(Counted.of_list(articles), filters) if page["is_first_page"] else [],
        "feed_url": feed_address(filters),
    }
    return render(request, "news/article_list.html", context, status=400 if filters.problems else 200)


def listing(request: HttpRequest, articles: QuerySet[Article], kept: Mapping[str, str] | None = None) -> dict[str, Any]:
    """One page of `articles` with its links; `kept` are the parameters that narrow the list.

    Robots are asked to index the first page of a list without parameters only.
    """
    page = page_of(articles, request.GET)
    return _context(request, page, page.rows, kept or {})


def listing_of_places(
    request: HttpRequest, places: QuerySet[Any], kept: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The same for places of `news.listings`; one query more."""
    page = page_of(places, request.GET)
    cards = cards_of(page.rows)
    articles = [cards[place.article_id] for place in page.rows if place.article_id in cards]
    return _context(request, page, articles, kept or {})


def _context(request: HttpRequest, page: Page, articles: list[Article], kept: Mapping[str, str]) -> dict[str, Any]:
    path = f"{request.path}?{urlencode(kept)}" if kept else request.path
    return {
        "articles": articles,
        "is_first_page": page.is_first,
        "canonical_url": absolute(request, path) if page.is_first else "",
        "robots": "noindex, follow" if kept or not page.is_first else "",
        "structured": structured.of_list(request, articles),
        **page.links(request.path, kept),
    }


def list_address(filters: Filters) -> str:
    """The list of the articles that `filters` leave."""
    query = urlencode(filters.as_query())
    return f"{reverse('article_list')}?{query}" if query else reverse("article_list")


def filter_form(filters: Filters, path: str = "", kept: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What `_filters.html` shows: choices as (value, label, chosen), and what is chosen as chips.

    `path` is the page that is narrowed, by default the list of all news; it keeps the parameters `kept`.
    """
    chosen, kept = filters.as_query(), kept or {}
    path = path or reverse("article_list")
    hidden = [PARAMETERS[name] for name in PARAMETERS if name not in ON_THE_FORM]
    return {
        "provinces": [(p.code, p.short_name, p == filters.province) for p in filters.choices.provinces],
        "rubrics": [(r.slug, r.name, r == filters.rubric) for r in filters.choices.rubrics],
        "date_from": chosen.get("dari", ""),
        "date_to": chosen.get("sampai", ""),
        "hidden": [*kept.items(), *((parameter, chosen[parameter]) for parameter in hidden if parameter in chosen)],
        "problems": filters.problems,
        "selected": list(_chips(filters, path, kept)),
        "clear_url": _address(path, kept),
    }


def facet_links(
    counted: Counted, filters: Filters, path: str = "", kept: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """What `_facets.html` shows: headings with links that narrow the page at `path`, each with its count."""
    path, more = path or reverse("article_list"), "" if counted.is_whole else "+"
    return [
        {
            "name": facet.name,
            "heading": FACET_HEADINGS[facet.name],
            "links": [
                {
                    "label": _label(facet.name, choice.value),
                    "count": f"{number_format(choice.count, force_grouping=True)}{more}",
                    "url": _address(path, {**(kept or {}), **choice.filters.as_query()}),
                }
                for choice in facet.choices
            ],
        }
        for facet in facets_of(counted, filters)
    ]


def _chips(filters: Filters, path: str, kept: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """What is chosen, each with the address without it."""

    def without(name: str) -> str:
        return _address(path, {**kept, **replace(filters, **{name: None}).as_query()})

    for name in PARAMETERS:
        if getattr(filters, name):
            yield {"label": label_of(filters, name), "remove_url": without(name)}


def _address(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def label_of(filters: Filters, name: str) -> str:
    """What is chosen under `name`, in a reader's words."""
    value = getattr(filters, name)
    if name == "date_from":
        return _("Sejak %(day)s") % {"day": short_date(value, None)}
    if name == "date_to":
        return _("Sampai %(day)s") % {"day": short_date(value, None)}
    return _label(name, value)


def _label(name: str, value: Any) -> str:
    return value.short_name if name == "province" else str(value)
