"""The verbs that hand an edition to an outside checker: share it, open it, revoke the link."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from news.access import may_write
from news.assigning import staff_of
from news.models import Edition, ShareLink
from news.refusals import NotNow
from news.states import PublicState
from news.workflow import locked
from offices.models.trail import Kind
from offices.roles import EDITORS, NEWSROOM
from offices.scope import roles_over
from offices.trail import record

SHORTEST, USUAL, LONGEST = 1, 3, 14  # days
MOST_OPEN = 10  # links of one edition
SECRET_BYTES = 32


def may_share(user: Any, edition: Edition) -> bool:
    """Whether `user` may show `edition` to somebody outside: whoever may write in it, and the office's editors."""
    held = roles_over(user, edition.article.office)
    may_come_out = edition.is_working and edition.article.public_state != PublicState.REMOVED
    return may_come_out and (bool(held & EDITORS) or may_write(user, edition))


def share(edition: Edition, *, by: Any, checker: str, days: int = USUAL) -> tuple[ShareLink, str]:
    """A new link to `edition` for `checker` and the token that opens it, which nobody can find out again.

    Raises `PermissionDenied`, `NotNow` with a sentence, or `ValidationError` for a name that cannot be stored.
    """
    if not SHORTEST <= days <= LONGEST:
        raise ValidationError(_("Tautan berlaku 1 sampai 14 hari."))
    with transaction.atomic():
        edition, now = locked(edition), timezone.now()
        _refuse_sharing(edition, by, now)
        token = _signer().sign(secrets.token_urlsafe(SECRET_BYTES))
        link = ShareLink(
            edition=edition,
            token_hash=_hash_of(token),
            checker=" ".join(checker.split()),
            created_by=by,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        link.full_clean()
        link.save()
        record(Kind.ADDED, by=by, thing=link, office=edition.article.office, name=_name_of(link))
    return link, token


def _refuse_sharing(edition: Edition, by: Any, now: datetime) -> None:
    if not roles_over(by, edition.article.office) & NEWSROOM:
        raise PermissionDenied
    if not edition.is_working:
        raise NotNow(_("Edisi ini tidak sedang dikerjakan; bagikan alamat berita yang terbit."))
    if edition.article.public_state == PublicState.REMOVED:
        raise NotNow(_("Berita ini sudah dihapus dari publik dan tidak dibagikan lagi."))
    if not may_share(by, edition):
        raise NotNow(_("Naskah ini sedang diperiksa; mintalah redaktur membagikannya."))
    if open_links(edition, now).count() >= MOST_OPEN:
        raise NotNow(_("Sudah ada %(most)d tautan yang masih terbuka; cabut yang tidak dipakai.") % {"most": MOST_OPEN})


def open_links(edition: Edition, at: datetime):
    """The links that open `edition` at the moment `at`, as far as it is still being worked on.

    A link ends with the work of whoever made it: who has left reads no draft through one, nor answers for its reader.
    It ends with the removal of its article too, whose words no outsider is to meet again.
    """
    makers = staff_of(edition.article.office, NEWSROOM)
    links = ShareLink.objects.filter(edition=edition, revoked_at=None, expires_at__gt=at, created_by__in=makers)
    return links.exclude(edition__article__public_state=PublicState.REMOVED)


def is_open(link: ShareLink, at: datetime) -> bool:
    """Whether `link` opens its edition at the moment `at`; one query."""
    return link.edition.is_working and open_links(link.edition, at).filter(pk=link.pk).exists()


def may_revoke(user: Any, link: ShareLink) -> bool:
    """Whether `user` may close `link`: the office's editors, and whoever made it while they write for the office."""
    held = roles_over(user, link.edition.article.office)
    return bool(held & EDITORS) or (link.created_by_id == user.pk and bool(held & NEWSROOM))


def revoke(link: ShareLink, *, by: Any) -> ShareLink:
    """Close `link` from now on; raises `PermissionDenied`, or `NotNow` where it is closed already."""
    if not may_revoke(by, link):
        raise PermissionDenied
    now = timezone.now()
    with transaction.atomic():
        closed = open_links(link.edition, now).filter(pk=link.pk).update(revoked_at=now, revoked_by=by)
        if not closed:
            raise NotNow(_("Tautan ini sudah tidak berlaku."))
        record(
            Kind.CHANGED, by=by, thing=link, office=link.edition.article.office, name=_name_of(link), note=_("dicabut")
        )
    link.refresh_from_db(fields=["revoked_at", "revoked_by"])
    return link


def link_of(token: str) -> ShareLink | None:
    """The link that `token` belongs to, open or not, with its edition's article and office; None for any other text.

    The signature is compared in constant time before anything is looked up, and what is looked up is a hash.
    """
    try:
        _signer().unsign(token)
    except BadSignature:
        return None
    links = ShareLink.objects.select_related("edition__article__office__region__parent")
    return links.filter(token_hash=_hash_of(token)).first()


def note_opening(link: ShareLink, at: datetime) -> None:
    """Count that the page was opened."""
    ShareLink.objects.filter(pk=link.pk).update(opens=F("opens") + 1, last_opened_at=at)


def _signer() -> Signer:
    return Signer(salt="news.sharelinks", sep=".")


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _name_of(link: ShareLink) -> str:
    """What the audit trail calls a link: its number, not the name of somebody outside."""
    return _("Tautan pratinjau %d") % link.pk
