"""A rubric's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from news.models import Rubric
from news.queries import Filters, public_cards
from news.views.lists import listing


def rubric_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The news of one rubric."""
    rubric = get_object_or_404(Rubric, slug=slug)
    articles = Filters(rubric=rubric).apply(public_cards())
    topic = {"topic": rubric, "kind": _("Rubrik"), "feed_url": reverse("rubric_feed", args=[slug])}
    return render(request, "news/topic_detail.html", {**topic, **listing(request, articles)})
