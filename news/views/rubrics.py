"""A rubric's page, and its news of one year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from news.models import Article
from news.queries import Filters, public_cards, rubric_at
from news.views.lists import listing
from news.views.topics import in_year, topic_address, topic_context


def rubric_detail(request: HttpRequest, slug: str, year: int | None = None) -> HttpResponse:
    """The news of one rubric, or its news of one year; a name from before a merge leads to the present one."""
    rubric = rubric_at(slug)
    if rubric.slug != slug:
        return redirect(topic_address(rubric, year), permanent=True)
    articles = in_year(Filters(rubric=rubric), year).apply(public_cards())
    context = {
        **topic_context(rubric, Article.objects.published().filter(rubric=rubric), year),
        **listing(request, articles),
        "kind": _("Rubrik"),
        "feed_url": reverse("rubric_feed", args=[slug]),
    }
    return render(request, "news/topic_detail.html", context)
