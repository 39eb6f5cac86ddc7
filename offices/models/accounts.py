"""Staff accounts and the memberships that grant them everything they may do."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from offices.models.offices import Office
from offices.models.typed import Line
from offices.roles import NATIONAL, NEWSROOM, OVERSEERS, Role
from offices.scope import Reach, Scope

STAFF_KEEPERS = frozenset({Role.MANAGER, Role.ADMINISTRATOR})


def _newsroom_staff_only(reach: Reach) -> Q:
    """Accounts whose every membership is a newsroom role inside `reach`: nobody resets the password of a superior."""
    elsewhere = Membership.objects.exclude(office__in=reach.offices) | Membership.objects.exclude(role__in=NEWSROOM)
    return ~Q(pk__in=elsewhere.values("user"))


def newsroom_roles_only(_reach: Reach) -> Q:
    return Q(role__in=NEWSROOM)


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, *, name: str, email: str = "", password: str | None = None) -> "User":
        """A stored account without any membership; without a password it cannot sign in."""
        user = self.model(username=username, name=name, email=self.normalize_email(email))
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who can sign in. What they may do comes from memberships alone: there are no superusers."""

    scope = Scope(
        office="memberships__office",
        editors=STAFF_KEEPERS,
        readers=STAFF_KEEPERS | OVERSEERS,
        editable_while=_newsroom_staff_only,
    )

    username = models.CharField(_("nama pengguna"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    name = Line(_("nama lengkap"), max_length=120)
    email = models.EmailField(_("surel"), blank=True)
    is_active = models.BooleanField(_("aktif"), default=True)
    date_joined = models.DateTimeField(_("terdaftar"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("akun")
        verbose_name_plural = _("akun")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split()[0] if self.name else self.username

    def memberships_on(self, day: date) -> list["Membership"]:
        """The memberships held on `day`, with their offices and regions."""
        rows = self.memberships.filter(Membership.held_on(day)).select_related("office__region")
        return list(rows.order_by("pk"))

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        return self.memberships_on(timezone.localdate())

    @property
    def is_staff(self) -> bool:
        """Django's admin asks this: whoever holds a membership today is staff."""
        return self.is_active and bool(self.current_memberships)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Always False: permissions come from the scope function, never from Django's permission table."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class Membership(models.Model):
    """The only grant: a person's role at an office from a day on, up to but not including another day.

    One that ends on the day it begins was never held: it was given by mistake and taken back.
    """

    scope = Scope(
        office="office",
        editors=STAFF_KEEPERS,
        readers=STAFF_KEEPERS | OVERSEERS,
        editable_while=newsroom_roles_only,
    )

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("akun"))
    office = models.ForeignKey(Office, models.PROTECT, related_name="memberships", verbose_name=_("kantor"))
    role = models.CharField(_("peran"), max_length=15, choices=Role)
    starts_on = models.DateField(_("sejak"), default=timezone.localdate)
    ends_on = models.DateField(
        _("sampai"),
        null=True,
        blank=True,
        help_text=_("Hari pertama tidak lagi berlaku; kosong bila masih berlaku."),
    )

    class Meta:
        verbose_name = _("keanggotaan redaksi")
        verbose_name_plural = _("keanggotaan redaksi")
        ordering = ["office", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_membership_does_not_end_before_it_begins",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Keanggotaan tidak dapat berakhir sebelum mulai."),
            ),
            models.UniqueConstraint(
                "user",
                "office",
                "role",
                condition=Q(ends_on=None),
                name="one_open_membership_per_person_office_and_role",
                violation_error_message=_("Orang ini sudah memegang peran tersebut di kantor itu."),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}, {self.office}"

    @staticmethod
    def held_on(day: date) -> Q:
        """The memberships running on `day`."""
        return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))

    def clean(self):
        """Refuse a role at an office of the wrong level: supervisors sit at provinces, national roles at the root."""
        if not (self.role and self.office_id):
            return
        if self.role == Role.SUPERVISOR and not self.office.region.is_province:
            raise ValidationError({"role": _("Pembina provinsi hanya ada di kantor provinsi.")})
        if self.role in NATIONAL and not self.office.is_ministry:
            raise ValidationError({"role": _("Peran pusat hanya ada di kantor kementerian.")})
