"""Whether a headline reads like one."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from news.readiness.manuscript import Manuscript

LONG_HEADLINE = 110
CAPITALS = 0.7  # of the letters


def doubts(manuscript: Manuscript) -> Iterator[str]:
    headline = manuscript.edition.headline
    letters = [letter for letter in headline if letter.isalpha()]
    if len(headline) > LONG_HEADLINE:
        yield _("Judul lebih dari %(most)d huruf; sebagian terpotong di mesin pencari.") % {"most": LONG_HEADLINE}
    if len(letters) > 10 and sum(letter.isupper() for letter in letters) > len(letters) * CAPITALS:
        yield _("Judul ditulis dengan huruf besar; tulis seperti kalimat.")
