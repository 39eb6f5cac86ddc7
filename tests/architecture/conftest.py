"""The world of the scope table, for every module that walks its seats: all of them on SQLite, a few on PostgreSQL."""

import pytest
from django.db import transaction

from tests.architecture import scope_world

SEATS_ON_POSTGRES = {"writer", "manager", "supervisor", "m_manager", "curator", "auditor"}
"""One seat of each kind: who may do what is asked in Python, and only the queries differ between the databases."""


def pytest_collection_modifyitems(config, items):
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    left_out = [item for item in items if not _is_walked_on_postgres(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _is_walked_on_postgres(item):
    chosen = getattr(item, "callspec", None)
    seat = chosen.params.get("seat") if chosen and item.path.name.startswith("test_scope_") else None
    return seat is None or seat in SEATS_ON_POSTGRES


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The world, built once; what a test does to it is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield scope_world.build()
        transaction.set_rollback(True)


@pytest.fixture
def db(built):
    """In place of pytest-django's own, which closes the connection after every test and the world with it."""
    with scope_world.taken_back():
        yield


@pytest.fixture
def world(built, db):
    return built
