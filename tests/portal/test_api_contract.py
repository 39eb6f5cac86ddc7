"""The API keeps what its own description promises, whatever it is asked that the description allows or forbids."""

import json
from datetime import UTC, datetime

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase
from hypothesis import settings as examples
from ninja.responses import NinjaJSONEncoder
from schemathesis.specs.openapi.checks import positive_data_acceptance

from portal.api.schema import described_api
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    PhotoFactory,
    PositionFactory,
    RubricFactory,
    ministry,
    published,
    regency_office,
    withdrawn,
)

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)
UNPACKED = {"Accept-Encoding": "identity"}
"""The client asks for gzip by itself, and inside one process it does not unpack what it gets."""

schema = schemathesis.openapi.from_dict(json.loads(json.dumps(described_api(), cls=NinjaJSONEncoder)))
schema.app = get_wsgi_application()


@pytest.fixture(scope="module")
def kept_connection():
    """The end of a request closes its connection, and with it the transaction that the rows stand in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, kept_connection):
    """One of each noun, an article with everything that it can have, so that shapes are filled; built once."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = regency_office()
        term = AppointmentFactory(position=PositionFactory(office=office))
        event = EventFactory(state="published", slug="rakornas", starts_at=NOON, organiser=ministry())
        published(
            office,
            at=NOON,
            rubric=RubricFactory(name="Pemerintahan"),
            tags=("rakornas",),
            event=event,
            officials=(term.official,),
            quotes=({"number": 1, "text": "Harus sampai.", "speaker": term},),
            photos=(PhotoFactory(office),),
        )
        withdrawn(office)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def db(built, settings):
    """In place of pytest-django's own, which closes the connection after every test and the rows with it."""
    settings.API_REQUESTS_A_MINUTE = 0


@schema.parametrize()
@examples(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case, db):
    """No 5xx, no undocumented status, header or type, shapes hold, and what the description forbids is refused.

    What it allows may be refused too: a name that nobody has, a day that is none, an article that is gone.
    """
    case.call_and_validate(headers=UNPACKED, excluded_checks=[positive_data_acceptance])
