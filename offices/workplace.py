"""The office that a person with several works for at the moment: chosen by them, kept in the session."""

from typing import Any

from django.http import HttpRequest

from offices.models import Office
from offices.roles import NEWSROOM
from offices.scope import memberships_of

KEY = "office"
ALL = "semua"


def workplaces(user: Any) -> list[Office]:
    """The offices in whose newsroom `user` works today, with their regions, in the order of their codes; no query."""
    offices = {m.office_id: m.office for m in memberships_of(user) if m.role in NEWSROOM}
    return sorted(offices.values(), key=lambda office: office.region_id)


def chosen_office(request: HttpRequest) -> Office | None:
    """The office that was chosen, while the person still works there; None for all of them.

    A choice narrows what is shown first. It is never asked where a right is judged.
    """
    offices = workplaces(request.user)
    if len(offices) < 2:
        return None
    chosen = request.session.get(KEY)
    return next((office for office in offices if office.pk == chosen), None)


def first_office(request: HttpRequest) -> Office | None:
    """The office whose clock and name a new row takes unless another is chosen; None for those in no newsroom."""
    return chosen_office(request) or next(iter(workplaces(request.user)), None)


def choose_office(request: HttpRequest, key: str) -> bool:
    """Remember the office with this number, or all of them for `ALL`; False where the person does not work there."""
    if key == ALL:
        request.session.pop(KEY, None)
        return True
    found = next((office for office in workplaces(request.user) if str(office.pk) == key), None)
    if found is None:
        return False
    request.session[KEY] = found.pk
    return True
