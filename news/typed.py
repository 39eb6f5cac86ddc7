"""What a form of an edition would send, as a plain mapping: read row by row, and merged from two writers' versions."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Raw = Mapping[str, str]
Row = dict[str, str]
MOST_ROWS = 1_000
IDENTITY, DELETED = "id", "DELETE"
NATURAL_KEYS = {"quotes": "number", "mentions": "official", "picks": "article"}
"""What tells two rows of one kind to be the same, though each writer added one."""


def rows_in(raw: Raw, prefix: str) -> list[Row]:
    """The rows of one kind in their order, each without the prefix of its names."""
    named = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,4}})-(\w+)")
    found: dict[int, Row] = {}
    for name, value in raw.items():
        if match := named.fullmatch(name):
            found.setdefault(int(match[1]), {})[match[2]] = value
    total = _whole(raw.get(f"{prefix}-TOTAL_FORMS", ""))
    return [found[number] for number in sorted(found) if number < min(total, MOST_ROWS)]


def with_rows(prefix: str, stored: Iterable[Row], new: Iterable[Row]) -> Row:
    """The fields of a set of rows: those that exist already first, as Django wants them."""
    stored, new = list(stored), [{**row, IDENTITY: ""} for row in new]
    fields = {
        f"{prefix}-TOTAL_FORMS": str(len(stored) + len(new)),
        f"{prefix}-INITIAL_FORMS": str(len(stored)),
        f"{prefix}-MIN_NUM_FORMS": "0",
        f"{prefix}-MAX_NUM_FORMS": str(MOST_ROWS),
    }
    for number, row in enumerate([*stored, *new]):
        fields |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return fields


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def mark_of(value: Any) -> str:
    """A short fingerprint, equal for equal values."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def content_of(row: Row) -> Row:
    """A row without what only tells which one it is."""
    return {name: value for name, value in row.items() if name not in (IDENTITY, DELETED, "edition")}


@dataclass(frozen=True)
class Rows:
    """One kind of rows as they stand now (`theirs`), as they were typed (`mine`), and the marks both began from."""

    prefix: str
    theirs: list[Row]
    mine: list[Row]
    base: Mapping[str, str] = field(default_factory=dict)

    def _changed(self, row: Row) -> bool:
        return self.base.get(row.get(IDENTITY, "")) != mark_of(content_of(row))

    @property
    def _mine_by_id(self) -> dict[str, Row]:
        return {row[IDENTITY]: row for row in self.mine if row.get(IDENTITY)}

    @property
    def _added(self) -> list[Row]:
        """Mine without a stored row of their own: new ones, and those that the other writer deleted meanwhile."""
        there = {row[IDENTITY] for row in self.theirs}
        return [row for row in self.mine if row.get(IDENTITY, "") not in there and not row.get(DELETED)]

    @property
    def changed_by_me(self) -> bool:
        return any(not row.get(IDENTITY) or row.get(DELETED) or self._changed(row) for row in self.mine)

    @property
    def changed_by_them(self) -> bool:
        return {row[IDENTITY]: mark_of(content_of(row)) for row in self.theirs} != dict(self.base)

    @property
    def collides(self) -> bool:
        """Whether both changed the same row, or each added one that stands for the same thing."""
        mine = self._mine_by_id
        for row in self.theirs:
            own = mine.get(row[IDENTITY])
            if own and self._changed(row) and self._changed(own) and content_of(own) != content_of(row):
                return True
            if own and self._changed(row) and own.get(DELETED):
                return True
        key = NATURAL_KEYS.get(self.prefix)
        taken = {row.get(key) for row in self.theirs if row[IDENTITY] not in mine} if key else set()
        return any(row.get(key) in taken or (row.get(IDENTITY) and self._changed(row)) for row in self._added)

    @property
    def are_same(self) -> bool:
        return self.theirs == self.mine

    def all_theirs(self) -> Row:
        return with_rows(self.prefix, self.theirs, [])

    def all_mine(self) -> Row:
        """My rows alone; one of theirs that stands for the same thing becomes mine, the others are to be deleted."""
        mine, added, key = self._mine_by_id, self._added, NATURAL_KEYS.get(self.prefix, "")
        stored = []
        for row in self.theirs:
            twin = next((one for one in added if key and one.get(key) == row.get(key)), None)
            if row[IDENTITY] in mine:
                stored.append(mine[row[IDENTITY]])
            elif twin:
                added.remove(twin)
                stored.append({**twin, IDENTITY: row[IDENTITY]})
            else:
                stored.append({**row, DELETED: "on"})
        return with_rows(self.prefix, stored, added)

    def both(self) -> Row:
        """Every change of either; where both changed one row, theirs stays and mine comes besides."""
        mine, stored, besides = self._mine_by_id, [], []
        for row in self.theirs:
            own = mine.get(row[IDENTITY])
            if own is None or not (own.get(DELETED) or self._changed(own)):
                stored.append(row)
            elif not self._changed(row):
                stored.append(own)
            else:
                stored.append(row)
                besides += [own] if not own.get(DELETED) and content_of(own) != content_of(row) else []
        there = [content_of(row) for row in self.theirs]
        kept = [row for row in self._added if not row.get(IDENTITY) or self._changed(row)]
        besides += [row for row in kept if content_of(row) not in there]
        return with_rows(self.prefix, stored, besides)
