"""A rubric's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from news.queries import Filters, public_cards, rubric_at
from news.views.lists import listing


def rubric_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The news of one rubric; a name from before a merge leads to the present one."""
    rubric = rubric_at(slug)
    if rubric.slug != slug:
        return redirect(rubric, permanent=True)
    articles = Filters(rubric=rubric).apply(public_cards())
    topic = {"topic": rubric, "kind": _("Rubrik"), "feed_url": reverse("rubric_feed", args=[slug])}
    return render(request, "news/topic_detail.html", {**topic, **listing(request, articles)})
