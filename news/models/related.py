"""Related articles that an editor picked by hand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_PICKS = 5


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
