"""The one door through which an edition changes its state: lock, refuse, change, record, hand on."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.access import may
from news.addresses import give_address
from news.digest import digest_of
from news.models import Article, Edition, Transition
from news.models.editions import Correction
from news.public_files import sync_public_files
from news.readiness import problems
from news.refusals import NotComplete, NotNow, StaleVersion
from news.states import TABLE, PublicState, State, Step

OFFERED = (
    Step.SUBMIT,
    Step.APPROVE,
    Step.PUBLISH,
    Step.REQUEST_CHANGES,
    Step.RECALL,
    Step.WITHDRAW,
    Step.REINSTATE,
    Step.REMOVE,
    Step.DISCARD,
)
"""The steps a person can take through this door today, the natural next one first."""
LONGEST_NOTE = 1_000
MOST_POINTING = 50


def take_step(
    edition: Edition,
    step: Step,
    *,
    by: Any,
    note: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> Transition:
    """Move `edition` by `step` in the name of `by`, and return the row that records it.

    `version` is the version of the edition that the person saw; a newer one is refused. `at` (aware) backdates the
    step and is for importers and the demo only. Raises `PermissionDenied` where the step is not theirs, `NotNow` with
    a sentence where it is not possible now, `NotComplete` with the checklist's sentences. A refusal changes nothing.
    """
    if step not in OFFERED:
        raise NotNow(_("Langkah ini tidak tersedia."))
    with transaction.atomic():
        edition = locked(edition)
        _refuse(edition, step, by, note, version, at)
        return _take(edition, step, by=by, note=note, at=at)


def steps_open_to(user: Any, edition: Edition) -> list[Step]:
    """The steps that are `user`'s to take from the present state, the natural next one first."""
    return [step for step in OFFERED if edition.state in TABLE[step].sources and may(user, step, edition)]


def locked(edition: Edition) -> Edition:
    """The stored edition, freshly read with its article, both locked until the transaction ends."""
    article = Article.objects.select_for_update().get(pk=edition.article_id)
    fresh = Edition.objects.select_for_update().get(pk=edition.pk)
    article.office = edition.article.office if edition.article.office_id == article.office_id else article.office
    fresh.article = article
    return fresh


def _refuse(edition: Edition, step: Step, by: Any, note: str, version: int | None, at: datetime | None) -> None:
    rule = TABLE[step]
    if not may(by, step, edition, on=edition.article.office.local_day(at) if at else None):
        raise PermissionDenied
    if version is not None and version != edition.version:
        raise StaleVersion
    if edition.state not in rule.sources:
        raise NotNow(
            _("“%(step)s” tidak dapat dilakukan: naskah ini sekarang “%(state)s”.")
            % {"step": step.label, "state": edition.get_state_display()}
        )
    if rule.target == State.PUBLISHED and edition.article.public_state == PublicState.REMOVED:
        raise NotNow(_("Berita ini sudah dihapus dari publik dan tidak dapat terbit lagi."))
    _refuse_note(note.strip(), needed=rule.needs_note)
    if rule.needs_complete and (missing := list(problems(edition))):
        raise NotComplete(missing)


def _refuse_note(note: str, *, needed: bool) -> None:
    if needed and not note:
        raise NotNow(_("Tulis alasannya dahulu."))
    if len(note) > LONGEST_NOTE:
        raise NotNow(_("Alasan paling panjang %(most)d huruf.") % {"most": LONGEST_NOTE})
    if "\x00" in note:
        raise NotNow(_("Alasan memuat karakter yang tidak dapat disimpan."))


def _take(edition: Edition, step: Step, *, by: Any, note: str = "", at: datetime | None = None) -> Transition:
    """Change, record and hand on, inside the transaction of a caller who has locked and refused."""
    moment = at or timezone.now()
    source, edition.state = edition.state, TABLE[step].target
    CHANGES.get(step, _change_nothing)(edition, by, moment, at)
    edition.version += 1
    edition.save()
    if step in AFTERWARDS:
        AFTERWARDS[step](edition, moment)
    return record(edition, step, source=source, by=by, note=note, moment=moment, backdated=at is not None)


def record(
    edition: Edition, step: Step, *, source: str, by: Any, moment: datetime, backdated: bool, note: str = ""
) -> Transition:
    """Append one row to the history of `edition`, which already stands in its new state since `moment`."""
    return Transition.objects.create(
        article=edition.article,
        edition=edition,
        step=step,
        source=source,
        target=edition.state,
        actor=by,
        at=moment,
        backdated=backdated,
        note=note.strip(),
        digest=edition.approved_digest if step in (Step.APPROVE, Step.PUBLISH) else "",
    )


def void_approval(edition: Edition, *, by: Any, at: datetime | None = None) -> Transition:
    """Send an approved edition back to be checked because its content changed; the caller holds its lock."""
    return _take(edition, Step.VOID_APPROVAL, by=by, note=_("Isi berubah sesudah disetujui."), at=at)


def _change_nothing(edition: Edition, by: Any, moment: datetime, at: datetime | None) -> None:
    """The state alone changes."""


def _submit(edition: Edition, by: Any, moment: datetime, at: datetime | None) -> None:
    edition.submitted_by = by


def _approve(edition: Edition, by: Any, moment: datetime, at: datetime | None) -> None:
    edition.approved_by, edition.approved_at, edition.approved_digest = by, moment, digest_of(edition)


def _forget_approval(edition: Edition, by: Any, moment: datetime, at: datetime | None) -> None:
    edition.approved_by, edition.approved_at, edition.approved_digest = None, None, ""


def _publish(edition: Edition, by: Any, moment: datetime, at: datetime | None) -> None:
    if edition.approved_digest != digest_of(edition):
        raise NotNow(_("Isi naskah tidak sama dengan yang disetujui. Kirim lagi untuk diperiksa."))
    for replaced in edition.article.editions.live():
        replaced.article = edition.article
        _take(replaced, Step.SUPERSEDE, by=by, at=at)
    edition.published_at = moment


def _show_to_public(edition: Edition, moment: datetime) -> None:
    """Write on the article what the public order, lists and counts read."""
    article = edition.article
    if article.first_published_at is None:
        article.first_published_at = moment
        article.published_on = article.office.local_day(moment)
        article.slug = give_address(article, edition.headline, article.published_on)
    article.province = _province_of(article)
    article.rubric = edition.rubric
    article.live_edition = edition
    if article.updated_at is None or edition.correction != Correction.TYPO:
        article.updated_at = edition.published_at
    _set_public_state(edition, PublicState.LIVE)


def _set_public_state(edition: Edition, state: PublicState) -> None:
    edition.article.public_state = state
    edition.article.save()
    transaction.on_commit(lambda: sync_public_files(edition.article_id), robust=True)


def _province_of(article: Article):
    region = article.office.region
    return region if region.is_province else region.parent if region.parent and region.parent.is_province else None


CHANGES: dict[Step, Callable[[Edition, Any, datetime, datetime | None], None]] = {
    Step.SUBMIT: _submit,
    Step.APPROVE: _approve,
    Step.VOID_APPROVAL: _forget_approval,
    Step.REQUEST_CHANGES: _forget_approval,
    Step.PUBLISH: _publish,
}
AFTERWARDS: dict[Step, Callable[[Edition, datetime], None]] = {
    Step.PUBLISH: _show_to_public,
    Step.REINSTATE: lambda edition, moment: _set_public_state(edition, PublicState.LIVE),
    Step.WITHDRAW: lambda edition, moment: _set_public_state(edition, PublicState.WITHDRAWN),
    Step.REMOVE: lambda edition, moment: _set_public_state(edition, PublicState.REMOVED),
}


def pointing_at(article: Article) -> Iterator[Article]:
    """At most 50 public articles whose hand-picked list or body leads to `article`."""
    picked = Article.objects.published().filter(live_edition__picks__article=article)
    inline = Article.objects.published().filter(live_edition__body__contains=f'data-article="{article.pk}"')
    yield from (picked | inline).distinct().select_related("live_edition", "office")[:MOST_POINTING]
