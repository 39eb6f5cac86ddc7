"""Invitations to a role at an office, each answered once by whoever reads the mailbox it was sent to."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices.models.accounts import STAFF_KEEPERS, Membership, newsroom_roles_only
from offices.models.offices import Office
from offices.models.typed import Line
from offices.roles import OVERSEERS, Role
from offices.scope import Scope

UNANSWERED = Q(accepted_at=None, revoked_at=None)


class InvitationQuerySet(models.QuerySet):
    def unanswered(self) -> Self:
        """Neither accepted nor revoked; some may have expired."""
        return self.filter(UNANSWERED)


class Invitation(models.Model):
    """A role offered by `invited_by` to whoever reads `email`; the membership begins when it is accepted.

    The link in the letter is a signature over the row's key and `nonce`: a new letter makes a new nonce, so that the
    older link opens nothing, and a copy of the table opens nothing at all.
    """

    scope = Scope(
        office="office",
        editors=STAFF_KEEPERS,
        readers=STAFF_KEEPERS | OVERSEERS,
        editable_while=newsroom_roles_only,
    )

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("kantor"))
    role = models.CharField(_("peran"), max_length=15, choices=Role)
    name = Line(_("nama lengkap"), max_length=120)
    email = models.EmailField(_("surel"))
    nonce = models.CharField(max_length=32, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("diundang oleh")
    )
    invited_at = models.DateTimeField(_("diundang"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("berlaku sampai"), editable=False)
    accepted_at = models.DateTimeField(_("diterima"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("oleh")
    )
    revoked_at = models.DateTimeField(_("dicabut"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("undangan")
        verbose_name_plural = _("undangan")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "office",
                "role",
                condition=UNANSWERED,
                name="one_unanswered_invitation_per_mailbox_office_and_role",
                violation_error_message=_("Surel ini sudah diundang untuk peran itu. Kirim ulang undangannya."),
            ),
            models.CheckConstraint(
                name="an_invitation_is_accepted_by_somebody_or_revoked",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.get_role_display()}, {self.office}"

    @property
    def is_unanswered(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None

    @property
    def is_open(self) -> bool:
        """Whether its link still leads to the membership."""
        return self.is_unanswered and timezone.now() < self.expires_at

    def clean(self):
        """Refuse a role that does not fit the office's level, as a membership would."""
        if self.office_id and self.role:
            Membership(office=self.office, role=self.role).clean()
