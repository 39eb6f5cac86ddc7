"""The verb that begins a new article with the content of another."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from news.models import Edition
from news.writing import COPIED_FIELDS, COPIED_ROWS, LIBRARY_ROWS, carry_writers, copy_rows, start_article
from offices.models import Office
from offices.roles import NEWSROOM
from offices.scope import roles_over


def duplicate(edition: Edition, *, by: Any, office: Office | None = None) -> Edition:
    """A draft of a new article of `office`, or of the same one, with the content that `edition` has now.

    It is nobody's correction and has no address yet; who wrote what nobody has checked does not approve its copy.
    Photos and documents stay in the library of their office, so they come along only within it. Raises
    `PermissionDenied` where `by` does not write at both offices.
    """
    source = edition.article.office
    office = office or source
    if not roles_over(by, source) & NEWSROOM:
        raise PermissionDenied
    rows = COPIED_ROWS if office.pk == source.pk else [model for model in COPIED_ROWS if model not in LIBRARY_ROWS]
    with transaction.atomic():
        content = {name: getattr(edition, name) for name in COPIED_FIELDS}
        copy = start_article(office, Edition(**content), by=by)
        copy.tags.set(edition.tags.all())
        copy_rows(edition, copy, rows)
        carry_writers(edition, copy)
    return copy
