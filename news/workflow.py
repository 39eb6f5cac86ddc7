"""The one door through which an edition changes its state: lock, refuse, change, record, hand on."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.access import may
from news.digest import digest_of
from news.effects import Act, change, follow
from news.models import Article, Edition, Transition
from news.notices import owe_notices
from news.readiness import problems
from news.refusals import NotComplete, NotNow, StaleVersion
from news.states import PUBLICATIONS, TABLE, PublicState, State, Step

OFFERED = (
    Step.SUBMIT,
    Step.APPROVE,
    Step.PUBLISH,
    Step.SCHEDULE,
    Step.UNSCHEDULE,
    Step.SECOND_CHECK,
    Step.REQUEST_CHANGES,
    Step.RECALL,
    Step.PUBLISH_URGENTLY,
    Step.WITHDRAW,
    Step.REINSTATE,
    Step.REMOVE,
    Step.DISCARD,
)
"""The steps a person takes through this door, the natural next one first."""
LONGEST_NOTE = 1_000
SOONEST = timedelta(minutes=5)
LATEST = timedelta(days=2 * 366)


def take_step(
    edition: Edition,
    step: Step,
    *,
    by: Any,
    note: str = "",
    version: int | None = None,
    at: datetime | None = None,
    due_at: datetime | None = None,
    redirect_to: Article | None = None,
) -> Transition:
    """Move `edition` by `step` in the name of `by`, and return the row that records it.

    `version` is the version of the edition that the person saw; a newer one is refused. `at` (aware) backdates the
    step and is for importers and the demo only. A schedule needs `due_at` (aware), from five minutes to two years
    ahead; a removal may name the public article its address shall lead to. Raises `PermissionDenied` where the step
    is not theirs, `NotNow` with a sentence where it is not possible now, `NotComplete` with the checklist's
    sentences. A refusal changes nothing.
    """
    if step not in OFFERED:
        raise NotNow(_("Langkah ini tidak tersedia."))
    with transaction.atomic():
        target = _locked_target(edition, redirect_to) if step == Step.REMOVE and redirect_to else None
        edition = locked(edition)
        act = Act(edition, step, by, at or timezone.now(), at=at, note=note.strip(), due_at=due_at, redirect_to=target)
        _refuse(act, version)
        return _take(act)


def steps_open_to(user: Any, edition: Edition) -> list[Step]:
    """The steps that are `user`'s to take from the present state, the natural next one first."""
    return [step for step in OFFERED if is_possible(step, edition) and may(user, step, edition)]


def is_possible(step: Step, edition: Edition) -> bool:
    """Whether `step` leads on from the state in which `edition` is."""
    rule = TABLE[step]
    return edition.state in rule.sources and (not rule.answers_urgency or edition.awaits_second_check)


def locked(edition: Edition) -> Edition:
    """The stored edition, freshly read with its article, both locked until the transaction ends."""
    article = Article.objects.select_for_update().get(pk=edition.article_id)
    fresh = Edition.objects.select_for_update().get(pk=edition.pk)
    article.office = edition.article.office if edition.article.office_id == article.office_id else article.office
    fresh.article = article
    return fresh


def _locked_target(edition: Edition, target: Article) -> Article:
    """The stored target of a redirect; both articles are locked in one order, so that two removals cannot deadlock."""
    both = Article.objects.select_for_update().filter(pk__in=[edition.article_id, target.pk]).order_by("pk")
    found = {article.pk: article for article in both}.get(target.pk)
    if found is None or found.pk == edition.article_id or found.public_state != PublicState.LIVE:
        raise NotNow(_("Alihkan hanya ke berita lain yang sedang terbit."))
    return found


def _refuse(act: Act, version: int | None) -> None:
    edition, rule = act.edition, TABLE[act.step]
    if not may(act.by, act.step, edition, on=edition.article.office.local_day(act.at) if act.at else None):
        raise PermissionDenied
    if version is not None and version != edition.version:
        raise StaleVersion
    _refuse_state(act)
    refuse_note(act.note, needed=rule.needs_note)
    if rule.needs_due:
        refuse_due(act.due_at, act.moment)
    if rule.needs_complete and (missing := list(problems(edition))):
        raise NotComplete(missing)


def _refuse_state(act: Act) -> None:
    edition = act.edition
    if edition.state not in TABLE[act.step].sources:
        raise NotNow(
            _("“%(step)s” tidak dapat dilakukan: naskah ini sekarang “%(state)s”.")
            % {"step": act.step.label, "state": edition.get_state_display()}
        )
    if not is_possible(act.step, edition):
        raise NotNow(_("Edisi ini tidak menunggu pemeriksaan kedua."))
    if TABLE[act.step].target == State.PUBLISHED and edition.article.public_state == PublicState.REMOVED:
        raise NotNow(_("Berita ini sudah dihapus dari publik dan tidak dapat terbit lagi."))


def refuse_note(note: str, *, needed: bool) -> None:
    """Raise `NotNow` where a due note is missing, or one is longer or other than can be stored."""
    if needed and not note:
        raise NotNow(_("Tulis alasannya dahulu."))
    if len(note) > LONGEST_NOTE:
        raise NotNow(_("Alasan paling panjang %(most)d huruf.") % {"most": LONGEST_NOTE})
    if "\x00" in note:
        raise NotNow(_("Alasan memuat karakter yang tidak dapat disimpan."))


def refuse_due(due_at: datetime | None, now: datetime) -> None:
    """Raise `NotNow` where a moment is missing, sooner than five minutes from `now`, or later than two years."""
    if due_at is None:
        raise NotNow(_("Isi tanggal dan jamnya dahulu."))
    if due_at < now + SOONEST:
        raise NotNow(_("Jadwal sekurangnya lima menit dari sekarang."))
    if due_at > now + LATEST:
        raise NotNow(_("Jadwal paling lama dua tahun dari sekarang."))


def _take(act: Act) -> Transition:
    """Change, record and hand on, inside the transaction of a caller who has locked and refused."""
    edition = act.edition
    source = edition.state
    change(act)
    if act.step in PUBLICATIONS:
        _supersede_live(act)
    edition.state = TABLE[act.step].target
    edition.version += 1
    edition.save()
    follow(act)
    return record(act, source)


def _supersede_live(act: Act) -> None:
    """End the live edition before the new one takes its place: the database allows one at a time."""
    for replaced in act.edition.article.editions.live():
        replaced.article = act.edition.article
        _take(Act(replaced, Step.SUPERSEDE, act.by, act.moment, at=act.at))


def record(act: Act, source: str) -> Transition:
    """Append one row to the history of the edition, which came from `source`, and tell those whom it concerns."""
    edition = act.edition
    transition = Transition.objects.create(
        article=edition.article,
        edition=edition,
        step=act.step,
        source=source,
        target=edition.state,
        actor=act.by,
        at=act.moment,
        backdated=act.at is not None,
        note=act.note,
        digest=_digest_to_record(act),
    )
    owe_notices(transition)
    return transition


def _digest_to_record(act: Act) -> str:
    """That of the content an approval or a publication was given to."""
    if act.step == Step.PUBLISH_URGENTLY:
        return digest_of(act.edition)
    return act.edition.approved_digest if act.step in (Step.APPROVE, Step.MERGE_TOPIC, *PUBLICATIONS) else ""


def void_approval(edition: Edition, *, by: Any, at: datetime | None = None) -> Transition:
    """Send an approved edition back to be checked because its content changed; the caller holds its lock."""
    moment = at or timezone.now()
    return _take(Act(edition, Step.VOID_APPROVAL, by, moment, at=at, note=_("Isi berubah sesudah disetujui.")))


def publish_due(edition: Edition, *, by: Any) -> Transition:
    """Publish a scheduled edition whose moment has come; the caller holds its lock and has checked the approval.

    Raises `NotNow` or `NotComplete` as `take_step` does.
    """
    act = Act(edition, Step.PUBLISH_DUE, by, timezone.now())
    _refuse_state(act)
    if missing := list(problems(edition)):
        raise NotComplete(missing)
    return _take(act)


def miss_schedule(edition: Edition, *, by: Any, sentence: str) -> Transition:
    """Return a scheduled edition that cannot go out to the approved ones, and say why; the caller holds its lock."""
    act = Act(edition, Step.MISS_SCHEDULE, by, timezone.now(), note=sentence[:LONGEST_NOTE])
    _refuse_state(act)
    return _take(act)
