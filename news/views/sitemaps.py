"""The files for search engines: the index, the files it leads to, and the news of the last two days."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from news.recency import articles_changed_at, dated
from news.sitemaps import LONG, SHORT, Entry
from news.xmltext import carried
from offices.links import absolute

NEWS_SPAN = timedelta(hours=48)
MOST_NEWS = 1_000
FOLLOWING_THE_NEWS = frozenset({"halaman", "wilayah", "kantor"})
"""The short files in which a moment moves with every article."""
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
PROTOCOL = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS_PROTOCOL = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of all files, each with when it last changed where that is known."""
    files = (_located("sitemap", absolute(request, path), changed) for path, changed in _files())
    return _xml([f"<sitemapindex {PROTOCOL}>\n", *files, "</sitemapindex>\n"])


def _files() -> Iterator[Entry]:
    newest = articles_changed_at()
    for section in SHORT:
        yield (
            reverse("section_sitemap", args=[section]),
            newest if section in ("halaman", "wilayah", "kantor") else None,
        )
    for section, kind in LONG.items():
        for number, changed in kind.files():
            yield reverse("block_sitemap", args=[section, number]), changed


def section_sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """The one file of a kind of page that stays few."""
    if section not in SHORT:
        raise Http404
    return _pages(request, SHORT[section]())


def block_sitemap(request: HttpRequest, section: str, number: str) -> HttpResponse:
    """One file of a kind of page that grows; 404 where nothing public stands in it."""
    kind, asked = LONG.get(section), int(number)
    if kind is None or not kind.has(asked):
        raise Http404
    return dated(request, kind.changed_at(asked), lambda: _pages(request, kind.listed(asked)))


def news_sitemap(request: HttpRequest) -> HttpResponse:
    """The articles of the last 48 hours, the newest first and at most 1,000."""
    since = timezone.now() - NEWS_SPAN
    newest = Article.objects.published().filter(first_published_at__gte=since).newest_first()
    told = newest.select_related("live_edition").defer("live_edition__body")[:MOST_NEWS]
    return _urlset(request, (_news(request, article) for article in told), NEWS_PROTOCOL)


def _news(request: HttpRequest, article: Article) -> str:
    told = (
        f"<news:publication><news:name>{escape(carried(settings.SITE_NAME))}</news:name>"
        f"<news:language>{settings.LANGUAGE_CODE}</news:language></news:publication>"
        f"<news:publication_date>{_written(article.first_published_at)}</news:publication_date>"
        f"<news:title>{escape(carried(article.headline))}</news:title>"
    )
    address = absolute(request, article.get_absolute_url())
    return _located("url", address, article.updated_at, f"<news:news>{told}</news:news>")


def _pages(request: HttpRequest, entries: Iterable[Entry]) -> HttpResponse:
    root = absolute(request, "/").removesuffix("/")
    return _urlset(request, (_located("url", f"{root}{path}", changed) for path, changed in entries))


def _urlset(request: HttpRequest, urls: Iterable[str], *protocols: str) -> HttpResponse:
    """A file of addresses. The protocol wants one at least: where there is nothing to tell, it is the front page."""
    written = list(urls) or [_located("url", absolute(request, reverse("home")))]
    return _xml([f"<urlset {' '.join((PROTOCOL, *protocols))}>\n", *written, "</urlset>\n"])


def _located(kind: str, address: str, changed: datetime | None = None, more: str = "") -> str:
    lastmod = f"<lastmod>{_written(changed)}</lastmod>" if changed else ""
    return f"<{kind}><loc>{escape(address)}</loc>{lastmod}{more}</{kind}>\n"


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _xml(pieces: Iterable[str]) -> HttpResponse:
    text = f"{DECLARED}{''.join(pieces)}"
    return HttpResponse(text, content_type="application/xml; charset=utf-8", headers={"X-Robots-Tag": "noindex"})
