"""The national front page: the map, the newest, the most read, some news of every group of islands, the next events."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from news import agenda
from news.archive import last_day
from news.maps import atlas, offices_that_published_since
from news.models import Article
from news.queries import output_since, public_cards
from news.reads import most_read
from offices.freshness import keep_until
from offices.links import absolute
from offices.models import Region
from offices.structured import website

LATEST = 8
PER_ISLAND = 3
MOST_POPULAR = 6
MOST_EVENTS = 4
PERIOD = timedelta(days=7)


@dataclass(frozen=True)
class Island:
    """A group of islands with its provinces and its newest articles."""

    name: str
    provinces: list[Region]
    articles: list[Article]


def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    provinces = list(_with_newest())
    context = {
        **_index(provinces),
        **_news(provinces),
        "events": agenda.with_tones(agenda.upcoming(now)[:MOST_EVENTS]),
        "canonical_url": absolute(request, reverse("home")),
        "structured": [website(partial(absolute, request))],
    }
    keep_until(request, *agenda.turning_points(context["events"]))
    return render(request, "portal/home.html", context)


def _index(provinces: list[Region]) -> dict[str, Any]:
    """The map of the last seven days."""
    today = timezone.localdate()
    counts = output_since(today - PERIOD + timedelta(days=1))
    dots = offices_that_published_since(today)
    return {
        "map": atlas(provinces, counts, period=_("7 hari terakhir"), dots=dots),
        "total_recent": sum(counts.values()),
    }


def _news(provinces: list[Region]) -> dict[str, Any]:
    """The lead, the latest, the most read and a few from each group of islands, all loaded in two queries."""
    latest = _places(Article.objects.published().newest_first()[: LATEST + 1])
    popular = most_read(last_day(), 2 * MOST_POPULAR)
    islands = _by_island(provinces, set(latest))
    wanted = {*latest, *popular, *(key for keys in islands.values() for key in keys)}
    cards = {article.pk: article for article in public_cards().filter(pk__in=wanted)}
    front = [cards[key] for key in latest if key in cards]
    lead = next((article for article in front if article.lead), front[0] if front else None)
    return {
        "lead": lead,
        "latest": [article for article in front if article != lead],
        "popular": [cards[key] for key in popular if key in cards][:MOST_POPULAR],
        "islands": [
            Island(name, [p for p in provinces if p.island_group == name], [cards[k] for k in keys if k in cards])
            for name, keys in islands.items()
            if keys
        ],
    }


def _with_newest() -> QuerySet[Region]:
    """The provinces from west to east, each with the keys of its newest articles: three steps in an index each."""
    here = Article.objects.published().newest_first().filter(province=OuterRef("pk")).values("pk")
    newest = {f"newest_{n}": Subquery(here[n : n + 1]) for n in range(PER_ISLAND)}
    return Region.objects.filter(level=Region.Level.PROVINCE).annotate(**newest).order_by("code")


def _by_island(provinces: Iterable[Region], shown: set[int]) -> dict[str, list[int]]:
    """By group of islands, the keys of its newest articles; those on the page already come last."""
    candidates: dict[str, list[int]] = defaultdict(list)
    for province in provinces:
        keys = (getattr(province, f"newest_{n}") for n in range(PER_ISLAND))
        candidates[province.island_group] += [key for key in keys if key]
    places = _places(Article.objects.filter(pk__in=[key for keys in candidates.values() for key in keys]))
    return {
        island: sorted(keys, key=lambda key: (key not in shown, places[key], key), reverse=True)[:PER_ISLAND]
        for island, keys in candidates.items()
    }


def _places(articles: QuerySet[Article]) -> dict[int, datetime]:
    """When each of `articles` was first published, by key, in their order."""
    return dict(articles.values_list("pk", "first_published_at"))
