"""The second, striped cloth that may lie over a corner of the first."""

from __future__ import annotations

import math
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from portal.demo.artwork.cloth import laid, woven
from portal.demo.artwork.geometry import Point, smooth
from portal.demo.artwork.palettes import Inks, mix
from portal.demo.artwork.tiles import Tile


def with_second_cloth(picture: Image.Image, inks: Inks, chance: Random, unit: float) -> Image.Image:
    """Lay a plain striped cloth over one corner, with the shadow it throws."""
    wide, high = picture.size
    path = _edge(chance, wide, high)
    over = laid(_stripes(inks, unit), picture.size, _lean(path), chance)
    over = woven(over, chance, 6)
    mask = _beyond(path, picture.size)
    shadow = _beyond([(x - 26 * unit, y - 16 * unit) for x, y in path], picture.size)
    shadow = shadow.reduce(8).filter(ImageFilter.GaussianBlur(4 * unit)).resize(picture.size, Image.Resampling.BICUBIC)
    picture.paste(mix(inks.deep, (0, 0, 0), 0.5), mask=shadow.point(lambda level: level * 0.62))
    picture.paste(over, mask=mask)
    return picture


def _edge(chance: Random, wide: int, high: int) -> list[Point]:
    """Return the edge of a cloth in the lower right: a line with a slight swing, from right to bottom."""
    start = (wide * 1.05, high * chance.uniform(0.12, 0.5))
    end = (wide * chance.uniform(0.42, 0.72), high * 1.05)
    middle = [(start[k] + (end[k] - start[k]) * 0.5 + chance.uniform(-0.035, 0.035) * wide for k in (0, 1))]
    return smooth([start, tuple(middle[0]), end], steps=20)


def _lean(path: list[Point]) -> int:
    (x1, y1), (x2, y2) = path[0], path[-1]
    return round(math.degrees(math.atan2(x2 - x1, y2 - y1))) or 1


def _beyond(path: list[Point], size: tuple[int, int]) -> Image.Image:
    """Return a mask of all that lies below and right of `path`."""
    mask = Image.new("L", (size[0] * 2, size[1] * 2))
    corner = [(path[-1][0], size[1] * 2), (size[0] * 2, size[1] * 2), (size[0] * 2, path[0][1])]
    ImageDraw.Draw(mask).polygon([(x * 2, y * 2) for x, y in [*path, *corner]], fill=255)
    return mask.reduce(2)


def _stripes(inks: Inks, unit: float) -> Image.Image:
    tile = Tile(168 * unit, 12, inks.ground)
    plan = (
        (0, 60, inks.deep),
        (66, 3, inks.main),
        (74, 16, inks.main),
        (96, 3, inks.accent),
        (132, 2, inks.light),
    )
    for x, width, ink in plan:
        tile.stripe(x * unit, width * unit, ink)
    return tile.finished()
