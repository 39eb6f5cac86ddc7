"""What stands in the database, to see that nothing has changed or to take it back."""

from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def taken_back():
    """Whatever is stored within is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everything_stored(but: frozenset[str] = frozenset()) -> dict[str, list]:
    """Every row of every table, by the table's name; `but` are tables that are left alone.

    The migrations that were applied and SQLite's own counters are no content.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - {"django_migrations", "sqlite_sequence", *but}
        found = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {quote(table)} ORDER BY 1")  # noqa: S608 - a table
            found[table] = cursor.fetchall()
    return found
