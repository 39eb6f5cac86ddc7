"""Articles that an office keeps at the top of its own front page until a day."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from offices.models import Office
from offices.roles import EDITORS
from offices.scope import Scope

MOST_PINS = 3


class PinQuerySet(models.QuerySet):
    def shown_on(self, day: date) -> Self:
        """The pins that have not run out on `day`."""
        return self.filter(last_day__gte=day)


class Pin(models.Model):
    """One of the few places at the top; it runs out by itself after `last_day`, on the office's clock.

    A place whose pin has run out is taken by the next one.
    """

    scope = Scope(office="office", editors=EDITORS)

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("kantor"))
    place = models.PositiveSmallIntegerField(_("tempat"))
    article = models.OneToOneField(Article, models.PROTECT, related_name="pin", verbose_name=_("artikel"))
    last_day = models.DateField(_("sampai dengan"))
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("disematkan oleh")
    )
    pinned_at = models.DateTimeField(_("disematkan"))

    objects = PinQuerySet.as_manager()

    class Meta:
        verbose_name = _("sematan")
        verbose_name_plural = _("sematan")
        ordering = ["-pinned_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "place"],
                name="one_pin_on_each_place_of_an_office",
                violation_error_message=_("Tempat sematan ini sudah dipakai."),
            ),
            models.CheckConstraint(
                name="an_office_has_three_places_for_pins",
                condition=Q(place__gte=1, place__lte=MOST_PINS),
                violation_error_message=_("Satu kantor menyematkan paling banyak tiga berita."),
            ),
        ]

    def __str__(self):
        return f"{self.article} – {self.last_day}"
