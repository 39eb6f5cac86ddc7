"""Print what was considered to stand beside an article, with the parts of every score and what became of it."""

import re
from dataclasses import astuple

from django.core.management.base import BaseCommand, CommandError

from news.models import Article, Edition, RelatedRow
from news.queries import public_headlines
from news.related.candidates import Parts
from news.related.choosing import Weighed, weighed

ADDRESS = re.compile(r"/berita/([0-9]{4})/([0-9]{2})/([-a-zA-Z0-9_]+)/?$")
NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
HEADINGS = ("no", "artikel", "total", "kata", "agenda", "pejabat", "tag", "wilayah", "waktu", "simpan", "keputusan")
WORDS = ("kantor", "judul")


class Command(BaseCommand):
    help = "Print every candidate to stand beside an article, its scores, and why it was taken or left."

    def add_arguments(self, parser):
        parser.add_argument("article", help="its number, or its address with or without the host")

    def handle(self, *args, article, **options):
        edition = _edition(_article(article))
        found = weighed(edition)
        self.stdout.write(f"{edition.headline} (artikel {edition.article_id}, {edition.article.office})")
        for line in _aligned([(*HEADINGS, *WORDS), *_rows(edition, found)]):
            self.stdout.write(line)
        self.stdout.write(f"{len(found.ranked)} calon.")


def _article(asked: str) -> Article:
    known = Article.objects.none()
    if NUMBER.fullmatch(asked):
        known = Article.objects.filter(pk=int(asked))
    elif match := ADDRESS.search(asked):
        year, month, slug = match.groups()
        known = Article.objects.filter(addresses__year=int(year), addresses__month=int(month), addresses__slug=slug)
    if not (article := known.first()):
        raise CommandError("Tidak ada artikel dengan nomor atau alamat itu.")
    return article


def _edition(article: Article) -> Edition:
    """What the public reads, else the last edition."""
    editions = Edition.objects.with_content().select_related("article__office__region__parent")
    last = editions.filter(article=article).order_by("-number").first()
    return editions.filter(pk=article.live_edition_id).first() or last


def _rows(edition: Edition, found: Weighed):
    cards = {card.pk: card for card in public_headlines().filter(pk__in=[c.pk for c in found.ranked])}
    stored = dict(RelatedRow.objects.filter(article=edition.article_id).values_list("neighbour", "score"))
    for number, candidate in enumerate(found.ranked, start=1):
        card = cards[candidate.pk]
        scores = (candidate.score, *astuple(candidate.parts or Parts()))
        kept = f"{stored[candidate.pk]:.2f}" if candidate.pk in stored else "-"
        yield (
            str(number),
            str(candidate.pk),
            *(f"{score:.2f}" for score in scores),
            kept,
            str(found.choice.places[candidate.pk].value),
            card.office.region.name,
            card.headline,
        )


def _aligned(rows: list[tuple[str, ...]]):
    """Figures to the right, words to the left; the last column runs free."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    figures = HEADINGS.index("keputusan")
    for row in rows:
        cells = [
            cell.rjust(width) if column < figures else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
