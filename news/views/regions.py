"""Regions: the map and list of all of them, and the news of one."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from news import structured
from news.feeds.addresses import feed_address
from news.maps import atlas
from news.models import Article
from news.queries import Choices, Filters, output_since, public_cards, public_headlines
from news.views.lists import listing
from offices.links import absolute
from offices.maps import shape_of
from offices.models import Region

PERIOD = timedelta(days=30)


def region_list(request: HttpRequest) -> HttpResponse:
    """The provinces by group of islands, with what they published in the last 30 days."""
    provinces = Choices().provinces
    counts = output_since(timezone.localdate() - PERIOD + timedelta(days=1))
    rows = [{"region": province, "count": counts.get(province.code, 0)} for province in provinces]
    context = {
        "map": atlas(provinces, counts, period=_("30 hari terakhir")),
        "islands": [(island, list(group)) for island, group in groupby(rows, lambda row: row["region"].island_group)],
        "total_recent": sum(counts.values()),
        "canonical_url": absolute(request, reverse("region_list")),
    }
    return render(request, "news/region_list.html", context)


def region_detail(request: HttpRequest, code: str) -> HttpResponse:
    """A region with those below it, or those it stands among; a province shows the news of all its regions."""
    region = get_object_or_404(Region.objects.select_related("parent", "office"), code=code)
    context = {**_news_of(request, region), **_about(region), "structured": structured.of_region(request, region)}
    return render(request, "news/region_detail.html", context)


def _about(region: Region) -> dict[str, Any]:
    parent = region.parent if region.parent and region.parent.is_province else None
    return {
        "region": region,
        "office": getattr(region, "office", None),
        "children": [] if parent else with_newest(region),
        "siblings": list(parent.children.select_related("office").order_by("code")) if parent else [],
        "province_shape": shape_of(region),
        "crumbs": [
            (_("Wilayah"), reverse("region_list")),
            *([(parent.name, parent.get_absolute_url())] if parent else []),
        ],
    }


def with_newest(region: Region) -> list[Region]:
    """The regions below `region`; each has in `newest` what it, or a region below it, published last, or None.

    Two queries, and one step in an index for each.
    """
    own = Q(province=OuterRef("pk")) if region.parent_id is None else Q(office=OuterRef("office"))
    newest = Article.objects.published().newest_first().filter(own).values("pk")[:1]
    children = list(region.children.select_related("office").annotate(key=Subquery(newest)).order_by("code"))
    articles = {article.pk: article for article in public_headlines().filter(pk__in=[c.key for c in children if c.key])}
    for child in children:
        child.newest = articles.get(child.key)
    return children


def _news_of(request: HttpRequest, region: Region) -> dict[str, Any]:
    """A page of the region's news; none where it has no office yet."""
    office = getattr(region, "office", None)
    filters = Filters(province=region) if region.is_province else Filters(office=office)
    articles = filters.apply(public_cards())
    if not filters.as_query():
        articles = articles.none()
    return {**listing(request, articles), "feed_url": feed_address(filters)}
