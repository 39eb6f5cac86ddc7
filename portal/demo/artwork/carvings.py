"""The motifs cut in wood: toraja, asmat."""

from __future__ import annotations

import math
from random import Random

from PIL import Image

from portal.demo.artwork.geometry import Point, box, diamond, leaf, smooth, spiral
from portal.demo.artwork.palettes import Inks
from portal.demo.artwork.tiles import Tile


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
