"""Keeps public storage in step with what the public may read.

No lock spans a database and a folder, so none is held: whoever changes what is public commits first, then puts the
files in step, then asks again, and begins anew where the answer has changed meanwhile. The last work on a file is
thus followed by a question whose answer it agrees with, however many people publish and withdraw at once. What a
crash leaves behind in between is put right by `manage.py sync_media`.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db.models import F, Model, QuerySet

from news.library import prepare_share
from news.models import Attachment, EditionAttachment, EditionPhoto, Photo
from news.states import PublicState

MOST_ROUNDS = 8
UNFINISHED = "."  # how the name of a file begins while it is being written

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shelf:
    """One kind of file: the folder it lies in, its model, and the rows of editions that show it through `field`.

    `names` are the storage names the public may fetch while `rows` show the file; `prepare` makes those that are made
    on demand, in private storage.
    """

    root: str
    model: type[Model]
    rows: type[Model]
    field: str
    names: Callable[[Any, Iterable[Any]], list[str]]
    prepare: Callable[[Any, Iterable[Any]], None]

    def live_rows(self, **of: Any) -> QuerySet:
        """The rows of the editions that the public reads now."""
        live = {"edition": F("edition__article__live_edition"), "edition__article__public_state": PublicState.LIVE}
        return self.rows.objects.filter(**live, **of)

    def wanted(self, item: Any) -> set[str]:
        """The names of the files of `item` that the public may fetch now."""
        rows = list(self.live_rows(**{self.field: item}))
        return set(self.names(item, rows)) if rows else set()


def public_names(photo: Photo, rows: Iterable[EditionPhoto] = ()) -> list[str]:
    """The storage names of every rendition the public may fetch while `rows`, if any, show the photo."""
    leads = (row.share_name() for row in rows if row.position == 0)
    return [*photo.rendition_names(), *sorted({photo.share_name(), *leads})]


def _prepare_shares(photo: Photo, rows: Iterable[EditionPhoto]) -> None:
    for row in rows:
        if row.position == 0:
            _tried(prepare_share, photo, row.focal_x, row.focal_y)


PHOTOS = Shelf("photos", Photo, EditionPhoto, "photo", public_names, _prepare_shares)
ATTACHMENTS = Shelf(
    "attachments",
    Attachment,
    EditionAttachment,
    "attachment",
    names=lambda attachment, rows: [attachment.file.name],
    prepare=lambda attachment, rows: None,
)
SHELVES = (PHOTOS, ATTACHMENTS)


def sync_public_files(article_id: int) -> None:
    """Bring public storage in step with the files of every edition of an article.

    Idempotent, so it can be called again after a crash; runs after the commit that changed what is public.
    """
    for shelf in SHELVES:
        for item in shelf.model.objects.filter(uses__edition__article=article_id).distinct():
            sync(shelf, item)


def sync(shelf: Shelf, item: Any) -> None:
    """Bring the public files of `item` in step; call it outside a transaction."""
    for _round in range(MOST_ROUNDS):
        rows = list(shelf.live_rows(**{shelf.field: item}))
        wanted = set(shelf.names(item, rows)) if rows else set()
        _put_in_step(shelf, item, rows, wanted)
        if wanted == shelf.wanted(item):
            return
    logger.warning("Public files of %s %s keep changing; sync_media will settle them.", shelf.root, item.pk)


def copy_ahead(shelf: Shelf, item: Any, names: Iterable[str]) -> None:
    """Copy the files of `item` that pages are about to name, if the public reads it now; `sync` has to follow."""
    if shelf.live_rows(**{shelf.field: item}).exists():
        for name in sorted(set(names) - set(names_in(item.folder()))):
            _copy(name)


def _put_in_step(shelf: Shelf, item: Any, rows: list[Any], wanted: set[str]) -> None:
    """Take away first: a lost original must not keep a withdrawn file public."""
    present = set(names_in(item.folder()))
    for name in present - wanted:
        default_storage.delete(name)
    if wanted - present:
        shelf.prepare(item, rows)
    for name in sorted(wanted - present):
        _tried(_copy, name)


def _tried(work: Callable, *args: Any) -> None:
    """One lost file is told and keeps none of the others back."""
    try:
        work(*args)
    except OSError:
        logger.exception("A published file cannot be made public.")


def names_in(folder: str) -> Iterator[str]:
    """The names of the finished files in a folder of public storage."""
    try:
        files = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    yield from (f"{folder}/{file}" for file in files if not file.startswith(UNFINISHED))


def _copy(name: str) -> None:
    """Copy from private to public storage, whole or not at all: a browser may keep what it gets for a year."""
    with storages["private"].open(name) as source:
        content = source.read()
    try:
        target = Path(default_storage.path(name))
    except NotImplementedError:  # object storage puts whole files
        default_storage.save(name, ContentFile(content))
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=UNFINISHED, delete=False) as part:
        part.write(content)
    written = Path(part.name)
    written.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    written.replace(target)
