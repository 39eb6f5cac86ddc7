"""Pictures in the sizes a page needs, and no wider."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import template
from django.core.files.storage import default_storage

from news.focal import focal_classes
from news.models import EditionPhoto, Photo

register = template.Library()


@dataclass(frozen=True)
class Frame:
    """Where a picture stands: `sizes` for the browser, and in px the width of `src` and the widest offered."""

    sizes: str
    usual: int
    widest: int
    eager: bool = False


FRAMES = {
    "lead": Frame("(min-width: 66rem) 50rem, (min-width: 48rem) 92vw, 100vw", usual=960, widest=1600, eager=True),
    "lead-card": Frame("(min-width: 66rem) 52rem, 92vw", usual=960, widest=1600, eager=True),
    "card": Frame("(min-width: 66rem) 26rem, (min-width: 48rem) 48vw, 7rem", usual=640, widest=960),
    "third": Frame("(min-width: 66rem) 26rem, (min-width: 48rem) 32vw, 7rem", usual=640, widest=960),
    "inline": Frame("(min-width: 48rem) 26rem, 100vw", usual=640, widest=960),
    "large": Frame("100vw", usual=1280, widest=1600),
    "thumb": Frame("(min-width: 37rem) 14rem, 7rem", usual=320, widest=480),
}
"""The widths that `tests/browser/test_pictures.py` measures on the pages; a crop needs a little more than it shows."""


@register.inclusion_tag("news/_picture.html")
def picture(row: EditionPhoto, kind: str) -> dict[str, Any]:
    """The photo of `row`, loaded with its photo, for the frame `kind`, a key of `FRAMES`.

    Where `row.private` is set, addresses are those for staff; where `row.address_at` is, those it gives for a width:
    they lead to WebP alone. AVIF and JPEG are named where the photo's row says that they are there.
    Numbers are text, so that none is localised.
    """
    frame, photo = FRAMES[kind], row.photo
    private_address = _private_addresses(row)
    address = private_address or partial(_public_address, photo, "webp")
    widths = _offered(photo.widths, frame)
    usual = min(widths, key=lambda width: abs(width - frame.usual))
    return {
        **({} if private_address else _made_later(photo, frame)),
        "webp": _srcset(widths, address),
        "src": address(usual),
        "sizes": frame.sizes,
        "width": str(usual),
        "height": str(max(1, round(photo.height * usual / photo.width))),
        "alt": row.alt,
        "focal": focal_classes(row.focal_x, row.focal_y),
        "eager": frame.eager,
    }


def _made_later(photo: Photo, frame: Frame) -> dict[str, str]:
    """What the worker has made of a public photo; empty texts while it is still at it."""
    avif = _offered(photo.avif_widths, frame)
    return {
        "avif": _srcset(avif, partial(_public_address, photo, "avif")),
        "jpeg": _public_address(photo, "jpg", photo.jpeg_width) if photo.jpeg_width else "",
    }


def _offered(widths: list[int], frame: Frame) -> list[int]:
    return [width for width in widths if width <= frame.widest] or widths[:1]


def _srcset(widths: list[int], address: Callable[[int], str]) -> str:
    return ", ".join(f"{address(width)} {width}w" for width in widths)


def _private_addresses(row: EditionPhoto) -> Callable[[int], str] | None:
    """What gives the address of a width where the photo is not shown to the public."""
    return getattr(row, "address_at", None) or (row.photo.private_url if getattr(row, "private", False) else None)


def _public_address(photo: Photo, kind: str, width: int) -> str:
    return default_storage.url(photo.rendition_name(width, kind))
