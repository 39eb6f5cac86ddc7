"""Pages of the API: bounded, found by where the last one ended, with the addresses of those around them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

from news.paging import NEWER, OLDER, page_of
from offices.links import absolute
from portal.api.parameters import CURSOR, USUAL

T = TypeVar("T")

ONWARD, BACK = "o", "n"
KEY = re.compile(r"[-a-zA-Z0-9_.]{1,120}")


class Page(Schema, Generic[T]):
    results: list[T] = Field(max_length=100)
    next: str | None = Field(description=_("Alamat halaman berikutnya; null di halaman terakhir."))
    previous: str | None = Field(description=_("Alamat halaman sebelumnya; null di halaman pertama."))


@dataclass(frozen=True)
class Rows:
    """Some rows, and the cursors of the pages after and before them: None where there is none, empty for the first."""

    rows: list[Any]
    onward: str | None
    back: str | None

    def page(self, request: HttpRequest, kept: Mapping[str, Any], shape: Callable[[Any], Any]) -> dict[str, Any]:
        """As a `Page` of what `shape` makes of each row; `kept` are the parameters that narrow the list."""
        return {
            "results": [shape(row) for row in self.rows],
            "next": _address(request, kept, self.onward),
            "previous": _address(request, kept, self.back),
        }


def by_moment(rows: QuerySet, request: HttpRequest, limit: int, field: str = "first_published_at") -> Rows:
    """The page of `rows`, ordered by `field` and key, newest first: the very pages that readers leaf through."""
    page = page_of(rows, steps_in(request), field, limit)
    return between_steps(page.rows, page.newer, page.older)


def steps_in(request: HttpRequest) -> dict[str, str]:
    """The cursor as the parameters of readers' pages say it."""
    direction, cursor = _cursor_in(request)
    return {OLDER if direction == ONWARD else NEWER: cursor} if cursor else {}


def between_steps(rows: list[Any], newer: dict[str, str] | None, older: dict[str, str] | None) -> Rows:
    """Rows whose neighbours are told as those of readers' pages are."""
    return Rows(rows, _written(ONWARD, older, OLDER), _written(BACK, newer, NEWER))


def _written(direction: str, step: dict[str, str] | None, name: str) -> str | None:
    if step is None:
        return None
    return f"{direction}.{step[name]}" if step else ""


def by_key(rows: QuerySet, request: HttpRequest, limit: int, field: str) -> Rows:
    """The page of `rows` in the order of their unique text `field`."""
    direction, cursor = _cursor_in(request)
    if direction == BACK:
        found = list(rows.filter(**{f"{field}__lt": cursor}).order_by(f"-{field}")[: limit + 1])
        shown = found[:limit][::-1]
        return Rows(shown, _at(ONWARD, shown, -1, field), _at(BACK, shown, 0, field) if len(found) > limit else None)
    found = list((rows.filter(**{f"{field}__gt": cursor}) if cursor else rows).order_by(field)[: limit + 1])
    shown = found[:limit]
    onward = _at(ONWARD, shown, -1, field) if len(found) > limit else None
    return Rows(shown, onward, _at(BACK, shown, 0, field) if cursor else None)


def _at(direction: str, shown: list[Any], place: int, field: str) -> str:
    """The cursor of the row at `place`; from an empty page, the beginning."""
    return f"{direction}.{getattr(shown[place], field)}" if shown else ""


def _cursor_in(request: HttpRequest) -> tuple[str, str]:
    """Which way, and from where; raises `Http404` for a cursor that we did not write."""
    text = request.GET.get(CURSOR)
    if not text:
        return ONWARD, ""
    direction, _dot, cursor = text.partition(".")
    if direction not in (ONWARD, BACK) or not KEY.fullmatch(cursor):
        raise Http404
    return direction, cursor


def _address(request: HttpRequest, kept: Mapping[str, Any], cursor: str | None) -> str | None:
    if cursor is None:
        return None
    limit = request.GET.get("limit", "")
    query = {
        **kept,
        **({"limit": limit} if limit not in ("", str(USUAL)) else {}),
        **({CURSOR: cursor} if cursor else {}),
    }
    return absolute(request, f"{request.path}?{urlencode(query)}" if query else request.path)
