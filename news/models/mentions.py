"""Officials an edition speaks of, with the appointment they held on its day."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from offices.models import Appointment, Official


class Mention(models.Model):
    edition = models.ForeignKey("news.Edition", models.CASCADE, related_name="mentions")
    official = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("pejabat"))
    appointment = models.ForeignKey(
        Appointment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("jabatan saat itu"),
        help_text=_("Kosongkan agar diisi menurut tanggal titimangsa."),
    )

    class Meta:
        verbose_name = _("pejabat yang disebut")
        verbose_name_plural = _("pejabat yang disebut")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "official"],
                name="an_official_is_mentioned_once",
                violation_error_message=_("Pejabat ini sudah dicantumkan."),
            ),
        ]

    def __str__(self):
        return str(self.appointment or self.official)

    def clean(self):
        """Refuse the appointment of somebody else."""
        if self.appointment_id and self.official_id and self.appointment.official_id != self.official_id:
            raise ValidationError(
                {"appointment": _("Jabatan ini dipegang orang lain; pilih jabatan pejabat tersebut.")}
            )

    @property
    def title_as_held(self) -> str:
        return self.appointment.title_as_held if self.appointment else ""

    @property
    def place(self) -> str:
        """The region of the office where the position stands."""
        return self.appointment.position.office.region.name if self.appointment else ""
