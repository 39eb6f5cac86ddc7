"""What all tests share: tests of the other database are set aside, and those of none run once."""

import gc

OTHER_ENGINE = {"sqlite": "postgres", "postgresql": "sqlite_only"}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config, items):
    """Set aside the tests of the other database, and on PostgreSQL those that ask for no database at all."""
    from django.db import connection

    left_out = [item for item in items if not _is_run_on(connection.vendor, item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _is_run_on(vendor, item) -> bool:
    if item.get_closest_marker(OTHER_ENGINE[vendor]):
        return False
    return vendor == "sqlite" or _touches_a_database(item) or bool(item.get_closest_marker("postgres"))


def _touches_a_database(item) -> bool:
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES.intersection(item.fixturenames))


def pytest_collection_finish():
    """Thousands of collected tests live until the end: the collector of garbage need not walk them again and again."""
    gc.collect()
    gc.freeze()
