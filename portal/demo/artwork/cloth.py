"""A flat cloth: the tile laid out, hemmed and woven."""

from __future__ import annotations

import math
from random import Random

from PIL import Image, ImageChops

from portal.demo.artwork.hems import hemmed
from portal.demo.artwork.motifs import Motif
from portal.demo.artwork.palettes import Inks


def flat_cloth(kind: Motif, inks: Inks, chance: Random, unit: float, size: tuple[int, int]) -> Image.Image:
    """Return a flat cloth larger than the picture, so that it can be turned and draped."""
    scale = unit * kind.scale * chance.uniform(0.85, 1.25)
    measure = (round(size[0] * 1.3), round(size[1] * 1.45))
    cloth = laid(kind.tile(inks, chance, scale), measure, chance.choice(kind.angles), chance)
    if chance.random() < 0.8:
        cloth = hemmed(cloth, inks, chance, unit * chance.uniform(0.9, 1.3))
    return woven(cloth, chance, 7 if kind.woven else 4)


def laid(tile: Image.Image, size: tuple[int, int], angle: int, chance: Random) -> Image.Image:
    """Cover `size` px with the tile, turned by `angle` degrees."""
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


_CROSSINGS = ((0, 0, 1), (1, 0, 1), (2, 2, 1), (3, 2, 1), (0, 3, -1), (1, 3, -1), (2, 1, -1), (3, 1, -1))


def woven(cloth: Image.Image, chance: Random, depth: int) -> Image.Image:
    """Press warp and weft into the colours, `depth` levels deep, and let the dye take a little unevenly."""
    thread = Image.new("RGB", (4, 4), (128, 128, 128))
    for x, y, sign in _CROSSINGS:
        thread.putpixel((x, y), (128 + sign * depth,) * 3)
    weave = _repeated(thread, cloth.size, Random(0)).getchannel("R")
    blots = Image.frombytes("L", (26, 16), bytes(chance.randint(112, 144) for _ in range(26 * 16)))
    dye = blots.resize(cloth.size, Image.Resampling.BICUBIC)
    relief = ImageChops.add(weave, dye, 1, -128)
    return ImageChops.soft_light(cloth, Image.merge("RGB", [relief] * 3))
