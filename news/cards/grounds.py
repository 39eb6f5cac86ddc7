"""What lies behind the words of a card: the photo under a shade, or the outline of the place on blue."""

import re
from collections.abc import Iterator

from PIL import Image, ImageDraw

from news.images import SHARE_SIZE, crop_box
from offices.maps import PROVINCES

# As in static/css/tokens.css, which no drawing program reads.
INK, BLUE, BLUE_DEEP, BLUE_BRIGHT = "#10202f", "#0b4f8a", "#083a66", "#1a7fd4"
WIDE, HIGH = SHARE_SIZE
SHADE_RISES = 170  # px; over which the shade on a photo grows, above the words
SHADE_BEHIND, SHADE_AT_FOOT = 0.78, 0.92  # how dark it is where the words begin and at the foot
OUTLINE_BOX = (620, 90, 1160, 600)  # px; where the outline of a province stands
NATION_BOX = (60, 130, 1140, 560)
FINE = 2  # outlines are drawn so many times larger and scaled down, which makes their edges smooth
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")

Ring = list[tuple[float, float]]
Box = tuple[int, int, int, int]


def photo_ground(photo: Image.Image, focal: tuple[float, float], words_from: float) -> Image.Image:
    """The photo around its focal point, dark behind the words, which stand from `words_from` px down to the foot."""
    crop = photo.convert("RGB").crop(crop_box(*photo.size, WIDE / HIGH, focal))
    ground = crop.resize(SHARE_SIZE, Image.Resampling.LANCZOS, reducing_gap=3.0)
    ground.paste(Image.new("RGB", SHARE_SIZE, INK), mask=_shade(words_from))
    return ground


def _shade(words_from: float) -> Image.Image:
    column = Image.new("L", (1, HIGH))
    for y in range(HIGH):
        risen = max(0.0, 1 - max(0.0, words_from - y) / SHADE_RISES)
        sunk = max(0.0, y - words_from) / (HIGH - words_from)
        column.putpixel((0, y), round(255 * risen * (SHADE_BEHIND + (SHADE_AT_FOOT - SHADE_BEHIND) * sunk)))
    return column.resize(SHARE_SIZE)


def place_ground(code: str) -> Image.Image:
    """Blue, with the outline of the province that the region with `code` lies in; of all of them for the nation."""
    ground = Image.new("RGB", SHARE_SIZE, BLUE_DEEP)
    ground.paste(Image.new("RGB", SHARE_SIZE, BLUE), mask=Image.linear_gradient("L").resize(SHARE_SIZE))
    province = PROVINCES.get(code[:2])
    rings = list(_rings(province.outline)) if province else _nation()
    ground.paste(Image.new("RGB", SHARE_SIZE, BLUE_BRIGHT), mask=_mask(rings, OUTLINE_BOX if province else NATION_BOX))
    return ground


def _nation() -> list[Ring]:
    return [ring for drawing in PROVINCES.values() for ring in _rings(drawing.land)]


def _rings(path: str) -> Iterator[Ring]:
    """The rings of an SVG path of the map, which knows M, l and z alone."""
    for part in path.split("M")[1:]:
        begin, _l, rest = part.partition("l")
        x, y = (float(number) for number in NUMBER.findall(begin))
        ring = [(x, y)]
        steps = iter(float(number) for number in NUMBER.findall(rest))
        for across, down in zip(steps, steps):
            x, y = x + across, y + down
            ring.append((x, y))
        yield ring


def _mask(rings: list[Ring], box: Box) -> Image.Image:
    """The rings as large as `box` (left, top, right, bottom in px) allows, in its middle, faint."""
    xs, ys = [x for ring in rings for x, _y in ring], [y for ring in rings for _x, y in ring]
    wide, high = max(xs) - min(xs) or 1, max(ys) - min(ys) or 1
    left, top, right, bottom = (FINE * side for side in box)
    scale = min((right - left) / wide, (bottom - top) / high)
    x0 = (left + right - scale * (min(xs) + max(xs))) / 2
    y0 = (top + bottom - scale * (min(ys) + max(ys))) / 2
    mask = Image.new("L", (FINE * WIDE, FINE * HIGH))
    canvas = ImageDraw.Draw(mask)
    for ring in rings:
        if len(ring) > 2:
            canvas.polygon([(x0 + scale * x, y0 + scale * y) for x, y in ring], fill=130)
    return mask.resize(SHARE_SIZE, Image.Resampling.BOX)
