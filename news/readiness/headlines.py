"""Whether a headline and a deck read like ones, in the numbers and sentences that the form hints with."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from news.readiness.manuscript import Manuscript

LONG_HEADLINE, LONG_DECK = 110, 200  # letters
CAPITALS = 0.7  # of the letters
FEWEST_TO_JUDGE = 10  # letters


def doubts(manuscript: Manuscript) -> Iterator[str]:
    headline, deck = manuscript.edition.headline, manuscript.edition.deck
    letters = [letter for letter in headline if letter.isalpha()]
    if len(headline) > LONG_HEADLINE:
        yield too_long()
    if len(letters) > FEWEST_TO_JUDGE and sum(letter.isupper() for letter in letters) > len(letters) * CAPITALS:
        yield in_capitals()
    if len(deck) > LONG_DECK:
        yield deck_too_long()


def too_long() -> str:
    return _("Judul lebih dari %(most)d huruf; sebagian terpotong di mesin pencari.") % {"most": LONG_HEADLINE}


def in_capitals() -> str:
    return _("Judul ditulis dengan huruf besar; tulis seperti kalimat.")


def deck_too_long() -> str:
    return _("Ringkasan lebih dari %(most)d huruf; sebagian terpotong di mesin pencari.") % {"most": LONG_DECK}


def hints() -> dict[str, dict[str, str]]:
    """The same as attributes of the form's fields, by their names, for `static/editor/hints.js`."""
    return {
        "headline": {
            "data-hints": "",
            "data-most": str(LONG_HEADLINE),
            "data-too-long": too_long(),
            "data-capitals": str(CAPITALS),
            "data-fewest": str(FEWEST_TO_JUDGE),
            "data-in-capitals": in_capitals(),
        },
        "deck": {"data-hints": "", "data-most": str(LONG_DECK), "data-too-long": deck_too_long()},
    }
