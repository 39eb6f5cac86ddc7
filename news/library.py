"""An office's photo library: taking pictures in, and keeping public storage in step with what is published."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from news.images import render_sizes
from news.models import EditionPhoto, Photo
from news.states import PublicState
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
    at: datetime | None = None,
) -> Photo:
    """Check, re-encode and store the picture in `file`, with its renditions, in the library of `office`.

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
        uploaded_by=by,
        uploaded_at=at or timezone.now(),
    )
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


def public_names(photo: Photo) -> list[str]:
    """The storage names of every rendition the public may fetch while the photo is published."""
    return [*(photo.rendition_name(width) for width in photo.widths), photo.share_name()]


def sync_public_files(article_id: int) -> None:
    """Bring public storage in step with the photos of every edition of an article.

    Idempotent, so it can be called again after a crash; runs after the commit that changed what is public.
    """
    photos = Photo.objects.filter(uses__edition__article=article_id).distinct()
    public = set(_publicly_used(photos))
    for photo in photos:
        if photo.pk in public:
            publish_files(photo)
        else:
            withdraw_files(photo)


def _publicly_used(photos: Iterable[Photo]) -> Iterable[int]:
    live = EditionPhoto.objects.filter(
        photo__in=photos,
        edition=F("edition__article__live_edition"),
        edition__article__public_state=PublicState.LIVE,
    )
    return live.values_list("photo_id", flat=True)


def publish_files(photo: Photo) -> None:
    """Copy the renditions from private to public storage where they are not there yet."""
    private = storages["private"]
    for name in public_names(photo):
        if not default_storage.exists(name):
            with private.open(name) as file:
                default_storage.save(name, file)


def withdraw_files(photo: Photo) -> None:
    """Take the renditions out of public storage; the private ones stay."""
    for name in public_names(photo):
        default_storage.delete(name)
