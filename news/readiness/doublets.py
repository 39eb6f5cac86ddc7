"""Whether somebody nearby has told the same story already, going by the words of the headline."""

import re
from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from news.models import Article, Edition
from news.readiness.manuscript import Manuscript
from news.states import WORKING
from news.text import stems

RECENT, RECENT_HERE = timedelta(days=14), timedelta(days=60)
MOST_NEARBY, MOST_HERE = 1_000, 300  # headlines compared
ALIKE, FEWEST_SHARED = 0.65, 3
MOST_SAID = 3
NUMBER = re.compile(r"[0-9]+")


def similar_headlines(manuscript: Manuscript) -> Iterator[SafeString]:
    """Stories of this office, published or not, and public ones of its province, with nearly the same headline."""
    own = _words(manuscript.edition.headline)
    if len(own[0]) < FEWEST_SHARED:
        return
    told = [*_public_nearby(manuscript), *_unpublished_here(manuscript)]
    alike = [(likeness, *other) for other in told if (likeness := _likeness(own, other[-1])) >= ALIKE]
    alike = sorted(alike, reverse=True)[:MOST_SAID]
    public = Article.objects.published().select_related("live_edition", "office__region")
    articles = public.in_bulk([pk for _likeness_of, is_public, pk, _headline in alike if is_public]) if alike else {}
    for _likeness_of, is_public, pk, headline in alike:
        if is_public and pk in articles:
            yield _told_in_public(articles[pk])
        elif not is_public:
            link = _link(reverse("admin:news_article_change", args=[pk]), headline)
            text = _("Judul ini mirip dengan naskah “{}” di kantor ini. Pastikan beritanya memang lain.")
            yield format_html(text, link)


def _told_in_public(article: Article) -> SafeString:
    link = _link(article.get_absolute_url(), article.headline)
    return format_html(_("Judul ini mirip dengan “{}” dari {}. Pastikan beritanya memang lain."), link, article.office)


def _link(address: str, headline: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, headline)


def _words(headline: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems and the numbers of a headline."""
    return stems(headline), frozenset(NUMBER.findall(headline))


def _likeness(own: tuple[frozenset[str], frozenset[str]], headline: str) -> float:
    """How much of their words two headlines share, from 0 to 1; 0 for other numbers, or too few words to tell."""
    words, numbers = _words(headline)
    shared = len(own[0] & words)
    if shared < FEWEST_SHARED or (own[1] and numbers and not own[1] & numbers):
        return 0
    return shared / len(own[0] | words)


def _public_nearby(manuscript: Manuscript) -> Iterator[tuple[bool, int, str]]:
    """Two bounded queries: the latest of the province, and a longer while of the office itself."""
    office, now = manuscript.office, timezone.now()
    region = office.region
    province = region.pk if region.is_province else region.parent_id
    others = Article.objects.published().exclude(pk=manuscript.edition.article_id).newest_first()
    nearby = others.filter(province=province, first_published_at__gte=now - RECENT).exclude(office=office)
    here = others.filter(office=office, first_published_at__gte=now - RECENT_HERE)
    for rows in (nearby[:MOST_NEARBY], here[:MOST_HERE]):
        for pk, headline in rows.values_list("pk", "live_edition__headline"):
            yield True, pk, headline


def _unpublished_here(manuscript: Manuscript) -> Iterator[tuple[bool, int, str]]:
    editions = Edition.objects.filter(state__in=WORKING, article__office=manuscript.office)
    others = editions.exclude(article=manuscript.edition.article_id).order_by("-saved_at")
    for pk, headline in others.values_list("article", "headline")[:MOST_HERE]:
        yield False, pk, headline
