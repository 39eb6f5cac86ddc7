"""Points, and the shapes and curves made of them."""

from __future__ import annotations

import math
from collections.abc import Iterable

Point = tuple[float, float]


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
