"""Regions of Indonesia as the Ministry of Home Affairs codes them."""

from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from offices.roles import Role
from offices.scope import Scope, everything

ROOT_CODE = "00"
CODE = RegexValidator(
    r"^[0-9]{2}(\.[0-9]{2})?$", _("Kode wilayah berbentuk 73 atau 73.03; nol di belakang tidak boleh hilang.")
)
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


class Region(models.Model):
    """A node of the tree nation → province → kabupaten/kota.

    The key is the Kemendagri code as text (`73.03`; Kepmendagri 300.2.2-2430/2025), never a number: `14.10` is not
    `14.1`. The root carries the code `00`.
    """

    scope = Scope(office=None, editors=frozenset({Role.ADMINISTRATOR}), shared=everything)

    class Level(models.TextChoices):
        NATION = "nation", _("Nasional")
        PROVINCE = "province", _("Provinsi")
        REGENCY = "regency", _("Kabupaten")
        CITY = "city", _("Kota")

    code = models.CharField(_("kode"), max_length=5, primary_key=True, validators=[CODE])
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("induk")
    )
    level = models.CharField(_("tingkat"), max_length=10, choices=Level)
    name = models.CharField(_("nama"), max_length=80)
    short_name = models.CharField(_("nama pendek"), max_length=80)
    timezone = models.CharField(_("zona waktu"), max_length=30, choices=ZONES)
    capital = models.CharField(_("ibu kota"), max_length=80, blank=True)
    island_group = models.CharField(_("gugus pulau"), max_length=40, blank=True)
    latitude = models.DecimalField(_("lintang"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("bujur"), max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="only_the_nation_has_no_parent",
                condition=models.Q(level="nation", parent=None) | ~models.Q(level="nation") & ~models.Q(parent=None),
                violation_error_message=_("Hanya wilayah nasional yang tidak berinduk."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("region_detail", args=[self.code])

    @property
    def zone(self) -> ZoneInfo:
        """The clock of the region."""
        return ZoneInfo(self.timezone)

    @property
    def zone_abbr(self) -> str:
        """WIB, WITA or WIT."""
        return ZONES[self.timezone]

    @property
    def is_province(self) -> bool:
        return self.level == self.Level.PROVINCE
