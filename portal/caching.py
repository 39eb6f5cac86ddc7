"""How long browsers and proxies may keep each public page, and when "you have it already" is the whole answer.

A name without a rule is kept by nobody, so an address that was forgotten here is slow and never wrong. Pages for staff
say for themselves that they are private, and are left alone, as is every answer that brings its own `Cache-Control`.

A page's ETag is made of what the page says, so a body confirmed by a 304 is the one that would have been sent: whatever
was withdrawn since has changed it. It is weak because the same page is sent compressed and as it is. Pages carry no
`Last-Modified`: no single moment covers everything that stands on them ([ADR 0022](docs/adr/0022-http-caching.md)).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from offices.freshness import kept_until
from portal.compression import announce, compress, is_personal, may_be_compressed


@dataclass(frozen=True)
class Freshness:
    """Seconds for which a copy is fresh, and for how many more it may be shown while a new one is fetched."""

    fresh: int
    stale: int

    def until(self, end: datetime | None) -> str:
        """The header's value; no copy is shown after `end`."""
        fresh, stale = self.fresh, self.stale
        if end:
            left = max(0, int((end - timezone.now()).total_seconds()))
            fresh, stale = min(fresh, left), min(stale, max(0, left - fresh))
        shown_meanwhile = f", stale-while-revalidate={stale}" if stale else ""
        return f"public, max-age={fresh}{shown_meanwhile}"


NEWS = Freshness(60, 300)
REFERENCE = Freshness(300, 3_600)
MACHINES = Freshness(300, 600)
SITEMAPS = Freshness(3_600, 3_600)

RULES: dict[str, Freshness] = {
    "home": NEWS,
    "article_list": NEWS,
    "search": NEWS,
    "archive_index": NEWS,
    "year_index": NEWS,
    "month_index": NEWS,
    "day_index": NEWS,
    "article_detail": NEWS,
    "office_detail": NEWS,
    "region_list": NEWS,
    "region_detail": NEWS,
    "rubric_detail": NEWS,
    "rubric_year": NEWS,
    "tag_detail": NEWS,
    "tag_year": NEWS,
    "official_detail": NEWS,
    "event_list": NEWS,
    "event_month": NEWS,
    "event_detail": NEWS,
    "office_list": REFERENCE,
    "feed_directory": REFERENCE,
    "about": REFERENCE,
    "contact": REFERENCE,
    "guidelines": REFERENCE,
    "accessibility": REFERENCE,
    "privacy": REFERENCE,
    "shelf": REFERENCE,
    "offline": REFERENCE,
    "manifest": REFERENCE,
    "embed_builder": REFERENCE,
    "embed_page": NEWS,
    "event_calendar": MACHINES,
    "national_calendar": MACHINES,
    "office_calendar": MACHINES,
    "region_calendar": MACHINES,
    "article_card": MACHINES,
    "office_card": MACHINES,
    "event_card": MACHINES,
    "official_card": MACHINES,
    "site_card": MACHINES,
    "article_feed": MACHINES,
    "feed": MACHINES,
    "office_feed": MACHINES,
    "rubric_feed": MACHINES,
    "tag_feed": MACHINES,
    "region_feed": MACHINES,
    "event_feed": MACHINES,
    "official_feed": MACHINES,
    "robots": SITEMAPS,
    "sitemap": SITEMAPS,
    "section_sitemap": SITEMAPS,
    "block_sitemap": SITEMAPS,
    "news_sitemap": MACHINES,
}
"""By the name of an address, for how long its page may be kept."""

SPEAKS_FOR_ITSELF = frozenset(
    {
        "media",
        "healthz",
        "readyz",
        "article_read",
        "service_worker",
        "shared_edition",
        "shared_photo",
        "shared_document",
        "embed_data",
        "api:api-root",
        "api:openapi",
        "api:elsewhere",
        "api:article_list",
        "api:article_detail",
        "api:change_list",
        "api:region_list",
        "api:region_detail",
        "api:office_list",
        "api:office_detail",
        "api:official_list",
        "api:official_detail",
        "api:event_list",
        "api:event_detail",
        "api:tag_list",
        "api:tag_detail",
        "api:rubric_list",
        "api:rubric_detail",
        "invitation",
        "demand_form",
        "demand_status",
    }
)
"""The names whose views write the header themselves; a test wants every public name here or in `RULES`."""

KEPT_BY_NOBODY = "private, no-store"
ASKED_AGAIN = "no-cache"
OTHERWISE = {301: "public, max-age=300", 308: "public, max-age=300", 410: "public, max-age=300"}
"""By status, what is kept besides pages that were found; anything else is asked for again each time."""


class ReaderCaches:
    """Middleware: writes `Cache-Control` and ETag on what readers get, and answers 304 to who has it already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(settings.STAFF_ADDRESSES):
            return response
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = _policy(request, response)
            _sign(response)
        return _without_body(request, _packed(request, response))


def _policy(request: HttpRequest, response: HttpResponseBase) -> str:
    if is_personal(response):
        return KEPT_BY_NOBODY
    if response.status_code not in (200, 304):
        return OTHERWISE.get(response.status_code, ASKED_AGAIN)
    rule = RULES.get(request.resolver_match.view_name) if request.resolver_match else None
    return rule.until(kept_until(request)) if rule else KEPT_BY_NOBODY


def _sign(response: HttpResponseBase) -> None:
    """Give an answer that may be kept its ETag, unless it has one."""
    is_kept = response["Cache-Control"] != KEPT_BY_NOBODY and response.status_code == 200
    if is_kept and isinstance(response, HttpResponse) and not response.has_header("ETag"):
        response["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'


def _packed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer as it travels: a 304, or the page, compressed where that is safe and helps."""
    if not may_be_compressed(response):
        return _unless_known(request, response)
    announce(response)
    return compress(request, _unless_known(request, response))


def _without_body(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer to HEAD, whose ETag and length are those of the page that GET gets."""
    if request.method == "HEAD" and isinstance(response, HttpResponse):
        response.content = b""
    return response


def _unless_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    etag, changed = response.get("ETag"), parse_http_date_safe(response.get("Last-Modified", ""))
    if not (etag or changed):
        return response
    return get_conditional_response(request, etag, changed, cast(HttpResponse, response)) or response
