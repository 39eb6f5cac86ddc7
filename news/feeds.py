"""Feeds: the same articles as the lists, as RSS 2.0."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from news.models import Article
from news.queries import PARAMETERS, Filters, public_headlines, rubric_at, tag_at
from news.views.lists import label_of
from offices.links import absolute
from offices.models import Office

LENGTH = 30
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def article_feed(request: HttpRequest) -> HttpResponse:
    """The newest articles that the filters leave; 400 with a sentence where a date cannot be understood."""
    filters = Filters.from_query(request.GET)
    if filters.problems:
        return HttpResponse("\n".join(filters.problems), content_type="text/plain; charset=utf-8", status=400)
    query = filters.as_query()
    page = f"{reverse('article_list')}?{urlencode(query)}" if query else reverse("article_list")
    return _rss(request, filters, page, query)


def office_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest articles of an office."""
    office = get_object_or_404(Office.objects.select_related("region"), slug=slug)
    return _rss(request, Filters(office=office), office.get_absolute_url())


def rubric_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest articles of a rubric."""
    rubric = rubric_at(slug)
    if rubric.slug != slug:
        return redirect("rubric_feed", rubric.slug, permanent=True)
    return _rss(request, Filters(rubric=rubric), rubric.get_absolute_url())


def tag_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest articles that carry a tag."""
    tag = tag_at(slug)
    if tag.slug != slug:
        return redirect("tag_feed", tag.slug, permanent=True)
    return _rss(request, Filters(tag=tag), tag.get_absolute_url())


def _rss(request: HttpRequest, filters: Filters, page: str, query: dict[str, str] | None = None) -> HttpResponse:
    """The feed of what `filters` leave; `page` is the same list for people, `query` the feed's own parameters."""
    labels = [label_of(filters, name) for name in PARAMETERS if getattr(filters, name)]
    feed = Rss201rev2Feed(
        title=_clean(" — ".join([*labels, settings.SITE_NAME])),
        link=absolute(request, page),
        description=_clean(settings.SITE_TAGLINE),
        language=settings.LANGUAGE_CODE,
        feed_url=absolute(request, f"{request.path}?{urlencode(query)}" if query else request.path),
    )
    for article in filters.apply(public_headlines())[:LENGTH]:
        _add(feed, article, absolute(request, article.get_absolute_url()))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _add(feed: Rss201rev2Feed, article: Article, address: str) -> None:
    feed.add_item(
        title=_clean(article.headline),
        link=address,
        description=_clean(article.deck),
        author_name=_clean(
            _("%(office)s, %(region)s") % {"office": article.office.official_name, "region": article.office.region.name}
        ),
        pubdate=article.first_published_at,
        unique_id=f"tag:{urlsplit(address).hostname},{article.published_on:%Y-%m-%d}:artikel/{article.pk}",
        unique_id_is_permalink=False,
        categories=[_clean(article.rubric.name)],
    )


def _clean(text: str) -> str:
    """Without the characters that XML cannot carry, which arrive with pasted text."""
    return NOT_IN_XML.sub("", text)
