"""The public history of an article: which version of it this is, and what each one changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

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
    """The published versions up to `edition`, the newest first; one query, and none for a first edition.

    The note of a typo, which nobody had to write, is not shown.
    """
    if edition.number == 1:
        return []
    published = edition.article.editions.filter(published_at__isnull=False, number__lte=edition.number)
    rows = published.order_by("number").only("number", "published_at", "correction", "correction_note")
    return versions_among(edition, rows)


def versions_among(edition: Edition, published: Iterable[Edition]) -> list[Version]:
    """The same from the published editions of the article, loaded in the order of their numbers."""
    if edition.number == 1:
        return []
    rows = [row for row in published if row.number <= edition.number]
    return [_version(number, row) for number, row in enumerate(rows, start=1)][::-1]


def _version(number: int, edition: Edition) -> Version:
    note = "" if edition.correction in SILENT_CORRECTIONS else edition.correction_note
    return Version(number, edition.published_at, edition.correction, edition.get_correction_display(), note)
