"""Public texts leave compressed where a browser takes gzip; what may hold a secret never does.

Public is what the table of `portal/caching.py` or a door for programs calls so: it is the same for everybody, no token
and no cookie stands in it, and so its length betrays nothing ([ADR 0026](docs/adr/0026-compressed-answers.md)).
"""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

TEXT = re.compile(r"text/|application/([\w.-]+\+)?(json|xml)\b", re.ASCII)

_gzip = GZipMiddleware(lambda request: HttpResponse())


def is_personal(response: HttpResponseBase) -> bool:
    """Whether `response` sets a cookie or depends on one."""
    return bool(response.cookies) or "cookie" in response.get("Vary", "").lower()


def may_be_compressed(response: HttpResponseBase) -> bool:
    """Whether `response` is a public text, or the 304 for one; pictures and documents are packed already.

    No view answers 304 by itself for anything but a text, and a 304 does not say what it is about.
    """
    is_text = response.status_code == 304 or TEXT.match(response.get("Content-Type", ""))
    is_public = response.get("Cache-Control", "").startswith("public") and not is_personal(response)
    return bool(is_text) and is_public and not response.streaming


def announce(response: HttpResponseBase) -> None:
    """Say that one page comes in two packings: caches keep them apart, and its ETag is weak.

    A 304 has to say the same as the page that it confirms, so this comes before anything is confirmed.
    """
    patch_vary_headers(response, ("Accept-Encoding",))
    if response.get("ETag", "").startswith('"'):
        response["ETag"] = f"W/{response['ETag']}"


def compress(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """`response` as small as the browser takes it, behind up to a hundred bytes by chance (BREACH)."""
    return _gzip.process_response(request, response)
