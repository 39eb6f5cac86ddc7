"""The verb that puts a better file in the place of a photo, in editions that are still being written."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from news.models import Edition, EditionPhoto, Photo
from news.refusals import NotNow
from news.states import WORKING
from news.workflow import locked
from news.writing import save_content
from offices.scope import rows_in_scope


def working_editions_with(photo: Photo, user: Any) -> QuerySet[Edition]:
    """The editions in the scope of `user` that are being worked on and show `photo`."""
    shown = EditionPhoto.objects.filter(photo=photo).values("edition")
    working = rows_in_scope(user, Edition.objects.filter(pk__in=shown, state__in=WORKING)).defer("body")
    return working.select_related("article__office__region__parent").order_by("-saved_at", "-pk")


def swap_photo(edition: Edition, *, old: Photo, new: Photo, by: Any, version: int) -> Edition:
    """Show `new` wherever `edition` shows `old`; words, order and focal point of the rows stay.

    It is a save of content like any other: it makes `by` a contributor and voids an approval. Raises what
    `save_content` raises, and `NotNow` where the edition is public or no longer shows `old`; nothing has changed then.
    """
    with transaction.atomic():
        stored = locked(edition)
        if not stored.is_working:
            raise NotNow(_("Edisi yang sudah terbit tidak pernah diubah; mulailah edisi baru."))
        if not EditionPhoto.objects.filter(edition=stored, photo=old).update(photo=new):
            raise NotNow(_("Naskah ini tidak lagi memakai foto yang diganti."))
        return save_content(stored, by=by, version=version)
