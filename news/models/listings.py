"""Under which tags and officials a public article is listed, kept in the public order so that no list is sorted."""

from django.db import models

from news.models.articles import Article
from news.models.tags import Tag
from offices.models import Appointment, Official


class Listed(models.Model):
    """One place of a public article in a list; written by `news.listings.enlist` alone, and never more than a copy.

    Lists find it by an index that begins with what they are about; the article finds it by the constraint. Queries that
    start at the article join it under the name of its model.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="+", related_query_name="%(class)s", db_index=False
    )
    first_published_at = models.DateTimeField()
    published_on = models.DateField()

    class Meta:
        abstract = True


class ListedTag(Listed):
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "tag"], name="listed_once_under_a_tag")]
        indexes = [
            models.Index(  # queries.py: Filters
                fields=["tag", "-first_published_at", "-article"], name="listed_by_tag"
            ),
            models.Index(fields=["tag", "published_on"], name="listed_by_tag_and_day"),  # years.py: years_of
        ]

    def __str__(self):
        return f"{self.tag_id}: {self.article_id}"


class ListedOfficial(Listed):
    """`appointment` is the term in which the article speaks of the official, None where none is known."""

    official = models.ForeignKey(Official, models.CASCADE, related_name="+", db_index=False)
    appointment = models.ForeignKey(Appointment, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "official"], name="listed_once_under_an_official")]
        indexes = [
            models.Index(  # queries.py: Filters
                fields=["official", "-first_published_at", "-article"], name="listed_by_official"
            ),
            models.Index(  # listings.py: of_term
                fields=["official", "appointment", "-first_published_at", "-id"], name="listed_by_term"
            ),
        ]

    def __str__(self):
        return f"{self.official_id}: {self.article_id}"
