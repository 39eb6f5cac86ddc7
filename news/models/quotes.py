"""What somebody said, word for word or retold, with the position they spoke from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.models.fields import NO_NUL
from offices.models import Appointment
from offices.models.typed import Line, Prose


class Quote(models.Model):
    """The row owns the text; the body holds only a placeholder with its number."""

    class Kind(models.TextChoices):
        DIRECT = "direct", _("Langsung (kata demi kata)")
        RETOLD = "retold", _("Disampaikan ulang")

    edition = models.ForeignKey("news.Edition", models.CASCADE, related_name="quotes")
    number = models.PositiveSmallIntegerField(
        _("nomor"), help_text=_("Nomor yang dipakai tombol Kutipan di isi berita.")
    )
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind, default=Kind.DIRECT)
    text = Prose(_("ucapan"), max_length=1_500, validators=[NO_NUL])
    speaker = models.ForeignKey(
        Appointment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pejabat yang berbicara"),
    )
    attribution = Line(
        _("atau: siapa yang berbicara"),
        max_length=160,
        blank=True,
        validators=[NO_NUL],
        help_text=_("Bila bukan pejabat yang tercatat, misalnya: warga Desa Bonto Jai."),
    )

    class Meta:
        verbose_name = _("kutipan")
        verbose_name_plural = _("kutipan")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="quotes_of_an_edition_are_numbered",
                violation_error_message=_("Nomor kutipan ini sudah dipakai."),
            ),
            models.CheckConstraint(
                name="a_quote_has_a_speaker_or_an_attribution",
                condition=Q(speaker__isnull=False) & Q(attribution="") | Q(speaker__isnull=True) & ~Q(attribution=""),
                violation_error_message=_("Isi salah satu: pejabat yang berbicara, atau siapa yang berbicara."),
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.text[:60]}"

    @property
    def is_retold(self) -> bool:
        return self.kind == self.Kind.RETOLD
