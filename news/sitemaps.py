"""Every public page, for search engines: an index, and files of at most 10,000 addresses."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.contrib.sitemaps import Sitemap
from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from news.models import Article, Event, Rubric
from offices.links import absolute
from offices.sitemaps import OfficeSitemap, OfficialSitemap, RegionSitemap

FILE_SIZE = 10_000  # the protocol allows 50,000; smaller files are quicker to write


class Host(NamedTuple):
    """What Django's sitemaps want to know of a site."""

    domain: str


class ArticleSitemap(Sitemap):
    """The public articles of one range of keys, so that no file counts, skips or outgrows the limit."""

    def __init__(self, number: int):
        self.first = number * FILE_SIZE

    def items(self):
        rows = Article.objects.published().filter(pk__gte=self.first, pk__lt=self.first + FILE_SIZE)
        return list(rows.only("slug", "published_on", "updated_at").order_by("pk"))

    def lastmod(self, article):
        return article.updated_at


class EventSitemap(Sitemap):
    def items(self):
        return Event.objects.published().only("year", "slug").order_by("pk")


class RubricSitemap(Sitemap):
    def items(self):
        return Rubric.objects.order_by("pk")


class PageSitemap(Sitemap):
    """The pages that stand alone."""

    def items(self):
        return ["about", "contact", "guidelines", "accessibility", "privacy"]

    def location(self, name):
        return reverse(name)


SECTIONS = {
    "halaman": PageSitemap,
    "rubrik": RubricSitemap,
    "wilayah": RegionSitemap,
    "kantor": OfficeSitemap,
    "pejabat": OfficialSitemap,
    "agenda": EventSitemap,
}


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of all files."""
    files = [{"location": absolute(request, path)} for path in _files()]
    return _xml(request, "sitemap_index.xml", {"sitemaps": files})


def _files() -> Iterator[str]:
    last = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for number in range(last // FILE_SIZE + 1):
        yield reverse("article_sitemap", args=[number])
    for section, sitemap in SECTIONS.items():
        path = reverse("section_sitemap", args=[section])
        yield path
        yield from (f"{path}?p={page}" for page in range(2, sitemap().paginator.num_pages + 1))


def article_sitemap(request: HttpRequest, number: str) -> HttpResponse:
    """One file of articles, each with when it last changed more than a typo."""
    return _urlset(request, ArticleSitemap(int(number)), "1")


def section_sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """One file of another kind of page."""
    if section not in SECTIONS:
        raise Http404
    return _urlset(request, SECTIONS[section](), request.GET.get("p", "1"))


def _urlset(request: HttpRequest, sitemap: Sitemap, page: str) -> HttpResponse:
    root = urlsplit(absolute(request, "/"))
    try:
        rows = sitemap.get_urls(page=page, site=Host(root.netloc), protocol=root.scheme)
    except InvalidPage:
        raise Http404 from None
    return _xml(request, "sitemap.xml", {"urlset": rows})


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context, content_type="application/xml")
    response["X-Robots-Tag"] = "noindex"
    return response
