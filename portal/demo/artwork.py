"""Woven and batik patterns drawn for the demo, in place of photographs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import NamedTuple

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageFont

FINE = 3  # motifs are drawn this many times larger and then reduced, which smooths their edges
LABEL = "Ilustrasi"
JPEG_QUALITY = 90

Colour = tuple[int, int, int]
Point = tuple[float, float]


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


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


class Tile:
    """A piece of pattern that repeats without a seam; lengths are px of the finished picture."""

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
        across = [
            d for d in (-1, 0, 1) if max(xs) + d * self.width > 0 and min(xs) + d * self.width < self.width
        ]
        down = [
            d for d in (-1, 0, 1) if max(ys) + d * self.height > 0 and min(ys) + d * self.height < self.height
        ]
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


def oval(x: float, y: float, rx: float, ry: float, turn: float = 0, steps: int = 36) -> list[Point]:
    """Return an ellipse as points; `turn` in degrees."""
    angles = [2 * math.pi * step / steps for step in range(steps)]
    return turned([(rx * math.cos(a), ry * math.sin(a)) for a in angles], turn, (x, y))


def leaf(x: float, y: float, length: float, width: float, turn: float) -> list[Point]:
    """Return a leaf that starts at (x, y) and points to `turn` degrees."""
    ts = [step / 14 for step in range(15)]
    edge = [(length * t, width / 2 * math.sin(math.pi * t**0.85)) for t in ts]
    return turned(edge + [(px, -py) for px, py in reversed(edge)], turn, (x, y))


def diamond(x: float, y: float, rx: float, ry: float) -> list[Point]:
    return [(x - rx, y), (x, y - ry), (x + rx, y), (x, y + ry)]


def box(x: float, y: float, rx: float, ry: float) -> list[Point]:
    return [(x - rx, y - ry), (x + rx, y - ry), (x + rx, y + ry), (x - rx, y + ry)]


def turned(points: Iterable[Point], degrees: float, to: Point = (0, 0)) -> list[Point]:
    """Turn points around the origin, then move the origin to `to`."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(to[0] + x * c - y * s, to[1] + x * s + y * c) for x, y in points]


def spiral(x: float, y: float, radius: float, turns: float, start: float, hand: int = 1) -> list[Point]:
    """Return a path from the rim inwards; `start` in degrees, `hand` is 1 or -1."""
    steps = int(28 * turns)
    path = []
    for step in range(steps + 1):
        t = step / steps
        angle = math.radians(start) + hand * 2 * math.pi * turns * t
        reach = radius * (1 - 0.86 * t)
        path.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return path


def smooth(points: list[Point], steps: int = 12) -> list[Point]:
    """Return a Catmull-Rom curve through `points`."""
    ends = [points[0], *points, points[-1]]
    path = []
    for p, q, r, s in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            path.append(tuple(_catmull(*axis, t) for axis in zip(p, q, r, s, strict=True)))
    return [*path, points[-1]]


def _catmull(p: float, q: float, r: float, s: float, t: float) -> float:
    return 0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2 + (3 * q - p - 3 * r + s) * t**3)


# The motifs. Each takes the inks, a source of chance and a scale, and returns one seamless tile.


def kawung(inks: Inks, chance: Random, scale: float) -> Image.Image:
    side = 150 * scale
    tile = Tile(side, side, inks.deep)
    half, reach, wide = side / 2, side * 0.318, side * 0.187
    for x, y, turn in ((0.25, 0.25, 45), (0.75, 0.75, 45), (0.75, 0.25, -45), (0.25, 0.75, -45)):
        cx, cy = x * side, y * side
        tile.shape(oval(cx, cy, reach, wide, turn), inks.light)
        tile.shape(oval(cx, cy, reach * 0.82, wide * 0.76, turn), inks.main)
        tile.shape(oval(cx, cy, reach * 0.75, wide * 0.67, turn), inks.light)
        for along in (-0.34, 0.34):
            (px, py), *_rest = turned([(reach * along, 0)], turn, (cx, cy))
            tile.shape(oval(px, py, side * 0.062, side * 0.034, turn), inks.ground)
    for x, y in ((0, half), (half, 0)):
        tile.shape(diamond(x, y, side * 0.085, side * 0.085), inks.accent)
        tile.shape(diamond(x, y, side * 0.045, side * 0.045), inks.deep)
        for dx, dy in ((0.135, 0), (-0.135, 0), (0, 0.135), (0, -0.135)):
            tile.dot(x + dx * side, y + dy * side, side * 0.014, inks.main)
    for x, y in ((0, 0), (half, half)):
        tile.dot(x, y, side * 0.03, inks.accent)
    return tile.finished()


def parang(inks: Inks, chance: Random, scale: float) -> Image.Image:
    pitch, high = 92 * scale, 190 * scale
    tile = Tile(pitch, high, inks.ground)
    spine = [(0.56, 0.235), (0.30, 0.20), (0.42, 0.075), (0.86, 0.10), (0.93, 0.27), (0.50, 0.43)]
    spine += [(1 - x, 0.86 - y) for x, y in reversed(spine[:-1])]
    path = smooth([(x * pitch, (y + 0.035) * high) for x, y in spine], steps=9)
    for grow, ink in ((5.2, inks.deep), (2.4, inks.light), (-1.2, inks.main), (-3.0, inks.light)):
        tile.trail(path, lambda t, g=grow: max(0.4, (5 + 11 * math.sin(math.pi * t) ** 2 + g) * scale), ink)
    for t in range(3, 8):
        x, y = path[len(path) * t // 10]
        tile.dot(x, y, 2.2 * scale, inks.ground)
    top, thin = 0.905 * high, 3 * scale
    tile.band(top, high - top, inks.deep)
    tile.band(top, thin, inks.main)
    tile.band(high - thin, thin, inks.main)
    for x in (0.25, 0.75):
        tile.shape(diamond(x * pitch, (top + high) / 2, 15 * scale, 6.5 * scale), inks.light)
        tile.shape(diamond(x * pitch, (top + high) / 2, 8 * scale, 3 * scale), inks.accent)
    return tile.finished()


def megamendung(inks: Inks, chance: Random, scale: float) -> Image.Image:
    wide, high = 640 * scale, 400 * scale
    tile = Tile(wide, high, inks.ground)
    for x, y, hand in ((0.25, 0.25, 1), (0.75, 0.75, -1)):
        _cloud(tile, (x * wide, y * high), hand, scale * chance.uniform(0.98, 1.08), inks)
    for x, y, hand in ((0.76, 0.2, -1), (0.26, 0.7, 1)):
        _cloud(tile, (x * wide, y * high), hand, scale * chance.uniform(0.5, 0.58), inks)
    return tile.finished()


_PUFFS = [(-205, 34, 9), (-180, 31, 15), (-148, 24, 25), (-108, 8, 38), (-62, -16, 50), (-6, -34, 58)]
_PUFFS += [
    (52, -22, 50),
    (98, 2, 40),
    (138, 20, 29),
    (172, 28, 18),
    (200, 24, 10),
    (-70, 34, 32),
    (0, 32, 42),
    (66, 34, 32),
]


def _cloud(tile: Tile, at: Point, hand: int, scale: float, inks: Inks) -> None:
    """Draw one cloud as nested outlines, each lighter than the one around it."""
    layers = 6
    for layer in range(layers):
        inset = layer * 7.6
        tone = _mix(inks.deep, inks.main, layer / (layers - 1))
        for rim, ink in ((0, inks.light), (2.3, tone)):
            for x, y, radius in _PUFFS:
                if (kept := radius - inset - rim) > 0.8:
                    tile.dot(at[0] + hand * x * scale, at[1] + y * scale, kept * scale, ink)
    for x, y, size in ((-112, 24, 17), (120, 26, 15), (-2, 4, 20)):
        curl = spiral(at[0] + hand * x * scale, at[1] + y * scale, size * scale, 1.4, 200, hand)
        tile.trail(curl, lambda t: (2.6 - 1.2 * t) * scale, inks.accent if x == -2 else inks.light)


def truntum(inks: Inks, chance: Random, scale: float) -> Image.Image:
    side = 128 * scale
    tile = Tile(side, side, inks.deep)
    for x, y, size, ink in ((0, 0, 1, inks.light), (0.5, 0.5, 0.78, inks.main)):
        _star(tile, (x * side, y * side), size * scale, ink, inks)
    for x, y in ((0.5, 0), (0, 0.5)):
        for turn in range(45, 405, 90):
            tile.shape(leaf(x * side, y * side, 17 * scale, 6 * scale, turn), inks.main)
        tile.dot(x * side, y * side, 3.2 * scale, inks.accent)
    for x, y in ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)):
        tile.dot(x * side, y * side, 2.3 * scale, inks.light)
        for dx, dy in ((9, 9), (-9, -9), (9, -9), (-9, 9)):
            tile.dot(x * side + dx * scale, y * side + dy * scale, 1.3 * scale, inks.main)
    return tile.finished()


def _star(tile: Tile, at: Point, scale: float, ink: Colour, inks: Inks) -> None:
    for petal in range(8):
        long = 38 if petal % 2 == 0 else 29
        tile.shape(leaf(*at, long * scale, 13 * scale, petal * 45), ink)
        tile.shape(leaf(*at, long * 0.72 * scale, 4.5 * scale, petal * 45), inks.ground)
    tile.dot(*at, 8.5 * scale, inks.deep)
    tile.dot(*at, 6.4 * scale, inks.accent)
    tile.dot(*at, 2.4 * scale, inks.light)


def ceplok(inks: Inks, chance: Random, scale: float) -> Image.Image:
    side = 250 * scale
    tile = Tile(side, side, inks.ground)
    for x, y in ((0.5, 0), (0, 0.5)):
        _medallion(tile, (x * side, y * side), scale, inks)
    for x, y in ((0, 0), (0.5, 0.5)):
        _rosette(tile, (x * side, y * side), scale, inks)
    return tile.finished()


def _rosette(tile: Tile, at: Point, scale: float, inks: Inks) -> None:
    for radius, ink in ((86, inks.light), (82.5, inks.deep), (76, inks.main), (73.5, inks.deep)):
        tile.dot(*at, radius * scale, ink)
    for turn in range(0, 360, 45):
        tile.shape(leaf(*at, 71 * scale, 30 * scale, turn), inks.light)
        tile.shape(leaf(*at, 62 * scale, 19 * scale, turn), inks.main)
        tile.shape(leaf(*at, 50 * scale, 7 * scale, turn), inks.light)
        (x, y), *_rest = turned([(63 * scale, 0)], turn + 22.5, at)
        tile.dot(x, y, 4.6 * scale, inks.accent)
    for radius, ink in ((21, inks.deep), (18, inks.accent), (11, inks.deep), (7, inks.light)):
        tile.dot(*at, radius * scale, ink)


def _medallion(tile: Tile, at: Point, scale: float, inks: Inks) -> None:
    for reach, ink in ((76, inks.main), (72, inks.ground), (64, inks.light), (61, inks.ground)):
        tile.shape(diamond(*at, reach * scale, reach * scale), ink)
    for turn in range(0, 360, 90):
        tile.shape(leaf(*at, 52 * scale, 24 * scale, turn), inks.main)
        tile.shape(leaf(*at, 40 * scale, 10 * scale, turn), inks.ground)
        tile.shape(leaf(*at, 27 * scale, 11 * scale, turn + 45), inks.accent)
    tile.dot(*at, 8 * scale, inks.light)


def tenun(inks: Inks, chance: Random, scale: float) -> Image.Image:
    wide, high = 220 * scale, 520 * scale
    tile = Tile(wide, high, inks.deep)
    middle = wide / 2, high * 0.36
    tile.band(high * 0.1, high * 0.52, inks.ground)
    _stepped_diamond(
        tile, middle, 104 * scale, 122 * scale, (inks.light, inks.ground, inks.main, inks.deep, inks.accent)
    )
    _stepped_diamond(tile, (0, middle[1]), 40 * scale, 46 * scale, (inks.main, inks.deep, inks.light))
    for x, y, hand in ((0, -88, 1), (0, -88, -1), (0, 88, 1), (0, 88, -1)):
        _hook(tile, (x, middle[1] + y * scale), hand, 1 if y > 0 else -1, scale, inks.light)
    rows = (
        (0.02, 0.03, inks.main),
        (0.06, 0.012, inks.light),
        (0.63, 0.012, inks.light),
        (0.66, 0.03, inks.main),
    )
    for y, share, ink in (*rows, (0.95, 0.012, inks.accent)):
        tile.band(y * high, share * high, ink)
    for step in range(5):
        x = (step + 0.5) * wide / 5
        tile.shape(diamond(x, high * 0.8, 20 * scale, 42 * scale), inks.accent if step % 2 else inks.main)
        tile.shape(diamond(x, high * 0.8, 9 * scale, 20 * scale), inks.light)
    return _feathered(tile.finished(), chance, 6 * scale)


def _stepped_diamond(tile: Tile, at: Point, rx: float, ry: float, colours: Iterable[Colour]) -> None:
    colours = list(colours)
    for layer, ink in enumerate(colours):
        share = 1 - layer / len(colours) * 0.92
        for step in range(8):
            tile.shape(box(*at, rx * share * (step + 1) / 8, ry * share * (8 - step) / 8), ink)


def _hook(tile: Tile, at: Point, hand: int, up: int, scale: float, ink: Colour) -> None:
    arms = ((14, 0, 5, 30), (30, 26, 21, 5), (46, 12, 5, 19))
    for x, y, rx, ry in arms:
        tile.shape(box(at[0] + hand * x * scale, at[1] + up * y * scale, rx * scale, ry * scale), ink)


def _feathered(tile: Image.Image, chance: Random, reach: float) -> Image.Image:
    """Let neighbouring threads slip a little, which is how tied and dyed yarn blurs a woven edge."""
    slip = 0.0
    for x in range(0, tile.width, 3):
        slip = 0.55 * slip + chance.uniform(-reach, reach) * 0.6
        strip = tile.crop((x, 0, min(x + 3, tile.width), tile.height))
        tile.paste(ImageChops.offset(strip, 0, round(slip)), (x, 0))
    return tile


def songket(inks: Inks, chance: Random, scale: float) -> Image.Image:
    cells, thread = 44, max(4, round(5 * scale))
    gold, pale = inks.accent, _mix(inks.accent, inks.light, 0.6)
    grid = Image.new("RGB", (cells, cells), inks.deep)
    for row in range(cells):
        for column in range(cells):
            if ink := _gold_thread(abs(column - cells // 2), abs(row - cells // 2), cells // 2):
                grid.putpixel((column, row), (gold, pale, inks.main)[ink - 1])
    tile = grid.resize((cells * thread, cells * thread), Image.Resampling.NEAREST)
    return _ribbed(tile, thread)


def _gold_thread(x: int, y: int, half: int) -> int:
    """Say which thread shows: 0 ground, 1 gold, 2 pale gold, 3 the second colour."""
    far = x + y
    if far in (half, half + 1, half - 4):
        return 1
    if far < half - 6:
        return 2 if (x in (0, y) or far in (3, 4)) and far > 1 else (3 if far < 2 or (x * y) % 5 == 2 else 0)
    if far > half + 3:
        return 1 if max(half - x, half - y) in (2, 3, 6) or (half - x) == (half - y) else 0
    return 0


def _ribbed(tile: Image.Image, thread: int) -> Image.Image:
    """Round each thread by lighting its upper edge and shading its lower one."""
    shade = Image.new("L", tile.size, 128)
    pen = ImageDraw.Draw(shade)
    for y in range(0, tile.height, thread):
        pen.line((0, y, tile.width, y), fill=96)
        pen.line((0, y + thread // 2, tile.width, y + thread // 2), fill=152)
    return ImageChops.soft_light(tile, Image.merge("RGB", [shade] * 3))


def ulos(inks: Inks, chance: Random, scale: float) -> Image.Image:
    wide, high = 560 * scale, 96 * scale
    tile = Tile(wide, high, inks.deep)
    red = inks.ground if chance.random() < 0.5 else inks.main
    plan = ((0, 70, red), (78, 4, inks.light), (88, 12, inks.accent), (106, 4, inks.light))
    plan += ((250, 60, red), (318, 4, inks.light), (328, 12, inks.accent), (346, 4, inks.light))
    for x, width, ink in plan:
        tile.stripe(x * scale, width * scale, ink)
    for x, reach, ink in ((180, 56, inks.light), (455, 84, inks.light)):
        _arrows(tile, x * scale, reach * scale, high, ink, inks.main)
    for x in (35, 280):
        tile.shape(diamond(x * scale, high / 2, 18 * scale, high * 0.36), inks.light)
        tile.shape(diamond(x * scale, high / 2, 9 * scale, high * 0.18), inks.deep)
        tile.dot(x * scale, 0, 5 * scale, inks.accent)
    return _feathered(tile.finished(), chance, 2.4 * scale)


def _arrows(tile: Tile, x: float, reach: float, high: float, ink: Colour, second: Colour) -> None:
    for place, colour in ((0, ink), (0.5, second)):
        y = place * high
        outer = [(x - reach, y + reach * 0.35), (x, y - reach * 0.3), (x + reach, y + reach * 0.35)]
        inner = [(px, py + high * 0.13) for px, py in reversed(outer)]
        tile.shape(outer + inner, colour)
    tile.shape(box(x, high * 0.25, 2.5, high * 0.1), ink)
    tile.shape(diamond(x, high * 0.75, reach * 0.1, high * 0.12), ink)


def toraja(inks: Inks, chance: Random, scale: float) -> Image.Image:
    side = 190 * scale
    tile = Tile(side * 2, side * 2, inks.deep)
    panels = [_sun, _curls, _curls, _buffalo]
    grounds = [inks.ground, inks.deep, inks.deep, inks.ground]
    for place, (panel, ground) in enumerate(zip(panels, grounds, strict=True)):
        at = (side * (0.5 + place % 2), side * (0.5 + place // 2))
        tile.shape(box(*at, side * 0.475, side * 0.475), inks.light)
        tile.shape(box(*at, side * 0.46, side * 0.46), ground)
        tile.shape(box(*at, side * 0.425, side * 0.425), inks.accent)
        tile.shape(box(*at, side * 0.41, side * 0.41), ground)
        panel(tile, at, scale, inks)
    return tile.finished()


def _sun(tile: Tile, at: Point, scale: float, inks: Inks) -> None:
    for turn in range(0, 360, 20):
        ink = inks.light if turn % 40 == 0 else inks.accent
        tile.shape(leaf(*at, 76 * scale, 17 * scale, turn), ink)
    for radius, ink in (
        (44, inks.deep),
        (40, inks.main),
        (31, inks.light),
        (27, inks.deep),
        (19, inks.accent),
        (9, inks.deep),
    ):
        tile.dot(*at, radius * scale, ink)


def _curls(tile: Tile, at: Point, scale: float, inks: Inks) -> None:
    for dx, dy in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
        centre = (at[0] + dx * 38 * scale, at[1] + dy * 38 * scale)
        start = math.degrees(math.atan2(-dy, -dx))
        path = [at, *spiral(*centre, 32 * scale, 1.7, start, dx * dy)]
        for grow, ink in ((1.8, inks.light), (0, inks.main if dx == dy else inks.accent)):
            tile.trail(path[1:], lambda t, g=grow: (5.6 - 2.4 * t + g) * scale, ink)
    tile.shape(diamond(*at, 15 * scale, 15 * scale), inks.light)
    tile.shape(diamond(*at, 9 * scale, 9 * scale), inks.deep)


def _buffalo(tile: Tile, at: Point, scale: float, inks: Inks) -> None:
    x, y = at
    for hand in (1, -1):
        horn = [(8, -18), (38, -20), (62, -34), (62, -58), (40, -68)]
        path = smooth([(x + hand * px * scale, y + py * scale) for px, py in horn])
        for grow, ink in ((1.8, inks.light), (0, inks.main)):
            tile.trail(path, lambda t, g=grow: (8.5 - 6 * t + g) * scale, ink)
        tile.shape(
            leaf(x + hand * 14 * scale, y - 2 * scale, 48 * scale, 20 * scale, 90 - hand * 78), inks.accent
        )
    face = [(-26, -26), (26, -26), (21, 22), (12, 58), (-12, 58), (-21, 22)]
    for share, ink in ((1, inks.light), (0.88, inks.deep), (0.62, inks.main), (0.42, inks.deep)):
        tile.shape([(x + px * share * scale, y + (14 + (py - 14) * share) * scale) for px, py in face], ink)
    for hand in (1, -1):
        tile.dot(x + hand * 18 * scale, y - 8 * scale, 4.5 * scale, inks.light)
    tile.shape(diamond(x, y - 40 * scale, 10 * scale, 12 * scale), inks.accent)


def asmat(inks: Inks, chance: Random, scale: float) -> Image.Image:
    wide, high = 230 * scale, 300 * scale
    tile = Tile(wide, high, inks.deep)
    for x, y, hand in ((0.5, 0.25, 1), (0.5, 0.75, -1), (0, 0.5, -1), (0, 0, 1)):
        _bipane(tile, (x * wide, y * high), hand, scale, inks)
    return tile.finished()


def _bipane(tile: Tile, at: Point, hand: int, scale: float, inks: Inks) -> None:
    """Draw the double scroll of a nose ornament, with its echo and seeds."""
    for side in (1, -1):
        middle = (at[0] + side * 52 * scale, at[1] - side * hand * 8 * scale)
        start = 180 if side == 1 else 0
        path = spiral(*middle, 47 * scale, 1.55, start, hand)
        for grow, ink in ((7.5, inks.main), (3.6, inks.deep), (1.6, inks.light)):
            tile.trail(path, lambda t, g=grow: (7.2 - 2.8 * t + g) * scale, ink)
        tile.dot(*path[-1], 6.5 * scale, inks.accent)
    for reach, ink in ((22, inks.light), (15, inks.deep), (9, inks.accent)):
        tile.shape(diamond(*at, reach * 0.8 * scale, reach * 1.25 * scale), ink)
    for side in (1, -1):
        for step in range(3):
            tile.dot(at[0], at[1] + side * (38 + 11 * step) * scale, (4.2 - step) * scale, inks.main)


def poleng(inks: Inks, chance: Random, scale: float) -> Image.Image:
    side = 92 * scale
    tile = Tile(side * 2, side * 2, inks.light)
    half = _mix(inks.light, inks.deep, 0.55)
    tile.shape(box(side * 1.5, side * 0.5, side / 2, side / 2), half)
    tile.shape(box(side * 0.5, side * 1.5, side / 2, side / 2), half)
    tile.shape(box(side * 1.5, side * 1.5, side / 2, side / 2), inks.deep)
    for step in range(0, 20):
        at, ink = step * side / 10, inks.light if step < 10 else inks.deep
        soft = _mix(half, ink, 0.5)
        for x, y, rx, ry in ((at, 1.5, 0.8, 0.5), (1.5, at, 0.5, 0.8)):
            centre = (x, y * side) if rx == 0.8 else (x * side, y)
            if step < 10:
                size = (rx, ry * side) if rx == 0.8 else (rx * side, ry)
                tile.shape(box(*centre, *size), soft)
    for x, y in ((0.5, 0.5), (1.5, 1.5)):
        ink = _mix(inks.light, inks.main, 0.55) if x < 1 else _mix(inks.deep, inks.main, 0.45)
        tile.shape(diamond(x * side, y * side, side * 0.2, side * 0.2), ink)
        tile.shape(diamond(x * side, y * side, side * 0.1, side * 0.1), inks.accent)
    return tile.finished()


def lurik(inks: Inks, chance: Random, scale: float) -> Image.Image:
    tile = Tile(640 * scale, 48 * scale, inks.ground)
    x = 0.0
    while x < tile.width:
        width = chance.choice((3, 3, 5, 8, 14, 24, 40)) * scale
        ink = chance.choices(inks, weights=(3, 3, 3, 2, 1))[0]
        tile.stripe(x, width, ink)
        if width > 12 * scale:
            for line in (0.2, 0.5, 0.8):
                tile.stripe(x + width * line, 1.4 * scale, _mix(ink, inks.light, 0.6))
        x += width + chance.choice((2, 3, 6)) * scale
    return tile.finished()


@dataclass(frozen=True)
class Motif:
    """How a tile is drawn and the angles, in degrees, at which its cloth may lie."""

    tile: Callable[[Inks, Random, float], Image.Image]
    angles: tuple[int, ...] = (0,)
    woven: bool = False


MOTIFS = {
    "kawung": Motif(kawung, (0, 45)),
    "parang": Motif(parang, (45, -45, 38)),
    "megamendung": Motif(megamendung),
    "truntum": Motif(truntum, (0, 45)),
    "ceplok": Motif(ceplok, (0, 45)),
    "tenun": Motif(tenun, (0, 90), woven=True),
    "songket": Motif(songket, (0,), woven=True),
    "ulos": Motif(ulos, (0, 90), woven=True),
    "toraja": Motif(toraja),
    "asmat": Motif(asmat, (0, 90)),
    "poleng": Motif(poleng, (0, 0, 45), woven=True),
    "lurik": Motif(lurik, (0, 90, 30), woven=True),
}


def draw(motif: str, palette: str, *, seed: int, size: tuple[int, int] = (1600, 1000)) -> bytes:
    """Return a JPEG, `size` px, of a cloth with `motif` in `palette`; the same seed gives the same bytes.

    Raises KeyError for a motif or palette that is not in MOTIFS or PALETTES.
    """
    chance, inks, kind = Random(f"{motif}/{palette}/{seed}"), PALETTES[palette], MOTIFS[motif]
    scale = chance.uniform(0.85, 1.3) * math.sqrt(size[0] * size[1] / 1_600_000)
    cloth = _cloth(kind, inks, chance, scale, size)
    picture = _lit(_draped(cloth, chance, size), chance)
    _sign(picture, inks)
    target = BytesIO()
    picture.save(target, "JPEG", quality=JPEG_QUALITY)
    return target.getvalue()


def _cloth(kind: Motif, inks: Inks, chance: Random, scale: float, size: tuple[int, int]) -> Image.Image:
    """Return a flat cloth a quarter larger than the picture, so that it can be turned and draped."""
    wide, high = round(size[0] * 1.3), round(size[1] * 1.45)
    cloth = _laid(kind.tile(inks, chance, scale), (wide, high), chance.choice(kind.angles), chance)
    _hem(cloth, inks, chance, scale)
    return _dyed(_weave(cloth, 5 if kind.woven else 3), chance)


def _laid(tile: Image.Image, size: tuple[int, int], angle: int, chance: Random) -> Image.Image:
    if not angle:
        return _repeated(tile, size, chance)
    if angle == 90:
        return _repeated(tile.transpose(Image.Transpose.ROTATE_90), size, chance)
    side = round(math.hypot(*size))
    large = _repeated(tile, (side, side), chance).rotate(angle, Image.Resampling.BICUBIC)
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    return large.crop((left, top, left + size[0], top + size[1]))


def _repeated(tile: Image.Image, size: tuple[int, int], chance: Random) -> Image.Image:
    image = Image.new("RGB", size)
    shifted = ImageChops.offset(tile, chance.randrange(tile.width), chance.randrange(tile.height))
    for x in range(0, size[0], tile.width):
        for y in range(0, size[1], tile.height):
            image.paste(shifted, (x, y))
    return image


def _hem(cloth: Image.Image, inks: Inks, chance: Random, scale: float) -> None:
    """Sew a border of bamboo shoots (tumpal) along the lower edge, or none at all."""
    if chance.random() < 0.2:
        return
    tile = chance.choice((_tumpal, _meander))(inks, scale)
    y = round(cloth.height * chance.uniform(0.66, 0.74))
    strip = _repeated(tile, (cloth.width, tile.height), Random(0)) if False else None
    for x in range(-chance.randrange(tile.width), cloth.width, tile.width):
        cloth.paste(tile, (x, y))
    below = Image.new("RGB", (cloth.width, cloth.height - y - tile.height), inks.deep)
    cloth.paste(below, (0, y + tile.height))


def _tumpal(inks: Inks, scale: float) -> Image.Image:
    return Image.new("RGB", (10, 10))


def _meander(inks: Inks, scale: float) -> Image.Image:
    return Image.new("RGB", (10, 10))


def _weave(cloth: Image.Image, depth: int) -> Image.Image:
    """Press the crossing of warp and weft into the colours, `depth` levels deep."""
    thread = Image.new("L", (4, 4), 128)
    for x, y, sign in (
        (0, 0, 1),
        (1, 0, 1),
        (2, 2, 1),
        (3, 2, 1),
        (0, 3, -1),
        (1, 3, -1),
        (2, 1, -1),
        (3, 1, -1),
    ):
        thread.putpixel((x, y), 128 + sign * depth * 2)
    full = Image.new("L", cloth.size)
    row = Image.new("L", (cloth.width, 4))
    for x in range(0, cloth.width, 4):
        row.paste(thread, (x, 0))
    for y in range(0, cloth.height, 4):
        full.paste(row, (0, y))
    return ImageChops.soft_light(cloth, Image.merge("RGB", [full] * 3))


def _dyed(cloth: Image.Image, chance: Random) -> Image.Image:
    """Let the dye take a little unevenly."""
    return cloth


def _draped(cloth: Image.Image, chance: Random, size: tuple[int, int]) -> Image.Image:
    return cloth.crop((100, 100, 100 + size[0], 100 + size[1]))


def _lit(picture: Image.Image, chance: Random) -> Image.Image:
    return picture


def _sign(picture: Image.Image, inks: Inks) -> None:
    pass
