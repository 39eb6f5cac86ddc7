"""What search keeps of every public article beside the database's own index of words."""

from django.db import models

from news.models.articles import Article


class SearchRow(models.Model):
    """The words of one public article, as it is now.

    `words` are its headline, deck, body and surroundings in small letters, one line each, every word between spaces.
    `counts` says how often each stem stands where, packed by `news.search.counts`. `length` is the number of words. A
    stale row tells something older than the article's surroundings and is written anew by the clock.
    """

    article = models.OneToOneField(Article, models.PROTECT, primary_key=True, related_name="+")
    published_at = models.DateTimeField()
    length = models.PositiveIntegerField()
    counts = models.BinaryField()
    words = models.TextField()
    is_stale = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["article"], name="search_rows_stale", condition=models.Q(is_stale=True)),
        ]

    def __str__(self):
        return f"{self.article_id}: {self.length}"


class SearchWord(models.Model):
    """A word of public articles, its stem, and in how many of them it stands.

    `head` and `tail` are its first and last three letters, `sound` what is left where spellings that sound alike are
    one: by these a misspelt word finds the words that may have been meant.
    """

    text = models.CharField(max_length=40, primary_key=True)
    stem = models.CharField(max_length=40, db_index=True)
    uses = models.IntegerField()
    head = models.CharField(max_length=3, db_index=True, default="")
    tail = models.CharField(max_length=3, db_index=True, default="")
    sound = models.CharField(max_length=12, db_index=True, default="")

    def __str__(self):
        return f"{self.text}: {self.uses}"


class SearchMonth(models.Model):
    """How many public articles first went out in a month (UTC; the day is its first), and how many words they hold."""

    month = models.DateField(primary_key=True)
    articles = models.IntegerField()
    length = models.BigIntegerField()

    def __str__(self):
        return f"{self.month:%Y-%m}: {self.articles}"


class SearchBuild(models.Model):
    """The one row that says how far the index has been written by the rules that now hold.

    `version` is that of the rules, `reached` the id of the last article that was written by them, and `seen` the key of
    the last entry of the audit trail that was looked at for names that have changed.
    """

    version = models.PositiveIntegerField()
    reached = models.PositiveBigIntegerField(default=0)
    seen = models.PositiveBigIntegerField(default=0)
    is_complete = models.BooleanField(default=False)

    def __str__(self):
        return f"{self.version}: {self.reached}"
