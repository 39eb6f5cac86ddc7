"""The world of the scope table, for every module that walks its seats: a few each time, in a drill all of them."""

from zlib import crc32

import pytest
from django.db import transaction

from tests.architecture import scope_world
from tests.architecture.scope_rows import SEATS

ALWAYS = {"sqlite": {"manager", "auditor"}, "postgresql": {"manager", "supervisor", "auditor"}}
"""Who may do most, and who reads all and changes nothing; only queries differ between the databases."""
ONE_IN = 4


def pytest_collection_modifyitems(items):
    """All seats are walked in a drill; each time a few, and on SQLite of the others a quarter spread over all tests."""
    from django.db import connection

    for item in items:
        if item.path.name.startswith("test_scope_") and not _is_walked_each_time(item, connection.vendor):
            item.add_marker(pytest.mark.drill)


def _is_walked_each_time(item, vendor):
    chosen = getattr(item, "callspec", None)
    seat = chosen.params.get("seat") if chosen else None
    if seat is None or seat not in SEATS or seat in ALWAYS[vendor]:
        return True
    return vendor == "sqlite" and crc32(item.name.encode()) % ONE_IN == 0


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
