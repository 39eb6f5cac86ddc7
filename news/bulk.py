"""One step on many editions: each in a transaction of its own, each judged by the same door."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from news.models import Article, Edition
from news.refusals import NotComplete, NotNow, StaleVersion
from news.states import LIVE, TABLE, WORKING, State, Step
from news.workflow import take_step

MOST_ROWS = 100
OFFERED = (Step.SUBMIT, Step.APPROVE, Step.PUBLISH, Step.REQUEST_CHANGES, Step.WITHDRAW, Step.DISCARD)
"""The steps that can be taken on several rows of a list."""


@dataclass(frozen=True)
class Outcome:
    """What became of one row: nothing in `refusals` where the step was taken."""

    edition: Edition
    refusals: tuple[str, ...] = ()

    @property
    def is_taken(self) -> bool:
        return not self.refusals


def editions_for(step: Step, articles: Iterable[Article]) -> list[Edition]:
    """For each article the edition that `step` leads on from, else the one being worked on, else the live or last one.

    In the order of `articles`, in one query.
    """
    wanted = [article.pk for article in articles]
    rows = Edition.objects.filter(article__in=wanted).select_related("article__office__region__parent").defer("body")
    found: dict[int, Edition] = {}
    for edition in sorted(rows, key=lambda edition: _fitness(step, edition)):
        found[edition.article_id] = edition
    return [found[pk] for pk in wanted if pk in found]


def _fitness(step: Step, edition: Edition) -> tuple[bool, bool, bool, int]:
    state = State(edition.state)
    return (state in TABLE[step].sources, state in WORKING, state in LIVE, edition.number)


def take_steps(
    editions: Iterable[Edition], step: Step, *, by: Any, note: str = "", versions: Mapping[int, int]
) -> list[Outcome]:
    """Take `step` on each edition in the name of `by`; a refusal changes nothing of its row and stops no other.

    `versions` has the version of each edition, by its number, that was on the screen; without one it is refused.
    """
    return [Outcome(edition, _refusals(edition, step, by, note, versions.get(edition.pk))) for edition in editions]


def _refusals(edition: Edition, step: Step, by: Any, note: str, version: int | None) -> tuple[str, ...]:
    try:
        if version is None:
            raise StaleVersion
        take_step(edition, step, by=by, note=note, version=version)
    except PermissionDenied:
        return (_("Langkah ini bukan wewenang Anda pada naskah ini."),)
    except NotComplete as refusal:
        return tuple(refusal.problems)
    except NotNow as refusal:
        return (str(refusal),)
    return ()
