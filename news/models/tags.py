"""Tags, kept by django-taggit behind two tables of our own."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
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


class FormerTag(models.Model):
    """A name and address that a tag had before it was merged into another: readers and writers are led on."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True)
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="former")

    class Meta:
        indexes = [models.Index(Upper("name"), name="former_tags_by_name")]

    def __str__(self):
        return f"{self.name} → {self.tag}"


class TaggingManager(_TaggableManager):
    """What `edition.tags` is: taggit's own, but a name that was merged away means the tag it was merged into."""

    def _to_tag_model_instances(self, tags, tag_kwargs):
        tags = list(tags)
        same = Q(pk__in=())
        for name in tags:
            if isinstance(name, str):
                same |= Q(name__iexact=name)
        now = {former.name.lower(): former.tag for former in FormerTag.objects.filter(same).select_related("tag")}
        known = [now.get(tag.lower(), tag) if isinstance(tag, str) else tag for tag in tags]
        return super()._to_tag_model_instances(known, tag_kwargs)


class TaggedEdition(ItemBase):
    """One tag on one edition."""

    tag = models.ForeignKey(Tag, models.PROTECT, related_name="tagged")
    content_object = models.ForeignKey("news.Edition", models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="a_tag_stands_once_on_an_edition")
        ]
