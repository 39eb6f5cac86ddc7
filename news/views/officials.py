"""An official's page: every term of office, with the articles that name the official in it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from news import social, structured
from news.archive import last_day
from news.listings import cards_of, of_term
from news.models import Article, ListedOfficial
from news.sharecards import term_on_card
from news.views.lists import listing_of_places
from offices.links import absolute
from offices.models import Appointment, Official
from offices.models.officials import Precision

MOST_PER_TERM = 5
CHOSEN, OUTSIDE = "masa", "lain"
WRITTEN_AS = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}


def official_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The terms of an official, the latest first, each with its newest news; or all the news of the one asked for."""
    official = get_object_or_404(Official, slug=slug)
    rows = Appointment.objects.filter(official=official).select_related("official", "position__office__region__parent")
    terms = with_labels(rows)
    if CHOSEN in request.GET:
        return _term(request, official, terms, request.GET[CHOSEN])
    articles, told = newest_by_term(official, terms), term_on_card(terms)
    context = {
        "official": official,
        "terms": [_shown(official, term, articles.get(term.pk, [])) for term in terms],
        "outside": _shown(official, None, articles.get(None, [])),
        "share_image": social.of_official_page(request, official, told) if told else None,
        "structured": structured.of_official(request, official, terms),
        "canonical_url": absolute(request, official.get_absolute_url()),
        "feed_url": reverse("official_feed", args=[slug]),
    }
    return render(request, "news/official_detail.html", context)


def _term(request: HttpRequest, official: Official, terms: list[Appointment], chosen: str) -> HttpResponse:
    """The news of one term, page by page."""
    known = {str(term.pk): term for term in terms}
    if chosen != OUTSIDE and chosen not in known:
        raise Http404
    term = known.get(chosen)
    context = {
        "official": official,
        "term": term,
        **listing_of_places(request, of_term(official, term), kept={CHOSEN: chosen}),
        "crumbs": [(official.name, official.get_absolute_url())],
    }
    return render(request, "news/official_term.html", context)


def _shown(official: Official, term: Appointment | None, articles: list[Article]) -> dict[str, Any]:
    """One term with its newest articles, and where the rest of them stands."""
    address = f"{official.get_absolute_url()}?{urlencode({CHOSEN: term.pk if term else OUTSIDE})}"
    return {
        "term": term,
        "is_held": bool(term and _is_held(term)),
        "articles": articles[:MOST_PER_TERM],
        "more_url": address if len(articles) > MOST_PER_TERM else "",
    }


def _is_held(term: Appointment) -> bool:
    today = term.position.office.local_day(timezone.now())
    return term.held_from <= today and (term.held_until is None or term.held_until > today)


def newest_by_term(official: Official, terms: Iterable[Appointment]) -> dict[int | None, list[Article]]:
    """By appointment, None for none, the newest public articles that mention it; three queries however many there are.

    One more than is shown of each, which tells whether there are more.
    """
    newest = (of_term(official, term).values("pk")[: MOST_PER_TERM + 1] for term in [None, *terms])
    first, *others = [ListedOfficial.objects.filter(pk__in=rows).values("pk") for rows in newest]
    places = list(ListedOfficial.objects.filter(pk__in=first.union(*others)).order_by("-first_published_at", "-pk"))
    cards = cards_of(places)
    found: dict[int | None, list[Article]] = defaultdict(list)
    for place in places:
        if place.article_id in cards:
            found[place.appointment_id].append(cards[place.article_id])
    return found


def with_labels(terms: Iterable[Appointment]) -> list[Appointment]:
    """The same terms; each has its dates in words in `term_label`."""
    rows = list(terms)
    for term in rows:
        term.term_label = _label(term)
    return rows


def _label(term: Appointment) -> str:
    """ "Juni 2019 – sekarang": no more exact than the dates are known."""
    begin = _written(term.held_from, term.from_precision)
    if term.held_until is None and term.held_from > last_day():
        return _("mulai %(begin)s") % {"begin": begin}
    if term.held_until is None:
        return _("%(begin)s – sekarang") % {"begin": begin}
    is_exact = term.until_precision == Precision.DAY
    last = term.held_until - timedelta(days=1) if is_exact else term.held_until
    return f"{begin} – {_written(last, term.until_precision)}"


def _written(day: date, precision: str) -> str:
    return date_format(day, WRITTEN_AS[Precision(precision)])
