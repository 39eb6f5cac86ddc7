"""The public history of an article: which version of it this is, and what each one changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from news.models import Edition
from news.models.editions import PRESS_LAW, SILENT_CORRECTIONS


@dataclass(frozen=True)
class Version:
    """One published version, counted from 1: when it went out, of which kind it is, and the note readers get."""

    number: int
    at: datetime
    kind: str
    kind_label: str
    note: str

    @property
    def is_correction(self) -> bool:
        """Whether the press law asks that readers be told of it: ralat, koreksi, hak jawab."""
        return self.kind in PRESS_LAW


def versions_of(edition: Edition) -> list[Version]:
    """The published versions up to `edition`, loaded `with_content()`, the newest first; no query.

    The note of a typo, which nobody had to write, is not shown.
    """
    return versions_among(edition, [_told(row) for row in edition.published_rows or []])


def versions_to_be(edition: Edition) -> list[Version]:
    """The same for a preview: on top `edition` itself, not out yet, as readers will find it; no query."""
    versions = versions_of(edition)
    if edition.published_at or edition.number == 1 or not edition.correction:
        return versions
    return [replace(_version(len(versions) + 1, edition), at=edition.saved_at), *versions]


def _told(row: dict[str, Any]) -> Edition:
    """An edition with as much as a row of `published_rows` says of it; SQLite writes moments without their zone."""
    at = datetime.fromisoformat(row["at"])
    return Edition(
        number=row["number"],
        published_at=at if at.tzinfo else at.replace(tzinfo=UTC),
        correction=row["correction"],
        correction_note=row["note"],
    )


def versions_among(edition: Edition, published: Iterable[Edition]) -> list[Version]:
    """The same from the published editions of the article, loaded in the order of their numbers."""
    if edition.number == 1:
        return []
    rows = [row for row in published if row.number <= edition.number]
    return [_version(number, row) for number, row in enumerate(rows, start=1)][::-1]


def _version(number: int, edition: Edition) -> Version:
    note = "" if edition.correction in SILENT_CORRECTIONS else edition.correction_note
    return Version(number, edition.published_at, edition.correction, edition.get_correction_display(), note)
