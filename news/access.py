"""Who may take which step on an edition, and who may write in it."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from news.models import Contribution, Edition
from news.states import BEING_WRITTEN, TABLE, UNDER_REVIEW, Relation, Rule, Step
from offices.models import Membership
from offices.roles import EDITORS, NEWSROOM, Role
from offices.scope import roles_over


def may(user: Any, step: Step, edition: Edition, *, on: date | None = None) -> bool:
    """Whether `user` is the one to take `step` on `edition` today, or on the day `on`; says nothing of its state.

    Only for steps that answer an urgent publication does it matter whether one still awaits its check. The article's
    office and region must be loaded. Asks the database only where the rule names a relation.
    """
    rule = TABLE[step]
    held = roles_over(user, edition.article.office, on)
    if held & rule.roles or (held & rule.stand_in and not has_eligible_editor(edition, on)):
        return _stands_in_relation(user, rule, edition, held)
    return rule.may_answer and edition.awaits_second_check and may(user, Step.SECOND_CHECK, edition, on=on)


def _stands_in_relation(user: Any, rule: Rule, edition: Edition, held: frozenset[Role]) -> bool:
    match rule.relation:
        case Relation.NO_CONTRIBUTOR:
            return not is_contributor(user, edition)
        case Relation.SUBMITTER:
            return edition.submitted_by_id == user.pk
        case Relation.AUTHOR_OR_EDITOR:
            return edition.started_by_id == user.pk or bool(held & EDITORS)
        case Relation.FRESH_EYES:
            return edition.published_by_id != user.pk and not is_contributor(user, edition)
    return True


def is_contributor(user: Any, edition: Edition) -> bool:
    """Whether `user` started this edition or saved content of it."""
    return Contribution.objects.filter(edition=edition, user=user.pk).exists()


def has_eligible_editor(edition: Edition, on: date | None = None) -> bool:
    """Whether the office has an active editor today, or on the day `on`, who contributed nothing to `edition`."""
    running = Membership.held_on(on or timezone.localdate())
    editors = Membership.objects.filter(
        running, Q(role__in=EDITORS), office=edition.article.office_id, user__is_active=True
    )
    return editors.exclude(user__in=Contribution.objects.filter(edition=edition).values("user")).exists()


def may_write(user: Any, edition: Edition, *, on: date | None = None) -> bool:
    """Whether `user` may change the content of `edition` in its present state.

    Writers write drafts and returned editions; while an edition is under review only editors touch it. Scheduled
    editions and all that were ever live are closed to everybody.
    """
    held = roles_over(user, edition.article.office, on)
    if edition.state in BEING_WRITTEN:
        return bool(held & NEWSROOM)
    return edition.state in UNDER_REVIEW and bool(held & EDITORS)
