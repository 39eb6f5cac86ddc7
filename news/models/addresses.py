"""Changes of a published article's address: rows that are only ever added."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from news.models.history import AppendOnly
from offices.scope import Scope


class AddressChange(AppendOnly):
    """An editor gave a published article another address; the former one leads to it for good."""

    scope = Scope(office="article__office", editors=frozenset())

    article = models.ForeignKey(Article, models.PROTECT, related_name="address_changes", verbose_name=_("artikel"))
    former = models.SlugField(_("alamat lama"), max_length=120)
    current = models.SlugField(_("alamat baru"), max_length=120)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("pada"))

    class Meta:
        verbose_name = _("perubahan alamat")
        verbose_name_plural = _("perubahan alamat")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.former} → {self.current}"
