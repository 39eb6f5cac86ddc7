"""The light on a picture."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops


def shaded(picture: Image.Image, light: Callable[[float, float], float]) -> Image.Image:
    """Light a picture softly; `light` is asked at places 0..1 and 128 changes nothing."""
    columns, rows = 96, 60
    levels = (light((i % columns) / columns, (i // columns) / rows) for i in range(columns * rows))
    small = Image.frombytes("L", (columns, rows), bytes(min(255, max(0, round(level))) for level in levels))
    map_ = small.resize(picture.size, Image.Resampling.BICUBIC)
    return ImageChops.soft_light(picture, Image.merge("RGB", [map_] * 3))


def lit(picture: Image.Image, chance: Random) -> Image.Image:
    """Let the light come from one side of the top and fade towards the corners."""
    from_x = chance.uniform(0.25, 0.75)
    return shaded(picture, lambda u, v: 168 - 125 * math.hypot((u - from_x) * 0.95, (v - 0.34) * 0.85) ** 1.5)
