"""Problem documents (RFC 9457): what a program is told that gets no data, with a sentence for its maker."""

from http import HTTPStatus
from typing import Any

from django.http import JsonResponse

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, headers: dict[str, str] | None = None, **more: Any) -> JsonResponse:
    """The answer with `status` and a sentence; `more` are further members of the document."""
    document = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    kept = {"Cache-Control": "no-store", **(headers or {})}
    options = {"ensure_ascii": False}
    return JsonResponse(document, status=status, content_type=MEDIA_TYPE, headers=kept, json_dumps_params=options)
