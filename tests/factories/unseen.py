"""Articles that exist and that the public must not see: one in every state but published."""

from news.models import Edition
from news.states import Step
from news.workflow import take_step
from offices.models import Office
from offices.roles import Role
from tests.factories.news import approved, drafted, published, someone, submitted, withdrawn


def removed(office: Office | None = None, **fields) -> Edition:
    edition = published(office, **fields)
    take_step(edition, Step.REMOVE, by=someone(Role.MANAGER, edition.article.office), note="Salah alamat.")
    return edition


STATES = {
    "Naskah draf": drafted,
    "Naskah dikirim": submitted,
    "Naskah disetujui": approved,
    "Naskah ditarik": withdrawn,
    "Naskah dihapus": removed,
}


def hidden_articles(office: Office | None = None, **fields) -> list[str]:
    """Store one article in every state that is not public; return their headlines."""
    for headline, make in STATES.items():
        make(office, headline=headline, **fields)
    return list(STATES)


def shows_none_of(response, headlines: list[str]) -> bool:
    text = response.content.decode()
    return not [headline for headline in headlines if headline in text]
