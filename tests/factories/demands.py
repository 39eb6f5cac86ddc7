"""Demands of readers, filed and answered through the real verbs."""

import secrets

from news.answering import answer
from news.demands import confirm, file_demand
from news.models import Demand, Edition
from news.models.demands import DemandStep
from offices.roles import Role
from tests.factories.news import published, someone

WORDS = {
    "kind": "hak_koreksi",
    "wrong": "Paragraf kedua.",
    "right": "Yang hadir 40 orang, bukan 400.",
    "evidence": "https://bukti.example.org/hadir.pdf",
    "name": "Ibu Rekaan",
    "capacity": "ketua panitia",
    "email": "ibu.rekaan@example.org",
    "phone": "",
}


def received(edition: Edition | None = None, **words) -> Demand:
    """Filed, and waiting for its sender to confirm the address."""
    edition = edition or published()
    return file_demand(edition, {**WORDS, **words}, form_key=secrets.token_hex(32))


def demanded(edition: Edition | None = None, **words) -> Demand:
    """Confirmed, and waiting for the newsroom."""
    return confirm(received(edition, **words))


def accepted(edition: Edition | None = None, **words) -> Demand:
    """With a correction that an editor of the office has begun."""
    demand = demanded(edition, **words)
    return answer(demand, DemandStep.ACCEPT, by=someone(Role.EDITOR, demand.article.office))
