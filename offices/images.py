"""What counts as a safe picture, and how it is re-encoded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_PIXELS = 40_000_000
MIN_SIDE = 200  # px; what a news photo asks for, a logo may be smaller
MAX_SIDE = 4096  # px; the long side of the original that is kept
MAX_SIDE_LOSSLESS = 2048  # px; pictures with transparency are kept without loss, so smaller
MAX_JPEG_SCANS = 500  # a camera writes about ten; thousands in a small file keep a decoder busy for minutes
JPEG_QUALITY = 90

ACCEPTED = ("JPEG", "PNG", "WEBP")
_EXTENSIONS = {"JPEG": "jpg", "PNG": "png"}
_ORIENTATION_TAG = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class RefusedPicture(ValidationError):
    """The upload is not a picture we keep; the message says why and what to do about it.

    `code` is one of: empty, too_many_bytes, wrong_format, too_many_pixels, too_small, damaged.
    """


@dataclass(frozen=True)
class Picture:
    """A picture written by us from decoded pixels alone: no metadata, no profile, nothing appended.

    `width` and `height` are pixels as seen upright, `format` is "JPEG" (opaque) or "PNG" (transparent),
    `sha256` is the hexadecimal digest of `content`.
    """

    content: bytes
    width: int
    height: int
    format: str
    sha256: str

    @property
    def extension(self) -> str:
        """The file name's ending, without a dot."""
        return _EXTENSIONS[self.format]


def clean_picture(file: BinaryIO, *, min_side: int = 0) -> Picture:
    """Return what `file` shows, re-encoded; its name and declared type are never looked at.

    `min_side` is the fewest pixels either side may have. Of an animation the first frame is kept.
    Raises RefusedPicture, and nothing else, for whatever the bytes may hold.
    """
    content = _read(file)
    with _opened(content) as image:
        _check_dimensions(*image.size, min_side=min_side)
        try:
            return _encoded(_upright(image))
        except Exception as reason:  # decoders name no closed set of errors; all of them mean "unreadable"
            raise _damaged() from reason


def _read(file: BinaryIO) -> bytes:
    declared = getattr(file, "size", None)
    if declared is not None and declared > MAX_BYTES:
        raise _too_many_bytes()
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    if not content:
        raise RefusedPicture(_("Berkas ini kosong. Pilih kembali berkas fotonya."), code="empty")
    if len(content) > MAX_BYTES:
        raise _too_many_bytes()
    return content


def _opened(content: bytes) -> Image.Image:
    """Read the header only; no pixel is decoded yet."""
    if content.startswith(b"\xff\xd8") and content.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise _damaged()
    try:
        return Image.open(BytesIO(content), formats=ACCEPTED)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as reason:
        raise _too_many_pixels() from reason
    except Exception as reason:  # header parsers leak ValueError, struct.error and others; none may pass
        raise (_damaged() if _claims_accepted_format(content) else _wrong_format()) from reason


def _claims_accepted_format(content: bytes) -> bool:
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return is_webp or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def _check_dimensions(width: int, height: int, *, min_side: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < max(min_side, 1):
        raise _too_small(width, height, min_side)


def _upright(image: Image.Image) -> Image.Image:
    """Decode fully, then return RGB or RGBA in sRGB, no larger than we keep, turned the way it is seen."""
    image.load()
    turn = _TURNS.get(_orientation(image))
    profile = image.info.get("icc_profile")
    pixels = _without_palette(image)
    side = MAX_SIDE_LOSSLESS if _is_transparent(pixels) else MAX_SIDE
    pixels.thumbnail((side, side), Image.Resampling.LANCZOS)
    pixels = _in_srgb(pixels, profile)
    return pixels.transpose(turn) if turn is not None else pixels


def _orientation(image: Image.Image) -> int | None:
    try:
        return image.getexif().get(_ORIENTATION_TAG)
    except Exception:  # cameras write broken EXIF; a sound photo is not refused for it
        return None


def _without_palette(image: Image.Image) -> Image.Image:
    """Return a mode that scales well: RGBA if anything may be see-through, else L, CMYK or RGB."""
    if image.mode.startswith("I"):  # 16 bits a pixel; Pillow's own conversion clips at 255 instead of scaling
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "CMYK", "RGB") else image.convert("RGB")


def _is_transparent(image: Image.Image) -> bool:
    return image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if _is_transparent(image) else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            plain = image if image.mode in ("L", "CMYK", mode) else image.convert(mode)
            return ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a broken or foreign profile: the colours as stored are the best that is known
    return image.convert(mode)


def _encoded(image: Image.Image) -> Picture:
    bare = Image.new(image.mode, image.size)  # `image` still carries comment, EXIF and profile in `info`
    bare.paste(image)
    kind = "PNG" if image.mode == "RGBA" else "JPEG"
    options = {} if kind == "PNG" else {"quality": JPEG_QUALITY, "progressive": True, "optimize": True}
    target = BytesIO()
    bare.save(target, kind, **options)
    content = target.getvalue()
    return Picture(content, *bare.size, format=kind, sha256=hashlib.sha256(content).hexdigest())


def _too_many_bytes() -> RefusedPicture:
    message = _("Berkas foto melebihi %(limit)d MB. Perkecil fotonya atau simpan ulang sebagai JPEG.")
    return RefusedPicture(message, code="too_many_bytes", params={"limit": MAX_BYTES // MEGABYTE})


def _too_many_pixels() -> RefusedPicture:
    message = _(
        "Ukuran gambar melebihi %(limit)d megapiksel. "
        "Perkecil dahulu, misalnya menjadi %(side)d piksel pada sisi terpanjang."
    )
    params = {"limit": MAX_PIXELS // 1_000_000, "side": MAX_SIDE}
    return RefusedPicture(message, code="too_many_pixels", params=params)


def _too_small(width: int, height: int, min_side: int) -> RefusedPicture:
    message = _(
        "Gambar terlalu kecil: %(width)d × %(height)d piksel. "
        "Unggah gambar yang setiap sisinya paling sedikit %(min_side)d piksel."
    )
    params = {"width": width, "height": height, "min_side": min_side}
    return RefusedPicture(message, code="too_small", params=params)


def _wrong_format() -> RefusedPicture:
    message = _(
        "Isi berkas ini bukan JPEG, PNG, atau WebP. Mengganti nama berkas tidak cukup: "
        "buka gambarnya (HEIC, TIFF, GIF, SVG, dan lainnya) lalu simpan ulang sebagai JPEG atau PNG."
    )
    return RefusedPicture(message, code="wrong_format")


def _damaged() -> RefusedPicture:
    message = _(
        "Gambar tidak dapat dibaca karena berkasnya rusak atau tidak lengkap. "
        "Unggah ulang dari berkas asli, atau buka gambarnya lalu simpan ulang sebagai JPEG."
    )
    return RefusedPicture(message, code="damaged")
