"""A tag's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from news.queries import Filters, public_cards, public_tags
from news.views.lists import listing


def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The news that carries one tag."""
    tag = get_object_or_404(public_tags(), slug=slug)
    articles = Filters(tag=tag).apply(public_cards())
    topic = {"topic": tag, "kind": _("Tag"), "feed_url": reverse("tag_feed", args=[slug])}
    return render(request, "news/topic_detail.html", {**topic, **listing(request, articles)})
