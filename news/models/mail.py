"""Mail that is owed until it is sent, and the record of what went out to whom and why something did not."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices.models import Office
from offices.models.records import AppendOnly
from offices.roles import Role
from offices.scope import Scope


class MailState(models.TextChoices):
    NONE = "none", _("Tanpa surel")
    OWED = "owed", _("Akan dikirim")
    SENT = "sent", _("Terkirim")
    FAILED = "failed", _("Gagal")


class OwedQuerySet(models.QuerySet):
    def due(self, now: datetime) -> Self:
        """Mail that nobody is sending at `now` and whose next attempt has come, the longest waiting first."""
        return self.filter(mail_state=MailState.OWED, due_at__lte=now).order_by("due_at", "pk")


class Owed(models.Model):
    """A row that owes somebody a mail.

    Whoever sends it moves `due_at` ahead first, which is their lease, and counts the attempt; a sender that dies leaves
    the mail to the next one when the lease is over.
    """

    mail_state = models.CharField(_("surel"), max_length=6, choices=MailState, default=MailState.NONE)
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(_("dikirim"), null=True)
    failure = models.CharField(_("sebab gagal"), max_length=300, blank=True)

    class Meta:
        abstract = True


class Digest(Owed):
    """The one summary a person gets on one local day, whether there was something to say or not."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    day = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)

    objects = OwedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_per_person_and_day")]
        indexes = [models.Index(fields=["due_at"], name="digests_owed", condition=Q(mail_state="owed"))]

    def __str__(self):
        return f"{self.user}, {self.day}"

    @property
    def recipient(self):
        return self.user


class Outcome(models.TextChoices):
    SENT = "sent", _("Terkirim")
    RETRIED = "retried", _("Gagal, akan dicoba lagi")
    FAILED = "failed", _("Gagal")
    DROPPED = "dropped", _("Tidak dikirim")


class MailLog(AppendOnly):
    """One attempt to send one mail; `office` is the one it speaks of, else the one the recipient works in."""

    scope = Scope(
        office="office",
        editors=frozenset(),
        readers=frozenset({Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR}),
    )

    at = models.DateTimeField(_("pada"), default=timezone.now)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("penerima")
    )
    address = models.EmailField(_("alamat surel"), blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", verbose_name=_("kantor"))
    subject = models.CharField(_("perihal"), max_length=200)
    outcome = models.CharField(_("hasil"), max_length=8, choices=Outcome)
    reason = models.CharField(_("sebab"), max_length=300, blank=True)
    notice = models.ForeignKey("news.Notice", models.PROTECT, null=True, related_name="+")
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("catatan surel")
        verbose_name_plural = _("catatan surel")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["office", "-at", "-id"], name="mail_of_an_office")]

    def __str__(self):
        return f"{self.recipient}: {self.subject}"
