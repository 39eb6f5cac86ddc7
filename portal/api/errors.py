"""How refusals are described in OpenAPI, and how exceptions become problem documents."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import ValidationError

from offices.problems import MEDIA_TYPE, problem
from portal.api.refusals import Refused

MEANINGS = {
    304: gettext_lazy("Tidak berubah sejak ETag yang dikirim pada If-None-Match."),
    400: gettext_lazy("Sebuah parameter tidak dapat dibaca."),
    404: gettext_lazy("Nama atau halaman yang diminta tidak ada."),
    410: gettext_lazy("Berita ini ditarik atau dihapus."),
    429: gettext_lazy("Terlalu banyak permintaan; tunggu selama Retry-After."),
}
PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def answers(*statuses: int, parameters: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """What OpenAPI is told of an operation beside its shape: how it refuses, and `parameters` we read ourselves."""
    refusals = {status: {"description": MEANINGS[status], "content": PROBLEM} for status in (*statuses, 429)}
    unchanged = {304: {"description": MEANINGS[304]}}
    return {"responses": {**unchanged, **refusals}, "parameters": parameters or []}


def tell(api: NinjaAPI) -> None:
    """Let `api` answer every refusal with a problem document; what the door answers itself is left to the door."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(ValidationError, _not_understood)
    for kind in (Http404, SuspiciousOperation):
        api.add_exception_handler(kind, _leave_to_the_door)


def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(error.status, error.sentence)


def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A number in an address that nothing can have is no page; in a parameter it is a mistake."""
    places = [fault["loc"] for fault in error.errors]
    if any(place[0] == "path" for place in places):
        raise Http404
    names = ", ".join(f"“{place[-1]}”" for place in places)
    return problem(400, _("Nilai parameter %(names)s tidak dapat dipakai. Lihat /api/v1/.") % {"names": names})


def _leave_to_the_door(request: HttpRequest, error: Exception) -> HttpResponse:
    raise error
