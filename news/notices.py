"""Who is told of what: one table from each step to the people it concerns."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from news.access import has_eligible_editor
from news.inbox import tell
from news.models import Comment, Contribution, Demand, Edition, Schedule, Transition
from news.models.notices import NoticeKind
from news.pointers import pointing_at
from news.states import Step
from offices.models import Membership, Office
from offices.roles import EDITORS, Role

People = Iterable[int | None]


def keepers(edition: Edition) -> People:
    """Whose text it is: who began it, and who keeps it now."""
    return (edition.started_by_id, edition.assigned_to_id)


def keeper(edition: Edition) -> People:
    return (edition.assigned_to_id,)


def submitter(edition: Edition) -> People:
    return (edition.submitted_by_id,)


def publisher(edition: Edition) -> People:
    return (edition.published_by_id,)


def approver(edition: Edition) -> People:
    """Who approved it last, even where the approval is void by now."""
    return _last_to(edition, Step.APPROVE)


def scheduler(edition: Edition) -> People:
    return _last_to(edition, Step.SCHEDULE)


def editors(edition: Edition) -> People:
    return _holders(EDITORS, edition.article.office)


def managers(edition: Edition) -> People:
    return _holders({Role.MANAGER}, edition.article.office)


def checkers(edition: Edition) -> Iterator[int | None]:
    """Who may approve it: the office's editors; where all of them wrote in it, the supervisors of the province too."""
    yield from editors(edition)
    if not has_eligible_editor(edition):
        yield from _supervisors(edition.article.office)


def second_checkers(edition: Edition) -> Iterator[int | None]:
    """The office's editors, the province's supervisors and the centre's curators, but nobody who wrote in it."""
    wrote = set(Contribution.objects.filter(edition=edition).values_list("user", flat=True))
    curators = _active().filter(role=Role.CURATOR).values_list("user", flat=True)
    everybody = {*editors(edition), *_supervisors(edition.article.office), *curators}
    yield from everybody - wrote - set(publisher(edition))


def _active():
    return Membership.objects.filter(Membership.held_on(timezone.localdate()), user__is_active=True)


def _holders(roles: Iterable[Role], office: Office) -> People:
    return _active().filter(role__in=roles, office=office).values_list("user", flat=True)


def _supervisors(office: Office) -> People:
    above = Q(role=Role.SUPERVISOR, office__region=office.region.parent_id)
    return _active().filter(above).values_list("user", flat=True)


def _last_to(edition: Edition, step: Step) -> People:
    return Transition.objects.filter(edition=edition, step=step).order_by("-pk").values_list("actor", flat=True)[:1]


Group = Callable[[Edition], People]
Row = tuple[NoticeKind, tuple[Group, ...]]

TABLE: dict[Step, tuple[Row, ...]] = {
    Step.START: (),
    Step.SUBMIT: ((NoticeKind.SUBMITTED, (checkers,)),),
    Step.RECALL: (),
    Step.REQUEST_CHANGES: ((NoticeKind.RETURNED, (keepers, submitter)),),
    Step.APPROVE: ((NoticeKind.APPROVED, (keepers, submitter)),),
    Step.VOID_APPROVAL: ((NoticeKind.APPROVAL_VOIDED, (approver, submitter)),),
    Step.PUBLISH: ((NoticeKind.PUBLISHED, (keepers, submitter, approver)),),
    Step.SCHEDULE: ((NoticeKind.SCHEDULED, (keepers, submitter, approver)),),
    Step.UNSCHEDULE: ((NoticeKind.UNSCHEDULED, (keepers, submitter, scheduler)),),
    Step.PUBLISH_DUE: ((NoticeKind.PUBLISHED, (keepers, submitter, approver, scheduler)),),
    Step.MISS_SCHEDULE: ((NoticeKind.SCHEDULE_FAILED, (scheduler, editors)),),
    Step.PUBLISH_URGENTLY: (
        (NoticeKind.CHECK_WAITING, (second_checkers,)),
        (NoticeKind.PUBLISHED, (keepers, submitter)),
    ),
    Step.SECOND_CHECK: ((NoticeKind.CHECKED, (keepers, publisher)),),
    Step.SUPERSEDE: (),
    Step.CORRECT: (),
    Step.WITHDRAW: ((NoticeKind.WITHDRAWN, (keepers, managers)),),
    Step.REINSTATE: ((NoticeKind.REINSTATED, (keepers, managers)),),
    Step.REMOVE: ((NoticeKind.REMOVED, (keepers, managers)),),
    Step.DISCARD: ((NoticeKind.DISCARDED, (keepers, submitter)),),
    Step.ASSIGN: ((NoticeKind.ASSIGNED, (keeper,)),),
    Step.MERGE_TOPIC: (),
}
"""For each step, what is told to whom; who stands in two rows is told what the first one says."""

BY_THE_CLOCK = frozenset({Step.PUBLISH_DUE, Step.MISS_SCHEDULE})
"""Steps taken in somebody's name while they are elsewhere: they are told, too."""
TAKES_FROM_PUBLIC = frozenset({Step.WITHDRAW, Step.REMOVE})


def owe_notices(transition: Transition) -> None:
    """Write what a step has to be told, inside its transaction; a backdated step is no news."""
    if transition.backdated:
        return
    edition = transition.edition
    actor = None if transition.step in BY_THE_CLOCK else transition.actor
    about = _about(edition, transition=transition)
    told: set[int | None] = set()
    for kind, groups in TABLE[Step(transition.step)]:
        people = {key for group in groups for key in group(edition)} - told
        tell(kind, people, by=actor, detail=transition.note, **about)
        told |= people
    if transition.step in TAKES_FROM_PUBLIC:
        _tell_those_who_point_to(edition, transition)


def _tell_those_who_point_to(edition: Edition, transition: Transition) -> None:
    """Readers no longer see the links that lead there: the offices that wrote them may want others."""
    for article in pointing_at(edition.article):
        live = article.live_edition
        tell(
            NoticeKind.TARGET_LOST,
            _holders(EDITORS, article.office),
            by=transition.actor,
            article=article,
            edition=live,
            headline=live.headline,
            transition=transition,
            detail=_("Yang dirujuk: “%s”.") % edition.headline,
        )


def owe_notices_of_failed_schedule(schedule: Schedule, sentence: str) -> None:
    """Tell that something planned did not happen, where no step of the edition tells it."""
    edition = schedule.edition
    people = {schedule.requested_by_id, *editors(edition)}
    tell(NoticeKind.SCHEDULE_FAILED, people, by=None, detail=sentence[:1_000], **_about(edition))


def owe_notices_of_comment(comment: Comment) -> None:
    """Tell those a comment mentions, then those whose text it is and those who said something about it before."""
    edition = comment.edition
    about = _about(edition, by=comment.author, comment=comment)
    tell(NoticeKind.MENTIONED, comment.mentioned.values_list("pk", flat=True), **about)
    spoke = Comment.objects.filter(edition=edition, pk__lt=comment.pk).values_list("author", flat=True)
    tell(NoticeKind.COMMENTED, {*keepers(edition), *spoke}, **about)


def owe_notices_of_demand(demand: Demand) -> None:
    """Tell the office's editors that a reader demands something; where it has none, the supervisors of the province."""
    office = demand.article.office
    people = set(_holders(EDITORS, office)) or set(_supervisors(office))
    tell(NoticeKind.DEMANDED, people, by=None, **_about(demand.edition, article=demand.article, demand=demand))


def _about(edition: Edition, **more: Any) -> dict[str, Any]:
    """What a notice about `edition` points to."""
    return {"article": edition.article, "edition": edition, "headline": edition.headline, **more}
