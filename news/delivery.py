"""Sends the mail that is owed, each once: leased before it is sent, tried again for a while, and written down.

A sender that dies between sending and writing it down leaves its lease to run out; the mail then goes out a second
time, under the same Message-ID. Nothing else doubles a mail, and nothing loses one.
"""

import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from news.digests import summary_for
from news.inbox import notices_of, wants_mail
from news.letters import letter_mail, reason_to_drop_letter
from news.mail import mail_of_digest, mail_of_notice, one_line
from news.models import DemandLetter, Digest, MailLog, Notice
from news.models.mail import MailState, Outcome
from news.models.notices import NoticeKind
from news.wording import home_of, sentence_of
from offices.scope import memberships_of

LEASE = timedelta(minutes=5)
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=3),
    timedelta(hours=8),
    *[timedelta(hours=12)] * 3,
)
"""How long to wait after each attempt but the last: 47 hours and 36 minutes, for a server that is down overnight."""
MOST_ATTEMPTS = len(PAUSES) + 1
AT_ONCE = 100
LOADED = {
    Notice: ("recipient__notice_preference", "actor", "comment", "article__office"),
    Digest: ("user",),
    DemandLetter: ("demand__edition", "demand__article__office__region"),
}
"""What owes mail, the most urgent first, with what its mail needs loaded."""
Owing = Notice | Digest | DemandLetter
LONGEST_TURN = 10.0
"""Seconds after which a task hands on to the next one, so that nothing due waits behind a slow mail server."""


def enqueue_mail() -> bool:
    """Hand owed mail to the workers where there is some and no task waits to send it."""
    now = timezone.now()
    waiting = DBTaskResult.objects.filter(task_path=send_mail.module_path, status=TaskResultStatus.READY)
    owed = any(model.objects.due(now).exists() for model in LOADED)
    if not owed or waiting.exists():
        return False
    send_mail.enqueue()
    return True


@task(priority=0)
def send_mail() -> dict[str, int]:
    """The workers' task: send for a few seconds, then let others have their turn."""
    return dict(deliver_owed_mail(AT_ONCE, seconds=LONGEST_TURN))


def deliver_owed_mail(limit: int = AT_ONCE, *, seconds: float | None = None) -> Counter[str]:
    """Send at most `limit` mails that are due, for at most about `seconds`; returns how many ended in which outcome.

    May run in any number of processes at once. Call it outside transactions: it speaks to the mail server.
    """
    ends = None if seconds is None else time.monotonic() + seconds
    outcomes: Counter[str] = Counter()
    connection = get_connection()
    for model in LOADED:
        for seen in list(model.objects.due(timezone.now())[: limit - outcomes.total()]):
            if ends is not None and time.monotonic() > ends:
                break
            if row := _leased(seen):
                outcomes[_deliver(row, connection)] += 1
    with suppress(Exception):
        connection.close()
    return outcomes


def _leased(seen: Owing) -> Owing | None:
    """The mail as it stands now, if nobody else took it since it was looked up; the attempt is counted."""
    rows = type(seen).objects.filter(pk=seen.pk)
    unchanged = rows.filter(mail_state=MailState.OWED, due_at=seen.due_at, attempts=seen.attempts)
    taken = unchanged.update(due_at=timezone.now() + LEASE, attempts=F("attempts") + 1)
    return rows.select_related(*LOADED[type(seen)]).get() if taken else None


def _deliver(row: Owing, connection: Any) -> Outcome:
    if row.attempts > MOST_ATTEMPTS:
        return _settle(row, Outcome.FAILED, _("Pengiriman terhenti di tengah jalan berkali-kali."))
    reason = reason_to_drop(row)
    if reason:
        return _settle(row, Outcome.DROPPED, reason)
    mail = _mail_of(row)
    mail.connection = connection
    try:
        connection.open()
        mail.send()
    except Exception as error:  # whatever a mail server or the way to it can come up with
        with suppress(Exception):
            connection.close()
        gives_up = row.attempts >= MOST_ATTEMPTS
        return _settle(row, Outcome.FAILED if gives_up else Outcome.RETRIED, f"{type(error).__name__}: {error}")
    return _settle(row, Outcome.SENT)


def _mail_of(row: Owing) -> EmailMessage:
    match row:
        case Notice():
            return mail_of_notice(row)
        case DemandLetter():
            return letter_mail(row)
    return mail_of_digest(row, summary_for(row.recipient))


def reason_to_drop(row: Owing) -> str:
    """Why a mail that was owed is not sent after all, as a sentence; empty where it is to be sent."""
    if isinstance(row, DemandLetter):
        return reason_to_drop_letter(row)
    person = row.recipient
    if not memberships_of(person):
        return _("Akun tidak aktif atau bukan lagi anggota redaksi.")
    if not person.email:
        return _("Akun ini tidak mempunyai alamat surel.")
    if isinstance(row, Digest):
        return _reason_to_drop_digest(row)
    if not notices_of(person).filter(pk=row.pk).exists():
        return _("Penerima tidak lagi membaca naskah ini.")
    if row.read_at:
        return _("Sudah dibaca di meja redaksi.")
    if not wants_mail(person, NoticeKind(row.kind)):
        return _("Penerima tidak lagi meminta surel untuk ini.")
    if row.comment and row.comment.retracted_at:
        return _("Komentarnya sudah ditarik.")
    return ""


def _reason_to_drop_digest(row: Digest) -> str:
    """Each says how things stand when it is sent, so of several that waited for the server the newest is enough."""
    if Digest.objects.filter(user=row.user, day__gt=row.day).exists():
        return _("Sudah ada ringkasan yang lebih baru.")
    return _("Tidak ada yang perlu disampaikan.") if summary_for(row.recipient).says_nothing else ""


STATES = {
    Outcome.SENT: MailState.SENT,
    Outcome.RETRIED: MailState.OWED,
    Outcome.FAILED: MailState.FAILED,
    Outcome.DROPPED: MailState.NONE,
}


@transaction.atomic
def _settle(row: Owing, outcome: Outcome, reason: str = "") -> Outcome:
    """Write down how the attempt ended, unless the lease ran out and somebody else has the mail by now."""
    now, reason = timezone.now(), one_line(reason)
    fields: dict[str, Any] = {"mail_state": STATES[outcome], "failure": reason}
    if outcome == Outcome.SENT:
        fields["mailed_at"] = now
    if outcome == Outcome.RETRIED:
        fields["due_at"] = now + PAUSES[row.attempts - 1]
    mine = type(row).objects.filter(pk=row.pk, mail_state=MailState.OWED, attempts=row.attempts)
    if mine.update(**fields) and not isinstance(row, DemandLetter):
        _write_down(row, outcome, reason)
    return outcome


def _write_down(row: Notice | Digest, outcome: Outcome, reason: str) -> None:
    person = row.recipient
    article = row.article if isinstance(row, Notice) else None
    MailLog.objects.create(
        recipient=person,
        address=person.email,
        office=article.office if article else home_of(person),
        subject=one_line(sentence_of(row)) if isinstance(row, Notice) else _("Ringkasan harian"),
        outcome=outcome,
        reason=reason,
        notice=row if isinstance(row, Notice) else None,
        digest=None if isinstance(row, Notice) else row,
    )
