"""The feeds' addresses: all news or what the parameters of the list leave, and what stands under one name."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from news.feeds import atom, jsonfeed, rss
from news.feeds.addresses import ATOM, FORMS, JSON, RSS, feed_address
from news.feeds.entries import Feed, entry_of, newest
from news.models import Event
from news.queries import PARAMETERS, Filters, rubric_at, tag_at
from news.recency import articles_changed_at, dated
from news.views.lists import label_of
from news.xmltext import carried
from offices.links import absolute
from offices.models import Office, Official, Region

LENGTH = 30
WRITERS = {RSS: rss, ATOM: atom, JSON: jsonfeed}


def article_feed(request: HttpRequest) -> HttpResponse:
    """The newest articles that the filters leave; 400 with a sentence where a date cannot be understood."""
    filters = Filters.from_query(request.GET)
    if filters.problems:
        return _refused("\n".join(filters.problems))
    query = filters.as_query()
    return _feed(
        request, filters, f"{reverse('article_list')}?{urlencode(query)}" if query else reverse("article_list")
    )


def office_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest articles of an office."""
    office = get_object_or_404(Office.objects.select_related("region"), slug=slug)
    return _feed(request, Filters(office=office), office.get_absolute_url())


def region_feed(request: HttpRequest, code: str) -> HttpResponse:
    """The newest articles from a province, or of the office of another region."""
    region = get_object_or_404(Region.objects.select_related("office"), code=code)
    if region.is_province:
        return _feed(request, Filters(province=region), region.get_absolute_url())
    office = get_object_or_404(Office.objects.select_related("region"), region=region)
    return _feed(request, Filters(office=office), region.get_absolute_url())


def rubric_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest articles of a rubric."""
    rubric = rubric_at(slug)
    if rubric.slug != slug:
        return _elsewhere(request, Filters(rubric=rubric))
    return _feed(request, Filters(rubric=rubric), rubric.get_absolute_url())


def tag_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest articles that carry a tag."""
    tag = tag_at(slug)
    if tag.slug != slug:
        return _elsewhere(request, Filters(tag=tag))
    return _feed(request, Filters(tag=tag), tag.get_absolute_url())


def event_feed(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The newest articles about an announced event."""
    event = get_object_or_404(Event.objects.published(), year=year, slug=slug)
    return _feed(request, Filters(event=event), event.get_absolute_url())


def official_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest articles that name an official."""
    official = get_object_or_404(Official, slug=slug)
    return _feed(request, Filters(official=official), official.get_absolute_url())


def _elsewhere(request: HttpRequest, filters: Filters) -> HttpResponse:
    form = _form(request)
    return redirect(feed_address(filters, form), permanent=True) if form else _unknown_form()


def _feed(request: HttpRequest, filters: Filters, page: str) -> HttpResponse:
    """The feed of what `filters` leave in the form asked for; `page` is the same list for people."""
    form = _form(request)
    if not form:
        return _unknown_form()
    return dated(request, articles_changed_at(filters), lambda: _written(request, filters, page, form))


def _form(request: HttpRequest) -> str:
    """The form that is asked for; empty where there is no such form."""
    asked = request.GET.get("format", RSS)
    return asked if asked in FORMS else ""


def _unknown_form() -> HttpResponse:
    return _refused(_("Bentuk umpan ini tidak dikenal. Pilih format=rss, format=atom, atau format=json."))


def _refused(sentences: str) -> HttpResponse:
    return HttpResponse(sentences, content_type="text/plain; charset=utf-8", status=400)


def _written(request: HttpRequest, filters: Filters, page: str, form: str) -> HttpResponse:
    labels = [label_of(filters, name) for name in PARAMETERS if getattr(filters, name)]
    feed = Feed(
        title=carried(" — ".join([*labels, settings.SITE_NAME])),
        subtitle=carried(settings.SITE_TAGLINE),
        language=settings.LANGUAGE_CODE,
        address=absolute(request, feed_address(filters, form)),
        page=absolute(request, page),
        icon=absolute(request, static("favicon.svg")),
        hubs=settings.WEBSUB_HUBS,
        entries=[entry_of(request, article) for article in newest(filters, LENGTH)],
    )
    writer = WRITERS[form]
    return HttpResponse(writer.written(feed), content_type=writer.CONTENT_TYPE, headers=_headers(feed))


def _headers(feed: Feed) -> dict[str, str]:
    """Scripts on other sites may read a feed; a hub finds here what it is told of, before it has parsed anything."""
    links = [f'<{feed.address}>; rel="self"', *(f'<{hub}>; rel="hub"' for hub in feed.hubs)]
    return {"Access-Control-Allow-Origin": "*", "Link": ", ".join(links)}
