"""What somebody typed into a form and has not saved yet."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.editions import Edition

LONGEST_CONTENT = 500_000  # bytes


class UnsavedTextQuerySet(models.QuerySet):
    def written_by(self, user) -> Self:
        """The only door: nobody reads what somebody else has not saved."""
        return self.filter(user=user.pk)


class UnsavedText(models.Model):
    """The fields of one open form, so that a browser that dies takes nothing along: no content, no contribution.

    `key` names the form; `edition` is empty while the article itself is new. `content` is JSON in ASCII: pairs of
    names and values as the form would send them.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=40)
    content = models.TextField(max_length=LONGEST_CONTENT)
    kept_at = models.DateTimeField(db_index=True)

    objects = UnsavedTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("tulisan yang belum tersimpan")
        verbose_name_plural = _("tulisan yang belum tersimpan")
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="a_form_keeps_its_unsaved_text_once"),
        ]

    def __str__(self):
        return f"{self.user} — {self.kept_at:%Y-%m-%d %H:%M}"
