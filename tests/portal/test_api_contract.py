"""The API keeps what its own description promises, whatever it is asked that the description allows or forbids."""

import json
from datetime import UTC, datetime

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
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

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)

schema = schemathesis.openapi.from_dict(json.loads(json.dumps(described_api(), cls=NinjaJSONEncoder)))
schema.app = get_wsgi_application()


@pytest.fixture
def kept_connection():
    """The end of a request closes its connection, and with it the transaction that this test's rows stand in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(db, settings, kept_connection):
    """One of each noun, a few with everything that they can have, so that shapes are filled."""
    settings.API_REQUESTS_A_MINUTE = 0
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


@schema.parametrize()
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case, world):
    """No 5xx, no undocumented status, header or type, shapes hold, and what the description forbids is refused.

    What it allows may be refused too: a name that nobody has, a day that is none, an article that is gone.
    """
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
