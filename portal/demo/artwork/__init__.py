"""Woven and batik patterns drawn for the demo, in place of photographs."""

from portal.demo.artwork.drawing import draw
from portal.demo.artwork.motifs import MOTIFS
from portal.demo.artwork.palettes import PALETTES

__all__ = ["MOTIFS", "PALETTES", "draw"]
