"""Absolute addresses of the portal's own pages."""

from django.conf import settings
from django.http import HttpRequest


def absolute(request: HttpRequest, path: str) -> str:
    """`path` under the configured `SITE_URL`, else under the host the request came to."""
    if settings.SITE_URL:
        return f"{settings.SITE_URL}{path}"
    return request.build_absolute_uri(path)


def site_address(path: str) -> str:
    """`path` under the configured `SITE_URL`, for mail and whatever else no request comes with."""
    return f"{settings.SITE_URL or 'http://localhost:8000'}{path}"
