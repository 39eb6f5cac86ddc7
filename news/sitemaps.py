"""Every public page, for search engines: an index, and files of at most 10,000 addresses."""

from collections.abc import Iterator
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from news.models import Article, Event, Rubric
from offices.links import absolute
from offices.sitemaps import OfficeSitemap, OfficialSitemap, RegionSitemap

FILE_SIZE = 10_000  # the protocol allows 50,000; smaller files are quicker to write


class ArticleSitemap(Sitemap):
    """The public articles of one range of keys, so that no file counts, skips or outgrows the limit."""

    def __init__(self, number: int):
        self.first = number * FILE_SIZE

    def items(self):
        rows = Article.objects.published().filter(pk__gte=self.first, pk__lt=self.first + FILE_SIZE)
        return rows.only("slug", "published_on", "updated_at").order_by("pk")

    def lastmod(self, article):
        return article.updated_at


class EventSitemap(Sitemap):
    def items(self):
        return Event.objects.published().only("year", "slug").order_by("pk")


class RubricSitemap(Sitemap):
    def items(self):
        return Rubric.objects.order_by("pk")


SECTIONS = {
    "rubrik": RubricSitemap,
    "wilayah": RegionSitemap,
    "kantor": OfficeSitemap,
    "pejabat": OfficialSitemap,
    "agenda": EventSitemap,
}
