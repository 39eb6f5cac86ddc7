"""The directory of offices."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from offices.links import absolute
from offices.models import Office, Region


def office_list(request: HttpRequest) -> HttpResponse:
    """Every office below its province, the provinces from west to east; the ministry comes first."""
    offices = Office.objects.select_related("region__parent").order_by("region__code")
    groups = [(province, list(rows)) for province, rows in groupby(offices, _province_of)]
    context = {"groups": groups, "canonical_url": absolute(request, reverse("office_list"))}
    return render(request, "offices/office_list.html", context)


def _province_of(office: Office) -> Region:
    """The province an office stands in; the nation for the ministry."""
    region = office.region
    return region.parent if region.parent and region.parent.is_province else region
