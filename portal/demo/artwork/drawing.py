"""Draws the picture of a cloth: laid down, lit and labelled."""

from __future__ import annotations

import math
from io import BytesIO
from random import Random

from PIL import Image

from portal.demo.artwork.cloth import flat_cloth
from portal.demo.artwork.folds import draped
from portal.demo.artwork.label import sign
from portal.demo.artwork.light import lit
from portal.demo.artwork.motifs import MOTIFS
from portal.demo.artwork.overlay import with_second_cloth
from portal.demo.artwork.palettes import PALETTES

JPEG_QUALITY = 90


def draw(motif: str, palette: str, *, seed: int, size: tuple[int, int] = (1600, 1000)) -> bytes:
    """Return a JPEG, `size` px, of a cloth with `motif` in `palette`; the same seed gives the same bytes.

    Raises KeyError for a motif or palette that is not in MOTIFS or PALETTES.
    """
    chance, inks, kind = Random(f"{motif}/{palette}/{seed}"), PALETTES[palette], MOTIFS[motif]
    unit = math.sqrt(size[0] * size[1] / 1_600_000)
    picture = draped(flat_cloth(kind, inks, chance, unit, size), chance, size, unit)
    if chance.random() < 0.4:
        picture = with_second_cloth(picture, inks, chance, unit)
    picture = lit(picture, chance)
    sign(picture, inks, unit)
    return _as_jpeg(picture)


def _as_jpeg(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.save(target, "JPEG", quality=JPEG_QUALITY)
    return target.getvalue()
