"""The map as a live index: provinces shaded by how much they published, publishing offices as dots."""

from collections.abc import Iterable, Mapping
from datetime import date
from math import ceil, sqrt
from typing import Any

from django.urls import reverse

from news.models import Article
from offices.maps import POINTS, PROVINCES
from offices.models import Office, Region

DARKEST = 4


def atlas(
    provinces: Iterable[Region], counts: Mapping[str | None, int], period: str, dots: Iterable[Office] = ()
) -> dict[str, Any]:
    """The context `map`: `counts` of articles by province code, `dots` the offices that published today."""
    drawn = [region for region in provinces if region.code in PROVINCES]
    most = max((counts.get(region.code, 0) for region in drawn), default=0)
    return {
        "provinces": [_province(region, counts.get(region.code, 0), most) for region in drawn],
        "dots": [_dot(office) for office in dots if office.region_id in POINTS],
        "period": period,
    }


def _province(region: Region, count: int, most: int) -> dict[str, Any]:
    drawing, (x, y) = PROVINCES[region.code], POINTS[region.code]
    return {
        "code": region.code,
        "name": region.name,
        "abbr": drawing.abbr,
        "url": region.get_absolute_url(),
        "count": count,
        "shade": shade_of(count, most),
        "d": drawing.land,
        "x": x,
        "y": y,
        "tile_col": drawing.col,
        "tile_row": drawing.row,
    }


def shade_of(count: int, most: int) -> int:
    """From 0 (none) to 4 (the most), by square root, so that Java's output leaves others visible."""
    return ceil(DARKEST * sqrt(count / most)) if count else 0


def _dot(office: Office) -> dict[str, str]:
    x, y = POINTS[office.region_id]
    return {"name": office.region.name, "url": reverse("office_detail", args=[office.slug]), "x": x, "y": y}


def offices_that_published_since(day: date) -> list[Office]:
    """The offices with a public article of `day` or later, by region code."""
    publishing = Article.objects.published().filter(published_on__gte=day).order_by().values("office")
    return list(Office.objects.filter(pk__in=publishing).select_related("region").order_by("region__code"))
