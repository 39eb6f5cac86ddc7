"""The form by which a reader demands a reply or a correction, and the page on which they follow what becomes of it."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import BadRequest
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from news.demand_form import DemandForm, sender_of
from news.demands import CONFIRM_WITHIN, confirm, demand_behind, file_demand, token_of
from news.models import Article, Demand, Edition
from news.models.demands import DemandState
from news.refusals import TooMuch
from news.states import PublicState

HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
ROBOTS = "noindex, nofollow"
WAIT = 3_600  # seconds
OFFICE = "article__office__region__parent"


def kept_by_nobody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to forms without a token (`news/demand_form.py` says why), and neither kept, indexed nor told elsewhere."""

    @csrf_exempt
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "") == "cross-site":
            raise BadRequest
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return guarded


@kept_by_nobody
def demand_form(request: HttpRequest, year: int, month: str, slug: str) -> HttpResponse:
    """The form beside a published article; 404 for any other, and where it has moved the way there.

    What was written into a form of the former address is taken where it arrives: a redirect would lose it.
    """
    edition = _live_edition(year, int(month), slug)
    if request.method != "POST":
        if edition.article.slug != slug:
            return redirect("demand_form", year, month, edition.article.slug)
        return _form_page(request, edition, DemandForm(article=edition.article))
    form = DemandForm(request.POST, article=edition.article)
    if not form.is_valid():
        return _form_page(request, edition, form, status=400)
    try:
        return _filed(request, file_demand(edition, form.words(), form_key=form.key, sender=sender_of(request)))
    except TooMuch as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, edition, form, status=429)


def _live_edition(year: int, month: int, slug: str) -> Edition:
    address = {"article__addresses__year": year, "article__addresses__month": month, "article__addresses__slug": slug}
    editions = Edition.objects.select_related(OFFICE).defer("body")
    live = editions.filter(**address, article__public_state=PublicState.LIVE, pk=F("article__live_edition"))
    if (edition := live.first()) is None:
        raise Http404
    return edition


def _form_page(request: HttpRequest, edition: Edition, form: DemandForm, status: int = 200) -> HttpResponse:
    office = edition.article.office
    context = {
        "form": form,
        "edition": edition,
        "article": edition.article,
        "office": office,
        "region": office.region,
        "robots": ROBOTS,
    }
    response = render(request, "news/demand_form.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(WAIT)
    return response


def _filed(request: HttpRequest, demand: Demand) -> HttpResponse:
    """The receipt. The link to its state is shown here only where no mailbox has to prove whose it is."""
    status_url = "" if demand.email else reverse("demand_status", args=[token_of(demand)])
    context = {**_about(demand), "status_url": status_url, "days": CONFIRM_WITHIN.days}
    return render(request, "news/demand_filed.html", context)


@kept_by_nobody
def demand_status(request: HttpRequest, token: str) -> HttpResponse:
    """How a demand stands, for whoever has its link; a POST confirms it, since programs that read mail open links."""
    demand = demand_behind(token)
    if demand is None:
        return render(request, "news/demand_gone.html", {"robots": ROBOTS}, status=404)
    if request.method == "POST":
        confirm(demand)
        return redirect("demand_status", token)
    return render(request, "news/demand_status.html", _about(demand))


def _about(demand: Demand) -> dict:
    article: Article = demand.article
    return {
        "demand": demand,
        "article": article,
        "is_live": article.public_state == PublicState.LIVE,
        "is_gone": article.public_state == PublicState.REMOVED,
        "awaits_confirmation": demand.state == DemandState.RECEIVED,
        "is_corrected": demand.state == DemandState.CORRECTED,
        "steps": demand.transitions.order_by("pk"),
        "office": article.office,
        "region": article.office.region,
        "robots": ROBOTS,
    }
