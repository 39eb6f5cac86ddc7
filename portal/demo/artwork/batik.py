"""The motifs drawn with wax: kawung, parang, megamendung, truntum, ceplok."""

from __future__ import annotations

import math
from random import Random

from PIL import Image

from portal.demo.artwork.geometry import Point, diamond, leaf, oval, smooth, spiral, turned
from portal.demo.artwork.palettes import Colour, Inks, mix
from portal.demo.artwork.tiles import Tile


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
    bright = mix(inks.main, inks.light, 0.45)
    for layer in range(layers):
        tone = mix(inks.deep, bright, layer / (layers - 1))
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
