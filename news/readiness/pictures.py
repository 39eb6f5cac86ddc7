"""Whether photos are there, large enough, and described by words of their own."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from news.readiness.manuscript import Manuscript

LEAD_WIDTH = 800  # px; a phone shows 390 at two dots each, a desk 800
USEFUL_WIDTH = 480  # px


def doubts(manuscript: Manuscript) -> Iterator[str]:
    if not manuscript.photos:
        yield _("Berita ini belum berfoto.")
    headline = _plain(manuscript.edition.headline)
    for order, row in enumerate(manuscript.photos, start=1):
        least = LEAD_WIDTH if order == 1 else USEFUL_WIDTH
        if row.photo.width < least:
            yield _(
                "Foto ke-%(order)d hanya selebar %(width)d piksel dan akan kabur; pakai yang sedikitnya %(least)d."
            ) % {"order": order, "width": row.photo.width, "least": least}
        if headline and _plain(row.caption) == headline:
            yield _(
                "Keterangan foto ke-%(order)d sama dengan judul; tulis siapa dan apa yang tampak pada foto itu."
            ) % {"order": order}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
