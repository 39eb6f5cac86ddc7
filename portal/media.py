"""Public pictures and documents, served from the media folder; nothing else lies behind these addresses."""

import os
import re
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.utils.http import http_date

from news.attachments import HEADERS
from news.public_files import SHELVES, sync

TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
}
NAME = re.compile(r"(?:[\w-][\w.-]*/){0,6}[\w-][\w.-]*\.(?P<kind>avif|webp|jpg|png|pdf)", re.ASCII)
KEPT = re.compile(r"(?P<root>photos|attachments)/[0-9a-f]{2}/(?P<token>[0-9a-f]{32})/[^/]+")
LONGEST = 200
A_YEAR = "public, max-age=31536000, s-maxage=600, immutable"
TEN_MINUTES = "public, max-age=600"


def media(request: HttpRequest, name: str) -> FileResponse:
    """The file `name`; no part of a name begins with a dot, so none leads out of the folder.

    A picture is named by what it shows and kept for a year by whoever saw it; proxies, which show it to others, ask
    again after ten minutes, for what was withdrawn is seen no longer. A document is downloaded rather than shown, and
    asked for again as soon by everybody.
    """
    match = NAME.fullmatch(name)
    if match is None or len(name) > LONGEST:
        raise Http404
    kind = match["kind"]
    if kind == "pdf":
        headers = {**HEADERS, "Cache-Control": TEN_MINUTES}
    else:
        headers = {"Cache-Control": A_YEAR, "X-Content-Type-Options": "nosniff"}
    file = _opened(name)
    headers["Last-Modified"] = http_date(os.fstat(file.fileno()).st_mtime)
    return FileResponse(file, content_type=TYPES[kind], as_attachment=kind == "pdf", headers=headers)


def _opened(name: str) -> BinaryIO:
    path = Path(settings.MEDIA_ROOT, name)
    if not path.is_file():
        _restore(name)
    try:
        return path.open("rb")
    except OSError:
        raise Http404 from None


def _restore(name: str) -> None:
    """Copy what the public sees and whose files got lost, as after a restored backup."""
    match = KEPT.fullmatch(name)
    shelf = next((shelf for shelf in SHELVES if match and shelf.root == match["root"]), None)
    item = shelf.model.objects.filter(token=match["token"]).first() if shelf else None
    if item is None or name not in shelf.wanted(item):
        raise Http404
    sync(shelf, item)
