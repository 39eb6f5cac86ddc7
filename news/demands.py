"""The verbs of a demand outside the newsroom: filed by a reader, confirmed, followed by its link, and forgotten."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Article, Demand, DemandLetter, DemandTransition, Edition
from news.models.demands import AWAITED, PERSONAL, DemandKind, DemandState, DemandStep, LetterKind
from news.models.mail import MailState
from news.notices import owe_notices_of_demand
from news.refusals import NotNow, TooMuch
from offices.models import Kind
from offices.trail import record
from offices.turns import take_turns

ANSWER_WITHIN = timedelta(hours=48)
"""How long the newsroom has from the moment a demand comes before it.

No rule names hours for this. Pedoman Hak Jawab (Peraturan Dewan Pers 9/Peraturan-DP/X/2008) wants a reply served as
soon as can be, in print within two editions; Pedoman Pemberitaan Media Siber (1/Peraturan-DP/III/2012), butir 3 huruf
f, gives 2 × 24 hours for complaints about what users wrote. The portal holds itself to these hours.
"""
CONFIRM_WITHIN = timedelta(days=7)
SENDER_KEPT_FOR = timedelta(days=1)
MOST_AN_HOUR = 5  # from one address
MOST_A_DAY = 3  # to one mailbox
MOST_AT_ONCE = 100
SALT = "news.demands"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read for another
PREFIXES = {DemandKind.REPLY: "HJ", DemandKind.CORRECTION: "HK"}


@dataclass(frozen=True)
class Rule:
    """Where a step leads from and to, the letter it owes the person, and whether it needs words for them."""

    sources: tuple[DemandState, ...]
    target: DemandState
    letter: LetterKind | None = None
    needs_note: bool = False


TABLE: dict[DemandStep, Rule] = {
    DemandStep.OPEN: Rule((DemandState.RECEIVED,), DemandState.OPEN, LetterKind.OPENED),
    DemandStep.ACCEPT: Rule(AWAITED, DemandState.ACCEPTED),
    DemandStep.REFUSE: Rule(AWAITED, DemandState.REFUSED, LetterKind.REFUSED, needs_note=True),
    DemandStep.RESOLVE: Rule(AWAITED, DemandState.RESOLVED, LetterKind.RESOLVED, needs_note=True),
    DemandStep.CORRECT: Rule((DemandState.ACCEPTED,), DemandState.CORRECTED, LetterKind.CORRECTED),
}


def file_demand(edition: Edition, words: Mapping[str, Any], *, form_key: str, sender: str = "") -> Demand:
    """Keep what a reader demands of `edition`, which is live; the same form sent again is the same demand.

    With an e-mail address it waits for its confirmation; with a phone number alone it comes before the newsroom at
    once, as there is no mailbox that somebody else's words could reach. Raises `ValidationError` for words that do
    not fit their columns, and `TooMuch` with a sentence where `sender`, a mark of the address it comes from, or
    whoever writes to that mailbox filed as many lately as we take.
    """
    if known := _filed_with(form_key):
        return known
    demand = _demand_of(edition, words, form_key=form_key, sender=sender)
    demand.full_clean()
    try:
        with transaction.atomic():
            if sender:
                _refuse_too_much(sender, demand.email)
            demand.save()
            if demand.email:
                _owe_letter(demand, LetterKind.CONFIRM)
                return demand
            demand = locked(demand)
            move(demand, DemandStep.OPEN)
    except IntegrityError:  # the same form, pressed twice at once
        if known := _filed_with(form_key):
            return known
        raise
    return demand


def _refuse_too_much(sender: str, email: str) -> None:
    """Count under a lock that is held until the demand is stored: of ten forms sent at once the limit takes as many."""
    take_turns(sender, *filter(None, [email]))
    now = timezone.now()
    lately = Demand.objects.filter(sender=sender, filed_at__gt=now - timedelta(hours=1)).count()
    to_mailbox = Demand.objects.filter(email=email, filed_at__gt=now - timedelta(days=1)).count() if email else 0
    if lately >= MOST_AN_HOUR or to_mailbox >= MOST_A_DAY:
        raise TooMuch(_("Terlalu banyak permintaan dari Anda. Coba lagi nanti, atau hubungi kantornya."))


def _filed_with(form_key: str) -> Demand | None:
    return Demand.objects.with_article().filter(form_key=form_key).first()


def _demand_of(edition: Edition, words: Mapping[str, Any], **more: Any) -> Demand:
    number = "".join(secrets.choice(LETTERS) for _n in range(8))
    return Demand(
        **words,
        number=f"{PREFIXES[DemandKind(words['kind'])]}-{number}",
        article=edition.article,
        edition=edition,
        nonce=secrets.token_hex(16),
        **more,
    )


def confirm(demand: Demand) -> Demand:
    """Bring `demand` before the newsroom: its link was used, so the mailbox is its sender's. Once is enough."""
    with transaction.atomic():
        stored = locked(demand)
        if stored.state == DemandState.RECEIVED:
            move(stored, DemandStep.OPEN)
    return stored


def token_of(demand: Demand) -> str:
    """What opens the page of `demand` to whoever filed it; the same in every letter."""
    return signing.Signer(salt=SALT).sign_object([demand.pk, demand.nonce])


def demand_behind(token: str) -> Demand | None:
    """The demand that a link of ours leads to; None for one that is forged, or whose demand is forgotten."""
    try:
        key, nonce = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Demand.objects.with_article().select_related("correction__article")
    return rows.filter(pk=key, nonce=nonce).first() if nonce else None


def locked(demand: Demand) -> Demand:
    """The stored demand with its article, both locked, the article first as a publication does."""
    Article.objects.select_for_update().get(pk=demand.article_id)
    return Demand.objects.with_article().select_related("correction").select_for_update(of=("self",)).get(pk=demand.pk)


def move(
    demand: Demand, step: DemandStep, *, by: Any = None, note: str = "", at: datetime | None = None
) -> DemandTransition:
    """Take the locked `demand` by `step`: refuse, change, record, and owe what is to be told.

    Raises `NotNow` with a sentence where it is in no state for that.
    """
    rule, source, now = TABLE[step], demand.state, at or timezone.now()
    if source not in rule.sources:
        raise NotNow(_("Permintaan ini sekarang “%(state)s”.") % {"state": demand.get_state_display()})
    demand.state = rule.target
    if step == DemandStep.OPEN:
        demand.opened_at, demand.due_at = now, now + ANSWER_WITHIN
    if rule.target not in AWAITED:
        demand.settled_at = now
    if rule.needs_note:
        demand.answer = note
    demand.save()
    if rule.letter and demand.email:
        _owe_letter(demand, rule.letter)
    if step == DemandStep.OPEN:
        owe_notices_of_demand(demand)
    return _record(demand, step, source, by=by, note=note, at=now)


def _record(demand: Demand, step: DemandStep, source: str, *, by: Any, note: str, at: datetime) -> DemandTransition:
    """Append the step to the demand's own history, and by its number to the audit trail."""
    kind = Kind.ADDED if step == DemandStep.OPEN else Kind.CHANGED
    record(kind, by=by, thing=demand, office=demand.article.office, name=demand.number, note=str(step.label))
    return DemandTransition.objects.create(
        demand=demand, step=step, source=source, target=demand.state, actor=by, at=at, note=note
    )


def _owe_letter(demand: Demand, kind: LetterKind) -> None:
    DemandLetter.objects.create(demand=demand, kind=kind, mail_state=MailState.OWED, due_at=timezone.now())


def settle_demands(edition: Edition, *, by: Any, at: datetime) -> None:
    """End the demands that `edition` answers, in the transaction that publishes it; its article is locked."""
    rows = Demand.objects.with_article().select_for_update(of=("self",))
    for demand in rows.filter(correction=edition, state=DemandState.ACCEPTED):
        move(demand, DemandStep.CORRECT, by=by, at=at)


def sweep_demands(now: datetime | None = None) -> int:
    """Delete demands nobody confirmed, and empty long settled ones of what came from the person; how many.

    UU 27/2022 tentang Pelindungan Data Pribadi, pasal 42–44: what has served its purpose is not kept. What remains
    says that there was a demand, of which article, and how it ended.
    """
    now = now or timezone.now()
    Demand.objects.filter(sender__gt="", filed_at__lt=now - SENDER_KEPT_FOR).update(sender="")
    unconfirmed = Demand.objects.filter(state=DemandState.RECEIVED, filed_at__lt=now - CONFIRM_WITHIN)
    dropped, _rows = unconfirmed.delete()
    kept_for = timedelta(days=settings.DEMAND_KEPT_DAYS)
    done = Demand.objects.filter(settled_at__lt=now - kept_for, forgotten_at=None).order_by("settled_at")
    old = list(done[:MOST_AT_ONCE])
    for demand in old:
        forget(demand, at=now)
    return dropped + len(old)


@transaction.atomic
def forget(demand: Demand, *, at: datetime) -> Demand:
    """Empty a settled demand of everything its sender wrote; the link they had opens nothing any more."""
    demand = locked(demand)
    for name in PERSONAL:
        setattr(demand, name, "")
    demand.forgotten_at = at
    demand.save()
    demand.letters.update(failure="")
    _record(demand, DemandStep.FORGET, demand.state, by=None, note="", at=at)
    return demand
