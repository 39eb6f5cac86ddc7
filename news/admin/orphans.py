"""The public articles to which no other leads, in the newsroom: their own to an office, all in reach to overseers."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from news.paging import page_of
from news.related.orphans import orphans_for
from offices.scope import reach_of
from offices.workplace import chosen_office

ROWS_A_PAGE = 50


@require_safe
def orphans_view(request: HttpRequest) -> HttpResponse:
    """Newest first, a page of them; of the office that was chosen, where somebody works for several."""
    office, reach = chosen_office(request), reach_of(request.user)
    rows = orphans_for(request.user)
    page = page_of(rows.filter(office=office) if office else rows, request.GET, size=ROWS_A_PAGE)
    context = {
        **admin.site.each_context(request),
        **page.links(request.path, {}),
        "title": _("Berita tanpa tautan"),
        "rows": page.rows,
        "is_first": page.is_first,
        "shows_office": office is None and (reach.nation or bool(reach.provinces) or len(reach.offices) > 1),
    }
    return render(request, "admin/news/desk/orphans.html", context)
