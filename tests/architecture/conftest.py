"""The world of the scope table, for every module that walks its seats: a few each time, in a drill all of them."""

from zlib import crc32

import pytest

from tests.architecture import scope_world
from tests.architecture.scope_rows import SEATS
from tests.stored import taken_back

ALWAYS = {"sqlite": {"manager", "auditor"}, "postgresql": {"manager", "supervisor", "auditor"}}
"""Who may do most, and who reads all and changes nothing; only queries differ between the databases."""
ONE_IN = 4
IS_LAST = pytest.StashKey[bool]()
STANDING = []


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


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    item.stash[IS_LAST] = nextitem is None or not nextitem.path.name.startswith("test_scope_")


@pytest.fixture
def built(request, django_db_setup, django_db_blocker):
    """The world, built for the first test in a row of modules that walk it, and taken down after the last."""
    if not STANDING:
        STANDING.append(standing(django_db_blocker))
    yield next(STANDING[0])
    if request.node.stash[IS_LAST]:
        STANDING.pop().close()


def standing(django_db_blocker):
    """The same world again and again, until the generator is closed."""
    with django_db_blocker.unblock(), taken_back():
        world = scope_world.build()
        while True:
            yield world


@pytest.fixture
def db(built):
    """In place of pytest-django's own, which closes the connection after every test and the world with it."""
    with taken_back():
        yield


@pytest.fixture
def world(built, db):
    return built
