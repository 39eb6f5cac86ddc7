"""What must hold between the lists of neighbours and what the public reads: one sentence a violation."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import Count, Exists, OuterRef

from news.models import Article, Orphan, Pointer, RelatedList, RelatedRow, RelatedVeto
from news.models.related import MOST_KEPT
from news.pointers import targets_of
from news.related.orphans import lonely

AT_ONCE = 200
SETTLED = ~Exists(RelatedList.objects.filter(is_due=True, article=OuterRef("article")))


def neighbours_that_are_not_public() -> Iterator[str]:
    """A list holds an article that the public may not read, or belongs to one, and nobody is about to make it anew."""
    due = RelatedList.objects.filter(is_due=True)
    for side in ("article", "neighbour"):
        public = Article.objects.published().filter(pk=OuterRef(side))
        rows = RelatedRow.objects.filter(~Exists(public), ~Exists(due.filter(article=OuterRef(side))))
        for row in rows.iterator():
            yield f"Daftar terkait artikel {row.article_id} memuat artikel {row.neighbour_id} yang tidak terbit."


def public_articles_without_a_list() -> Iterator[str]:
    """Nobody makes the list of a public article, nor is going to."""
    kept = RelatedList.objects.filter(article=OuterRef("pk"))
    for key in Article.objects.published().filter(~Exists(kept)).values_list("pk", flat=True).iterator():
        yield f"Artikel {key} tidak mempunyai daftar terkait."


def lists_that_break_their_own_rules() -> Iterator[str]:
    """A settled list holds what an editor vetoed, or more than is kept."""
    vetoed = RelatedVeto.objects.filter(article=OuterRef("article"), neighbour=OuterRef("neighbour"))
    for row in RelatedRow.objects.filter(SETTLED, Exists(vetoed)).iterator():
        yield f"Daftar terkait artikel {row.article_id} memuat artikel {row.neighbour_id} yang ditolak redaksi."
    lengths = RelatedRow.objects.order_by().values("article").annotate(rows=Count("pk"))
    for found in lengths.filter(rows__gt=MOST_KEPT):
        yield f"Daftar terkait artikel {found['article']} memuat {found['rows']} artikel."


def pointers_that_the_text_does_not_have() -> Iterator[str]:
    """What is kept of where a public text leads by hand is not where it leads."""
    public = Article.objects.published().filter(pk=OuterRef("article"))
    for pointer in Pointer.objects.filter(~Exists(public)).iterator():
        yield f"Artikel {pointer.article_id} tidak terbit, tetapi tercatat menunjuk artikel lain."
    keys = iter(Article.objects.published().order_by("pk").values_list("pk", flat=True).iterator())
    while some := list(islice(keys, AT_ONCE)):
        for article in Article.objects.filter(pk__in=some).select_related("live_edition"):
            if targets_of(article) != set(article.pointers.values_list("target", flat=True)):
                yield f"Artikel {article.pk} menunjuk artikel lain daripada yang tercatat."


def orphans_that_are_none() -> Iterator[str]:
    """An article counts as one nothing leads to, or does not, and it is the other way round; asked at rest only."""
    if RelatedList.objects.filter(is_due=True).exists():
        return
    alone, kept = lonely(), Orphan.objects.values("pk")
    for key in alone.exclude(pk__in=kept).values_list("pk", flat=True).iterator():
        yield f"Tidak ada yang menunjuk artikel {key}, tetapi ia tidak tercatat demikian."
    for key in Orphan.objects.exclude(pk__in=alone.values("pk")).values_list("pk", flat=True).iterator():
        yield f"Artikel {key} tercatat tanpa tautan, padahal ada yang menunjuknya."


AUDITS = (
    neighbours_that_are_not_public,
    public_articles_without_a_list,
    lists_that_break_their_own_rules,
    pointers_that_the_text_does_not_have,
    orphans_that_are_none,
)
