"""Public pictures, served from the media folder; nothing else lies behind these addresses."""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest

from news.models import Photo
from news.public_files import PHOTOS, sync

TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
NAME = re.compile(r"(?:[\w-][\w.-]*/){0,6}[\w-][\w.-]*\.(?P<kind>webp|jpg|png)", re.ASCII)
RENDITION = re.compile(r"photos/[0-9a-f]{2}/(?P<token>[0-9a-f]{32})/[^/]+")
LONGEST = 200
A_YEAR = "public, max-age=31536000, immutable"


def media(request: HttpRequest, name: str) -> FileResponse:
    """The picture `name`; no part of a name begins with a dot, so none leads out of the folder."""
    match = NAME.fullmatch(name)
    if match is None or len(name) > LONGEST:
        raise Http404
    headers = {"Cache-Control": A_YEAR, "X-Content-Type-Options": "nosniff"}
    return FileResponse(_opened(name), content_type=TYPES[match["kind"]], headers=headers)


def _opened(name: str):
    path = Path(settings.MEDIA_ROOT, name)
    if not path.is_file():
        _restore(name)
    try:
        return path.open("rb")
    except OSError:
        raise Http404 from None


def _restore(name: str) -> None:
    """Copy the renditions of a photo that the public sees and whose files got lost, as after a restored backup."""
    match = RENDITION.fullmatch(name)
    photo = Photo.objects.filter(token=match["token"]).first() if match else None
    if photo is None or name not in PHOTOS.wanted(photo):
        raise Http404
    sync(PHOTOS, photo)
