"""What stands beside an article: its editors' own choices, and the list that is kept for each public article."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from offices.models import Office
from offices.roles import EDITORS
from offices.scope import Scope

MOST_PICKS = 5
MOST_KEPT = 20


class RelatedPick(models.Model):
    """An article placed at `position` (from 0) under "Terkait" of an edition, from whichever office."""

    edition = models.ForeignKey("news.Edition", models.CASCADE, related_name="picks")
    article = models.ForeignKey("news.Article", models.PROTECT, related_name="+", verbose_name=_("artikel"))
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("artikel terkait pilihan")
        verbose_name_plural = _("artikel terkait pilihan")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "article"],
                name="an_article_is_picked_once",
                violation_error_message=_("Artikel ini sudah dipilih."),
            ),
        ]

    def __str__(self):
        return str(self.article)

    def clean(self):
        if self.article_id and self.article_id == self.edition.article_id:
            raise ValidationError({"article": _("Berita tidak dapat terkait dengan dirinya sendiri.")})


class RelatedVeto(models.Model):
    """That `neighbour` is never placed beside `article` by itself; a hand-picked one still is."""

    scope = Scope(office="article__office", editors=EDITORS)

    article = models.ForeignKey(Article, models.PROTECT, related_name="vetoes", verbose_name=_("artikel"))
    neighbour = models.ForeignKey(Article, models.PROTECT, related_name="+", verbose_name=_("tidak disarankan"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("pada"))

    class Meta:
        verbose_name = _("saran yang ditolak")
        verbose_name_plural = _("saran yang ditolak")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "neighbour"],
                name="a_suggestion_is_vetoed_once",
                violation_error_message=_("Saran ini sudah ditolak."),
            ),
        ]

    def __str__(self):
        return f"{self.article_id} ✗ {self.neighbour_id}"


class RelatedList(models.Model):
    """The state of the list of one article that is or was public.

    `turn` counts what has happened to it since; while `is_due` it has to be made anew, and while `is_news` the lists
    of its neighbours have to be told.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    turn = models.PositiveBigIntegerField(default=0)
    is_due = models.BooleanField(default=True)
    is_news = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["article"], name="related_lists_due", condition=Q(is_due=True))]

    def __str__(self):
        return f"{self.article_id}: {self.turn}"


class RelatedRow(models.Model):
    """A public neighbour in the list of a public article: how near it is, in six parts that add up to `score`.

    The page shows the best that its rules allow; `is_shown` says whether this was one of them when the list was made.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="+", db_index=False)
    neighbour = models.ForeignKey(Article, models.CASCADE, related_name="+")
    score = models.FloatField()
    words = models.FloatField()
    event = models.FloatField()
    officials = models.FloatField()
    tags = models.FloatField()
    place = models.FloatField()
    time = models.FloatField()
    is_shown = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "neighbour"], name="a_neighbour_stands_once_in_a_list"),
            models.CheckConstraint(name="no_article_is_its_own_neighbour", condition=~Q(article=F("neighbour"))),
        ]

    def __str__(self):
        return f"{self.article_id} → {self.neighbour_id}: {self.score}"


class Pointer(models.Model):
    """That the live edition of `article` leads to `target` by an editor's hand: inside its text or under "Terkait".

    Written by the door. The database does not look at `target`: it would wait for whoever publishes that one.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="pointers", db_index=False)
    target = models.ForeignKey(Article, models.DO_NOTHING, db_constraint=False, related_name="pointed_at_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "target"], name="an_article_points_once_at_another")]

    def __str__(self):
        return f"{self.article_id} → {self.target_id}"


class Orphan(models.Model):
    """A public article to which no other public article leads."""

    scope = Scope(office="office", editors=frozenset())

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, db_index=False, related_name="+", verbose_name=_("kantor"))
    first_published_at = models.DateTimeField(_("pertama terbit"))

    class Meta:
        verbose_name = _("berita tanpa tautan")
        verbose_name_plural = _("berita tanpa tautan")
        indexes = [
            models.Index(fields=["-first_published_at", "-article"], name="orphans_newest"),
            models.Index(fields=["office", "-first_published_at", "-article"], name="orphans_by_office"),
        ]

    def __str__(self):
        return f"{self.article_id}"
