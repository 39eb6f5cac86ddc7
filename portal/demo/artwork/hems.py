"""The borders sewn along one side of a cloth, as a sarong or a shawl has them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from random import Random

from PIL import Image

from portal.demo.artwork.geometry import diamond, leaf
from portal.demo.artwork.palettes import Colour, Inks, mix
from portal.demo.artwork.tiles import Tile

_HEM_SIDES = (  # how to bring that side of the cloth down, and how to bring it back
    (None, None),
    (None, None),
    (Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.FLIP_TOP_BOTTOM),
    (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270),
    (Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_90),
)


def hemmed(cloth: Image.Image, inks: Inks, chance: Random, scale: float) -> Image.Image:
    """Sew a border along one side; which side and which border is left to chance."""
    there, back = chance.choice(_HEM_SIDES)
    cloth = cloth.transpose(there) if there is not None else cloth
    tile = chance.choice((_tumpal, _meander, _garland))(inks, scale)
    y = round(cloth.height * chance.uniform(0.7, 0.77))
    for x in range(-chance.randrange(tile.width), cloth.width, tile.width):
        cloth.paste(tile, (x, y))
    cloth.paste(mix(inks.deep, inks.ground, 0.35), (0, y + tile.height, cloth.width, cloth.height))
    for top, ink in _selvedge(y + tile.height, cloth.height, inks, scale):
        cloth.paste(ink, (0, top, cloth.width, top + max(1, round(3 * scale))))
    return cloth.transpose(back) if back is not None else cloth


def _selvedge(start: int, end: int, inks: Inks, scale: float) -> Iterable[tuple[int, Colour]]:
    """Yield where the fine lines of the plain part beyond the border run, and their colour."""
    lines = ((14, inks.main), (22, inks.light), (30, inks.main), (58, inks.accent))
    for repeat in range(1 + round((end - start) / (86 * scale))):
        for offset, ink in lines:
            yield start + round((offset + repeat * 86) * scale), ink


def _tumpal(inks: Inks, scale: float) -> Image.Image:
    """Bamboo shoots: a row of triangles, the border of the archipelago."""
    wide, high = 84 * scale, 176 * scale
    tile = _edged(wide, high, inks, scale)
    low, top = high - 18 * scale, 30 * scale
    for share, ink in ((1, inks.light), (0.9, inks.ground), (0.66, inks.main), (0.58, inks.ground)):
        foot = low - (1 - share) * 30 * scale
        half = wide / 2 * share
        tile.shape([(wide / 2 - half, foot), (wide / 2, foot - (low - top) * share), (wide / 2 + half, foot)], ink)
    for turn in (-118, -90, -62):
        tile.shape(leaf(wide / 2, low - 16 * scale, 36 * scale, 12 * scale, turn), inks.accent)
    for x, y, radius in ((0, 44, 5), (0, 64, 3.6), (0, 80, 2.6)):
        tile.dot(x, y * scale, radius * scale, inks.main)
    return tile.finished()


def _meander(inks: Inks, scale: float) -> Image.Image:
    """A tendril that swings from leaf to leaf."""
    wide, high = 150 * scale, 116 * scale
    tile = _edged(wide, high, inks, scale)
    middle = high / 2
    wave = [(wide * t / 40, middle + 17 * scale * math.sin(2 * math.pi * t / 40)) for t in range(41)]
    tile.trail(wave, lambda t: 2.6 * scale, inks.main)
    for x, up in ((0.25, -1), (0.75, 1)):
        for turn in (30, 90, 150):
            tile.shape(leaf(x * wide, middle + 12 * up * -scale, 37 * scale, 15 * scale, up * turn), inks.light)
            tile.shape(leaf(x * wide, middle + 12 * up * -scale, 25 * scale, 5 * scale, up * turn), inks.ground)
        tile.dot(x * wide, middle + 14 * up * -scale, 6.5 * scale, inks.accent)
    return tile.finished()


def _garland(inks: Inks, scale: float) -> Image.Image:
    """A chain of diamonds and seeds."""
    wide, high = 96 * scale, 104 * scale
    tile = _edged(wide, high, inks, scale)
    for reach, ink in ((1, inks.light), (0.86, inks.ground), (0.56, inks.main), (0.34, inks.light)):
        tile.shape(diamond(wide / 2, high / 2, 40 * scale * reach, 32 * scale * reach), ink)
    for y in (-19, 0, 19):
        tile.dot(0, high / 2 + y * scale, (4.6 if y == 0 else 2.8) * scale, inks.accent)
    return tile.finished()


def _edged(wide: float, high: float, inks: Inks, scale: float) -> Tile:
    tile = Tile(wide, high, inks.deep)
    for y, ink in ((0, inks.light), (7, inks.accent), (14, inks.main)):
        for top in (y * scale, high - (y + 3) * scale):
            tile.band(top, 3 * scale, ink)
    return tile
