"""Photos in an office's library, and the rows that place them in an edition."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.fields import NO_NUL
from offices.models import Office
from offices.roles import NEWSROOM
from offices.scope import Scope


def private_storage():
    """Where originals and unpublished renditions lie."""
    return storages["private"]


class Photo(models.Model):
    """A picture file of an office. The file never changes; what is said about it stands on the edition's own row.

    `token` is an unguessable folder name under which the renditions lie, in private storage always and in public
    storage while a live edition shows the photo. `widths` are the pixel widths of the WebP renditions, ascending.
    """

    scope = Scope(office="office", editors=NEWSROOM)

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("kantor"))
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    original = models.FileField(_("berkas asli"), storage=private_storage, max_length=200, editable=False)
    width = models.PositiveIntegerField(_("lebar"), editable=False)
    height = models.PositiveIntegerField(_("tinggi"), editable=False)
    widths = models.JSONField(default=list, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    title = models.CharField(_("judul di pustaka"), max_length=160, validators=[NO_NUL])
    caption = models.CharField(_("keterangan bawaan"), max_length=400, blank=True, validators=[NO_NUL])
    credit = models.CharField(_("kredit bawaan"), max_length=120, blank=True, validators=[NO_NUL])
    alt = models.CharField(_("teks alternatif bawaan"), max_length=300, blank=True, validators=[NO_NUL])
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("diunggah oleh"),
    )
    uploaded_at = models.DateTimeField(_("diunggah"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("foto")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.title

    def folder(self) -> str:
        """The folder of the renditions in either storage."""
        return f"photos/{self.token.hex[:2]}/{self.token.hex}"

    def rendition_name(self, width: int) -> str:
        return f"{self.folder()}/{width}.webp"

    def share_name(self) -> str:
        """The JPEG of 1200 × 630 for link previews elsewhere."""
        return f"{self.folder()}/share.jpg"

    def private_url(self, width: int) -> str:
        """The address of a rendition for staff whose scope covers the photo."""
        return reverse("admin:news_photo_file", args=[self.pk, width])


class EditionPhoto(models.Model):
    """One photo in one edition, with its own words; position 0 is the lead."""

    edition = models.ForeignKey("news.Edition", models.CASCADE, related_name="photos")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="uses", verbose_name=_("foto"))
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    caption = models.CharField(_("keterangan foto"), max_length=400, blank=True, validators=[NO_NUL])
    credit = models.CharField(_("kredit"), max_length=120, blank=True, validators=[NO_NUL])
    alt = models.CharField(
        _("teks alternatif"),
        max_length=300,
        blank=True,
        validators=[NO_NUL],
        help_text=_("Apa yang tampak, untuk pembaca yang tidak melihat fotonya."),
    )
    focal_x = models.FloatField(
        _("titik fokus datar"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    focal_y = models.FloatField(
        _("titik fokus tegak"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )

    class Meta:
        verbose_name = _("foto pada berita")
        verbose_name_plural = _("foto pada berita")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.caption or str(self.photo)
