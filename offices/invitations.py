"""The verbs of an invitation: send it, send it again, take it back, and accept it once."""

import logging
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from offices.links import absolute
from offices.memberships import grant_membership, grantable_roles
from offices.models import Entry, Invitation, Kind, Membership, Office, User
from offices.roles import Role
from offices.trail import record

LASTS = timedelta(days=7)
MOST_UNANSWERED = 50
MOST_LETTERS, LETTERS_WITHIN = 5, timedelta(hours=1)
SALT = "offices.invitations"

logger = logging.getLogger(__name__)


def invite(name: str, email: str, office: Office, role: Role, *, by: Any) -> Invitation:
    """Offer `role` at `office` to whoever reads `email`; the caller sends the letter once this is stored.

    It is the same for a stranger and for somebody who has an account, and answers nothing about either. Raises
    `PermissionDenied` where `by` may not grant that role there, `ValidationError` where the words are wrong, the same
    mailbox is invited already, or as `refuse_invitation` does.
    """
    if role not in grantable_roles(by, office):
        raise PermissionDenied
    refuse_invitation(email, office, by=by)
    invitation = Invitation(name=name, email=email, office=office, role=role, invited_by=by)
    _renew(invitation)
    with transaction.atomic():
        invitation.full_clean()
        invitation.save()
        _note(Kind.INVITED, invitation, by)
    return invitation


def refuse_invitation(email: str, office: Office, *, by: Any) -> None:
    """Raise `ValidationError` where the mailbox is one's own, got many letters lately, or too many invitations wait."""
    if by.email and by.email.lower() == email.lower():
        raise ValidationError(_("Anda tidak dapat mengundang diri sendiri."))
    waiting = Invitation.objects.unanswered().filter(office=office, expires_at__gt=timezone.now())
    if waiting.count() >= MOST_UNANSWERED:
        raise ValidationError(_("Terlalu banyak undangan yang belum dijawab. Cabut dahulu yang tidak perlu."))
    _refuse_more_letters(email, office)


def resend(invitation: Invitation, *, by: Any) -> Invitation:
    """Make a new link that lasts as long again; the one sent before opens nothing any more.

    Raises as `revoke`, and `ValidationError` where the mailbox got many letters lately.
    """
    with transaction.atomic():
        stored = _kept(invitation, by)
        _refuse_more_letters(stored.email, stored.office)
        _renew(stored)
        stored.invited_by = by
        stored.save(update_fields=["nonce", "expires_at", "invited_by"])
        _note(Kind.INVITED, stored, by)
    return stored


def revoke(invitation: Invitation, *, by: Any) -> Invitation:
    """Take an invitation back.

    Raises `PermissionDenied` where `by` may not grant that role, `ValidationError` where it was answered already.
    """
    with transaction.atomic():
        stored = _kept(invitation, by)
        stored.revoked_at = timezone.now()
        stored.save(update_fields=["revoked_at"])
        _note(Kind.INVITATION_REVOKED, stored, by)
    return stored


def accept(invitation: Invitation, user: User) -> Membership:
    """Begin the membership that was offered, today, for `user`, whose account carries the invited mailbox.

    Raises `PermissionDenied` where it is not theirs, or whoever invited them may no longer do so, and
    `ValidationError` where the link is used up or the role is held already. The row's lock lets one of two succeed.
    """
    with transaction.atomic():
        stored = _locked(invitation)
        if not stored.is_open or stored.nonce != invitation.nonce:
            raise ValidationError(_("Undangan ini tidak berlaku lagi."))
        if user.email.lower() != stored.email.lower():
            raise PermissionDenied
        membership = grant_membership(user, stored.office, Role(stored.role), by=stored.invited_by)
        stored.accepted_at, stored.accepted_by = timezone.now(), user
        stored.save(update_fields=["accepted_at", "accepted_by"])
        record(Kind.INVITATION_ACCEPTED, by=user, about=user, office=stored.office, note=stored.get_role_display())
    return membership


def accept_with_new_account(invitation: Invitation, *, username: str, password: str) -> Membership:
    """Open an account for the invited person and begin its membership. Raises `ValidationError` as `accept` does."""
    with transaction.atomic():
        user = User.objects.create_user(username, name=invitation.name, email=invitation.email, password=password)
        return accept(invitation, user)


def accounts_of(invitation: Invitation) -> QuerySet[User]:
    """The open accounts that carry the invited mailbox."""
    return User.objects.filter(email__iexact=invitation.email, is_active=True).order_by("pk")


def link_to(invitation: Invitation, request: HttpRequest) -> str:
    token = signing.dumps([invitation.pk, invitation.nonce], salt=SALT)
    return absolute(request, reverse("invitation", args=[token]))


def invitation_behind(token: str) -> Invitation | None:
    """The open invitation that a link of ours leads to; None for one that is forged, used up, replaced or too old."""
    try:
        key, nonce = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Invitation.objects.select_related("office__region", "invited_by")
    found = rows.filter(pk=key, nonce=nonce).first()
    return found if found and found.is_open else None


def send_letter(invitation: Invitation, request: HttpRequest) -> bool:
    """Send the link to the invited mailbox; False where the mail server does not take it. Never in a transaction."""
    words = {"invitation": invitation, "link": link_to(invitation, request), "site": settings.SITE_NAME}
    subject = _("Undangan ke meja redaksi %(office)s") % {"office": invitation.office}
    letter = render_to_string("offices/invitation_letter.txt", words)
    try:
        send_mail(subject, letter, None, [invitation.email])
    except Exception:  # whatever a mail server or the way to it can come up with
        logger.exception("The letter of invitation %s was not sent.", invitation.pk)
        return False
    return True


def _refuse_more_letters(email: str, office: Office) -> None:
    """Each letter stands in the audit trail; one that the mail server did not take counts too."""
    to_mailbox = Invitation.objects.filter(office=office, email__iexact=email).values_list("pk", flat=True)
    lately = Entry.objects.filter(kind=Kind.INVITED, office=office, at__gt=timezone.now() - LETTERS_WITHIN)
    letters = lately.filter(thing_model=Invitation._meta.label_lower, thing_key__in=[str(pk) for pk in to_mailbox])
    if letters.count() >= MOST_LETTERS:
        sentence = _("Alamat ini sudah dikirimi %(most)d surat dalam satu jam. Coba lagi nanti.")
        raise ValidationError(sentence % {"most": MOST_LETTERS})


def _renew(invitation: Invitation) -> None:
    invitation.nonce, invitation.expires_at = secrets.token_hex(16), timezone.now() + LASTS


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("office__region", "invited_by")
    return rows.get(pk=invitation.pk)


def _kept(invitation: Invitation, by: Any) -> Invitation:
    stored = _locked(invitation)
    if stored.role not in grantable_roles(by, stored.office):
        raise PermissionDenied
    if not stored.is_unanswered:
        raise ValidationError(_("Undangan ini sudah dijawab atau dicabut."))
    return stored


def _note(kind: Kind, invitation: Invitation, by: Any) -> None:
    record(kind, by=by, thing=invitation, name=invitation.name, note=invitation.get_role_display())
