"""Which public articles lead to an article, by hand or from inside their text."""

from collections.abc import Iterator

from news.models import Article

MOST_POINTING = 50


def pointing_at(article: Article) -> Iterator[Article]:
    """At most 50 public articles whose hand-picked list or body leads to `article`."""
    picked = Article.objects.published().filter(live_edition__picks__article=article)
    inline = Article.objects.published().filter(live_edition__body__contains=f'data-article="{article.pk}"')
    yield from (picked | inline).distinct().select_related("live_edition", "office__region")[:MOST_POINTING]
