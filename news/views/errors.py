"""Answers for what is no longer there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def gone(request: HttpRequest) -> HttpResponse:
    """410: it was here and has been removed for good; nothing of its content is shown."""
    return render(request, "410.html", status=410)
