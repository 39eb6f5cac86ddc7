"""The pictures that stand beside links to articles elsewhere: one for every edition that was made public."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices.scope import Scope


class ShareCard(models.Model):
    """The card of one edition, named by its bytes once the worker has drawn it; until then `sha256` is empty.

    It goes once its edition is superseded or removed; that of a withdrawn one waits for its return.

    While it is owed, `due_at` says when the worker is to try next. The file lies in private storage; only the view that
    asks `published()` hands it out.
    """

    scope = Scope(office="edition__article__office", editors=frozenset())

    edition = models.OneToOneField(
        "news.Edition", models.CASCADE, related_name="card", editable=False, verbose_name=_("edisi")
    )
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    due_at = models.DateTimeField(null=True, default=timezone.now, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("kartu tautan")
        verbose_name_plural = _("kartu tautan")
        indexes = [
            models.Index(fields=["due_at"], name="cards_that_are_owed", condition=Q(due_at__isnull=False)),
            models.Index(fields=["sha256"], name="cards_by_picture"),  # sharecards.py: _remove
        ]

    def __str__(self):
        return self.sha256 or _("belum digambar")

    @property
    def name(self) -> str:
        """The storage name of the picture."""
        return f"cards/{self.sha256[:2]}/{self.sha256}.jpg"
