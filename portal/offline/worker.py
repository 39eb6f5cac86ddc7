"""The service worker: its text with the names of this release before it, or the one that takes it out of browsers."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse

WORKER = (Path(__file__).parent / "worker.js").read_text(encoding="utf-8")
FAREWELL = (Path(__file__).parent / "farewell.js").read_text(encoding="utf-8")
SHELL_PAGES = ("offline", "shelf")
SHELL_FILES = (
    "css/tokens.css",
    "css/site.css",
    "css/article.css",
    "css/shelf.css",
    "fonts/plus-jakarta-sans-latin-wght-normal.woff2",
    "js/display.js",
    "js/menu.js",
    "js/keep.js",
    "js/shelf.js",
    "favicon.svg",
)
"""What the pages of the shell need; other files are kept as they are used."""

OF_OTHERS = ("/pratinjau/", "/undangan/", "/api/")
"""Beside the addresses of staff, those that the worker lets pass untouched and never keeps."""


def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that browsers ask for at each visit; a changed byte replaces the worker they have."""
    text = _worker() if settings.KEEPS_OFFLINE else FAREWELL
    headers = {"Cache-Control": "public, no-cache", "ETag": f'W/"{_hash(text)}"'}
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers=headers)


def _worker() -> str:
    release = {
        "shell": [*map(reverse, SHELL_PAGES), *map(static, SHELL_FILES)],
        "offline": reverse("offline"),
        "static": settings.STATIC_URL,
        "private": [*settings.STAFF_ADDRESSES, *OF_OTHERS],
    }
    files = getattr(staticfiles_storage, "manifest_hash", "")
    release["name"] = _hash(f"{json.dumps(release)}{files}{WORKER}")
    return f"const RELEASE = {json.dumps(release)};\n\n{WORKER}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
