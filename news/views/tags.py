"""A tag's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from news.queries import Filters, public_cards, tag_at
from news.views.lists import listing


def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The news that carries one tag; a name from before a merge leads to the present one."""
    tag = tag_at(slug)
    if tag.slug != slug:
        return redirect(tag, permanent=True)
    articles = Filters(tag=tag).apply(public_cards())
    topic = {"topic": tag, "kind": _("Tag"), "feed_url": reverse("tag_feed", args=[slug])}
    return render(request, "news/topic_detail.html", {**topic, **listing(request, articles)})
