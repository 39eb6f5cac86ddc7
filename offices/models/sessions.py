"""Sessions that know whose they are, and the requests for a new password."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices.models.accounts import User


class Session(AbstractBaseSession):
    """One browser's session, with the person who is signed in there or has given the password there."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+", verbose_name=_("akun"))

    class Meta:
        verbose_name = _("sesi")
        verbose_name_plural = _("sesi")

    @classmethod
    def get_session_store_class(cls):
        from offices.session_store import SessionStore  # which imports this module

        return SessionStore


class PasswordRequest(models.Model):
    """Somebody asked for a new password: once for the address they asked from, once for every account it is for."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+", verbose_name=_("akun"))
    address = models.GenericIPAddressField(_("alamat jaringan"), null=True)
    asked_at = models.DateTimeField(_("diminta"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("permintaan kata sandi")
        verbose_name_plural = _("permintaan kata sandi")
        constraints = [
            models.CheckConstraint(
                name="a_password_request_is_of_an_account_or_an_address",
                condition=Q(user=None) | Q(address=None),
                violation_error_message=_("Permintaan dicatat untuk akun atau untuk alamat jaringan."),
            ),
        ]

    def __str__(self):
        return f"{self.user or self.address}: {self.asked_at}"
