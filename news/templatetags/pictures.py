"""Pictures in the sizes a page needs, and no wider."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.core.files.storage import default_storage

from news.focal import focal_classes
from news.models import EditionPhoto

register = template.Library()


@dataclass(frozen=True)
class Frame:
    """Where a picture stands: `sizes` for the browser, and in px the width of `src` and the widest offered."""

    sizes: str
    usual: int
    widest: int
    eager: bool = False


FRAMES = {
    "lead": Frame("(min-width: 66rem) 50rem, 100vw", usual=960, widest=1600, eager=True),
    "card": Frame("(min-width: 48rem) 24rem, 6.5rem", usual=640, widest=960),
    "inline": Frame("(min-width: 48rem) 24rem, 100vw", usual=640, widest=960),
    "large": Frame("100vw", usual=1280, widest=1600),
    "thumb": Frame("(min-width: 50rem) 13rem, 6.5rem", usual=320, widest=480),
}


@register.inclusion_tag("news/_picture.html")
def picture(row: EditionPhoto, kind: str) -> dict[str, Any]:
    """The photo of `row`, loaded with its photo, for the frame `kind`, a key of `FRAMES`.

    Where `row.private` is set, addresses are those for staff; where `row.address_at` is, those it gives for a width.
    Numbers are text, so that none is localised.
    """
    frame, photo = FRAMES[kind], row.photo
    widths = [width for width in photo.widths if width <= frame.widest] or photo.widths[:1]
    usual = min(widths, key=lambda width: abs(width - frame.usual))
    urls = {width: _url(row, width) for width in widths}
    return {
        "src": urls[usual],
        "srcset": ", ".join(f"{url} {width}w" for width, url in urls.items()),
        "sizes": frame.sizes,
        "width": str(usual),
        "height": str(max(1, round(photo.height * usual / photo.width))),
        "alt": row.alt,
        "focal": focal_classes(row.focal_x, row.focal_y),
        "eager": frame.eager,
    }


def _url(row: EditionPhoto, width: int) -> str:
    if address_at := getattr(row, "address_at", None):
        return address_at(width)
    if getattr(row, "private", False):
        return row.photo.private_url(width)
    return default_storage.url(row.photo.rendition_name(width))
