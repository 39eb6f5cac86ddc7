"""What colleagues say to each other about an edition: the words are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.models.editions import Edition
from news.models.fields import NO_NUL
from offices.models.typed import Line, Prose
from offices.roles import EVERY_ROLE, Role
from offices.scope import Scope

LONGEST_COMMENT = 2_000
LONGEST_QUOTE = 200


class Comment(models.Model):
    """A remark on one edition, perhaps on a passage of it; its writer can retract it, nobody can reword it.

    It is no content: neither version nor digest of the edition knows of it, and who writes one contributes nothing.
    """

    scope = Scope(office="edition__article__office", editors=EVERY_ROLE - {Role.AUDITOR})

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="comments", verbose_name=_("edisi"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    text = Prose(_("komentar"), max_length=LONGEST_COMMENT, validators=[NO_NUL])
    quoted = Line(_("bagian yang dimaksud"), max_length=LONGEST_QUOTE, blank=True, validators=[NO_NUL])
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("menyebut"))
    at = models.DateTimeField(_("pada"))
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("diselesaikan oleh")
    )
    resolved_at = models.DateTimeField(_("diselesaikan"), null=True)
    retracted_at = models.DateTimeField(_("ditarik"), null=True)

    class Meta:
        verbose_name = _("komentar")
        verbose_name_plural = _("komentar")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_settled_comment_says_who_and_when",
                condition=Q(resolved_by=None, resolved_at=None)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.author}: {self.text[:60]}"

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None and self.retracted_at is None
