"""The motifs made on a loom: tenun, songket, ulos, poleng, lurik."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from PIL import Image, ImageChops, ImageDraw

from portal.demo.artwork.geometry import Point, box, diamond
from portal.demo.artwork.palettes import Colour, Inks, mix
from portal.demo.artwork.tiles import Tile


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
    gold, pale = inks.accent, mix(inks.accent, inks.light, 0.6)
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


def poleng(inks: Inks, chance: Random, scale: float) -> Image.Image:
    side = 92 * scale
    tile = Tile(side * 2, side * 2, inks.light)
    half = mix(inks.light, inks.deep, 0.55)
    tile.shape(box(side * 1.5, side * 0.5, side / 2, side / 2), half)
    tile.shape(box(side * 0.5, side * 1.5, side / 2, side / 2), half)
    tile.shape(box(side * 1.5, side * 1.5, side / 2, side / 2), inks.deep)
    for step in range(20):
        at, ink = step * side / 10, inks.light if step < 10 else inks.deep
        soft = mix(half, ink, 0.5)
        for x, y, rx, ry in ((at, 1.5, 0.8, 0.5), (1.5, at, 0.5, 0.8)):
            centre = (x, y * side) if rx == 0.8 else (x * side, y)
            if step < 10:
                size = (rx, ry * side) if rx == 0.8 else (rx * side, ry)
                tile.shape(box(*centre, *size), soft)
    for x, y in ((0.5, 0.5), (1.5, 1.5)):
        ink = mix(inks.light, inks.main, 0.55) if x < 1 else mix(inks.deep, inks.main, 0.45)
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
                tile.stripe(x + width * line, 1.4 * scale, mix(ink, inks.light, 0.6))
        x += width + chance.choice((2, 3, 6)) * scale
    return tile.finished()
