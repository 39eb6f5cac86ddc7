"""Makes the renditions of photos that take long, in the background: leased, tried again, each once.

A page names a rendition as soon as the photo's row does, so files are there first: in private storage always, in public
storage where the public reads the photo. The files are the same every time, so making them twice does no harm.
"""

import logging
import time
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from news.images import WIDTHS, Rendition, fitting_widths, render_slowly
from news.models import Photo
from news.public_files import PHOTOS, copy_ahead, sync

LEASE = timedelta(minutes=5)
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
MOST_ATTEMPTS = len(PAUSES) + 1
LONGEST_TURN = 5.0
"""Seconds after which a task hands on to the next one, so that nothing due waits behind a pile of photos."""

logger = logging.getLogger(__name__)


def owing() -> QuerySet[Photo]:
    """The photos whose renditions are to be made now, those that wait longest first."""
    return Photo.objects.filter(renditions_due_at__lte=timezone.now()).order_by("renditions_due_at", "pk")


def owe_again() -> int:
    """Have the worker try the photos once more whose renditions it gave up; returns how many."""
    given_up = Photo.objects.filter(renditions_due_at=None, jpeg_width=None)
    return given_up.update(renditions_due_at=timezone.now(), renditions_attempts=0)


def enqueue_renditions() -> bool:
    """Hand owed renditions to the workers where there are some and no task waits to make them."""
    waiting = DBTaskResult.objects.filter(task_path=make_renditions.module_path, status=TaskResultStatus.READY)
    if not owing().exists() or waiting.exists():
        return False
    make_renditions.enqueue()
    return True


@task(priority=-50)
def make_renditions() -> int:
    """The workers' task: make renditions for a few seconds, then let others have their turn."""
    made = make_owed_renditions(seconds=LONGEST_TURN)
    if owing().exists():
        make_renditions.enqueue()
    return made


def make_owed_renditions(*, seconds: float | None = None) -> int:
    """Make what is owed, for about `seconds` if given; returns for how many photos.

    May run in any number of processes at once. Call it outside transactions: it takes seconds for every photo.
    """
    ends, made = None if seconds is None else time.monotonic() + seconds, 0
    while (ends is None or time.monotonic() < ends) and (seen := owing().first()):
        if photo := _leased(seen):
            made += _made(photo)
    return made


def _leased(seen: Photo) -> Photo | None:
    """The photo as it stands now, if nobody else took it since it was looked up; the attempt is counted."""
    unchanged = Photo.objects.filter(
        pk=seen.pk, renditions_due_at=seen.renditions_due_at, renditions_attempts=seen.renditions_attempts
    )
    taken = unchanged.update(renditions_due_at=timezone.now() + LEASE, renditions_attempts=F("renditions_attempts") + 1)
    return Photo.objects.get(pk=seen.pk) if taken else None


def _made(photo: Photo) -> bool:
    if photo.renditions_attempts > MOST_ATTEMPTS:
        _settle(photo, None)
        return False
    try:
        make(photo)
    except Exception:  # a decoder, a full disk, an object storage: none may keep the other photos waiting
        logger.exception("The renditions of photo %s cannot be made.", photo.pk)
        gives_up = photo.renditions_attempts == MOST_ATTEMPTS
        _settle(photo, None if gives_up else PAUSES[photo.renditions_attempts - 1])
        return False
    return True


def make(photo: Photo) -> None:
    """Make and store the missing renditions of `photo`, and let pages name them. Raises OSError for a lost original."""
    missing = sorted(set(fitting_widths(photo.width, WIDTHS)) - set(photo.widths))
    with storages["private"].open(photo.original.name) as original:
        renditions = render_slowly(original.read(), webp_widths=missing)
    for rendition in renditions:
        _note(photo, rendition)
        _store(photo.rendition_name(rendition.width, rendition.extension), rendition.content)
    copy_ahead(PHOTOS, photo, photo.rendition_names())
    photo.renditions_due_at, photo.renditions_attempts = None, 0
    photo.save(update_fields=["widths", "avif_widths", "jpeg_width", "renditions_due_at", "renditions_attempts"])
    sync(PHOTOS, photo)


def _note(photo: Photo, rendition: Rendition) -> None:
    """Write the width of `rendition` on the row, which nobody else sees before it is saved."""
    match rendition.extension:
        case "avif":
            photo.avif_widths = sorted({*photo.avif_widths, rendition.width})
        case "webp":
            photo.widths = sorted({*photo.widths, rendition.width})
        case "jpg":
            photo.jpeg_width = rendition.width


def _store(name: str, content: bytes) -> None:
    """Have `content` under `name` in private storage, and nothing else, also after a crash in the middle of it."""
    private = storages["private"]
    if private.exists(name):
        if private.size(name) == len(content):
            return
        private.delete(name)
    stored = private.save(name, ContentFile(content))
    if stored != name:  # somebody else was quicker
        private.delete(stored)


def _settle(photo: Photo, pause: timedelta | None) -> None:
    """Try again after `pause`, or give up where there is none."""
    due_at = timezone.now() + pause if pause else None
    Photo.objects.filter(pk=photo.pk).update(renditions_due_at=due_at)
