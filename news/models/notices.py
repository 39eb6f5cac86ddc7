"""Notices: what happened, told to one person whom it concerns."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.announcements import Announcement
from news.models.articles import Article
from news.models.comments import Comment
from news.models.demands import Demand
from news.models.editions import Edition
from news.models.history import Transition
from news.models.mail import Owed, OwedQuerySet
from offices.roles import EVERY_ROLE
from offices.scope import Scope


class NoticeKind(models.TextChoices):
    SUBMITTED = "submitted", _("Menunggu pemeriksaan")
    RETURNED = "returned", _("Perlu perbaikan")
    APPROVED = "approved", _("Disetujui")
    APPROVAL_VOIDED = "approval_voided", _("Persetujuan batal")
    SCHEDULED = "scheduled", _("Dijadwalkan")
    UNSCHEDULED = "unscheduled", _("Jadwal dibatalkan")
    SCHEDULE_FAILED = "schedule_failed", _("Jadwal gagal")
    PUBLISHED = "published", _("Terbit")
    CHECK_WAITING = "check_waiting", _("Menunggu pemeriksaan kedua")
    CHECKED = "checked", _("Sudah diperiksa kedua")
    WITHDRAWN = "withdrawn", _("Ditarik")
    REINSTATED = "reinstated", _("Terbit kembali")
    REMOVED = "removed", _("Dihapus dari publik")
    DISCARDED = "discarded", _("Dibuang")
    TARGET_LOST = "target_lost", _("Rujukan hilang")
    ASSIGNED = "assigned", _("Dipercayakan kepada Anda")
    MENTIONED = "mentioned", _("Anda disebut")
    COMMENTED = "commented", _("Komentar")
    ANNOUNCED = "announced", _("Pengumuman Pusat")
    DEMANDED = "demanded", _("Permintaan hak jawab atau koreksi")


class Notice(Owed):
    """One thing that happened, for one person; its sentence is put together from what it points to.

    `headline` is that of the edition at the time; `detail` a sentence that comes with some kinds. The article is the
    one the recipient has something to do about.
    """

    scope = Scope(office="article__office", editors=frozenset(), readers=EVERY_ROLE)

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(_("jenis"), max_length=20, choices=NoticeKind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    article = models.ForeignKey(Article, models.PROTECT, null=True, related_name="+")
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+")
    transition = models.ForeignKey(Transition, models.PROTECT, null=True, related_name="+")
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="+")
    announcement = models.ForeignKey(Announcement, models.PROTECT, null=True, related_name="+")
    demand = models.ForeignKey(Demand, models.PROTECT, null=True, related_name="+")
    headline = models.CharField(_("judul"), max_length=160, blank=True)
    detail = models.CharField(_("rincian"), max_length=1_000, blank=True)
    created_at = models.DateTimeField(_("pada"), default=timezone.now)
    read_at = models.DateTimeField(_("dibaca"), null=True)

    objects = OwedQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemberitahuan")
        verbose_name_plural = _("pemberitahuan")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "transition", "article"], name="a_step_is_told_once_to_each_person"
            ),
            models.UniqueConstraint(fields=["recipient", "comment"], name="a_comment_is_told_once_to_each_person"),
            models.UniqueConstraint(
                fields=["recipient", "announcement"], name="an_announcement_is_told_once_to_each_person"
            ),
            models.UniqueConstraint(fields=["recipient", "demand"], name="a_demand_is_told_once_to_each_person"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notices_of_a_person"),
            models.Index(fields=["recipient", "-created_at"], name="unread_notices", condition=Q(read_at=None)),
            models.Index(fields=["due_at"], name="notices_owed", condition=Q(mail_state="owed")),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.headline}"
