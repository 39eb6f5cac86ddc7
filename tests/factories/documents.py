"""PDF documents, whole or spoiled, written by hand."""

import io
import zlib

PAGES = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
)


def pdf_bytes(*more: bytes, trailer: bytes = b"", header: bytes = b"%PDF-1.7\n") -> bytes:
    """A whole PDF of one page with `more` objects, and `trailer` beside the root in its trailer."""
    content, places = header, []
    for number, body in enumerate((*PAGES, *more), start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, trailer, len(content))
    )


def packed(body: bytes, *, kind: bytes = b"", filters: bytes = b"/FlateDecode", data: bytes | None = None) -> bytes:
    """A stream object that holds `body` compressed, or `data` as it is."""
    data = zlib.compress(body) if data is None else data
    return b"<< %s /Filter %s /Length %d >>\nstream\n%s\nendstream" % (kind, filters, len(data), data)


def pdf_file(*more: bytes, **parts: bytes) -> io.BytesIO:
    return io.BytesIO(pdf_bytes(*more, **parts))
