"""Which PDF files are taken in: whole ones without anything that acts, however that is hidden."""

import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from news import pdf
from news.pdf import MAX_BYTES, RefusedDocument, checked_pdf
from tests.factories.documents import packed, pdf_bytes, pdf_file


def refused(content: bytes) -> str:
    with pytest.raises(RefusedDocument) as refusal:
        checked_pdf(io.BytesIO(content))
    assert refusal.value.messages[0]
    return refusal.value.code


def test_a_plain_pdf_is_kept_byte_for_byte_and_its_pages_counted():
    content = pdf_bytes(b"<< /Type /Page /Parent 2 0 R >>")
    document = checked_pdf(io.BytesIO(content))
    assert (document.content, document.pages, len(document.sha256)) == (content, 2, 64)


def test_what_another_program_writes_is_taken():
    target = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(target, "PDF")
    assert checked_pdf(target).pages == 1


def test_pages_in_a_packed_stream_of_objects_are_counted():
    pages = packed(b"<< /Type /Page >> << /Type/Page >> << /Type /Pages >>", kind=b"/Type /ObjStm /N 3 /First 0")
    assert checked_pdf(pdf_file(pages)).pages == 3


def test_pages_of_an_edited_file_are_not_guessed():
    content = pdf_bytes()
    later = pdf_bytes(header=content)
    assert checked_pdf(io.BytesIO(later)).pages is None


def test_links_and_an_opening_page_are_harmless():
    link = b"<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://example.org/launch) >> >>"
    assert checked_pdf(pdf_file(link, trailer=b"/OpenAction [3 0 R /Fit]")).pages == 1


@pytest.mark.parametrize(
    "action",
    [
        b"<< /S /JavaScript /JS (app.alert(1)) >>",
        b"<< /S/JavaScript/JS(app.alert(1))>>",
        b"<< /S /J#61vaScript /JS (x) >>",
        b"<< /S /#4a#61#76#61#53#63#72#69#70#74 >>",
        b"<< /S /#4A#61#76#61Script >>",
        b"<< /S /Launch /F (cmd.exe) >>",
        b"<< /Names << /EmbeddedFiles 9 0 R >> >>",
        b"<< /Type /EmbeddedFile >>",
        b"<< /Type /Filespec /EF << /F 9 0 R >> >>",
        b"<< /Subtype /RichMedia >>",
        b"<< /AcroForm << /XFA 9 0 R >> >>",
        b"<< /S /SubmitForm /F (https://example.org) >>",
        b"<< /S /ImportData >>",
        b"<< /S /GoToE >>",
        b"<< /S /Rendition /JS (x) >>",
    ],
)
@pytest.mark.parametrize("hide", ["plain", "packed", "packed without saying so", "inside another stream"])
def test_what_acts_is_refused_wherever_it_stands(action, hide):
    bodies = {
        "plain": action,
        "packed": packed(action, kind=b"/Type /ObjStm /N 1 /First 0"),
        "packed without saying so": packed(b" " * 2_000_000 + action),
        "inside another stream": packed(b"", data=b"9 0 obj " + action + b" endobj", filters=b"null"),
    }
    assert refused(pdf_bytes(bodies[hide])) == "acts"


def test_what_acts_is_found_across_the_windows_of_a_long_stream():
    for before in range(pdf.MEGABYTE - 20, pdf.MEGABYTE + 20, 3):
        assert refused(pdf_bytes(packed(b" " * before + b"/JavaScript "))) == "acts"


@pytest.mark.parametrize("filters", [b"/LZWDecode", b"[/ASCII85Decode /FlateDecode]", b"/ASCIIHexDecode"])
def test_objects_that_are_packed_in_a_way_we_do_not_open_are_refused(filters):
    hidden = packed(b"", kind=b"/Type /Obj#53tm /N 1 /First 0", filters=filters, data=b"9jqo^BlbD-BleB1DJ+*+F(f,q")
    assert refused(pdf_bytes(hidden)) == "too_complex"


ACTS_IN_HEX = zlib.compress(b"<< /S /JavaScript /JS (x) >>".hex().encode())


@pytest.mark.parametrize(
    ("kind", "filters", "data"),
    [
        (b"/Type /ObjStm /N 1 /First 0", b"[/FlateDecode /ASCIIHexDecode]", ACTS_IN_HEX),
        (b"/Type /ObjStm /N 1 /First 0", b"[/Fl /AHx]", ACTS_IN_HEX),
        (b"/Type /ObjStm /N 1 /First 0", b"[/FlateDecode /#41SCIIHexDecode]", ACTS_IN_HEX),
        (b"/Type /ObjStm /N 1 /First 0", b"[/FlateDecode /FlateDecode]", zlib.compress(ACTS_IN_HEX)),
        (b"/Type /ObjStm /N 1 /First 0 /DecodeParms << /Predictor 12 >>", b"/FlateDecode", zlib.compress(b"\x02x")),
        (b"/Type /ObjStm /N 1 /First 0", b"9 0 R", ACTS_IN_HEX),
        (b"/Type /ObjStm /N 1 /First 0", b"/ASCIIHexDecode %obj\n", b"3c3c>"),
    ],
)
def test_objects_that_are_packed_twice_are_refused(kind, filters, data):
    assert refused(pdf_bytes(packed(b"", kind=kind, filters=filters, data=data))) == "too_complex"


def test_objects_in_a_stream_that_does_not_begin_as_we_know_it_are_refused():
    hidden = packed(b"", kind=b"/Type /ObjStm /N 1 /First 0", filters=b"/ASCIIHexDecode", data=b"3c3c>")
    assert refused(pdf_bytes(hidden.replace(b"stream\n3", b"stream \n3"))) == "too_complex"


def test_a_picture_packed_in_another_way_is_no_obstacle():
    assert checked_pdf(pdf_file(packed(b"", filters=b"/DCTDecode", data=b"\xff\xd8\xff\xe0" * 50))).pages == 1


def test_an_encrypted_file_is_refused():
    assert refused(pdf_bytes(trailer=b"/Encrypt 9 0 R")) == "encrypted"
    assert refused(pdf_bytes(trailer=b"/#45ncrypt 9 0 R")) == "encrypted"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"\xff\xd8\xff\xe0" + pdf_bytes(),
        b"\n" + pdf_bytes(),
        b"PK\x03\x04" + pdf_bytes(),
        pdf_bytes(header=b"%PDF-1.7\n<html><script>alert(1)</script>"),
        pdf_bytes(header=b"%PDF-1.7\n<?php system(1);"),
        pdf_bytes(b"(PK\x05\x06" + b"\x00" * 18 + b")"),
        b"%PDF-x" + pdf_bytes()[6:],
        b"MZ" + pdf_bytes(),
        b"%!PS-Adobe-3.0",
    ],
    ids=["html", "jpeg", "newline", "zip", "html within", "php within", "zip end", "version", "program", "postscript"],
)
def test_what_is_something_else_besides_is_refused(content):
    assert refused(content) == "wrong_format"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-40],
        lambda content: content[: len(content) // 2],
        lambda content: content + b"<script>alert(1)</script>",
        lambda content: content + b"PK\x03\x04 and more",
        lambda content: content.replace(b"startxref\n", b"startxref\n9"),
        lambda content: content.replace(b"startxref", b"startxxxx"),
        lambda content: b"%PDF-1.7",
    ],
)
def test_what_is_cut_short_or_added_to_is_refused(spoil):
    assert refused(spoil(pdf_bytes(b"(" + b" " * 2_000 + b")"))) == "damaged"


def test_an_empty_file_and_one_that_is_too_large_are_refused():
    assert refused(b"") == "empty"
    assert refused(b"%PDF-1.7" + b"0" * MAX_BYTES) == "too_many_bytes"


def test_what_swells_is_refused_before_it_fills_the_memory():
    bomb = zlib.compress(b"0" * (pdf.MAX_INFLATED + 1), 9)
    assert refused(pdf_bytes(packed(b"", data=bomb))) == "too_complex"


@given(content=st.binary(max_size=400), at=st.integers(0, 400))
def test_no_bytes_raise_anything_but_a_refusal(content, at):
    whole = pdf_bytes()
    for candidate in (content, b"%PDF-1.4" + content, whole[:at] + content + whole[at:]):
        try:
            checked_pdf(io.BytesIO(candidate))
        except RefusedDocument as refusal:
            assert refusal.messages
