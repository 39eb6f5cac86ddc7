"""Whether what a text points to is open to readers: our own pages, "Baca juga" blocks, hand-picked articles."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http.request import validate_host
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _

from news.models import Address, Article, Event, Rubric
from news.queries import public_tags
from news.readiness.manuscript import Manuscript
from news.states import PublicState
from offices.models import Office, Official, Region

HREF = re.compile(r'<a [^>]*?href="([^"]*)"')
MOST_LINKS = 100
STAFF_ONLY = ("/admin/", "/akun/", "/pusat/", "/pratinjau/")
NOT_PAGES = (settings.STATIC_URL, settings.MEDIA_URL)
SOMEWHERE = "/berita/0000/00/berita/"  # where a body stands, for links that begin with no slash
LOOKUPS: dict[str, tuple[Callable[[], QuerySet], str]] = {
    "region_detail": (Region.objects.all, "code"),
    "office_detail": (Office.objects.all, "slug"),
    "office_feed": (Office.objects.all, "slug"),
    "official_detail": (Official.objects.all, "slug"),
    "rubric_detail": (Rubric.objects.all, "slug"),
    "rubric_feed": (Rubric.objects.all, "slug"),
    "tag_detail": (public_tags, "slug"),
    "tag_feed": (public_tags, "slug"),
}
"""By the name of a page: the rows that readers may open, and what its address calls them by."""


def lost_read_also(manuscript: Manuscript) -> Iterator[str]:
    wanted = {block.article for block in manuscript.blocks if block.article}
    if manuscript.edition.article_id in wanted:
        wanted.remove(manuscript.edition.article_id)
        yield _("“Baca juga” menunjuk berita ini sendiri dan tidak akan tampil.")
    public = set(Article.objects.published().filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    for article_id in sorted(wanted - public):
        yield _("“Baca juga” ke artikel %(id)d tidak akan tampil: artikel itu tidak terbit.") % {"id": article_id}


def lost_picks(manuscript: Manuscript) -> Iterator[str]:
    picked = list(manuscript.edition.picks.values_list("article", flat=True))
    hidden = len(picked) - Article.objects.published().filter(pk__in=picked).count() if picked else 0
    if hidden:
        yield _("%(count)d artikel terkait pilihan tidak terbit dan tidak akan tampil.") % {"count": hidden}


def dead_links(manuscript: Manuscript) -> Iterator[str]:
    """Links to our own site that lead readers nowhere, to a former address, or where only staff may go."""
    hrefs = [unescape(href) for block in manuscript.blocks for href in HREF.findall(block.html)]
    own = {href: path for href in dict.fromkeys(hrefs) if (path := own_path(href))}
    for href, fault in _faults(dict(list(own.items())[:MOST_LINKS])):
        yield _("Tautan “%(href)s” di isi berita %(fault)s") % {"href": _short(href), "fault": fault}


def own_path(href: str) -> str | None:
    """The path, decoded, of a link to our own site; None for links elsewhere, into the page itself, or unreadable."""
    try:
        parts = urlsplit(href.strip())
        host = (parts.hostname or "").rstrip(".")
        path = unquote(urljoin(SOMEWHERE, parts.path))
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https") or (host and not _is_own(host)) or (parts.scheme and not host):
        return None
    if not (host or parts.path):
        return None
    return path if parts.path else "/"


def _is_own(host: str) -> bool:
    named = [name for name in settings.ALLOWED_HOSTS if name != "*"]
    return host == urlsplit(settings.SITE_URL).hostname or validate_host(host, named)


def _short(href: str) -> str:
    return href if len(href) <= 120 else f"{href[:119]}…"


def _faults(paths: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with each link that cannot be followed, at most one query for every kind of page."""
    pages = {href: _page_at(path) for href, path in paths.items() if not path.startswith(NOT_PAGES)}
    articles, rows, events = _articles_at(pages), _rows_at(pages), _events_at(pages)
    for href, page in pages.items():
        fault = ""
        if paths[href].startswith(STAFF_ONLY):
            fault = _("menuju halaman yang hanya terbuka bagi redaksi.")
        elif page is None:
            fault = _("tidak membuka halaman apa pun di situs ini; periksa alamatnya.")
        elif page.url_name == "article_detail":
            fault = _fault_of(articles.get(_address_of(page)), page)
        elif page.url_name in LOOKUPS and _key_of(page) not in rows[page.url_name]:
            fault = _("menuju halaman yang tidak ada; periksa alamatnya.")
        elif page.url_name in ("event_detail", "event_calendar") and _key_of(page) not in events:
            fault = _("menuju agenda yang tidak ada atau belum diumumkan.")
        if fault:
            yield href, fault


def _page_at(path: str) -> ResolverMatch | None:
    for candidate in (path, f"{path}/"):
        try:
            found = resolve(candidate)
        except (Resolver404, ValueError):
            continue
        return found
    return None


def _address_of(page: ResolverMatch) -> tuple[int, int, str]:
    return page.kwargs["year"], int(page.kwargs["month"]), page.kwargs["slug"]


def _articles_at(pages: dict[str, ResolverMatch | None]) -> dict[tuple[int, int, str], Address]:
    wanted = {_address_of(page) for page in pages.values() if page and page.url_name == "article_detail"}
    if not wanted:
        return {}
    found = Address.objects.filter(slug__in={slug for _year, _month, slug in wanted}).select_related("article")
    return {(row.year, row.month, row.slug): row for row in found}


def _fault_of(address: Address | None, page: ResolverMatch) -> str:
    article = address.article if address else None
    if article is None or article.public_state == PublicState.NEVER:
        return _("menuju berita yang tidak ada; periksa alamatnya.")
    if article.public_state == PublicState.WITHDRAWN:
        return _("menuju berita yang sudah ditarik.")
    if article.public_state == PublicState.REMOVED and article.redirect_to_id:
        return _("menuju berita yang sudah dihapus dari publik; pembaca dialihkan ke berita lain.")
    if article.public_state == PublicState.REMOVED:
        return _("menuju berita yang sudah dihapus dari publik.")
    if article.slug != page.kwargs["slug"]:
        return _("memakai alamat lama; pembaca dialihkan. Lebih baik pakai %(address)s.") % {
            "address": article.get_absolute_url()
        }
    return ""


def _key_of(page: ResolverMatch) -> str | tuple[int, str]:
    if "year" in page.kwargs:
        return page.kwargs["year"], page.kwargs["slug"]
    return page.kwargs[LOOKUPS[page.url_name or ""][1]]


def _rows_at(pages: dict[str, ResolverMatch | None]) -> dict[str, set[str]]:
    """By the name of a page, the keys of the rows that exist."""
    wanted: dict[str, set[str]] = {}
    for page in pages.values():
        if page and page.url_name in LOOKUPS:
            wanted.setdefault(page.url_name, set()).add(str(_key_of(page)))
    found = {}
    for name, keys in wanted.items():
        rows, key = LOOKUPS[name]
        found[name] = set(rows().filter(**{f"{key}__in": keys}).values_list(key, flat=True))
    return found


def _events_at(pages: dict[str, ResolverMatch | None]) -> set[tuple[int, str]]:
    slugs = {
        page.kwargs["slug"]
        for page in pages.values()
        if page and (page.url_name or "").startswith("event_") and "slug" in page.kwargs
    }
    return set(Event.objects.published().filter(slug__in=slugs).values_list("year", "slug")) if slugs else set()
