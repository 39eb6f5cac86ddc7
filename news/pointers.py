"""Which public articles lead to an article, by hand or from inside their text."""

from news.html import blocks_of, clean_body
from news.models import Article, Pointer
from news.states import PublicState

MOST_POINTING = 50


def pointing_at(article: Article) -> list[Article]:
    """At most 50 public articles whose hand-picked list or body leads to `article`, the newest first."""
    pointing = Article.objects.published().filter(pointers__target=article).newest_first()
    return list(pointing.select_related("live_edition", "office__region")[:MOST_POINTING])


def note_pointers(article: Article) -> set[int]:
    """Keep where the public text of `article` leads by hand; returns the articles to which it no longer leads.

    Call it in the transaction that changed what the public reads, with the lock of `article`.
    """
    held = set(Pointer.objects.filter(article=article).values_list("target", flat=True))
    wanted = targets_of(article)
    if held - wanted:
        Pointer.objects.filter(article=article, target__in=held - wanted).delete()
    Pointer.objects.bulk_create(Pointer(article=article, target_id=key) for key in sorted(wanted - held))
    return held - wanted


def targets_of(article: Article) -> set[int]:
    """The articles, public or not, to which the hand-picked list and the body of a public article lead."""
    edition = article.live_edition
    if edition is None or article.public_state != PublicState.LIVE:
        return set()
    picked = set(edition.picks.values_list("article", flat=True))
    inline = {block.article for block in blocks_of(clean_body(edition.body)) if block.article}
    known = set(Article.objects.filter(pk__in=inline).values_list("pk", flat=True)) if inline else set()
    return (picked | known) - {edition.article_id}
