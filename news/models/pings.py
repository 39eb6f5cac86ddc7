"""Words that are owed to hubs until they are told: which feed changed, and how telling them went."""

from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from offices.models import Office
from offices.roles import Role
from offices.scope import Scope


class PingResult(models.TextChoices):
    OWED = "owed", _("Akan diberitahu")
    TOLD = "told", _("Diberitahu")
    MERGED = "merged", _("Digabung dengan yang lain")
    FAILED = "failed", _("Gagal")


OWED = Q(result=PingResult.OWED)


class PingQuerySet(models.QuerySet):
    def due(self, now: datetime) -> Self:
        """What nobody is telling at `now` and whose next attempt has come, the longest waiting first."""
        return self.filter(OWED, due_at__lte=now).order_by("due_at", "pk")


class Ping(models.Model):
    """One word to one hub that one feed changed because of an article; `feed` is the feed's path and query.

    Whoever tells it moves `due_at` ahead first, which is their lease, and counts the attempt. One that waits is merged
    into another about the same feed, for the hub fetches the feed as it is then.
    """

    scope = Scope(
        office="office",
        editors=frozenset(),
        readers=frozenset({Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR}),
    )

    hub = models.URLField(_("hub"), max_length=300)
    feed = models.CharField(_("umpan"), max_length=300)
    office = models.ForeignKey(Office, models.PROTECT, db_index=False, related_name="+", verbose_name=_("kantor"))
    article = models.ForeignKey(Article, models.PROTECT, db_index=False, related_name="+", verbose_name=_("artikel"))
    created_at = models.DateTimeField(_("pada"), default=timezone.now)
    result = models.CharField(_("hasil"), max_length=6, choices=PingResult, default=PingResult.OWED)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    settled_at = models.DateTimeField(_("selesai"), null=True)
    failure = models.CharField(_("sebab gagal"), max_length=300, blank=True)

    objects = PingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemberitahuan hub")
        verbose_name_plural = _("pemberitahuan hub")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["due_at", "id"], name="pings_owed", condition=OWED),  # due()
            models.Index(fields=["hub", "feed"], name="pings_owed_of_a_feed", condition=OWED),  # delivery.py: _leased
            models.Index(fields=["office", "-created_at", "-id"], name="pings_of_an_office"),
            models.Index(fields=["created_at"], name="pings_by_age"),  # delivery.py: forget_pings
        ]

    def __str__(self):
        return f"{urlsplit(self.hub).hostname}: {self.feed}"
