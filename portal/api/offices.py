"""Regions and the offices that publish, for programs."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from ninja import Router

from offices.models import Office, Region
from portal.api import shapes
from portal.api.errors import answers
from portal.api.paging import Page, by_key
from portal.api.parameters import CURSOR, USUAL, Limit, RegionCode, Slug, described, filters_of, kept
from portal.api.places import addresses_for, office_row, region_row

router = Router(tags=["offices"])


@router.get(
    "/regions/",
    response=Page[shapes.Region],
    summary=gettext_lazy("Daftar wilayah"),
    description=gettext_lazy("Indonesia, provinsi, kabupaten, dan kota, menurut kode Kemendagri."),
    openapi_extra=answers(400, 404, parameters=described("provinsi", CURSOR)),
)
def region_list(request: HttpRequest, limit: Limit = USUAL):
    filters, at = filters_of(request), addresses_for(request)
    rows = Region.objects.select_related("office")
    if filters.province:
        rows = rows.filter(code__startswith=filters.province.code)
    return by_key(rows, request, limit, "code").page(
        request, kept(filters, "provinsi"), lambda region: region_row(region, at)
    )


@router.get(
    "/regions/{code}/",
    response=shapes.Region,
    summary=gettext_lazy("Satu wilayah"),
    openapi_extra=answers(404),
)
def region_detail(request: HttpRequest, code: RegionCode):
    return region_row(get_object_or_404(Region.objects.select_related("office"), code=code), addresses_for(request))


@router.get(
    "/offices/",
    response=Page[shapes.Office],
    summary=gettext_lazy("Daftar kantor"),
    description=gettext_lazy("Kementerian dan dinas yang menerbitkan berita."),
    openapi_extra=answers(400, 404, parameters=described("provinsi", CURSOR)),
)
def office_list(request: HttpRequest, limit: Limit = USUAL):
    filters, at = filters_of(request), addresses_for(request)
    rows = _offices()
    if filters.province:
        rows = rows.filter(region__code__startswith=filters.province.code)
    return by_key(rows, request, limit, "slug").page(
        request, kept(filters, "provinsi"), lambda office: office_row(office, at)
    )


@router.get(
    "/offices/{slug}/",
    response=shapes.Office,
    summary=gettext_lazy("Satu kantor"),
    openapi_extra=answers(404),
)
def office_detail(request: HttpRequest, slug: Slug):
    return office_row(get_object_or_404(_offices(), slug=slug), addresses_for(request))


def _offices():
    return Office.objects.select_related("region").prefetch_related("accounts")
