"""The pages of the stories that a reader keeps: the browser fills them, the server knows none of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def shelf(request: HttpRequest) -> HttpResponse:
    """The list of the stories kept in this browser."""
    return render(request, "portal/shelf.html", {"robots": "noindex"})


def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows in place of a page that it has no copy of."""
    return render(request, "portal/offline.html", {"robots": "noindex"})
