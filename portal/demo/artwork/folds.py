"""The folds in which a cloth lies."""

from __future__ import annotations

import math
from collections.abc import Iterable
from random import Random

from PIL import Image

from portal.demo.artwork.geometry import Point, turned
from portal.demo.artwork.light import shaded


class Folds:
    """Soft waves across a cloth: `height` moves its threads, `slope` catches the light. Places are 0..1."""

    def __init__(self, chance: Random):
        lean = math.radians(chance.choice((-1, 1)) * chance.uniform(8, 55))
        self.across = math.cos(lean), math.sin(lean)
        self.waves = [
            (chance.uniform(3, 6), 1.0),
            (chance.uniform(7, 11), 0.38),
            (chance.uniform(13, 18), 0.13),
        ]
        self.starts = [chance.uniform(0, 6.3) for _ in range(4)]
        self.sway = chance.uniform(0.25, 0.6)

    def _phases(self, x: float, y: float) -> Iterable[tuple[float, float, float]]:
        along = x * self.across[0] + y * self.across[1]
        along += self.sway * 0.3 * math.sin(3.1 * (y * self.across[0] - x * self.across[1]) + self.starts[3])
        for (rate, size), start in zip(self.waves, self.starts, strict=False):
            yield rate, size, along * rate + start

    def height(self, x: float, y: float) -> float:
        return sum(size * math.sin(phase) / rate * 4 for rate, size, phase in self._phases(x, y))

    def slope(self, x: float, y: float) -> float:
        return sum(size * math.cos(phase) for _rate, size, phase in self._phases(x, y))


def draped(cloth: Image.Image, chance: Random, size: tuple[int, int], unit: float) -> Image.Image:
    """Lay the cloth down, a little turned and never quite flat."""
    folds, angle = Folds(chance), chance.choice((-1, 1)) * chance.uniform(1.5, 9)
    columns, rows = 26, 16

    def source(column: int, row: int) -> Point:
        u, v = column / columns, row / rows
        (x, y), *_rest = turned([((u - 0.5) * size[0], (v - 0.5) * size[1])], angle)
        lift = 15 * unit * folds.height(u, v)
        return x + cloth.width / 2 + lift * folds.across[0], y + cloth.height / 2 + lift * folds.across[1]

    mesh = []
    for column in range(columns):
        for row in range(rows):
            left, top = size[0] * column // columns, size[1] * row // rows
            right, bottom = size[0] * (column + 1) // columns, size[1] * (row + 1) // rows
            corners = ((column, row), (column, row + 1), (column + 1, row + 1), (column + 1, row))
            mesh.append(((left, top, right, bottom), tuple(c for at in corners for c in source(*at))))
    picture = cloth.transform(size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)
    return shaded(picture, lambda u, v: 128 + 40 * folds.slope(u, v))
