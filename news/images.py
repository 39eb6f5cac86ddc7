"""The sizes a photo is served in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

WIDTHS = (320, 480, 640, 800, 960, 1280, 1600)  # px
FALLBACK_WIDTH = 640  # px; what a browser shows that knows neither AVIF nor WebP
SHARE_SIZE = (1200, 630)  # px; what social networks and messengers show beside a link
MAX_SHARE_ENLARGEMENT = 2
SHARE_BYTES = 250_000  # messengers drop the picture of a link somewhere above 300 KB

BYTES_PER_PIXEL = 0.14
LISTING_BYTES_PER_PIXEL = 0.2  # the smaller a picture, the more happens in each pixel
LISTING_WIDTH, LISTING_BYTES = 800, 60_000  # pictures up to this wide fill the lists, so they stay light
QUALITIES = (80, 72, 64, 56, 48, 40, 32)  # tried in this order; the last one is kept whatever it weighs

AVIF_BYTES_PER_PIXEL, AVIF_LISTING_BYTES_PER_PIXEL = 0.08, 0.14
AVIF_LEAD_WIDTH = 960  # px; on phones the photo of a story is shown up to this wide, and weighs as a list's may
AVIF_QUALITIES = (62, 54, 46, 38, 30)

CENTRE = (0.5, 0.5)
_EXTENSIONS = {"WEBP": "webp", "JPEG": "jpg", "AVIF": "avif"}
_OPTIONS = {
    "WEBP": {"method": 4, "alpha_quality": 70},
    "JPEG": {"optimize": True, "progressive": True},
    "AVIF": {"speed": 8, "max_threads": 1},  # at 6 a file takes more than twice as long and is one per cent smaller
}


@dataclass(frozen=True)
class Rendition:
    """One file to serve: pixels wide and high, "WEBP", "JPEG" or "AVIF", its bytes, and the step of its quality."""

    width: int
    height: int
    format: str
    content: bytes
    step: int = 0

    @property
    def extension(self) -> str:
        """The file name's ending, without a dot."""
        return _EXTENSIONS[self.format]


def render_sizes(
    picture_bytes: bytes, *, widths: Iterable[int] = WIDTHS, focal: tuple[float, float] = CENTRE
) -> list[Rendition]:
    """Return WebP renditions, narrowest first, then one JPEG for sharing; the same bytes every time.

    `picture_bytes` is the content of a cleaned picture, `focal` the point (x, y in 0..1, from the top left)
    that the share picture must show. Nothing is enlarged, except the share picture up to twice.
    Raises OSError if the bytes are not a readable JPEG, PNG or WebP.
    """
    photo = _opened(picture_bytes)
    webps = [_at_width(photo, width, "WEBP") for width in fitting_widths(photo.width, widths)]
    return [*webps, _share(photo, focal)]


def render_slowly(picture_bytes: bytes, *, webp_widths: Iterable[int] = ()) -> Iterator[Rendition]:
    """Yield what a page can do without at first: AVIF in every width that fits, and one JPEG for old browsers.

    Of `webp_widths`, which are no longer than `fitting_widths` allows, the WebP comes too. Seconds of one core.
    """
    photo = _opened(picture_bytes)
    yield from (_at_width(photo, width, "WEBP") for width in webp_widths)
    first = 0
    for width in fitting_widths(photo.width, WIDTHS):
        rendition = _at_width(photo, width, "AVIF", first)
        first = max(0, rendition.step - 1)  # the next width will need about the same quality, and each try takes long
        yield rendition
    yield _at_width(_on_white(photo), min(photo.width, FALLBACK_WIDTH), "JPEG")


def render_share(picture_bytes: bytes, focal: tuple[float, float]) -> Rendition:
    """Return only the JPEG for sharing, around another focal point; raises as `render_sizes` does."""
    return _share(_opened(picture_bytes), focal)


def _opened(picture_bytes: bytes) -> Image.Image:
    with Image.open(BytesIO(picture_bytes), formats=("JPEG", "PNG", "WEBP")) as image:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")


def fitting_widths(original: int, widths: Iterable[int]) -> list[int]:
    """Return the widths that need no enlarging, and the original's own if it is short of the largest."""
    wanted = sorted(set(widths))
    return sorted({width for width in wanted if width <= original} | {min(original, wanted[-1])})


def crop_box(width: int, height: int, ratio: float, focal: tuple[float, float] = CENTRE) -> tuple[int, int, int, int]:
    """Return (left, top, right, bottom) in px: the largest crop of width/height `ratio` around `focal`."""
    wide = min(width, max(1, round(height * ratio)))
    high = min(height, max(1, round(width / ratio)))
    left = _start(width, wide, focal[0])
    top = _start(height, high, focal[1])
    return left, top, left + wide, top + high


def share_size(width: int, height: int) -> tuple[int, int]:
    """Return the size in px of the share picture of a photo of `width` × `height` px."""
    left, top, right, bottom = crop_box(width, height, SHARE_SIZE[0] / SHARE_SIZE[1])
    is_wide_enough = (right - left) * MAX_SHARE_ENLARGEMENT >= SHARE_SIZE[0]
    return SHARE_SIZE if is_wide_enough else (right - left, bottom - top)


def _start(full: int, kept: int, focus: float) -> int:
    return min(max(round(full * focus - kept / 2), 0), full - kept)


def _at_width(photo: Image.Image, width: int, kind: str, first: int = 0) -> Rendition:
    height = max(1, round(photo.height * width / photo.width))
    scaled = photo.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return within(scaled, kind, _budget(width, height, kind), first)


def _budget(width: int, height: int, kind: str) -> int:
    if kind == "AVIF":
        widest, usual, dense = AVIF_LEAD_WIDTH, AVIF_BYTES_PER_PIXEL, AVIF_LISTING_BYTES_PER_PIXEL
    else:
        widest, usual, dense = LISTING_WIDTH, BYTES_PER_PIXEL, LISTING_BYTES_PER_PIXEL
    pixels = width * height
    return int(pixels * usual) if width > widest else min(LISTING_BYTES, int(pixels * dense))


def _share(photo: Image.Image, focal: tuple[float, float]) -> Rendition:
    crop = _on_white(photo).crop(crop_box(*photo.size, SHARE_SIZE[0] / SHARE_SIZE[1], focal))
    size = share_size(*photo.size)
    if crop.size != size:
        crop = crop.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return within(crop, "JPEG", SHARE_BYTES)


def _on_white(photo: Image.Image) -> Image.Image:
    """JPEG knows no transparency, and black behind a dark logo would hide it."""
    if photo.mode == "RGB":
        return photo
    ground = Image.new("RGB", photo.size, "white")
    ground.paste(photo, mask=photo.getchannel("A"))
    return ground


def within(image: Image.Image, kind: str, budget: int, first: int = 0) -> Rendition:
    """Encode as "WEBP", "JPEG" or "AVIF" at the best quality that fits `budget` bytes, trying from the step `first`."""
    qualities = AVIF_QUALITIES if kind == "AVIF" else QUALITIES
    for step in range(first, len(qualities)):
        target = BytesIO()
        image.save(target, kind, quality=qualities[step], **_OPTIONS[kind])
        if target.tell() <= budget:
            break
    return Rendition(*image.size, format=kind, content=target.getvalue(), step=step)
