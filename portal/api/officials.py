"""People in public office and when they served, for programs."""

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from ninja import Router

from offices.models import Appointment, Official
from portal.api import shapes
from portal.api.errors import answers
from portal.api.paging import Page, by_key
from portal.api.parameters import CURSOR, USUAL, Limit, Slug, described, filters_of, kept
from portal.api.places import addresses_for, official_row

router = Router(tags=["officials"])


@router.get(
    "/officials/",
    response=Page[shapes.Official],
    summary=gettext_lazy("Daftar pejabat"),
    description=gettext_lazy("Dengan semua masa jabatannya. `kantor` menyaring yang pernah menjabat di sana."),
    openapi_extra=answers(400, 404, parameters=described("kantor", CURSOR)),
)
def official_list(request: HttpRequest, limit: Limit = USUAL):
    filters, at = filters_of(request), addresses_for(request)
    rows = _officials()
    if filters.office:
        served = Appointment.objects.filter(position__office=filters.office)
        rows = rows.filter(pk__in=served.values("official"))
    page = by_key(rows, request, limit, "slug")
    return page.page(request, kept(filters, "kantor"), lambda official: official_row(official, at))


@router.get(
    "/officials/{slug}/",
    response=shapes.Official,
    summary=gettext_lazy("Seorang pejabat"),
    openapi_extra=answers(404),
)
def official_detail(request: HttpRequest, slug: Slug):
    return official_row(get_object_or_404(_officials(), slug=slug), addresses_for(request))


def _officials() -> QuerySet[Official]:
    terms = Appointment.objects.select_related("position__office__region")
    return Official.objects.prefetch_related(Prefetch("appointments", terms))
