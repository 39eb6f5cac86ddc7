"""Draws a card: the ribbon of the place, the headline as large as it fits, who tells it, and the portal's name."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from news.cards.grounds import BLUE, photo_ground, place_ground
from news.cards.lettering import Style, fitted, writable
from news.images import SHARE_BYTES, SHARE_SIZE, within

WIDE, HIGH = SHARE_SIZE
EDGE = 64  # px; what stays free on the left and on the right
RIBBON = 76
FOOT = HIGH - 52  # the baseline of the last line
HEADLINE_ENDS = FOOT - 66  # the baseline of the headline's last line
HEADLINES = [Style(size, 800) for size in (72, 66, 60, 54, 48, 44)]
MOST_LINES = 4
LEADING = 1.16
PLACE, ABOVE, ZONE = Style(30, 700), Style(30, 500), Style(26, 700)
SOURCE, SITE = Style(28, 600), Style(28, 800)
WHITE, SOFT = "#ffffff", "#cfe2f3"  # as in static/css/tokens.css
MARK = 36  # px; the portal's mark is a square
BARS = ((7, 10, 16.6, 14), (16.2, 16, 22.2, 20), (21, 22, 29, 26))  # of the mark, as in templates/_mark.html


@dataclass(frozen=True)
class Wording:
    """What a card says: `place`, `above` and `zone` on the ribbon, the headline, `source` and `site` at its foot.

    `code` is that of the region whose province is drawn where there is no photo.
    """

    headline: str
    place: str
    above: str
    zone: str
    source: str
    site: str
    code: str


def draw_card(wording: Wording, photo: bytes | None = None, focal: tuple[float, float] = (0.5, 0.5)) -> bytes:
    """A JPEG of 1200 × 630 px and at most 250 KB, the same bytes for the same words and photo.

    `photo` is the content of a cleaned picture. Raises OSError if it is not readable. Takes a tenth of a second.
    """
    style, lines = fitted(writable(wording.headline), HEADLINES, WIDE - 2 * EDGE, MOST_LINES)
    first = HEADLINE_ENDS - (len(lines) - 1) * style.size * LEADING
    card = _ground(wording, photo, focal, first - style.size)
    canvas = ImageDraw.Draw(card)
    _ribbon(canvas, wording)
    site_starts = _site(canvas, wording.site)
    source = SOURCE.cut(writable(wording.source), site_starts - 2 * EDGE)
    SOURCE.draw(canvas, (EDGE, FOOT), source, SOFT)
    for number, line in enumerate(lines):
        style.draw(canvas, (EDGE, first + number * style.size * LEADING), line, WHITE)
    return within(card, "JPEG", SHARE_BYTES).content


def _ground(wording: Wording, photo: bytes | None, focal: tuple[float, float], words_from: float) -> Image.Image:
    if photo is None:
        return place_ground(wording.code)
    with Image.open(BytesIO(photo), formats=("JPEG", "PNG", "WEBP")) as image:
        return photo_ground(image, focal, words_from)


def _ribbon(canvas: ImageDraw.ImageDraw, wording: Wording) -> None:
    canvas.rectangle((0, 0, WIDE, RIBBON), fill=BLUE)
    zone_starts = WIDE - EDGE - ZONE.width(wording.zone)
    ZONE.draw(canvas, (zone_starts, 50), wording.zone, SOFT)
    place = PLACE.cut(writable(wording.place), zone_starts - 2 * EDGE)
    PLACE.draw(canvas, (EDGE, 50), place, WHITE)
    left = EDGE + PLACE.width(place)
    if wording.above and left + 2 * EDGE < zone_starts:
        above = ABOVE.cut(f" · {writable(wording.above)}", zone_starts - EDGE - left)
        ABOVE.draw(canvas, (left, 50), above, SOFT)


def _site(canvas: ImageDraw.ImageDraw, site: str) -> float:
    """Write the portal's mark and name at the foot on the right; returns where they begin."""
    name = writable(site)
    starts = WIDE - EDGE - SITE.width(name) - MARK - 12
    SITE.draw(canvas, (starts + MARK + 12, FOOT), name, WHITE)
    top = FOOT - MARK + 8
    canvas.rounded_rectangle((starts, top, starts + MARK, top + MARK), radius=7, fill=WHITE)
    for left, upper, right, lower in BARS:
        canvas.rectangle((starts + left, top + upper, starts + right, top + lower), fill=BLUE)
    return starts
