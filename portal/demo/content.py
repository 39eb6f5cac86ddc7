"""Reads the demo's content from its TOML files, refusing what is misspelt or leads nowhere."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from offices.models.officials import Term
from offices.roles import Role
from portal.demo.entries import (
    AppointmentEntry,
    Content,
    EventEntry,
    OfficialEntry,
    PartialDate,
    PhotoEntry,
    QuoteEntry,
    RubricEntry,
    SeriesEntry,
    StaffEntry,
    StoryEntry,
)
from portal.demo.references import problems

DATA = Path(__file__).parent / "data"


class BadContent(Exception):
    """Content that was not loaded; `problems` holds one sentence a fault, each naming its file and key."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


def read_content(folder: Path = DATA) -> Content:
    """The content of the TOML files in `folder`, every reference checked. Raises `BadContent`."""
    content = Content(
        rubrics=tuple(_entries(folder, "rubrics.toml", "rubric", RubricEntry)),
        staff=tuple(_entries(folder, "staff.toml", "staff", StaffEntry, {"role": Role})),
        officials=tuple(_entries(folder, "officials.toml", "official", OfficialEntry, IN_OFFICIAL)),
        series=tuple(_entries(folder, "events.toml", "series", SeriesEntry)),
        events=tuple(_entries(folder, "events.toml", "event", EventEntry)),
        stories=tuple(_entries(folder, "stories_*.toml", "story", StoryEntry, IN_STORY)),
    )
    if found := list(problems(content)):
        raise BadContent(found)
    return content


def _entries(
    folder: Path, pattern: str, table: str, cls: type, inside: dict[str, Callable[[Any], Any]] | None = None
) -> Iterator[Any]:
    """One entry of `cls` for every `[[table]]` of the files that match `pattern`."""
    for path in sorted(folder.glob(pattern)):
        for order, values in enumerate(_tables(path, table), start=1):
            name = values.get("key") or values.get("slug") or values.get("username") or f"{table} ke-{order}"
            try:
                yield _entry(cls, {"file": path.name, **values}, inside or {})
            except ValueError as error:
                raise BadContent([f"{path.name}, {name}: {error}."]) from error


def _tables(path: Path, table: str) -> list[dict[str, Any]]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file).get(table, [])
    except tomllib.TOMLDecodeError as error:
        raise BadContent([f"{path.name}: bukan TOML yang sah ({error})."]) from error


def _entry(cls: type, values: dict[str, Any], inside: dict[str, Callable[[Any], Any]]) -> Any:
    """An instance of the dataclass `cls`; `inside` turns the values of some names into what they hold."""
    known = {field.name: field for field in fields(cls)}
    values = {name: value for name, value in values.items() if name != "file" or "file" in known}
    if unknown := sorted(values.keys() - known):
        raise ValueError(f"{', '.join(unknown)} tidak dikenal")
    required = (name for name, field in known.items() if field.default is MISSING)
    if missing := [name for name in required if name not in values]:
        raise ValueError(f"{', '.join(missing)} tidak ada")
    return cls(**{name: _value(value, inside.get(name)) for name, value in values.items()})


def _value(value: Any, read: Callable[[Any], Any] | None) -> Any:
    if isinstance(value, list):
        return tuple(read(item) if read else item for item in value)
    return read(value) if read else value


def _appointment(values: dict[str, Any]) -> AppointmentEntry:
    return _entry(
        AppointmentEntry,
        values,
        {"kind": Term, "held_from": PartialDate.read, "held_until": PartialDate.read},
    )


IN_OFFICIAL = {"appointment": _appointment}
IN_STORY = {
    "photo": lambda values: _entry(PhotoEntry, values, {}),
    "quote": lambda values: _entry(QuoteEntry, values, {}),
}
