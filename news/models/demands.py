"""Demands of readers: to answer what an article says about them, or to correct what it says of anybody."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator, RegexValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from news.models.editions import Edition
from news.models.fields import NO_NUL
from news.models.mail import Owed, OwedQuerySet
from offices.models.records import AppendOnly
from offices.models.typed import Line, Prose
from offices.roles import EDITORS, OVERSEERS
from offices.scope import Scope

PHONE = RegexValidator(r"^\+?[0-9][0-9 ()./-]{5,28}$", _("Tulis nomor telepon dengan angka, misalnya 0812 3456 7890."))
WEB_ADDRESS = URLValidator(schemes=["http", "https"])


class DemandKind(models.TextChoices):
    """UU 40/1999 tentang Pers, pasal 1 angka 11 and 12."""

    REPLY = "hak_jawab", _("Hak jawab")
    CORRECTION = "hak_koreksi", _("Hak koreksi")


class DemandState(models.TextChoices):
    RECEIVED = "received", _("Menunggu konfirmasi alamat")
    OPEN = "open", _("Menunggu jawaban")
    ACCEPTED = "accepted", _("Koreksi disiapkan")
    CORRECTED = "corrected", _("Koreksi terbit")
    REFUSED = "refused", _("Ditolak dengan alasan")
    RESOLVED = "resolved", _("Selesai dengan cara lain")


class DemandStep(models.TextChoices):
    OPEN = "open", _("Sampai ke redaksi")
    ACCEPT = "accept", _("Terima dan siapkan koreksi")
    REFUSE = "refuse", _("Tolak dengan alasan")
    RESOLVE = "resolve", _("Selesaikan dengan cara lain")
    CORRECT = "correct", _("Koreksi terbit")
    FORGET = "forget", _("Data pribadi dihapus")


AWAITED = (DemandState.OPEN, DemandState.ACCEPTED)
SETTLED = (DemandState.CORRECTED, DemandState.REFUSED, DemandState.RESOLVED)
PERSONAL = ("name", "capacity", "email", "phone", "wrong", "right", "evidence", "nonce", "sender")
"""What came from the person, and is emptied when it is no longer needed."""


class DemandQuerySet(models.QuerySet):
    def awaited(self) -> Self:
        """Those that the newsroom owes an answer."""
        return self.filter(state__in=AWAITED)

    def overdue(self, now: datetime) -> Self:
        return self.awaited().filter(due_at__lt=now)

    def before_the_newsroom(self) -> Self:
        """All but those whose sender has not confirmed their address: nobody in the newsroom meets these."""
        return self.exclude(state=DemandState.RECEIVED)

    def with_article(self) -> Self:
        """With the edition complained of, but for its text, and the office with its region."""
        return self.select_related("edition", "article__office__region__parent").defer("edition__body")


class Demand(models.Model):
    """What one reader wants answered or corrected in `edition`, the one they read.

    It comes before the newsroom when the address is confirmed, or at once where only a phone number was given; from
    then on `due_at` is its deadline. `correction` is the edition that answers it, `answer` what was written to the
    person. `nonce` makes their link, `form_key` tells a form sent twice, and `sender` counts those from one address.
    """

    scope = Scope(office="article__office", editors=frozenset(), readers=EDITORS | OVERSEERS)

    number = models.CharField(_("nomor"), max_length=12, unique=True)
    article = models.ForeignKey(Article, models.PROTECT, related_name="demands", verbose_name=_("artikel"))
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+", verbose_name=_("edisi"))
    kind = models.CharField(_("jenis"), max_length=12, choices=DemandKind)
    state = models.CharField(_("status"), max_length=10, choices=DemandState, default=DemandState.RECEIVED)

    name = Line(_("nama"), max_length=120, blank=True, validators=[NO_NUL])
    capacity = Line(_("sebagai"), max_length=160, blank=True, validators=[NO_NUL])
    email = models.EmailField(_("surel"), blank=True)
    phone = models.CharField(_("telepon"), max_length=30, blank=True, validators=[PHONE])
    wrong = Prose(_("yang keliru"), max_length=2_000, blank=True, validators=[NO_NUL, MaxLengthValidator(2_000)])
    right = Prose(_("yang benar"), max_length=4_000, blank=True, validators=[NO_NUL, MaxLengthValidator(4_000)])
    evidence = models.URLField(_("tautan bukti"), max_length=500, blank=True, validators=[WEB_ADDRESS])

    nonce = models.CharField(max_length=32, blank=True)
    form_key = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=64, blank=True)
    filed_at = models.DateTimeField(_("diajukan"), default=timezone.now)
    opened_at = models.DateTimeField(_("sampai ke redaksi"), null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("tenggat"), null=True, blank=True, editable=False)
    settled_at = models.DateTimeField(_("selesai"), null=True, blank=True, editable=False)
    forgotten_at = models.DateTimeField(_("data pribadi dihapus"), null=True, blank=True, editable=False)
    correction = models.ForeignKey(
        Edition,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="answered_demands",
        verbose_name=_("edisi perbaikan"),
    )
    answer = Prose(_("jawaban"), max_length=2_000, blank=True, validators=[NO_NUL])

    objects = DemandQuerySet.as_manager()

    class Meta:
        verbose_name = _("permintaan hak jawab atau koreksi")
        verbose_name_plural = _("permintaan hak jawab dan koreksi")
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_demand_before_the_newsroom_has_a_deadline",
                condition=Q(state=DemandState.RECEIVED, opened_at=None, due_at=None)
                | ~Q(state=DemandState.RECEIVED) & Q(opened_at__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_settled_demand_says_when",
                condition=Q(state__in=SETTLED, settled_at__isnull=False) | ~Q(state__in=SETTLED) & Q(settled_at=None),
            ),
            models.CheckConstraint(
                name="an_accepted_demand_names_its_correction",
                condition=~Q(state__in=[DemandState.ACCEPTED, DemandState.CORRECTED]) | Q(correction__isnull=False),
            ),
            models.CheckConstraint(
                name="a_demand_that_is_not_followed_says_why",
                condition=~Q(state__in=[DemandState.REFUSED, DemandState.RESOLVED]) | ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="whoever_demands_can_be_reached_until_forgotten",
                condition=Q(forgotten_at__isnull=False) | ~Q(email="", phone=""),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="demands_by_state"),
            models.Index(
                fields=["settled_at"],
                name="demands_to_forget",
                condition=Q(settled_at__isnull=False, forgotten_at=None),
            ),
            models.Index(fields=["sender", "filed_at"], name="demands_of_a_sender"),
            models.Index(fields=["email", "filed_at"], name="demands_of_a_mailbox"),
        ]

    def __str__(self):
        return self.number

    @property
    def is_awaited(self) -> bool:
        return self.state in AWAITED

    @property
    def is_overdue(self) -> bool:
        return self.is_awaited and self.due_at < timezone.now()

    @property
    def is_being_corrected(self) -> bool:
        """Whether an edition that will answer it is being worked on."""
        return self.state == DemandState.ACCEPTED and self.correction.is_working

    @property
    def standing(self) -> str:
        """How it stands, in words; where the edition that was to answer it is discarded, it waits again."""
        waits_again = self.state == DemandState.ACCEPTED and not self.correction.is_working
        return DemandState.OPEN.label if waits_again else self.get_state_display()


class DemandTransition(AppendOnly):
    """One step of a demand; `actor` is empty where the reader or the clock took it."""

    scope = Scope(office="demand__article__office", editors=frozenset(), readers=Demand.scope.readers)

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="transitions", verbose_name=_("permintaan"))
    step = models.CharField(_("langkah"), max_length=10, choices=DemandStep)
    source = models.CharField(_("dari"), max_length=10, choices=DemandState)
    target = models.CharField(_("menjadi"), max_length=10, choices=DemandState)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("oleh")
    )
    at = models.DateTimeField(_("pada"))
    note = Line(_("catatan"), max_length=2_000, blank=True)

    class Meta:
        verbose_name = _("langkah permintaan")
        verbose_name_plural = _("riwayat permintaan")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_step_display()} — {self.at:%Y-%m-%d %H:%M}"


class LetterKind(models.TextChoices):
    CONFIRM = "confirm", _("Permintaan konfirmasi")
    OPENED = "opened", _("Tanda terima")
    CORRECTED = "corrected", _("Kabar koreksi")
    REFUSED = "refused", _("Penolakan beserta alasan")
    RESOLVED = "resolved", _("Penyelesaian")


class DemandLetter(Owed):
    """A letter that is owed to the person behind a demand; its own row is the record of how it fared."""

    demand = models.ForeignKey(Demand, models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=10, choices=LetterKind)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OwedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["demand", "kind"], name="one_letter_of_a_kind_per_demand")]
        indexes = [models.Index(fields=["due_at"], name="letters_owed", condition=Q(mail_state="owed"))]

    def __str__(self):
        return f"{self.demand}: {self.get_kind_display()}"
