"""Articles, which last, and the addresses they have had."""

from typing import Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from news.models.keyblocks import EVER_PUBLIC, BlockNumber
from news.models.photos import EditionPhoto
from news.models.rubrics import Rubric
from news.states import PublicState
from offices.models import Office, Region
from offices.models.offices import NOT_ALL_DIGITS
from offices.roles import NEWSROOM
from offices.scope import Scope

PUBLIC = Q(public_state=PublicState.LIVE)
# SQLite answers from an index with this condition alone if the statement names the state, not if a parameter does.
LIVE = RawSQL(f"'{PublicState.LIVE}'", [])  # noqa: S611 - a word of ours
COVERAGE = PUBLIC & Q(event__isnull=False)


class ArticleQuerySet(models.QuerySet):
    def published(self) -> Self:
        """What the public may read: the one definition for pages, feeds, sitemaps, related links and counts."""
        return self.filter(public_state=LIVE)

    def newest_first(self) -> Self:
        """The public order. Corrections never change it."""
        return self.order_by("-first_published_at", "-pk")

    def for_cards(self) -> Self:
        """With everything a card shows, in two queries."""
        lead = EditionPhoto.objects.filter(position=0).select_related("photo")
        return self.select_related("live_edition", "office__region__parent", "rubric").prefetch_related(
            Prefetch("live_edition__photos", lead, to_attr="lead_rows")
        )


class Article(models.Model):
    """The lasting thing: an office's story, whose content is its editions.

    Everything below `created_at` is written by the workflow's door alone, at publication and after. `updated_at` is
    when a new edition last changed more than a typo; `changed_at` is when anything changed that a copy elsewhere must
    follow, by the real clock however far a step is backdated: publication, typo, withdrawal, return, removal, address.
    `redirect_to` is where the address of a removed article leads.
    """

    scope = Scope(office="office", editors=NEWSROOM)

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("kantor"))
    slug = models.SlugField(
        _("alamat"),
        max_length=120,
        blank=True,
        validators=[NOT_ALL_DIGITS],
        help_text=_("Kosongkan agar mengikuti judul. Tetap sejak pertama terbit."),
    )
    created_at = models.DateTimeField(_("dibuat"))

    province = models.ForeignKey(Region, models.PROTECT, null=True, editable=False, related_name="+")
    rubric = models.ForeignKey(
        Rubric, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("rubrik")
    )
    event = models.ForeignKey("news.Event", models.PROTECT, null=True, editable=False, related_name="+")
    public_state = models.CharField(
        _("status publik"), max_length=10, choices=PublicState, default=PublicState.NEVER, editable=False
    )
    live_edition = models.OneToOneField(
        "news.Edition",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("edisi terbit"),
    )
    first_published_at = models.DateTimeField(_("pertama terbit"), null=True, editable=False)
    published_on = models.DateField(_("tanggal terbit setempat"), null=True, editable=False)
    updated_at = models.DateTimeField(_("diperbarui"), null=True, editable=False)
    changed_at = models.DateTimeField(_("berubah bagi publik"), null=True, editable=False)
    redirect_to = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("dialihkan ke")
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("artikel")
        verbose_name_plural = _("artikel")
        constraints = [
            models.CheckConstraint(
                name="what_was_published_has_its_dates",
                condition=Q(public_state=PublicState.NEVER)
                | Q(
                    first_published_at__isnull=False,
                    published_on__isnull=False,
                    updated_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="what_the_public_reads_has_a_live_edition_and_a_rubric",
                condition=~Q(public_state__in=[PublicState.LIVE, PublicState.WITHDRAWN])
                | Q(live_edition__isnull=False, rubric__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_removed_article_leads_elsewhere",
                condition=Q(redirect_to=None) | Q(public_state=PublicState.REMOVED) & ~Q(redirect_to=F("id")),
            ),
        ]
        indexes = [
            models.Index(fields=["-first_published_at", "-id"], name="public_newest", condition=PUBLIC),
            models.Index(fields=["office", "-first_published_at", "-id"], name="public_by_office", condition=PUBLIC),
            models.Index(
                fields=["province", "-first_published_at", "-id"], name="public_by_province", condition=PUBLIC
            ),
            models.Index(fields=["rubric", "-first_published_at", "-id"], name="public_by_rubric", condition=PUBLIC),
            models.Index(fields=["published_on", "province", "office"], name="public_output", condition=PUBLIC),
            models.Index(  # years.py: years_of, for a rubric
                fields=["rubric", "published_on"], name="public_by_rubric_and_day", condition=PUBLIC
            ),
            models.Index(  # years.py: years_of, for an office
                fields=["office", "published_on"], name="public_by_office_and_day", condition=PUBLIC
            ),
            models.Index(  # queries.py: the rubrics an office writes in, and its list in one of them
                fields=["office", "rubric", "-first_published_at", "-id"],
                name="public_by_office_and_rubric",
                condition=PUBLIC,
            ),
            models.Index(  # the coverage of an event, newest first
                fields=["event", "-first_published_at", "-id"], name="public_by_event", condition=COVERAGE
            ),
            models.Index(  # provinces.py: pages_of, for an event
                fields=["event", "province", "office"], name="public_coverage", condition=COVERAGE
            ),
            # what changed since a moment, for those who keep copies: the latest change first, withdrawals among them
            models.Index(fields=["-changed_at", "-id"], name="public_changes", condition=EVER_PUBLIC),
            # the same of one office, of one province, and of one file for search engines
            models.Index(fields=["office", "-changed_at"], name="changed_by_office", condition=EVER_PUBLIC),
            models.Index(fields=["province", "-changed_at"], name="changed_by_province", condition=EVER_PUBLIC),
            models.Index(BlockNumber("id"), F("changed_at").desc(), name="changed_by_block", condition=EVER_PUBLIC),
        ]

    def __str__(self):
        return self.live_edition.headline if self.live_edition else f"Artikel {self.pk}"

    def get_absolute_url(self):
        day = self.published_on
        return reverse("article_detail", args=[day.year, f"{day.month:02}", self.slug]) if day else ""

    @property
    def headline(self) -> str:
        return self.live_edition.headline

    @property
    def deck(self) -> str:
        return self.live_edition.deck

    @cached_property
    def lead(self) -> EditionPhoto | None:
        """The lead photo, as `for_cards` has loaded it."""
        rows = self.live_edition.lead_rows
        return rows[0] if rows else None


class Address(models.Model):
    """An address an article has or had. None is ever used again, so old links and old shares keep their meaning."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="addresses")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "month", "slug"], name="an_address_is_never_reused")]

    def __str__(self):
        return f"/berita/{self.year}/{self.month:02}/{self.slug}/"
