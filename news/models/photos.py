"""Photos in an office's library, and the rows that place them in an edition."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.focal import CENTRE, focal_classes, steps_of
from news.models.fields import NO_NUL
from offices.models import Office
from offices.models.typed import Line
from offices.roles import NEWSROOM
from offices.scope import Scope


def private_storage():
    """Where originals and unpublished renditions lie."""
    return storages["private"]


def focal_field(label) -> models.FloatField:
    """Where along a side of the picture its focal point lies: 0 is left or top, 1 right or bottom."""
    return models.FloatField(label, default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)])


def inside_the_picture(name: str) -> models.CheckConstraint:
    """The promise that a focal point lies in its picture."""
    return models.CheckConstraint(
        name=name,
        condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
        violation_error_message=_("Titik fokus harus berada di dalam foto."),
    )


class Photo(models.Model):
    """A picture file of an office. The file never changes; what is said about it stands on the edition's own row.

    A better file is a photo of its own that `replaces` this one; `archived_at` hides a photo from who picks one, and
    changes nothing where it is used already. Words and focal point are what a new row of an edition begins with.
    `token` is an unguessable folder name under which the renditions lie, in private storage always and in public
    storage while a live edition shows the photo. `widths` are the pixel widths of the WebP renditions, ascending;
    `avif_widths` those of AVIF and `jpeg_width` that of the one JPEG, once the worker has made them. While it owes
    them, `renditions_due_at` says when it is to try next.
    """

    scope = Scope(office="office", editors=NEWSROOM)

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("kantor"))
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    original = models.FileField(_("berkas asli"), storage=private_storage, max_length=200, editable=False)
    width = models.PositiveIntegerField(_("lebar"), editable=False)
    height = models.PositiveIntegerField(_("tinggi"), editable=False)
    widths = models.JSONField(default=list, editable=False)
    avif_widths = models.JSONField(default=list, editable=False)
    jpeg_width = models.PositiveIntegerField(null=True, editable=False)
    renditions_due_at = models.DateTimeField(null=True, default=timezone.now, editable=False)
    renditions_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    title = Line(_("judul di pustaka"), max_length=160, validators=[NO_NUL])
    caption = Line(_("keterangan bawaan"), max_length=400, blank=True, validators=[NO_NUL])
    credit = Line(_("kredit bawaan"), max_length=120, blank=True, validators=[NO_NUL])
    alt = Line(_("teks alternatif bawaan"), max_length=300, blank=True, validators=[NO_NUL])
    focal_x = focal_field(_("titik fokus bawaan, datar"))
    focal_y = focal_field(_("titik fokus bawaan, tegak"))
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="replacements",
        verbose_name=_("mengganti"),
    )
    archived_at = models.DateTimeField(_("diarsipkan"), null=True, editable=False)
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
        constraints = [inside_the_picture("the_focal_point_of_a_photo_lies_in_it")]
        indexes = [
            models.Index(fields=["office", "-uploaded_at", "-id"], name="library_of_an_office"),
            models.Index(
                fields=["renditions_due_at"],
                name="photos_that_owe_renditions",
                condition=Q(renditions_due_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title

    def folder(self) -> str:
        """The folder of the renditions in either storage."""
        return f"photos/{self.token.hex[:2]}/{self.token.hex}"

    def focal_classes(self) -> str:
        """The classes that keep the library's own focal point in a cropped picture."""
        return focal_classes(self.focal_x, self.focal_y)

    def rendition_name(self, width: int, kind: str = "webp") -> str:
        """The storage name of the rendition `width` px wide; `kind` is "webp", "avif" or "jpg"."""
        return f"{self.folder()}/{width}.{kind}"

    def rendition_names(self) -> list[str]:
        """The storage names of all renditions there are, the share pictures aside."""
        return [
            *(self.rendition_name(width) for width in self.widths),
            *(self.rendition_name(width, "avif") for width in self.avif_widths),
            *([self.rendition_name(self.jpeg_width, "jpg")] if self.jpeg_width else []),
        ]

    def share_name(self, x: float = 0.5, y: float = 0.5) -> str:
        """The JPEG of 1200 × 630 for link previews elsewhere, cropped around the focal point x, y (0 to 1)."""
        across, down = steps_of(x, y)
        suffix = "" if (across, down) == (CENTRE, CENTRE) else f"-{across}-{down}"
        return f"{self.folder()}/share{suffix}.jpg"

    def width_for(self, wanted: int) -> int:
        """The width of the widest rendition up to `wanted` px, or of the narrowest there is."""
        return max((width for width in self.widths if width <= wanted), default=self.widths[0])

    def thumbnail_url(self) -> str:
        """The address of a small rendition for staff whose scope covers the photo."""
        return self.private_url(self.width_for(480))

    def private_url(self, width: int) -> str:
        """The address of a rendition for staff whose scope covers the photo."""
        return reverse("admin:news_photo_file", args=[self.pk, width])


class EditionPhoto(models.Model):
    """One photo in one edition, with its own words; position 0 is the lead."""

    edition = models.ForeignKey("news.Edition", models.CASCADE, related_name="photos")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="uses", verbose_name=_("foto"))
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    caption = Line(_("keterangan foto"), max_length=400, blank=True, validators=[NO_NUL])
    credit = Line(_("kredit"), max_length=120, blank=True, validators=[NO_NUL])
    alt = Line(
        _("teks alternatif"),
        max_length=300,
        blank=True,
        validators=[NO_NUL],
        help_text=_("Apa yang tampak, untuk pembaca yang tidak melihat fotonya."),
    )
    focal_x = focal_field(_("titik fokus datar"))
    focal_y = focal_field(_("titik fokus tegak"))

    class Meta:
        verbose_name = _("foto pada berita")
        verbose_name_plural = _("foto pada berita")
        ordering = ["position", "pk"]
        constraints = [inside_the_picture("the_focal_point_of_a_row_lies_in_its_photo")]

    def __str__(self):
        return self.caption or str(self.photo)

    def share_name(self) -> str:
        """The storage name of the share picture around this row's own focal point."""
        return self.photo.share_name(self.focal_x, self.focal_y)
