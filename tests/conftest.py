"""What all tests share: tests of the other database are set aside, and those of none run once."""

import gc
from zlib import crc32

import pytest

OTHER_ENGINE = {"sqlite": "postgres", "postgresql": "sqlite_only"}
CASES_ON_POSTGRESQL = 3
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config, items):
    """Set aside the tests of the other database, and on PostgreSQL those that ask for no database at all."""
    from django.db import connection

    left_out = [item for item in items if not _is_run_on(connection.vendor, item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]
    if connection.vendor == "postgresql":
        _leave_to_the_drill(items)


def _leave_to_the_drill(items):
    """SQLite has walked all cases of a test; PostgreSQL walks the first and one in three, and in a drill the others."""
    met = set()
    for item in items:
        test = item.nodeid.partition("[")[0]
        is_chosen = item.get_closest_marker("postgres") or crc32(item.nodeid.encode()) % CASES_ON_POSTGRESQL == 0
        if test in met and not is_chosen:
            item.add_marker(pytest.mark.drill)
        met.add(test)


def _is_run_on(vendor, item) -> bool:
    if item.get_closest_marker(OTHER_ENGINE[vendor]):
        return False
    return vendor == "sqlite" or _touches_a_database(item) or bool(item.get_closest_marker("postgres"))


def _touches_a_database(item) -> bool:
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES.intersection(item.fixturenames))


@pytest.fixture(autouse=True, scope="session")
def emptied_index():
    """Empty the index of search, which is no model's table, when Django empties those of models after a test."""
    from django.apps import apps
    from django.db import connection
    from django.db.models.signals import post_migrate

    def empty(**kwargs):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM news_searchindex")

    post_migrate.connect(empty, sender=apps.get_app_config("news"), weak=False)


def pytest_collection_finish():
    """Thousands of collected tests live until the end: the collector of garbage need not walk them again and again."""
    gc.collect()
    gc.freeze()
