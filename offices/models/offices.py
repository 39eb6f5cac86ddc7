"""Government offices that publish: the ministry and one Kominfo office for every region."""

from datetime import date, datetime

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from offices.models.regions import Region
from offices.models.typed import Line, Prose
from offices.roles import Role
from offices.scope import Scope, everything

NOT_ALL_DIGITS = RegexValidator(r"\D", _("Alamat tidak boleh hanya terdiri dari angka."))


class Office(models.Model):
    """An office; its name is its own and is never built from the region's name once it has been verified.

    `ppid_*` is where its government answers requests for public information (UU 14/2008, pasal 13).
    """

    scope = Scope(office="self", editors=frozenset({Role.MANAGER, Role.ADMINISTRATOR}), shared=everything)

    region = models.OneToOneField(Region, models.PROTECT, related_name="office", verbose_name=_("wilayah"))
    official_name = Line(_("nama resmi"), max_length=160)
    name_verified = models.BooleanField(
        _("nama sudah diverifikasi"),
        default=False,
        help_text=_("Centang setelah nama dicocokkan dengan peraturan daerah tentang perangkat daerah."),
    )
    abbreviation = Line(_("singkatan"), max_length=40, blank=True)
    slug = models.SlugField(_("alamat"), max_length=80, unique=True, validators=[NOT_ALL_DIGITS])
    address = Prose(_("alamat kantor"), max_length=400, blank=True)
    phone = Line(_("telepon"), max_length=40, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    website = models.URLField(_("situs web"), blank=True)
    ppid_email = models.EmailField(_("surel PPID"), blank=True)
    ppid_phone = Line(_("telepon PPID"), max_length=40, blank=True)
    ppid_address = Prose(_("alamat PPID"), max_length=400, blank=True)
    ppid_website = models.URLField(_("situs PPID"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="logo/", blank=True)

    class Meta:
        verbose_name = _("kantor")
        verbose_name_plural = _("kantor")
        ordering = ["region__code"]

    def __str__(self):
        return f"{self.abbreviation or self.official_name} {self.region.name}"

    def get_absolute_url(self):
        return reverse("office_detail", args=[self.slug])

    @property
    def full_name(self) -> str:
        """The official name with its region, for places where neighbours bear the same name."""
        return self.official_name if self.is_ministry else f"{self.official_name} {self.region.name}"

    def local_day(self, moment: datetime) -> date:
        """The date of the aware `moment` on the clock of the office's region."""
        return moment.astimezone(self.region.zone).date()

    @property
    def has_contact(self) -> bool:
        return any((self.address, self.phone, self.email, self.website))

    @property
    def has_ppid(self) -> bool:
        return any((self.ppid_address, self.ppid_phone, self.ppid_email, self.ppid_website))

    @property
    def is_ministry(self) -> bool:
        return self.region.parent_id is None


class SocialAccount(models.Model):
    """A social media account that an office runs."""

    class Network(models.TextChoices):
        FACEBOOK = "facebook", "Facebook"
        INSTAGRAM = "instagram", "Instagram"
        TIKTOK = "tiktok", "TikTok"
        X = "x", "X"
        YOUTUBE = "youtube", "YouTube"

    office = models.ForeignKey(Office, models.CASCADE, related_name="accounts", verbose_name=_("kantor"))
    network = models.CharField(_("jejaring"), max_length=12, choices=Network)
    url = models.URLField(_("tautan"))

    class Meta:
        verbose_name = _("akun media sosial")
        verbose_name_plural = _("akun media sosial")
        ordering = ["network", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "url"],
                name="one_row_per_social_account",
                violation_error_message=_("Akun ini sudah tercatat."),
            ),
        ]

    def __str__(self):
        return self.network_label

    @property
    def network_label(self) -> str:
        return self.get_network_display()
