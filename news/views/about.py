"""Pages that tell readers what this portal is, how it corrects itself, and what it keeps of them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from offices.links import absolute
from offices.models import Office


def about(request: HttpRequest) -> HttpResponse:
    """Who publishes here and how articles are checked."""
    centre = Office.objects.filter(region__parent=None).select_related("region").first()
    return _page(request, "about", centre=centre)


def guidelines(request: HttpRequest) -> HttpResponse:
    """How errors are corrected, and how to demand it.

    UU 40/1999 tentang Pers, pasal 1 angka 11–13 and pasal 5; Pedoman Pemberitaan Media Siber (Peraturan Dewan Pers
    1/2012), butir 4, 5 and 9; Pedoman Hak Jawab (Peraturan Dewan Pers 9/2008).
    """
    return _page(request, "guidelines")


def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested for readers with a disability, what is known to be wanting, and whom to tell."""
    return _page(request, "accessibility")


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of readers, which is nearly nothing."""
    return _page(request, "privacy", kept_days=settings.DEMAND_KEPT_DAYS)


def _page(request: HttpRequest, name: str, **more: Any) -> HttpResponse:
    context = {
        "canonical_url": absolute(request, request.path),
        "contact_email": settings.CONTACT_EMAIL,
        **more,
    }
    return render(request, f"news/page_{name}.html", context)
