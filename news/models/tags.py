"""Tags, kept by django-taggit behind two tables of our own."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from offices.roles import Role
from offices.scope import Scope, everything

LONGEST = 90  # leaves room in the address for the number that a namesake gets


class Tag(TagBase):
    """A free keyword; "Rakornas" and "rakornas" are the same tag."""

    scope = Scope(office=None, editors=frozenset({Role.ADMINISTRATOR}), shared=everything)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tag")
        ordering = ["name"]

    def get_absolute_url(self):
        return reverse("tag_detail", args=[self.slug])

    def clean(self):
        """Refuse a name from which no address can be made."""
        if not 0 < len(self.slugify(self.name)) <= LONGEST:
            raise ValidationError(
                {
                    "name": _("Tag memuat huruf atau angka, dan alamatnya paling panjang %(most)d huruf.")
                    % {"most": LONGEST}
                }
            )


class TaggedEdition(ItemBase):
    """One tag on one edition."""

    tag = models.ForeignKey(Tag, models.PROTECT, related_name="tagged")
    content_object = models.ForeignKey("news.Edition", models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="a_tag_stands_once_on_an_edition")
        ]
