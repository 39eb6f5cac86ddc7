"""How often an article was read, added up for each of its local days."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from offices.scope import Scope


class ReadCount(models.Model):
    """The reads of one article on one day of its office's clock; nothing is kept of who read it."""

    scope = Scope(office="article__office", editors=frozenset())

    article = models.ForeignKey(Article, models.PROTECT, related_name="read_counts", verbose_name=_("artikel"))
    day = models.DateField(_("hari"))
    reads = models.PositiveIntegerField(_("dibaca"), default=0)

    class Meta:
        verbose_name = _("jumlah pembaca")
        verbose_name_plural = _("jumlah pembaca")
        constraints = [
            models.UniqueConstraint(fields=["article", "day"], name="reads_of_a_day_are_counted_in_one_row"),
        ]
        indexes = [
            models.Index(fields=["day", "-reads", "-id"], name="most_read_of_a_day"),  # news/reads.py: most_read
        ]

    def __str__(self):
        return f"{self.article_id}, {self.day}: {self.reads}"
