"""The world of the scope table, for every module that walks its seats: one of each kind, in a drill all of them."""

import pytest
from django.db import transaction

from tests.architecture import scope_world
from tests.architecture.scope_rows import SEATS

SEATS_EACH_TIME = {
    "sqlite": {
        "author",
        "editor",
        "manager",
        "p_writer",
        "supervisor",
        "m_manager",
        "curator",
        "administrator",
        "auditor",
    },
    "postgresql": {"manager", "supervisor", "auditor"},
}
"""One seat of each kind: who may do what is asked in Python, and only the queries differ between the databases."""


def pytest_collection_modifyitems(items):
    """The other seats are walked in a drill."""
    from django.db import connection

    for item in items:
        if item.path.name.startswith("test_scope_") and not _is_walked_each_time(item, connection.vendor):
            item.add_marker(pytest.mark.drill)


def _is_walked_each_time(item, vendor):
    chosen = getattr(item, "callspec", None)
    seat = chosen.params.get("seat") if chosen else None
    return seat is None or seat not in SEATS or seat in SEATS_EACH_TIME[vendor]


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
