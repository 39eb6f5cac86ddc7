"""What counts as a PDF that may be handed to readers: whole, readable to its end, and without anything that acts.

No library that renders PDF is asked, for each is a target itself. The bytes are searched instead: as they are, with
the escapes in names undone, and again in every compressed stream, for the names without which a PDF can run, start or
carry nothing. What cannot be searched, because it is encrypted or packed in another way, is refused.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_INFLATED = 128 * MEGABYTE
MAX_STREAMS = 50_000
OVERLAP = 128  # longer than any name looked for
TAIL = 1024  # where a reader looks for the end
HEAD = 1024  # where a browser looks for another kind of file


def _spelled(*names: str) -> re.Pattern[bytes]:
    """Matches one of the PDF names however it is spelled: any letter may stand as `#` and its code in hex."""

    def letter(char: str) -> str:
        return f"(?:{char}|#{ord(char):02x})" if char.isalpha() else char

    def code_in_any_case(text: str) -> str:
        return re.sub("#([0-9])([a-f])", lambda m: f"#{m[1]}[{m[2]}{m[2].upper()}]", text)

    spelled = "|".join(code_in_any_case("".join(map(letter, name))) for name in names)
    return re.compile(rf"/(?:{spelled})(?![A-Za-z0-9])".encode())


ACTS = _spelled(
    *("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "Filespec", "RichMedia", "XFA"),
    *("SubmitForm", "ImportData", "Rendition", "Movie", "GoToE"),
)
ENCRYPTED = _spelled("Encrypt")
OBJECTS = _spelled("ObjStm", "First")
HOLDS_OBJECTS = _spelled("ObjStm")
PACKED_BY_ZLIB = _spelled("FlateDecode", "Fl")
PACKED_FURTHER = _spelled(
    *("ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "LZWDecode", "LZW", "RunLengthDecode", "RL"),
    *("Crypt", "DecodeParms", "DP"),
)
STREAM = re.compile(rb"(?<!end)stream\r?\n")
PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
MARKUP = re.compile(rb"<\s*(?:html|script|body|svg|!doctype|\?php)", re.IGNORECASE)
END_OF_ARCHIVE = b"PK\x05\x06"
XREF = re.compile(rb"\s*(?:xref|\d+\s+\d+\s+obj)")
LAST_XREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


class RefusedDocument(ValidationError):
    """The upload is not a PDF we hand on; the message says why and what to do about it.

    `code` is one of: empty, too_many_bytes, wrong_format, damaged, encrypted, acts, too_complex.
    """


@dataclass(frozen=True)
class Document:
    """The bytes as they came; `pages` is None where their number is not plain to see."""

    content: bytes
    pages: int | None
    sha256: str


def checked_pdf(file: BinaryIO) -> Document:
    """Return what `file` holds; its name and declared type are never looked at. Raises RefusedDocument."""
    content = _read(file)
    _refuse_other_formats(content)
    _refuse_damage(content)
    if ENCRYPTED.search(content):
        raise RefusedDocument(_("PDF ini terkunci dengan sandi. Simpan ulang tanpa sandi."), code="encrypted")
    _refuse_acts(content)
    pages = len(PAGE.findall(content)) + sum(_searched(content))
    edited = content.count(b"startxref") > 1 and b"/Linearized" not in content[:HEAD]
    return Document(content, pages=pages if pages and not edited else None, sha256=hashlib.sha256(content).hexdigest())


def _read(file: BinaryIO) -> bytes:
    too_large = RefusedDocument(
        _("Berkas terlalu besar. PDF paling besar %(most)d MB; perkecil gambar di dalamnya lalu simpan ulang."),
        code="too_many_bytes",
        params={"most": MAX_BYTES // MEGABYTE},
    )
    if (getattr(file, "size", None) or 0) > MAX_BYTES:
        raise too_large
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    if not content:
        raise RefusedDocument(_("Berkas ini kosong. Pilih kembali berkas PDF-nya."), code="empty")
    if len(content) > MAX_BYTES:
        raise too_large
    return content


def _refuse_other_formats(content: bytes) -> None:
    """A PDF begins with its name; one that is an archive or a web page besides is not only a PDF."""
    is_more = MARKUP.search(content[:HEAD]) or END_OF_ARCHIVE in content[-65_557:]
    if is_more or not re.match(rb"%PDF-[12]\.\d", content):
        raise RefusedDocument(
            _("Isi berkas ini bukan PDF murni. Buka dokumennya lalu simpan atau cetak ke PDF."), code="wrong_format"
        )


def _refuse_damage(content: bytes) -> None:
    end = LAST_XREF.search(content[-TAIL:].rstrip(b"\x00"))
    if not end or not XREF.match(content, int(end[1][:12])):
        raise RefusedDocument(
            _("PDF ini rusak, terpotong, atau ditambahi sesuatu. Simpan ulang dari dokumen asalnya."), code="damaged"
        )


def _refuse_acts(piece: bytes) -> None:
    if ACTS.search(piece):
        raise RefusedDocument(
            _("PDF ini memuat skrip, perintah, atau berkas sisipan. Cetak ke PDF agar hanya isinya yang tersisa."),
            code="acts",
        )


def _searched(content: bytes) -> Iterator[int]:
    """Search every stream that zlib opens, and give how many pages stand in each window of it.

    Refuses what would hold objects and is packed otherwise, and what swells.
    """
    budget, behind = MAX_INFLATED, 0
    for number, match in enumerate(STREAM.finditer(content)):
        if number > MAX_STREAMS:
            raise _too_complex()
        _refuse_packed_further(content[behind : match.start()])
        behind = match.end()
        try:
            for window, before in _inflated(content, match.end()):
                _refuse_acts(window)
                yield len(PAGE.findall(window)) - len(PAGE.findall(window[:before]))
                budget -= len(window) - before
                if budget < 0:
                    raise _too_complex()
        except zlib.error:
            if OBJECTS.search(
                content, max(content.rfind(b"obj", match.start() - 4096, match.start()), 0), match.start()
            ):
                raise _too_complex() from None
    if HOLDS_OBJECTS.search(content, behind):
        raise _too_complex()


def _refuse_packed_further(before: bytes) -> None:
    """Refuse a stream of objects, described in `before` it, that zlib alone does not open to its words."""
    if not HOLDS_OBJECTS.search(before):
        return
    if PACKED_FURTHER.search(before) or len(PACKED_BY_ZLIB.findall(before)) != 1:
        raise _too_complex()


def _inflated(content: bytes, at: int) -> Iterator[tuple[bytes, int]]:
    """Windows of what zlib opens from `at` on, each with the end of the one before, and how long that end is."""
    opener, tail, step, piece = zlib.decompressobj(), b"", 512, b""
    while not opener.eof:
        packed = opener.unconsumed_tail or content[at : at + step]
        if not packed and not piece:
            break
        if not opener.unconsumed_tail:
            at, step = at + step, min(2 * step, 64 * 1024)
        piece = opener.decompress(packed, MEGABYTE)
        yield tail + piece, len(tail)
        tail = (tail + piece)[-OVERLAP:]


def _too_complex() -> RefusedDocument:
    return RefusedDocument(
        _("Isi PDF ini tidak dapat diperiksa. Perkecil gambarnya atau cetak ke PDF lewat aplikasi lain."),
        code="too_complex",
    )
