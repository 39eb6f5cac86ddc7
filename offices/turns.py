"""Taking turns: what is counted before it is stored is counted by one transaction at a time."""

from django.db import connection


def take_turns(*names: str) -> None:
    """Wait until no other transaction holds one of `names`, and hold them until the present one ends.

    SQLite lets one transaction write at a time anyway. Names are taken in one order, so that two cannot wait for each
    other.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in sorted(names):
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
