"""Work that rows owe until it is done: leased to one worker at a time, tried again after pauses, given up in the end.

A row says in one column when its work is due next, None for nothing owed, and in another how often it was tried. A
worker that is killed leaves a lease that runs out. Doing the work twice has to do no harm.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F, Model, QuerySet
from django.utils import timezone

LEASE = timedelta(minutes=5)
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=10),
    *[timedelta(hours=12)] * 3,
)
"""How long to wait after each attempt but the last: 47 hours and 11 minutes, for a disk that is full overnight."""
MOST_ATTEMPTS = len(PAUSES) + 1

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """What the rows of `model` may owe: `do` does it for one row, and settles what it has changed on it.

    `due_at` and `attempts` are the names of the two columns.
    """

    model: type[Model]
    due_at: str
    attempts: str
    do: Callable[[Any], None]

    def owing(self) -> QuerySet:
        """The rows whose work is to be done now, those that wait longest first."""
        return self.model._default_manager.filter(**{f"{self.due_at}__lte": timezone.now()}).order_by(self.due_at, "pk")

    def owe(self, rows: QuerySet) -> int:
        """Let `rows` owe their work from now on, as if it had never been tried; returns how many."""
        return rows.update(**{self.due_at: timezone.now(), self.attempts: 0})

    def catch_up(self, *, seconds: float | None = None) -> int:
        """Do what is owed, for about `seconds` if given; returns for how many rows.

        May run in any number of processes at once. Call it outside transactions.
        """
        ends, done = None if seconds is None else time.monotonic() + seconds, 0
        while (ends is None or time.monotonic() < ends) and (seen := self.owing().first()):
            if row := self._leased(seen):
                done += self._done(row)
        return done

    def _leased(self, seen: Any) -> Any:
        """The row as it stands now, if nobody else took it since it was looked up; the attempt is counted."""
        columns = {name: getattr(seen, name) for name in (self.due_at, self.attempts)}
        unchanged = self.model._default_manager.filter(pk=seen.pk, **columns)
        taken = unchanged.update(**{self.due_at: timezone.now() + LEASE, self.attempts: F(self.attempts) + 1})
        return self.model._default_manager.get(pk=seen.pk) if taken else None

    def _done(self, row: Any) -> bool:
        tried = getattr(row, self.attempts)
        if tried > MOST_ATTEMPTS:
            self._wait(row, None)
            return False
        try:
            self.do(row)
        except Exception:  # a decoder, a full disk, an object storage: none may keep the others waiting
            logger.exception("What %s %s owes cannot be done.", self.model.__name__, row.pk)
            self._wait(row, None if tried == MOST_ATTEMPTS else PAUSES[tried - 1])
            return False
        return True

    def _wait(self, row: Any, pause: timedelta | None) -> None:
        """Try again after `pause`, or give up where there is none."""
        due_at = timezone.now() + pause if pause else None
        self.model._default_manager.filter(pk=row.pk).update(**{self.due_at: due_at})
