"""A tag's page, and its news of one year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from news.listings import beside, of_tag
from news.queries import Filters, public_cards, tag_at
from news.views.lists import listing
from news.views.topics import in_year, topic_address, topic_context


def tag_detail(request: HttpRequest, slug: str, year: int | None = None) -> HttpResponse:
    """The news that carries one tag, or that of one year; a name from before a merge leads to the present one."""
    tag = tag_at(slug)
    if tag.slug != slug:
        return redirect(topic_address(tag, year), permanent=True)
    articles = in_year(Filters(tag=tag), year).apply(public_cards())
    context = {
        **topic_context(tag, of_tag(tag), year),
        **listing(request, articles),
        "kind": _("Tag"),
        "feed_url": reverse("tag_feed", args=[slug]),
        "beside": beside(tag),
    }
    return render(request, "news/topic_detail.html", context)
