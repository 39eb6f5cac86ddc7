"""Public addresses of articles: given once, never reused."""

from datetime import date

from django.utils.text import slugify

from news.models import Address, Article

RESERVED = frozenset({"feed", "agenda", "arsip", "indeks"})
LONGEST, LONGEST_SUFFIXED = 90, 110


def slug_from(headline: str) -> str:
    """A slug of at most 90 characters, cut between words; never all digits, never a reserved word, never empty."""
    slug = slugify(headline)
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rsplit("-", 1)[0][:LONGEST]
    if not slug or slug in RESERVED or slug.isdigit():
        slug = f"berita-{slug}".rstrip("-")
    return slug


def give_address(article: Article, headline: str, day: date) -> str:
    """Record and return the slug under which `article` is published on `day`, local date.

    Many offices choose the same words in the same month ("hut-ri"): the second takes its office's slug as suffix, and
    a number where even that is taken. Call it inside the publishing transaction: where another article is being given
    the same words at this moment, it waits for that one and then takes the next.
    """
    wished = slug_from(article.slug or headline)
    for slug in _candidates(wished, article.office.slug):
        _address, new = Address.objects.get_or_create(
            year=day.year, month=day.month, slug=slug, defaults={"article": article}
        )
        if new:
            return slug
    raise AssertionError("unreachable: the candidates never end")


def _candidates(wished: str, office: str):
    yield wished
    suffixed = f"{wished[: LONGEST_SUFFIXED - 1 - len(office)].rstrip('-')}-{office}"
    yield suffixed
    number = 2
    while True:
        yield f"{suffixed}-{number}"
        number += 1
