"""Reading a table of text row by row, with refusals that name the line."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


class RefusedTable(Exception):
    """A table that was not imported; `problems` holds one sentence a fault, each naming its line."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Tally:
    """How many rows an import added, changed and found as they should be."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.added} ditambahkan, {self.changed} diubah, {self.unchanged} tidak berubah"


def numbered_rows(path: Path, required: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Pairs of (line number, row) of the UTF-8 CSV file at `path`.

    Raises `RefusedTable` where the file cannot be read, is not UTF-8, holds a NUL character, or lacks one of the
    `required` columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, restkey="", restval="")
            missing = required - set(reader.fieldnames or ())
            if missing:
                raise RefusedTable([f"Baris 1: kolom {', '.join(sorted(missing))} tidak ada."])
            for row in reader:
                if any("\x00" in str(value) for value in row.values()):
                    raise RefusedTable([f"Baris {reader.line_num}: memuat karakter NUL."])
                yield reader.line_num, {str(k): str(v).strip() for k, v in row.items()}
    except OSError as error:
        raise RefusedTable([f"Berkas {path} tidak dapat dibaca: {error.strerror}."]) from error
    except UnicodeDecodeError as error:
        raise RefusedTable([f"Berkas {path} bukan UTF-8: simpan ulang sebagai CSV UTF-8."]) from error
    except csv.Error as error:
        raise RefusedTable([f"Baris {reader.reader.line_num}: bukan CSV yang sah ({error})."]) from error
