"""An office's photo library: taking pictures in, in every size that a page needs."""

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from news.focal import steps_of
from news.images import render_share, render_sizes
from news.models import Photo
from offices.images import clean_picture
from offices.models import Kind, Office
from offices.trail import record

SMALLEST_SIDE = 320


def add_photo(
    file: Any,
    *,
    office: Office,
    by: Any,
    title: str,
    caption: str = "",
    credit: str = "",
    alt: str = "",
    replaces: Photo | None = None,
    at: datetime | None = None,
) -> Photo:
    """Check, re-encode and store the picture in `file`, with its renditions, in the library of `office`.

    One that `replaces` another of the same office begins with its focal point.
    Call it outside a transaction: image work takes seconds and would hold SQLite's write lock. Raises
    `offices.images.RefusedPicture` with a sentence; files are written before the row, so a crash leaves an unreferenced
    file and never a row without one.
    """
    picture = clean_picture(file, min_side=SMALLEST_SIDE)
    photo = Photo(
        office=office,
        width=picture.width,
        height=picture.height,
        sha256=picture.sha256,
        title=title,
        caption=caption,
        credit=credit,
        alt=alt,
        replaces=replaces,
        uploaded_by=by,
        uploaded_at=at or timezone.now(),
    )
    if replaces:
        photo.focal_x, photo.focal_y = replaces.focal_x, replaces.focal_y
    _store_renditions(photo, picture.content)
    photo.original = storages["private"].save(
        f"{photo.folder()}/original.{picture.extension}", ContentFile(picture.content)
    )
    photo.full_clean(exclude=["original"])
    with transaction.atomic():
        photo.save()
        record(Kind.UPLOADED, by=by, thing=photo)
    return photo


def _store_renditions(photo: Photo, content: bytes) -> None:
    for rendition in render_sizes(content):
        if rendition.format == "WEBP":
            photo.widths.append(rendition.width)
            name = photo.rendition_name(rendition.width)
        else:
            name = photo.share_name()
        storages["private"].save(name, ContentFile(rendition.content))
    photo.widths.sort()


def prepare_share(photo: Photo, x: float, y: float) -> None:
    """Have the share picture of `photo` around the step of the focal point x, y (0 to 1) in private storage.

    Image work: call it outside a transaction. Raises OSError where the original is lost.
    """
    across, down = steps_of(x, y)
    private, name = storages["private"], photo.share_name(x, y)
    if private.exists(name):
        return
    with private.open(photo.original.name) as original:
        rendition = render_share(original.read(), (across / 100, down / 100))
    stored = private.save(name, ContentFile(rendition.content))
    if stored != name:  # somebody else was quicker
        private.delete(stored)
