"""Rubrics: the few fixed sections that every article belongs to one of."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from offices.models.offices import NOT_ALL_DIGITS
from offices.models.typed import Line
from offices.roles import Role
from offices.scope import Scope, everything


class Rubric(models.Model):
    scope = Scope(office=None, editors=frozenset({Role.ADMINISTRATOR}), shared=everything)

    name = Line(_("nama"), max_length=60, unique=True)
    slug = models.SlugField(_("alamat"), max_length=60, unique=True, validators=[NOT_ALL_DIGITS])
    description = Line(_("keterangan"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("urutan"), default=100)

    class Meta:
        verbose_name = _("rubrik")
        verbose_name_plural = _("rubrik")
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("rubric_detail", args=[self.slug])


class FormerRubric(models.Model):
    """A name and address that a rubric had before it was merged into another: readers are led on."""

    name = Line(max_length=60)
    slug = models.SlugField(max_length=60, unique=True)
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="former")

    def __str__(self):
        return f"{self.name} → {self.rubric}"
