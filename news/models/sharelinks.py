"""Links by which somebody outside the newsroom reads an edition before it is published."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from news.models.editions import Edition
from news.models.fields import NO_NUL
from offices.models.typed import Line
from offices.roles import NEWSROOM
from offices.scope import Scope


class ShareLink(models.Model):
    """One outside checker's way to one edition. The link itself is shown once and kept nowhere: here lies its hash."""

    scope = Scope(office="edition__article__office", editors=NEWSROOM)

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="share_links", verbose_name=_("edisi"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    checker = Line(
        _("untuk siapa"),
        max_length=120,
        validators=[NO_NUL],
        help_text=_("Nama pemeriksa dan keperluannya, misalnya: dr. Ratna, data imunisasi."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("dibuat oleh")
    )
    created_at = models.DateTimeField(_("dibuat"))
    expires_at = models.DateTimeField(_("berlaku sampai"))
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dicabut oleh"),
    )
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)
    last_opened_at = models.DateTimeField(_("terakhir dibuka"), null=True, blank=True)
    opens = models.PositiveIntegerField(_("kali dibuka"), default=0)

    class Meta:
        verbose_name = _("tautan pratinjau")
        verbose_name_plural = _("tautan pratinjau")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_share_link_ends_after_it_begins",
                condition=Q(expires_at__gt=F("created_at")),
                violation_error_message=_("Tautan harus berakhir setelah dibuat."),
            ),
            models.CheckConstraint(
                name="a_revoked_share_link_names_who_revoked_it",
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                violation_error_message=_("Tautan yang dicabut mencatat siapa yang mencabutnya."),
            ),
        ]

    def __str__(self):
        return f"{self.checker} ({self.edition_id})"
