"""The world of the scope table, for every module that walks its seats."""

import pytest
from django.db import transaction

from tests.architecture import scope_world


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
