"""The audit trail: who did what to whom and what, beside the history that editions keep of themselves."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices.models.offices import Office
from offices.models.records import AppendOnly
from offices.roles import OVERSEERS, Role
from offices.scope import Scope


class Kind(models.TextChoices):
    SIGNED_IN = "signed_in", _("Masuk")
    SIGN_IN_FAILED = "sign_in_failed", _("Gagal masuk")
    LOCKED_OUT = "locked_out", _("Pintu masuk ditahan")
    SECOND_FACTOR = "second_factor", _("Faktor kedua diubah")
    PASSWORD_CHANGED = "password_changed", _("Kata sandi diganti")
    PASSWORD_RESET = "password_reset", _("Kata sandi dipulihkan lewat surel")
    SESSIONS_ENDED = "sessions_ended", _("Sesi diakhiri")
    INVITED = "invited", _("Diundang")
    INVITATION_REVOKED = "invitation_revoked", _("Undangan dicabut")
    INVITATION_ACCEPTED = "invitation_accepted", _("Undangan diterima")
    MEMBERSHIP_GRANTED = "membership_granted", _("Keanggotaan diberikan")
    MEMBERSHIP_CHANGED = "membership_changed", _("Keanggotaan diubah")
    MEMBERSHIP_ENDED = "membership_ended", _("Keanggotaan diakhiri")
    HANDED_OVER = "handed_over", _("Pekerjaan dialihkan")
    ADDED = "added", _("Ditambahkan")
    CHANGED = "changed", _("Diubah")
    DELETED = "deleted", _("Dihapus")
    UPLOADED = "uploaded", _("Berkas diunggah")
    MERGED = "merged", _("Disatukan")


class Entry(AppendOnly):
    """One thing that happened, in the book of one office, or in the centre's alone where `office` is empty.

    What concerns several offices stands in the book of each. `thing_*` tells which row it was, by the label of its
    model, its key and the name it had. `note` holds names of fields and roles, never the values that were typed.
    """

    scope = Scope(
        office="office", editors=frozenset(), readers=OVERSEERS | frozenset({Role.MANAGER, Role.ADMINISTRATOR})
    )

    at = models.DateTimeField(_("pada"), default=timezone.now, editable=False)
    kind = models.CharField(_("kejadian"), max_length=20, choices=Kind)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", verbose_name=_("kantor"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("oleh")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("tentang")
    )
    thing_model = models.CharField(max_length=60, blank=True)
    thing_key = models.CharField(max_length=40, blank=True)
    thing_name = models.CharField(_("benda"), max_length=200, blank=True)
    note = models.CharField(_("catatan"), max_length=500, blank=True)
    address = models.CharField(
        _("jaringan"), max_length=43, blank=True, help_text=_("Jaringan asalnya, tanpa bagian yang menunjuk orang.")
    )

    class Meta:
        verbose_name = _("jejak audit")
        verbose_name_plural = _("jejak audit")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="trail_newest"),
            models.Index(fields=["office", "-at", "-id"], name="trail_by_office"),
            models.Index(fields=["kind", "-at", "-id"], name="trail_by_kind"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} — {self.thing_name or self.person or self.actor or '–'}"
