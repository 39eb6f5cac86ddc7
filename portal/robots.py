"""What robots may visit."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from offices.links import absolute

KEPT_OUT = ("/admin/", "/akun/", "/pusat/", "/cari/", "/pratinjau/", "/hak-jawab/")


def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in KEPT_OUT)]
    sitemaps = [f"Sitemap: {absolute(request, reverse(name))}" for name in ("sitemap", "news_sitemap")]
    return HttpResponse("\n".join([*lines, "", *sitemaps, ""]), content_type="text/plain; charset=utf-8")
