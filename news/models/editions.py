"""Editions: one version of an article's content, in one state."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from news.models.articles import Article
from news.models.attachments import EditionAttachment
from news.models.fields import NO_NUL, ArticleBodyField
from news.models.listings import ListedTag
from news.models.mentions import Mention
from news.models.photos import EditionPhoto
from news.models.quotes import Quote
from news.models.rubrics import Rubric
from news.models.tags import TaggedEdition, TaggingManager
from news.states import LIVE, WORKING, State
from offices.models.typed import Line
from offices.roles import NEWSROOM
from offices.scope import Scope


class Correction(models.TextChoices):
    """Why a published article has a new edition, in the words of the press law (UU 40/1999, pasal 1 angka 11–13)."""

    TYPO = "typo", _("Salah ketik (tanpa catatan)")
    UPDATE = "update", _("Pemutakhiran")
    RALAT = "ralat", _("Ralat")
    KOREKSI = "koreksi", _("Koreksi")
    HAK_JAWAB = "hak_jawab", _("Hak jawab")


UNCHECKED = Q(state=State.PUBLISHED, is_urgent=True, second_checked_at=None)
"""The urgent publications that still await their second check."""
SILENT_CORRECTIONS = frozenset({Correction.TYPO})
PRESS_LAW = frozenset({Correction.RALAT, Correction.KOREKSI, Correction.HAK_JAWAB})
"""Those that the press law asks readers to be told of."""


TAG_COUNT_CAP = 500


class CappedCount(Subquery):
    """How many rows a sliced queryset has: never more than its slice, whatever the size of the table."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) _capped)"
    output_field = models.IntegerField()


class JSONRows(Subquery):
    """The rows of a queryset that yields one JSON object each, called `row`, as one list; None or empty without any."""

    template = "(SELECT jsonb_agg(_rows.row) FROM (%(subquery)s) _rows)"
    output_field = models.JSONField()

    def as_sqlite(self, compiler, connection, **extra):
        template = "(SELECT json_group_array(json(_rows.row)) FROM (%(subquery)s) _rows)"
        return self.as_sql(compiler, connection, template=template, **extra)


def tags_with_uses() -> models.QuerySet[TaggedEdition]:
    """Tag rows with their tag, and in `uses` how many other public articles carry it, counted up to `TAG_COUNT_CAP`."""
    others = ListedTag.objects.filter(tag=OuterRef("tag")).exclude(article=OuterRef("content_object__article"))
    same_tag = others.values("pk")[:TAG_COUNT_CAP]
    return TaggedEdition.objects.select_related("tag").annotate(uses=CappedCount(same_tag)).order_by("tag__name")


def _published_up_to_it() -> Case:
    out = Edition.objects.filter(
        article=OuterRef("article"), number__lte=OuterRef("number"), published_at__isnull=False
    )
    told = JSONObject(number="number", at="published_at", correction="correction", note="correction_note")
    rows = JSONRows(out.order_by("number").values(row=told))
    return Case(When(number__gt=1, then=rows), default=None, output_field=models.JSONField())


class EditionQuerySet(models.QuerySet):
    def working(self) -> Self:
        return self.filter(state__in=WORKING)

    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def awaiting_second_check(self) -> Self:
        return self.filter(UNCHECKED)

    def with_content(self) -> Self:
        """With all that a page shows but its documents, in five queries; `has_attachments` says whether it has any.

        `published_rows` tells when and why the published editions up to this one went out, if it is not the first.
        """
        place = "position__office__region"
        attached = Exists(EditionAttachment.objects.filter(edition=OuterRef("pk")))
        shown = self.annotate(has_attachments=attached, published_rows=_published_up_to_it())
        return shown.select_related("rubric", "event__series", "event__organiser__region").prefetch_related(
            Prefetch("tagged", tags_with_uses()),
            Prefetch("photos", EditionPhoto.objects.select_related("photo")),
            Prefetch("mentions", Mention.objects.select_related("official", f"appointment__{place}")),
            Prefetch("quotes", Quote.objects.select_related("speaker__official", f"speaker__{place}")),
        )


class Edition(models.Model):
    """One version of an article's content.

    `assigned_to` is who keeps it now: its writer while it is written, whoever was asked to check it while it waits,
    nobody in particular otherwise. An urgent edition went out without an approval; it awaits a second check until
    `second_checked_at`.
    """

    scope = Scope(office="article__office", editors=NEWSROOM)

    article = models.ForeignKey(Article, models.PROTECT, related_name="editions", verbose_name=_("artikel"))
    number = models.PositiveIntegerField(_("nomor edisi"), editable=False)
    state = models.CharField(_("status"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(_("versi"), default=1, editable=False)

    headline = Line(_("judul"), max_length=160, validators=[NO_NUL])
    deck = Line(
        _("ringkasan"),
        max_length=300,
        blank=True,
        validators=[NO_NUL],
        help_text=_("Satu atau dua kalimat yang tampil di bawah judul dan di daftar berita."),
    )
    dateline_place = Line(
        _("tempat titimangsa"),
        max_length=80,
        blank=True,
        validators=[NO_NUL],
        help_text=_("Misalnya Jakarta."),
    )
    dateline_on = models.DateField(
        _("tanggal titimangsa"),
        null=True,
        blank=True,
        help_text=_("Hari peristiwa; jabatan pejabat yang disebut mengikuti tanggal ini."),
    )
    body = ArticleBodyField(_("isi"), blank=True, max_length=200_000)
    rubric = models.ForeignKey(
        Rubric, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rubrik")
    )
    tags = TaggableManager(
        _("tag"),
        through=TaggedEdition,
        manager=TaggingManager,
        blank=True,
        help_text=_("Pisahkan dengan koma, misalnya: rakornas, humas."),
    )
    event = models.ForeignKey(
        "news.Event", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agenda")
    )
    byline = Line(
        _("penulis"),
        max_length=120,
        blank=True,
        validators=[NO_NUL],
        help_text=_("Nama yang tampil pada berita."),
    )
    source = Line(
        _("sumber"),
        max_length=160,
        blank=True,
        validators=[NO_NUL],
        help_text=_("Bila isi berasal dari pihak lain."),
    )
    correction = models.CharField(_("jenis perbaikan"), max_length=10, choices=Correction, blank=True)
    correction_note = Line(
        _("catatan perbaikan"),
        max_length=500,
        blank=True,
        validators=[NO_NUL],
        help_text=_("Wajib kecuali untuk salah ketik; dibaca publik pada halaman berita."),
    )

    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("dimulai oleh"),
    )
    started_at = models.DateTimeField(_("dimulai"), editable=False)
    saved_at = models.DateTimeField(_("disimpan"), editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_digest = models.CharField(max_length=80, blank=True, editable=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("dipegang oleh"),
    )
    published_at = models.DateTimeField(_("edisi terbit"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    is_urgent = models.BooleanField(_("terbit mendesak"), default=False, editable=False)
    second_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    second_checked_at = models.DateTimeField(null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edisi")
        verbose_name_plural = _("edisi")
        ordering = ["article", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="editions_of_an_article_are_numbered"),
            models.UniqueConstraint(
                fields=["article"],
                name="one_live_edition_per_article",
                condition=Q(state__in=LIVE),
                violation_error_message=_("Artikel ini sudah mempunyai edisi terbit."),
            ),
            models.UniqueConstraint(
                fields=["article"],
                name="one_working_edition_per_article",
                condition=Q(state__in=WORKING),
                violation_error_message=_("Artikel ini sudah mempunyai edisi yang sedang dikerjakan."),
            ),
            models.CheckConstraint(
                name="an_approval_names_its_approver_and_digest",
                condition=~Q(state__in=[State.APPROVED, State.SCHEDULED])
                | Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_digest=""),
            ),
            models.CheckConstraint(
                name="what_is_live_was_approved_or_is_urgent",
                condition=~Q(state__in=LIVE) | ~Q(approved_digest="") | Q(is_urgent=True),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-saved_at"], name="working_by_state", condition=Q(state__in=WORKING)),
            models.Index(fields=["state", "article"], name="articles_by_state"),
            models.Index(fields=["headline", "article"], name="headlines_searched"),
            models.Index(fields=["is_urgent", "state"], name="urgent_by_state"),
            models.Index(fields=["published_at"], name="urgent_unchecked", condition=UNCHECKED),
        ]

    def __str__(self):
        return self.headline

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def awaits_second_check(self) -> bool:
        return self.state == State.PUBLISHED and self.is_urgent and self.second_checked_at is None
