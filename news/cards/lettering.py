"""Words in the portal's typeface: which glyphs it has, how wide they run, and how they break into lines."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.conf import settings
from PIL import ImageDraw, ImageFont

# The files the pages use; FreeType reads WOFF2 as it is. The second has what the first lacks.
FILES = ("plus-jakarta-sans-latin-wght-normal.woff2", "plus-jakarta-sans-latin-ext-wght-normal.woff2")
NOWHERE = "\uffff"  # a code point that no font has
ELLIPSIS = "…"
MOST_SIGNS = 300  # of one text; no card has room for more
Point = tuple[float, float]


@lru_cache(maxsize=64)
def _font(number: int, size: int, weight: int) -> ImageFont.FreeTypeFont:
    path = settings.BASE_DIR / "static/fonts" / FILES[number]
    font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=4096)
def _file_for(sign: str) -> int | None:
    """Which of the files has a glyph for `sign`; None where none has."""
    for number in range(len(FILES)):
        font = _font(number, 24, 400)
        glyph, hole = font.getmask(sign), font.getmask(NOWHERE)
        if sign.isspace() or (glyph.size, bytes(glyph)) != (hole.size, bytes(hole)):
            return number
    return None


def writable(text: str) -> str:
    """The beginning of `text` on one line, without the signs that the typeface cannot show, such as emoji."""
    composed = unicodedata.normalize("NFC", text[:MOST_SIGNS])
    shown = "".join(sign if sign.isprintable() and _file_for(sign) is not None else " " for sign in composed)
    return " ".join(shown.split())


@dataclass(frozen=True)
class Style:
    """A size in px and a weight from 200 to 800."""

    size: int
    weight: int

    def width(self, text: str) -> float:
        """How wide `text` runs, in px."""
        return sum(self._font(number).getlength(run) for number, run in _runs(text))

    def draw(self, canvas: ImageDraw.ImageDraw, start: Point, text: str, colour: str) -> None:
        """Write `text` on one line, its baseline beginning at `start`."""
        left, baseline = start
        for number, run in _runs(text):
            font = self._font(number)
            canvas.text((left, baseline), run, fill=colour, font=font, anchor="ls")
            left += font.getlength(run)

    def cut(self, text: str, width: float) -> str:
        """`text`, or as many of its words as fit into `width` px with an ellipsis; of one long word the beginning."""
        if self.width(text) <= width:
            return text
        words = text.split(" ")
        for end in range(len(words) - 1, 0, -1):
            shorter = " ".join(words[:end]).rstrip(",;:–—-") + ELLIPSIS
            if self.width(shorter) <= width:
                return shorter
        while len(text) > 1 and self.width(text + ELLIPSIS) > width:
            text = text[:-1]
        return text + ELLIPSIS

    def _font(self, number: int) -> ImageFont.FreeTypeFont:
        return _font(number, self.size, self.weight)


def _runs(text: str) -> Iterable[tuple[int, str]]:
    """The stretches of `text` that one file has the glyphs for."""
    return [(number, "".join(signs)) for number, signs in groupby(text, lambda sign: _file_for(sign) or 0)]


def broken(text: str, style: Style, width: float) -> list[str]:
    """The lines that `text` takes in a column of `width` px; a word that is wider is cut."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and style.width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(style.cut(word, width))
    return lines


def fitted(text: str, styles: Iterable[Style], width: float, most_lines: int) -> tuple[Style, list[str]]:
    """The first of `styles` in which `text` takes at most so many lines, with the lines; the last one cuts it off."""
    for style in styles:
        lines = broken(text, style, width)
        if len(lines) <= most_lines:
            return style, _even(text, style, width, len(lines))
    rest = " ".join(lines[most_lines - 1 :])
    return style, [*lines[: most_lines - 1], style.cut(rest, width)]


def _even(text: str, style: Style, width: float, lines: int) -> list[str]:
    """The same number of lines, as even as they get without cutting a word: none is left alone on the last."""
    shortest, longest = width / 2, width
    while longest - shortest > style.size / 4:
        middle = (shortest + longest) / 2
        narrower = broken(text, style, middle)
        fits = len(narrower) <= lines and " ".join(narrower) == text
        shortest, longest = (shortest, middle) if fits else (middle, longest)
    return broken(text, style, longest)
