"""A rubric's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from news.models import Rubric
from news.queries import Filters, public_cards
from news.views.lists import listing


def rubric_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The news of one rubric."""
    rubric = get_object_or_404(Rubric, slug=slug)
    articles = Filters(rubric=rubric).apply(public_cards())
    context = {"rubric": rubric, "feed_url": reverse("rubric_feed", args=[slug]), **listing(request, articles)}
    return render(request, "news/rubric_detail.html", context)
