"""An office's own front page: its news, its officials and its events."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from news import agenda, social, structured
from news.models import Article
from news.pinning import pinned_cards
from news.queries import Filters, public_cards, rubrics_of
from news.views.lists import list_address, listing
from news.views.officials import with_labels
from news.years import years_of
from offices.appointments import held_at
from offices.freshness import keep_until
from offices.maps import shape_of
from offices.models import Office

MOST_EVENTS = 4


def office_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What the office has pinned stands first on its first page, then its newest article; the first one leads."""
    office = get_object_or_404(Office.objects.select_related("region__parent").prefetch_related("accounts"), slug=slug)
    pinned = pinned_cards(office, timezone.localdate(timezone=office.region.zone))
    others = Filters(office=office).apply(public_cards()).exclude(pk__in=[article.pk for article in pinned])
    page = listing(request, others)
    articles = [*(pinned if page["is_first_page"] else []), *page.pop("articles")]
    lead = articles[:1] if page["is_first_page"] else []
    context = {
        **page,
        **_about(office),
        **_archive(office),
        "lead_article": lead[0] if lead else None,
        "articles": articles[len(lead) :],
        "feed_url": reverse("office_feed", args=[slug]),
        "share_image": social.of_office_page(request, office),
        "structured": structured.of_office(request, office),
    }
    keep_until(request, *agenda.turning_points(context["events"]))
    return render(request, "news/newsroom_detail.html", context)


def _archive(office: Office) -> dict[str, Any]:
    """What the office has written in which rubric and year, each with the list that shows it."""
    years = years_of(Article.objects.published().filter(office=office))
    return {
        "rubrics": [(r.name, list_address(Filters(office=office, rubric=r))) for r in rubrics_of(office)],
        "years": [(str(year.number), year.count_label, list_address(_in(office, year.number))) for year in years],
    }


def _in(office: Office, year: int) -> Filters:
    return Filters(office=office, date_from=date(year, 1, 1), date_to=date(year, 12, 31))


def _about(office: Office) -> dict[str, Any]:
    """Who the office is, who serves there today, and what is on its calendar."""
    today = timezone.localdate(timezone=office.region.zone)
    events = agenda.upcoming(timezone.now()).filter(agenda.concerning(office))
    return {
        "office": office,
        "region": office.region,
        "crumbs": [(_("Kantor"), reverse("office_list"))],
        "province_shape": shape_of(office.region),
        "officials": with_labels(held_at([office.pk], today)),
        "events": agenda.with_tones(events[:MOST_EVENTS]),
    }
