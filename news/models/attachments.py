"""PDF documents in an office's library, and the rows that attach them to an edition."""

import uuid

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from news.models.fields import NO_NUL
from news.models.photos import private_storage
from offices.models import Office
from offices.models.typed import Line
from offices.roles import NEWSROOM
from offices.scope import Scope


class Attachment(models.Model):
    """A PDF of an office. The file never changes; its title in an edition stands on the edition's own row.

    `token` is an unguessable folder name in either storage; in public storage the file lies only while a live edition
    attaches it. `size` is in bytes, `pages` is empty where the number is not plain to see.
    """

    scope = Scope(office="office", editors=NEWSROOM)

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("kantor"))
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("berkas"), storage=private_storage, max_length=200, editable=False)
    size = models.PositiveIntegerField(_("ukuran"), editable=False)
    pages = models.PositiveIntegerField(_("halaman"), null=True, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    title = Line(_("judul dokumen"), max_length=160, validators=[NO_NUL])
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
        verbose_name = _("lampiran")
        verbose_name_plural = _("lampiran")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.title

    def folder(self) -> str:
        """The folder of the file in either storage."""
        return f"attachments/{self.token.hex[:2]}/{self.token.hex}"

    def first_name(self) -> str:
        """The storage name a new file gets: readable, for it is what a reader keeps."""
        return f"{self.folder()}/{slugify(self.title)[:80] or 'lampiran'}.pdf"

    def private_url(self) -> str:
        """The address of the file for staff whose scope covers it."""
        return reverse("admin:news_attachment_file", args=[self.pk])


class EditionAttachment(models.Model):
    """One document of one edition, under its own title."""

    edition = models.ForeignKey("news.Edition", models.CASCADE, related_name="attachments")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="uses", verbose_name=_("dokumen"))
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    title = Line(
        _("judul pada berita"),
        max_length=160,
        validators=[NO_NUL, MinLengthValidator(1)],
        help_text=_("Kosongkan agar mengikuti judul di pustaka."),
    )

    class Meta:
        verbose_name = _("lampiran pada berita")
        verbose_name_plural = _("lampiran pada berita")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "attachment"],
                name="a_document_is_attached_to_an_edition_once",
                violation_error_message=_("Dokumen ini sudah dilampirkan pada berita yang sama."),
            )
        ]

    def __str__(self):
        return self.title
