"""The pages and files of the dashboard."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from offices.scope import Reach
from portal.dashboard.access import for_overseers
from portal.dashboard.choices import Choice, choice_from, provinces_of
from portal.dashboard.exports import TABLES, csv_of, file_name
from portal.dashboard.forms import form_again
from portal.dashboard.pages import ROBOTS, dashboard_page, rows_page, title_for
from portal.dashboard.periods import BadPeriod
from portal.dashboard.queries import offices_within

ChoiceView = Callable[..., HttpResponseBase]


def for_a_choice(view: ChoiceView) -> ChoiceView:
    """Call `view(request, choice, …)` with what the address asks for, or say why its dates make no period."""

    @for_overseers
    @wraps(view)
    def chosen(request: HttpRequest, reach: Reach, *args: object, **kwargs: object) -> HttpResponseBase:
        offices = offices_within(reach)
        try:
            choice = choice_from(request.GET, reach, offices)
        except BadPeriod as problem:
            return _refused(request, reach, offices, str(problem))
        return view(request, choice, *args, **kwargs)

    return chosen


@for_a_choice
def dashboard(request: HttpRequest, choice: Choice) -> HttpResponse:
    return render(request, "portal/dashboard.html", dashboard_page(choice, request.path))


@for_a_choice
def dashboard_rows(request: HttpRequest, choice: Choice) -> HttpResponse:
    page = rows_page(choice, request.path, request.GET.get("setelah", ""))
    return render(request, "portal/dashboard_rows.html", page)


@for_a_choice
def dashboard_export(request: HttpRequest, choice: Choice, kind: str) -> StreamingHttpResponse:
    if kind not in TABLES:
        raise Http404
    pieces = csv_of(TABLES[kind], choice, request.build_absolute_uri)
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(kind, choice)}"'
    return response


def _refused(request: HttpRequest, reach: Reach, offices: list, sentence: str) -> HttpResponse:
    """The form again with its sentence and nothing else; it never leads to a file."""
    rows = reverse("dashboard_rows")
    action = rows if request.path == rows else reverse("dashboard")
    page = {
        "robots": ROBOTS,
        "page_title": title_for(provinces_of(offices), nation=reach.nation),
        "form": form_again(request.GET, offices, action, sentence),
    }
    return render(request, "portal/dashboard_refused.html", page, status=400)
