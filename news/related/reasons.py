"""Why an article is suggested beside another, in words for editors."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.blocks import plain_text
from news.models import Article, Edition, ListedOfficial, ListedTag, SearchRow
from news.queries import public_headlines
from news.related.candidates import SAME_ISLANDS, SAME_PROVINCE, SAME_REGION, Candidate, Parts
from news.related.choosing import Place, Weighed, weighed, worth_keeping
from news.search.bm25 import uses_of
from news.text import stem, stop_words, words_of

MOST_WORDS = 3
WORTH_TELLING = 1.0
"""So many points for words are named; fewer may be chance."""
PLACES = {
    SAME_REGION: gettext_lazy("wilayah yang sama"),
    SAME_PROVINCE: gettext_lazy("provinsi yang sama"),
    SAME_ISLANDS: gettext_lazy("gugus pulau yang sama"),
}
ORDER = (Place.RELATED, Place.INSET, Place.ELSEWHERE)


@dataclass(frozen=True)
class Suggestion:
    """A public article that may stand beside another: where it would, and why."""

    article: Article
    place: Place
    why: str

    @property
    def is_shown(self) -> bool:
        return self.place.is_automatic


def suggestions_for(edition: Edition) -> list[Suggestion]:
    """What stands beside `edition` by itself, in the order of the page, then what is in reserve; some twenty queries.

    `edition` is loaded `with_content()` and with its office's region; it need not be public.
    """
    found = weighed(edition)
    kept = worth_keeping(found)
    kept.sort(key=lambda candidate: _order(found, candidate))
    cards = {card.pk: card for card in public_headlines().filter(pk__in=[candidate.pk for candidate in kept])}
    why = reasons_for(edition, kept)
    places = found.choice.places
    return [Suggestion(cards[c.pk], places[c.pk], why[c.pk]) for c in kept if c.pk in cards]


def _order(found: Weighed, candidate: Candidate) -> int:
    place = found.choice.places[candidate.pk]
    return ORDER.index(place) if place in ORDER else len(ORDER)


def reasons_for(edition: Edition, candidates: Iterable[Candidate]) -> dict[int, str]:
    """By key, one sentence about what each candidate has in common with `edition`, loaded `with_content()`."""
    parts = {candidate.pk: candidate.parts for candidate in candidates if candidate.parts}
    officials = {mention.official_id: mention.official.name for mention in edition.mentions.all()}
    tags = {row.tag_id: row.tag.name for row in edition.tagged.all()}
    named = ListedOfficial.objects.filter(article__in=parts, official__in=officials).values_list("article", "official")
    tagged = ListedTag.objects.filter(article__in=parts, tag__in=tags).values_list("article", "tag")
    words = shared_words(edition, [key for key, part in parts.items() if part.words >= WORTH_TELLING])
    by_official, by_tag = _grouped(named, officials), _grouped(tagged, tags)
    return {
        key: _sentence(_clauses(edition, part, by_official[key], by_tag[key], words.get(key, [])))
        for key, part in parts.items()
    }


def shared_words(edition: Edition, keys: list[int]) -> dict[int, list[str]]:
    """By key, the words with the rarest stems that each of these public articles shares with `edition`; two queries."""
    text = f"{edition.headline} \n {edition.deck} \n {plain_text(edition.body)}"
    own = {word for word in words_of(text) if len(word) > 3 and not word.isdigit()} - stop_words()
    rows = SearchRow.objects.filter(article__in=keys).values_list("article", "words")
    shared = {key: own.intersection(words.split()) for key, words in rows}
    uses = uses_of({stem(word) for words in shared.values() for word in words})
    return {
        key: sorted(words, key=lambda word: (uses.get(stem(word), 0), word))[:MOST_WORDS]
        for key, words in shared.items()
    }


def _grouped(pairs: Iterable[tuple[int, int]], names: dict[int, str]) -> defaultdict[int, list[str]]:
    grouped: defaultdict[int, list[str]] = defaultdict(list)
    for key, thing in pairs:
        grouped[key].append(names[thing])
    return grouped


def _clauses(edition: Edition, parts: Parts, officials: list[str], tags: list[str], words: list[str]) -> Iterator[str]:
    if parts.event and edition.event:
        yield _("agenda yang sama (%s)") % edition.event.title
    if officials:
        yield _("pejabat yang sama (%s)") % ", ".join(sorted(officials))
    if tags:
        yield _("tag yang sama (%s)") % ", ".join(sorted(tags))
    if words:
        yield _("kata yang sama (%s)") % ", ".join(words)
    if parts.place in PLACES:
        yield str(PLACES[parts.place])


def _sentence(clauses: Iterable[str]) -> str:
    told = "; ".join(clauses)
    return f"{capfirst(told)}." if told else _("Terbit pada waktu yang berdekatan.")
