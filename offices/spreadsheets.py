"""Rows as CSV files, whose cells no spreadsheet runs as formulas."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CUT_OFF = re.compile(r'(?<=[;\t\r\n])("*)(?=[=+\-@＝＋－＠])')
"""Where a spreadsheet set to another separator, as Indonesian ones are to `;`, would begin a cell with a formula."""
LINES_AT_ONCE = 500


def csv_pieces(headers: Iterable[object], lines: Iterable[Iterable[object]]) -> Iterator[str]:
    """The file in pieces: a byte order mark, so that spreadsheets read UTF-8, the headers, then the lines."""
    yield BOM + _text([headers])
    rest = iter(lines)
    while some := list(islice(rest, LINES_AT_ONCE)):
        yield _text(some)


def guarded(cell: object) -> str:
    """The cell as text; whatever in it a spreadsheet would run as a formula is led by an apostrophe."""
    text = CUT_OFF.sub(r"\1'", "" if cell is None else str(cell))
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _text(lines: Iterable[Iterable[object]]) -> str:
    target = io.StringIO()
    csv.writer(target).writerows([guarded(cell) for cell in line] for line in lines)
    return target.getvalue()
