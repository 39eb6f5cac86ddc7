"""The motifs by name, each with the ways in which its cloth may lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from PIL import Image

from portal.demo.artwork.batik import ceplok, kawung, megamendung, parang, truntum
from portal.demo.artwork.carvings import asmat, toraja
from portal.demo.artwork.palettes import Inks
from portal.demo.artwork.weaves import lurik, poleng, songket, tenun, ulos


@dataclass(frozen=True)
class Motif:
    """How a tile is drawn, the angles (degrees) at which its cloth may lie, and how large it is seen.

    `tile` takes the inks, a source of chance and a scale, and returns one seamless tile.
    """

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
