"""A piece of pattern that repeats without a seam."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PIL import Image, ImageDraw

from portal.demo.artwork.geometry import Point, oval
from portal.demo.artwork.palettes import Colour

FINE = 3  # tiles are drawn this many times larger and then reduced, which smooths their edges


class Tile:
    """A canvas that repeats at its edges; lengths are px of the finished picture."""

    def __init__(self, width: float, height: float, ground: Colour):
        self.width, self.height = round(width), round(height)
        self.image = Image.new("RGB", (self.width * FINE, self.height * FINE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def shape(self, points: Iterable[Point], fill: Colour) -> None:
        """Fill a polygon; what leaves the tile on one side comes in on the other."""
        points = list(points)
        for dx, dy in self._wraps(points):
            self.pen.polygon([((x + dx) * FINE, (y + dy) * FINE) for x, y in points], fill=fill)

    def _wraps(self, points: list[Point]) -> list[Point]:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        across = [d for d in (-1, 0, 1) if max(xs) + d * self.width > 0 and min(xs) + d * self.width < self.width]
        down = [d for d in (-1, 0, 1) if max(ys) + d * self.height > 0 and min(ys) + d * self.height < self.height]
        return [(dx * self.width, dy * self.height) for dx in across for dy in down]

    def dot(self, x: float, y: float, radius: float, fill: Colour) -> None:
        self.shape(oval(x, y, radius, radius, steps=max(10, int(radius * 3))), fill)

    def band(self, y: float, height: float, fill: Colour) -> None:
        self.pen.rectangle((0, y * FINE, self.image.width, (y + height) * FINE - 1), fill=fill)

    def stripe(self, x: float, width: float, fill: Colour) -> None:
        self.pen.rectangle((x * FINE, 0, (x + width) * FINE - 1, self.image.height), fill=fill)

    def trail(self, path: list[Point], thickness: Callable[[float], float], fill: Colour) -> None:
        """Draw a brush stroke along `path`; `thickness` gives its radius at 0..1 of the way."""
        for step, (x, y) in enumerate(path):
            self.dot(x, y, thickness(step / (len(path) - 1)), fill)

    def finished(self) -> Image.Image:
        return self.image.reduce(FINE)
