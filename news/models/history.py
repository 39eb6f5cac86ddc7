"""What happened to an edition, and who wrote it: rows that are only ever added."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from news.models.editions import Edition
from news.states import State, Step
from offices.models.records import AppendOnly
from offices.models.typed import Line
from offices.scope import Scope


class Transition(AppendOnly):
    """One step of one edition: replaying an edition's rows gives its present state.

    `at` is when the step counts from; where `backdated`, an importer or the demo set it, and `recorded_at` tells when
    the row was really written. `digest` is that of the content an approval was given to.
    """

    scope = Scope(office="article__office", editors=frozenset())

    article = models.ForeignKey(Article, models.PROTECT, related_name="transitions", verbose_name=_("artikel"))
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="transitions", verbose_name=_("edisi"))
    step = models.CharField(_("langkah"), max_length=20, choices=Step)
    source = models.CharField(_("dari"), max_length=20, choices=State, blank=True)
    target = models.CharField(_("menjadi"), max_length=20, choices=State)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("pada"))
    backdated = models.BooleanField(_("ditanggal mundur"), default=False)
    recorded_at = models.DateTimeField(_("dicatat"), auto_now_add=True)
    note = Line(_("catatan"), max_length=1_000, blank=True)
    digest = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("langkah")
        verbose_name_plural = _("riwayat langkah")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["step", "-at"], name="steps_by_kind"),
            models.Index(fields=["-at", "-id"], name="steps_newest"),
        ]

    def __str__(self):
        return f"{self.get_step_display()} — {self.at:%Y-%m-%d %H:%M}"


class Contribution(models.Model):
    """Somebody started an edition or saved its content: they may not approve it."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="contributions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    first_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="a_contributor_is_recorded_once")]

    def __str__(self):
        return f"{self.user} → {self.edition}"
