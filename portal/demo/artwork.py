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
    steps = int(48 * turns)
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
    wide, high = 700 * scale, 380 * scale
    tile = Tile(wide, high, inks.ground)
    for x, y, hand in ((0.25, 0.25, 1), (0.75, 0.75, -1)):
        _cloud(tile, (x * wide, y * high), hand, scale * chance.uniform(0.98, 1.08), inks)
    for x, y, hand in ((0.76, 0.2, -1), (0.26, 0.7, 1)):
        _cloud(tile, (x * wide, y * high), hand, scale * chance.uniform(0.5, 0.58), inks)
    return tile.finished()


# Circles (x, y, radius) whose union is a cloud: the scallops of its rim, then the body that tapers to both sides.
_PUFFS = [(-176, 26, 24), (-142, 2, 38), (-96, -30, 50), (-36, -58, 58), (34, -60, 58), (96, -32, 50), (142, 4, 38)]
_PUFFS += [(176, 28, 24), (-120, 40, 27), (-66, 48, 34), (0, 50, 38), (66, 48, 34), (120, 40, 27)]
_BODY = [(x, 24 - 26 * (1 - abs(x) / 232), 3 + 60 * (1 - abs(x) / 232) ** 0.9) for x in range(-230, 231, 10)]


def _cloud(tile: Tile, at: Point, hand: int, scale: float, inks: Inks) -> None:
    """Draw one cloud as nested outlines, each lighter than the one around it."""
    layers = 7
    bright = _mix(inks.main, inks.light, 0.45)
    for layer in range(layers):
        tone = _mix(inks.deep, bright, layer / (layers - 1))
        for inset, ink in ((layer * 8, inks.light), (layer * 8 + 2.2, tone)):
            for x, y, radius in (*_PUFFS, *_BODY):
                if (kept := radius - inset) > 1:
                    tile.dot(at[0] + hand * x * scale, at[1] + y * scale, kept * scale, ink)
    for x, y, size in ((-36, -56, 17), (34, -58, 17), (-96, -26, 13), (96, -28, 13)):
        curl = spiral(at[0] + hand * x * scale, at[1] + y * scale, size * scale, 1.4, 90, hand if x < 0 else -hand)
        tile.trail(curl, lambda t: (2.5 - 1.1 * t) * scale, inks.deep)


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
        tile.shape(leaf(x + hand * 14 * scale, y - 2 * scale, 48 * scale, 20 * scale, 90 - hand * 78), inks.accent)
    face = [(-26, -26), (26, -26), (21, 22), (12, 58), (-12, 58), (-21, 22)]
    for share, ink in ((1, inks.light), (0.88, inks.deep), (0.62, inks.main), (0.42, inks.deep)):
        tile.shape([(x + px * share * scale, y + (14 + (py - 14) * share) * scale) for px, py in face], ink)
    for hand in (1, -1):
        tile.dot(x + hand * 18 * scale, y - 8 * scale, 4.5 * scale, inks.light)
    tile.shape(diamond(x, y - 40 * scale, 10 * scale, 12 * scale), inks.accent)


def asmat(inks: Inks, chance: Random, scale: float) -> Image.Image:
    wide, high = 300 * scale, 340 * scale
    tile = Tile(wide, high, inks.deep)
    for x, y, hand in ((0.25, 0.25, 1), (0.75, 0.75, -1)):
        _bipane(tile, (x * wide, y * high), hand, scale, inks)
    for x, y in ((0.75, 0.25), (0.25, 0.75)):
        _carved_zigzag(tile, (x * wide, y * high), scale, inks)
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


def _carved_zigzag(tile: Tile, at: Point, scale: float, inks: Inks) -> None:
    for offset, ink in ((-15, inks.main), (0, inks.light), (15, inks.main)):
        points = [
            (at[0] + (11 if n % 2 else -11) * scale + offset * scale, at[1] + n * 19 * scale) for n in range(-4, 5)
        ]
        tile.trail(smooth(points, steps=8), lambda t: (1.8 + 3.4 * math.sin(math.pi * t)) * scale, ink)
    for hand in (1, -1):
        tile.shape(diamond(at[0] + hand * 42 * scale, at[1], 9 * scale, 15 * scale), inks.accent)
        tile.shape(diamond(at[0] + hand * 42 * scale, at[1], 4 * scale, 7 * scale), inks.deep)


def poleng(inks: Inks, chance: Random, scale: float) -> Image.Image:
    side = 92 * scale
    tile = Tile(side * 2, side * 2, inks.light)
    half = _mix(inks.light, inks.deep, 0.55)
    tile.shape(box(side * 1.5, side * 0.5, side / 2, side / 2), half)
    tile.shape(box(side * 0.5, side * 1.5, side / 2, side / 2), half)
    tile.shape(box(side * 1.5, side * 1.5, side / 2, side / 2), inks.deep)
    for step in range(20):
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
        width = chance.choice((3, 3, 5, 8, 14, 22, 30)) * scale
        ink = chance.choices(inks, weights=(3, 3, 3, 1, 1))[0]
        tile.stripe(x, width, ink)
        if width > 12 * scale:
            for line in (0.2, 0.5, 0.8):
                tile.stripe(x + width * line, 1.4 * scale, _mix(ink, inks.light, 0.6))
        x += width + chance.choice((2, 3, 6)) * scale
    return tile.finished()


@dataclass(frozen=True)
class Motif:
    """How a tile is drawn, the angles (degrees) at which its cloth may lie, and how large it is seen."""

    tile: Callable[[Inks, Random, float], Image.Image]
    angles: tuple[int, ...] = (0,)
    scale: float = 1.5
    woven: bool = False


MOTIFS = {
    "kawung": Motif(kawung, (0, 45), scale=1.6),
    "parang": Motif(parang, (45, -45, 38), scale=1.5),
    "megamendung": Motif(megamendung, scale=1.35),
    "truntum": Motif(truntum, (0, 45), scale=1.7),
    "ceplok": Motif(ceplok, (0, 45), scale=1.4),
    "tenun": Motif(tenun, (0, 90), scale=1.25, woven=True),
    "songket": Motif(songket, (0,), scale=1.5, woven=True),
    "ulos": Motif(ulos, (0, 90), scale=1.2, woven=True),
    "toraja": Motif(toraja, scale=1.5),
    "asmat": Motif(asmat, (0, 90), scale=1.5),
    "poleng": Motif(poleng, (0, 0, 45), scale=1.5, woven=True),
    "lurik": Motif(lurik, (0, 90, 30), scale=1.2, woven=True),
}


def draw(motif: str, palette: str, *, seed: int, size: tuple[int, int] = (1600, 1000)) -> bytes:
    """Return a JPEG, `size` px, of a cloth with `motif` in `palette`; the same seed gives the same bytes.

    Raises KeyError for a motif or palette that is not in MOTIFS or PALETTES.
    """
    chance, inks, kind = Random(f"{motif}/{palette}/{seed}"), PALETTES[palette], MOTIFS[motif]
    unit = math.sqrt(size[0] * size[1] / 1_600_000)
    picture = _draped(_cloth(kind, inks, chance, unit, size), chance, size, unit)
    if chance.random() < 0.4:
        picture = _with_second_cloth(picture, inks, chance, unit)
    picture = _lit(picture, chance)
    _sign(picture, inks, unit)
    return _as_jpeg(picture)


def _as_jpeg(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.save(target, "JPEG", quality=JPEG_QUALITY)
    return target.getvalue()


def _cloth(kind: Motif, inks: Inks, chance: Random, unit: float, size: tuple[int, int]) -> Image.Image:
    """Return a flat cloth larger than the picture, so that it can be turned and draped."""
    scale = unit * kind.scale * chance.uniform(0.85, 1.25)
    measure = (round(size[0] * 1.3), round(size[1] * 1.45))
    cloth = _laid(kind.tile(inks, chance, scale), measure, chance.choice(kind.angles), chance)
    if chance.random() < 0.8:
        cloth = _hemmed(cloth, inks, chance, unit * chance.uniform(0.9, 1.3))
    return _woven(cloth, chance, 7 if kind.woven else 4)


def _laid(tile: Image.Image, size: tuple[int, int], angle: int, chance: Random) -> Image.Image:
    if angle in (0, 90):
        tile = tile.transpose(Image.Transpose.ROTATE_90) if angle else tile
        return _repeated(tile, size, chance)
    side = round(math.hypot(*size))
    large = _repeated(tile, (side, side), chance).rotate(angle, Image.Resampling.BICUBIC)
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    return large.crop((left, top, left + size[0], top + size[1]))


def _repeated(tile: Image.Image, size: tuple[int, int], chance: Random) -> Image.Image:
    """Fill `size` with the tile from a chance start; what is filled is doubled, so small tiles cost little."""
    image = Image.new("RGB", size)
    image.paste(ImageChops.offset(tile, chance.randrange(tile.width), chance.randrange(tile.height)))
    wide, high = tile.size
    while wide < size[0]:
        image.paste(image.crop((0, 0, wide, tile.height)), (wide, 0))
        wide *= 2
    while high < size[1]:
        image.paste(image.crop((0, 0, size[0], high)), (0, high))
        high *= 2
    return image


_HEM_SIDES = (  # how to bring that side of the cloth down, and how to bring it back
    (None, None),
    (None, None),
    (Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.FLIP_TOP_BOTTOM),
    (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270),
    (Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_90),
)


def _hemmed(cloth: Image.Image, inks: Inks, chance: Random, scale: float) -> Image.Image:
    """Sew a border along one side, as a sarong or a shawl has it."""
    there, back = chance.choice(_HEM_SIDES)
    cloth = cloth.transpose(there) if there is not None else cloth
    tile = chance.choice((_tumpal, _meander, _garland))(inks, scale)
    y = round(cloth.height * chance.uniform(0.7, 0.77))
    for x in range(-chance.randrange(tile.width), cloth.width, tile.width):
        cloth.paste(tile, (x, y))
    cloth.paste(_mix(inks.deep, inks.ground, 0.35), (0, y + tile.height, cloth.width, cloth.height))
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


_CROSSINGS = ((0, 0, 1), (1, 0, 1), (2, 2, 1), (3, 2, 1), (0, 3, -1), (1, 3, -1), (2, 1, -1), (3, 1, -1))


def _woven(cloth: Image.Image, chance: Random, depth: int) -> Image.Image:
    """Press warp and weft into the colours, `depth` levels deep, and let the dye take a little unevenly."""
    thread = Image.new("RGB", (4, 4), (128, 128, 128))
    for x, y, sign in _CROSSINGS:
        thread.putpixel((x, y), (128 + sign * depth,) * 3)
    weave = _repeated(thread, cloth.size, Random(0)).getchannel("R")
    blots = Image.frombytes("L", (26, 16), bytes(chance.randint(112, 144) for _ in range(26 * 16)))
    dye = blots.resize(cloth.size, Image.Resampling.BICUBIC)
    relief = ImageChops.add(weave, dye, 1, -128)
    return ImageChops.soft_light(cloth, Image.merge("RGB", [relief] * 3))


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


def _draped(cloth: Image.Image, chance: Random, size: tuple[int, int], unit: float) -> Image.Image:
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
    return _shaded(picture, lambda u, v: 128 + 40 * folds.slope(u, v))


def _shaded(picture: Image.Image, light: Callable[[float, float], float]) -> Image.Image:
    """Light a picture softly; `light` is asked at places 0..1 and 128 changes nothing."""
    columns, rows = 96, 60
    levels = (light((i % columns) / columns, (i // columns) / rows) for i in range(columns * rows))
    small = Image.frombytes("L", (columns, rows), bytes(min(255, max(0, round(level))) for level in levels))
    map_ = small.resize(picture.size, Image.Resampling.BICUBIC)
    return ImageChops.soft_light(picture, Image.merge("RGB", [map_] * 3))


def _with_second_cloth(picture: Image.Image, inks: Inks, chance: Random, unit: float) -> Image.Image:
    """Lay a plain striped cloth over one corner, with the shadow it throws."""
    wide, high = picture.size
    path = _edge(chance, wide, high)
    over = _laid(_stripes(inks, unit), picture.size, _lean(path), chance)
    over = _woven(over, chance, 6)
    mask = _beyond(path, picture.size)
    shadow = _beyond([(x - 26 * unit, y - 16 * unit) for x, y in path], picture.size)
    shadow = shadow.reduce(8).filter(ImageFilter.GaussianBlur(4 * unit)).resize(picture.size, Image.Resampling.BICUBIC)
    picture.paste(_mix(inks.deep, (0, 0, 0), 0.5), mask=shadow.point(lambda level: level * 0.62))
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


def _lit(picture: Image.Image, chance: Random) -> Image.Image:
    """Let the light come from one side of the top and fade towards the corners."""
    from_x = chance.uniform(0.25, 0.75)
    return _shaded(picture, lambda u, v: 168 - 125 * math.hypot((u - from_x) * 0.95, (v - 0.34) * 0.85) ** 1.5)


def _sign(picture: Image.Image, inks: Inks, unit: float) -> None:
    """Say in a corner that this is a drawing, so that nobody takes it for a photograph."""
    font = ImageFont.load_default(size=22 * unit)
    left, top, right, bottom = font.getbbox(LABEL)
    pad_x, pad_y, away = 15 * unit, 9 * unit, 26 * unit
    wide, high = round(right - left + 2 * pad_x), round(bottom - top + 2 * pad_y)
    x, y = round(picture.width - wide - away), round(picture.height - high - away)
    plate = Image.new("L", (wide * FINE, high * FINE))
    ImageDraw.Draw(plate).rounded_rectangle((0, 0, plate.width - 1, plate.height - 1), plate.height // 2, fill=205)
    picture.paste(inks.deep, (x, y), mask=plate.reduce(FINE))
    ImageDraw.Draw(picture).text((x + pad_x - left, y + pad_y - top), LABEL, font=font, fill=inks.light)
