"""What an article is found by: its words in four places, and the tokens under which the databases keep it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import cast

from django.db.models import Prefetch, QuerySet

from news.abbreviations import other_forms
from news.blocks import plain_text
from news.models import Article, Edition, Mention, Quote
from news.models.events import ANNOUNCED
from news.search.counts import packed
from news.stems import stem
from news.text import words_of
from offices.models import Official

HEADLINE_MARK, FACET_MARK = "^", "@"


@dataclass(frozen=True)
class Contents:
    """The words of one edition: what stands above it, what it tells, and whom and what it belongs to."""

    edition: Edition
    headline: list[str]
    deck: list[str]
    body: list[str]
    around: list[str]

    @property
    def article(self) -> Article:
        return self.edition.article

    @property
    def published_at(self) -> datetime:
        """When the article, a public one, first went out."""
        return cast(datetime, self.article.first_published_at)

    @cached_property
    def distinct(self) -> set[str]:
        return {*self.headline, *self.deck, *self.body, *self.around}

    @property
    def lines(self) -> str:
        """Every word between two spaces, and one line for each place, as phrases are looked for."""
        return "\n".join(f" {' '.join(words)} " for words in (self.headline, self.deck, self.body, self.around))

    @property
    def length(self) -> int:
        return len(self.headline) + len(self.deck) + len(self.body)

    @property
    def counts(self) -> bytes:
        return packed(self.headline, self.deck, self.body, self.around)

    @property
    def tokens(self) -> set[str]:
        """Those of a public article."""
        found = {stem(word) for word in self.distinct} | {HEADLINE_MARK + stem(word) for word in self.headline}
        return found | {month_token(self.published_at), *facets_of(self.edition)}


def contents_of(editions: QuerySet[Edition]) -> Iterator[Contents]:
    """The words of `editions`, in six queries."""
    place = ("event", "rubric", "article__office__region", "article__province")
    speakers = Quote.objects.select_related("speaker__official", "speaker__position")
    named = Mention.objects.select_related("official", "appointment__position")
    told = Prefetch("quotes", speakers), Prefetch("mentions", named), "photos", "attachments", "tagged__tag"
    for edition in editions.select_related(*place).prefetch_related(*told).order_by("article"):
        headline, deck = words_of(edition.headline), words_of(edition.deck)
        body, around = (words_of(" \n ".join(texts)) for texts in (_told(edition), _surroundings(edition)))
        around += other_forms([*headline, *deck, *body, *around])
        yield Contents(edition, headline, deck, body, around)


def facets_of(edition: Edition) -> Iterator[str]:
    """The tokens of what lists are narrowed by."""
    article = edition.article
    yield facet("kantor", article.office_id)
    for name, key in (("provinsi", article.province_id), ("rubrik", article.rubric_id), ("agenda", edition.event_id)):
        if key is not None:
            yield facet(name, key)
    yield from (facet("tag", row.tag_id) for row in edition.tagged.all())
    yield from (facet("pejabat", mention.official_id) for mention in edition.mentions.all())


def facet(name: str, key: int | str) -> str:
    """The token of what has the key `key` under the parameter `name` of a list's address."""
    return f"{FACET_MARK}{name}:{str(key).replace('.', '-')}"


def month_token(moment: datetime) -> str:
    """The token of the month (UTC) of an aware moment."""
    return f"{FACET_MARK}{moment.astimezone(UTC):%Y-%m}"


def _told(edition: Edition) -> Iterator[str]:
    yield plain_text(edition.body)
    yield from (quote.text for quote in edition.quotes.all())
    yield from (photo.caption for photo in edition.photos.all())
    yield from (attached.title for attached in edition.attachments.all())


def _surroundings(edition: Edition) -> Iterator[str]:
    article = edition.article
    office = article.office
    yield from (edition.dateline_place, edition.byline, edition.source)
    yield from (office.official_name, office.abbreviation, office.region.name)
    yield from (thing.name for thing in (edition.rubric, article.province) if thing)
    if edition.event and edition.event.state in ANNOUNCED:
        yield edition.event.title
    yield from (row.tag.name for row in edition.tagged.all())
    for mention in edition.mentions.all():
        yield from _called(mention.official, mention.title_as_held)
    for quote in edition.quotes.all():
        yield quote.attribution
        if quote.speaker:
            yield from _called(quote.speaker.official, quote.speaker.title_as_held)


def _called(official: Official, title: str) -> tuple[str, str, str]:
    return official.name, official.known_as, title
