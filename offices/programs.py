"""The door of addresses that programs read: from any site, by GET alone, told what has not changed and when to wait."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from offices.problems import problem
from offices.rates import Allowance, spend
from offices.signin.addresses import client_address

READING = ("GET", "HEAD")
ALLOW = "GET, HEAD, OPTIONS"
SECONDS = 60
STALE_SECONDS = 60
FROM_ANYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, RateLimit, RateLimit-Policy, Retry-After",
}
PREFLIGHT = {
    "Allow": ALLOW,
    "Access-Control-Allow-Methods": ALLOW,
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, X-Requested-With",
    "Access-Control-Max-Age": "86400",
}

View = Callable[..., HttpResponse]


def open_to_programs(view: View) -> View:
    """`view` for programs on any site: readable without credentials, kept for a minute, counted by address.

    OPTIONS answers a browser's question before a request of another site, and reads nothing; every other method but GET
    and HEAD is refused. `Http404` and what Django calls suspicious become problem documents. An answer that is the same
    as before is 304, by an ETag of its content. Search engines keep pages for people only.
    """

    @csrf_exempt  # a refusal of POST must be 405 for everybody; nothing here changes anything
    @wraps(view)
    def opened(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        for name, value in FROM_ANYWHERE.items():
            response[name] = value
        if not response.get("Content-Type", "").startswith("text/html"):
            response["X-Robots-Tag"] = "noindex"
        return response

    return opened


def _answer(view: View, request: HttpRequest, *args, **kwargs) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT)
    if request.method not in READING:
        return problem(405, _("Alamat ini hanya dapat dibaca (GET); tidak ada yang dapat diubah."), {"Allow": ALLOW})
    allowance = _spent(request)
    if allowance and not allowance.spent:
        return problem(429, _too_often(allowance), allowance.headers())
    response = _conditional(request, _read(view, request, *args, **kwargs))
    for name, value in (allowance.headers() if allowance else {}).items():
        response[name] = value
    return response


def _spent(request: HttpRequest) -> Allowance | None:
    """What is left to whoever asks; None where the limit is off, or no address is known that could be counted."""
    address, limit = client_address(request), settings.API_REQUESTS_A_MINUTE
    return spend(f"api:{address}", limit) if limit and address else None


def _too_often(allowance: Allowance) -> str:
    return _("Terlalu banyak permintaan: paling banyak %(limit)d per menit. Coba lagi %(wait)d detik lagi.") % {
        "limit": allowance.limit,
        "wait": allowance.wait,
    }


def _read(view: View, request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """What `view` answers to GET; the server leaves the content out where HEAD was asked."""
    asked, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return problem(404, _("Tidak ada yang dapat ditemukan di alamat ini."))
    except SuspiciousOperation:
        return problem(400, _("Permintaan ini tidak dapat dibaca. Periksa alamatnya."))
    finally:
        request.method = asked


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 200:
        return response
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, public=True, max_age=SECONDS, stale_while_revalidate=STALE_SECONDS)
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
