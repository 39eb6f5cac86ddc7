"""The word in a corner that tells a drawing from a photograph."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from portal.demo.artwork.palettes import Inks
from portal.demo.artwork.tiles import FINE

LABEL = "Ilustrasi"


def sign(picture: Image.Image, inks: Inks, unit: float) -> None:
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
