"""The demo's accounts, told to the person at the keyboard and kept in a file that only its owner reads."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from portal.demo.entries import StaffEntry
from portal.demo.people import Offices

PASSWORD = "kabar-contoh-2019"  # noqa: S105 - known to everybody: these accounts guard nothing
SHOWN = 8
"""How many accounts the table tells of: the first of staff.toml hold every role between them."""
HEADINGS = ("Nama pengguna", "Kata sandi", "Peran", "Kantor")


def table(entries: Iterable[StaffEntry], offices: Offices) -> Iterator[str]:
    """The lines of a table of the first accounts, with their roles and offices in Indonesian."""
    people = list(entries)[:SHOWN]
    rows = [(p.username, PASSWORD, str(p.role.label), str(offices[p.office])) for p in people]
    widths = [max(len(row[column]) for row in [HEADINGS, *rows]) for column in range(len(HEADINGS))]
    for row in [HEADINGS, ["-" * width for width in widths], *rows]:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()


def write(entries: Iterable[StaffEntry], offices: Offices, path: Path) -> None:
    """Keep every account in `path` as JSON: username, password, role, and the office's address."""
    accounts = [
        {"username": p.username, "password": PASSWORD, "role": p.role.value, "office": offices[p.office].slug}
        for p in entries
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        path.chmod(0o600)  # also where the file was there before
        json.dump(accounts, file, indent=2)
