"""The drawn map of Indonesia: the outline of every province and the place of every region on it.

The drawing is 1000 units wide. All values are text, ready for SVG: no template may localise these numbers.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from offices.models import Region


@dataclass(frozen=True)
class Drawing:
    """A province as it is drawn: `land` on the map of the nation, `outline` alone and larger, inside `box`.

    `abbr` is the two letters of ISO 3166-2, `col` and `row` its place in a grid of tiles.
    """

    abbr: str
    col: str
    row: str
    land: str
    outline: str
    box: str

    @property
    def shape(self) -> dict[str, str]:
        """The outline by itself, as the templates draw it."""
        return {"viewBox": self.box, "d": self.outline}


def _load() -> tuple[dict[str, Drawing], dict[str, tuple[str, str]]]:
    text = (Path(__file__).parent / "data/map.json").read_text(encoding="utf-8")
    data = json.loads(text)
    drawings = {
        code: Drawing(**{key: str(value) for key, value in row.items()}) for code, row in data["provinces"].items()
    }
    return drawings, {code: tuple(place.split()) for code, place in data["points"].items()}


PROVINCES, POINTS = _load()
"""By region code: the drawing of a province; the (x, y) of any region below the nation."""


def shape_of(region: Region) -> dict[str, str] | None:
    """The outline of the province that `region` is or lies in; None for the nation."""
    drawing = PROVINCES.get(region.code[:2])
    return drawing.shape if drawing else None
