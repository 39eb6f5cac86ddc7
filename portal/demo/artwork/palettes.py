"""The colours in which a cloth may be dyed."""

from __future__ import annotations

from typing import NamedTuple

from PIL import ImageColor

Colour = tuple[int, int, int]


class Inks(NamedTuple):
    """The colours of one cloth, from the darkest ground to the brightest line, then the odd one out."""

    deep: Colour
    ground: Colour
    main: Colour
    light: Colour
    accent: Colour


def _inks(*names: str) -> Inks:
    return Inks(*(ImageColor.getrgb(f"#{name}") for name in names))


PALETTES = {
    "indigo": _inks("101b38", "1f3766", "6f97c9", "efe8d6", "cf9a45"),
    "soga": _inks("2a1509", "52301a", "b1713a", "f2e2c0", "24395c"),
    "laut": _inks("07303a", "0f5a66", "4fb0a8", "eaf3ea", "ef9f5b"),
    "hutan": _inks("11251a", "22503a", "7fa863", "f1ead2", "d9a03c"),
    "senja": _inks("380f26", "7d1f3e", "dc6a41", "fce6c6", "f2b33d"),
    "tanah": _inks("2a1b15", "70402b", "bf7148", "f1e3d0", "3f7470"),
}


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return the colour that lies `share`, 0..1, of the way from one to the other."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
