"""What each step changes: on the edition, on its schedules, and on what the public meets at its article's address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.addresses import give_address
from news.demands import settle_demands
from news.digest import digest_of, is_digest_of
from news.listings import enlist
from news.models import Article, Edition, Schedule
from news.models.editions import Correction
from news.models.schedules import ScheduleStatus
from news.pointers import note_pointers
from news.public_files import sync_public_files
from news.refusals import NotNow
from news.related.keeping import owe_list
from news.search.indexing import follow_public_state
from news.sharecards import owe_card, owe_removal
from news.states import PublicState, Step
from news.websub.owing import owe_pings


@dataclass(frozen=True)
class Act:
    """One step being taken on a locked edition, by whom and at which moment.

    `at` repeats `moment` where an importer or the demo backdates the step and is None otherwise. `due_at` comes with
    a schedule, `redirect_to`, a locked article, with a removal.
    """

    edition: Edition
    step: Step
    by: Any
    moment: datetime
    at: datetime | None = None
    note: str = ""
    due_at: datetime | None = None
    redirect_to: Article | None = None


def change(act: Act) -> None:
    """Set the fields of the edition that `act` changes besides its state; the caller saves it."""
    CHANGES.get(act.step, _nothing)(act)


def follow(act: Act) -> None:
    """Bring schedules and the public face of the article in line with the edition, which has been saved."""
    AFTERWARDS.get(act.step, _nothing)(act)


def cancel_schedules(edition: Edition, moment: datetime, kind: Schedule.Kind | None = None) -> None:
    """Settle what still waits for `edition`, or only what is of one `kind`; the caller holds the edition's lock."""
    waiting = Schedule.objects.waiting().filter(edition=edition)
    if kind:
        waiting = waiting.filter(kind=kind)
    waiting.update(status=ScheduleStatus.CANCELLED, settled_at=moment)


def _nothing(act: Act) -> None:
    """The state alone changes."""


def _submit(act: Act) -> None:
    act.edition.submitted_by, act.edition.assigned_to = act.by, None


def _recall(act: Act) -> None:
    act.edition.assigned_to = act.by


def _approve(act: Act) -> None:
    edition = act.edition
    edition.approved_by, edition.approved_at, edition.approved_digest = act.by, act.moment, digest_of(edition)
    edition.assigned_to = None


def _forget_approval(act: Act) -> None:
    act.edition.approved_by, act.edition.approved_at, act.edition.approved_digest = None, None, ""


def _return(act: Act) -> None:
    _forget_approval(act)
    act.edition.assigned_to = act.edition.submitted_by


def _publish(act: Act) -> None:
    if not is_digest_of(act.edition.approved_digest, act.edition):
        raise NotNow(_("Isi naskah tidak sama dengan yang disetujui. Kirim lagi untuk diperiksa."))
    _go_out(act)


def _publish_urgently(act: Act) -> None:
    act.edition.is_urgent = True
    _go_out(act)


def _go_out(act: Act) -> None:
    act.edition.published_at, act.edition.published_by, act.edition.assigned_to = act.moment, act.by, None


def _second_check(act: Act) -> None:
    act.edition.second_checked_by, act.edition.second_checked_at = act.by, act.moment


def _remove(act: Act) -> None:
    act.edition.article.redirect_to = act.redirect_to


def _schedule(act: Act) -> None:
    Schedule.objects.create(
        edition=act.edition,
        kind=Schedule.Kind.PUBLISH,
        due_at=act.due_at or act.moment,
        requested_by=act.by,
        requested_at=act.moment,
    )


def _unschedule(act: Act) -> None:
    cancel_schedules(act.edition, act.moment, Schedule.Kind.PUBLISH)


def _supersede(act: Act) -> None:
    """A withdrawal that was set for the article holds for the edition that replaces this one."""
    successor = act.edition.article.editions.working().first()
    Schedule.objects.waiting().filter(edition=act.edition).update(edition=successor)
    owe_removal(act.edition)


def _show_to_public(act: Act) -> None:
    """Write on the article what the public order, lists and counts read."""
    edition, article = act.edition, act.edition.article
    if article.first_published_at is None:
        article.first_published_at = act.moment
        article.published_on = article.office.local_day(act.moment)
        article.slug = give_address(article, edition.headline, article.published_on)
    article.province = _province_of(article)
    article.rubric, article.event = edition.rubric, edition.event
    article.live_edition = edition
    if article.updated_at is None or edition.correction != Correction.TYPO:
        article.updated_at = edition.published_at
    _set_public_state(edition, PublicState.LIVE)
    if edition.number > 1:
        settle_demands(edition, by=act.by, at=act.moment)


def _reinstate(act: Act) -> None:
    _set_public_state(act.edition, PublicState.LIVE)


def _withdraw(act: Act) -> None:
    _take_from_public(act, PublicState.WITHDRAWN)


def _take_away(act: Act) -> None:
    _take_from_public(act, PublicState.REMOVED)
    owe_removal(act.edition)


def _take_from_public(act: Act, state: PublicState) -> None:
    cancel_schedules(act.edition, act.moment)
    _set_public_state(act.edition, state)


def _set_public_state(edition: Edition, state: PublicState) -> None:
    edition.article.public_state = state
    edition.article.changed_at = timezone.now()
    edition.article.save()
    follow_public_state(edition.article)
    enlist(edition.article)
    owe_pings(edition.article)
    if state == PublicState.LIVE:
        owe_card(edition)
    owe_list(edition.article, no_longer=note_pointers(edition.article))
    transaction.on_commit(lambda: sync_public_files(edition.article_id), robust=True)


def _province_of(article: Article):
    region = article.office.region
    return region if region.is_province else region.parent if region.parent and region.parent.is_province else None


CHANGES: dict[Step, Callable[[Act], None]] = {
    Step.SUBMIT: _submit,
    Step.RECALL: _recall,
    Step.APPROVE: _approve,
    Step.VOID_APPROVAL: _forget_approval,
    Step.REQUEST_CHANGES: _return,
    Step.PUBLISH: _publish,
    Step.PUBLISH_DUE: _publish,
    Step.PUBLISH_URGENTLY: _publish_urgently,
    Step.SECOND_CHECK: _second_check,
    Step.REMOVE: _remove,
}
AFTERWARDS: dict[Step, Callable[[Act], None]] = {
    Step.SCHEDULE: _schedule,
    Step.UNSCHEDULE: _unschedule,
    Step.SUPERSEDE: _supersede,
    Step.PUBLISH: _show_to_public,
    Step.PUBLISH_DUE: _show_to_public,
    Step.PUBLISH_URGENTLY: _show_to_public,
    Step.REINSTATE: _reinstate,
    Step.WITHDRAW: _withdraw,
    Step.REMOVE: _take_away,
}
