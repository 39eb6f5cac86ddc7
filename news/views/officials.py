"""An official's page: every term of office, with the articles that name the official in it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from news.models import Article
from news.queries import public_cards
from offices.links import absolute
from offices.models import Appointment, Official
from offices.models.officials import Precision

MOST_PER_TERM = 10
WRITTEN_AS = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}


def official_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The terms of an official, the latest first."""
    official = get_object_or_404(Official, slug=slug)
    terms = Appointment.objects.filter(official=official).select_related("official", "position__office__region")
    articles = articles_by_term(official)
    context = {
        "official": official,
        "terms": [(term, articles[term.pk]) for term in with_labels(terms)],
        "canonical_url": absolute(request, official.get_absolute_url()),
    }
    return render(request, "news/official_detail.html", context)


def articles_by_term(official: Official) -> dict[int, list[Article]]:
    """By appointment, the newest public articles that mention it: two queries however many terms there are."""
    term = F("live_edition__mentions__appointment")
    newest = Window(RowNumber(), partition_by=term, order_by=["-first_published_at", "-pk"])
    mentioning = public_cards().filter(live_edition__mentions__official=official)
    found: dict[int, list[Article]] = defaultdict(list)
    for article in mentioning.annotate(term=term, place=newest).filter(place__lte=MOST_PER_TERM):
        found[article.term].append(article)
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
    if term.held_until is None:
        return _("%(begin)s – sekarang") % {"begin": begin}
    is_exact = term.until_precision == Precision.DAY
    last = term.held_until - timedelta(days=1) if is_exact else term.held_until
    return f"{begin} – {_written(last, term.until_precision)}"


def _written(day: date, precision: str) -> str:
    return date_format(day, WRITTEN_AS[Precision(precision)])
