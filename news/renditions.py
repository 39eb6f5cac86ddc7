"""Makes the renditions of photos that take long, in the background.

A page names a rendition as soon as the photo's row does, so files are there first: in private storage always, in public
storage where the public reads the photo. The files are the same every time, so making them twice does no harm.
"""

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from news.images import WIDTHS, Rendition, fitting_widths, render_slowly
from news.models import Photo
from news.owed import Work
from news.public_files import PHOTOS, copy_ahead, sync

SETTLED = ["widths", "avif_widths", "jpeg_width", "renditions_due_at", "renditions_attempts"]


def make(photo: Photo) -> None:
    """Make and store the missing renditions of `photo`, and let pages name them. Raises OSError for a lost original."""
    missing = sorted(set(fitting_widths(photo.width, WIDTHS)) - set(photo.widths))
    with storages["private"].open(str(photo.original.name)) as original:
        renditions = render_slowly(original.read(), webp_widths=missing)
    for rendition in renditions:
        _note(photo, rendition)
        store(photo.rendition_name(rendition.width, rendition.extension), rendition.content)
    copy_ahead(PHOTOS, photo, photo.rendition_names())
    photo.renditions_due_at, photo.renditions_attempts = None, 0
    photo.save(update_fields=SETTLED)
    sync(PHOTOS, photo)


RENDITIONS = Work(Photo, "renditions_due_at", "renditions_attempts", make)


def given_up():
    """The photos whose renditions were tried too often."""
    return Photo.objects.filter(renditions_due_at=None, jpeg_width=None)


def _note(photo: Photo, rendition: Rendition) -> None:
    """Write the width of `rendition` on the row, which nobody else sees before it is saved."""
    match rendition.extension:
        case "avif":
            photo.avif_widths = sorted({*photo.avif_widths, rendition.width})
        case "webp":
            photo.widths = sorted({*photo.widths, rendition.width})
        case "jpg":
            photo.jpeg_width = rendition.width


def store(name: str, content: bytes) -> None:
    """Have `content` under `name` in private storage, and nothing else, also after a crash in the middle of it."""
    private = storages["private"]
    if private.exists(name):
        if private.size(name) == len(content):
            return
        private.delete(name)
    stored = private.save(name, ContentFile(content))
    if stored != name:  # somebody else was quicker
        private.delete(stored)
