"""What the page of an article shows beside it: read from its list where it has one, else found at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from news.models import Article, Edition, RelatedPick, RelatedRow, RelatedVeto
from news.related.candidates import FOR_EVENT, Candidate, Parts, Where, home_of, moment_of, place_part, time_part
from news.related.choosing import Choice, Setting, choose, inline_and_room, weighed
from news.related.sources import IsAmong, Keys, among, newest_keys, newest_of_other_provinces, own_province
from news.states import PublicState

LATEST_OF_OFFICE = 3
ENOUGH = 12
"""A list with as many rows fills a page even where some of them may not be shown."""
FILLING = 20


@dataclass
class Neighbours:
    """The articles around one page, all public and none twice within a list."""

    inline: dict[int, Article] = field(default_factory=dict)
    insets: list[Article] = field(default_factory=list)
    related: list[Article] = field(default_factory=list)
    elsewhere: list[Article] = field(default_factory=list)
    office_latest: list[Article] = field(default_factory=list)


def neighbours_of(edition: Edition) -> Neighbours:
    """Everything that stands beside `edition`, loaded `with_content()` and with its office's region.

    One query where the public reads this edition. Any other is being previewed: its neighbours are found anew, in some
    fifteen queries, as they will be once it is published. It never appears among them itself.
    """
    article = edition.article
    if article.public_state == PublicState.LIVE and article.live_edition_id == edition.pk:
        return _read(edition)
    return _found(edition)


def _read(edition: Edition) -> Neighbours:
    inline, insets = inline_and_room(edition)
    cards = _by_key(_cards(among(_stored(edition, inline))).annotate(**_marks(edition)), edition)
    picks = sorted((card.pick, key) for key, card in cards.items() if card.pick is not None)
    setting = Setting(
        province=own_province(edition),
        inline=inline,
        picks=tuple(key for _place, key in picks),
        vetoed=frozenset(key for key, card in cards.items() if card.is_vetoed),
        insets=insets,
    )
    candidates = sorted((_candidate(edition, c) for c in cards.values()), key=lambda c: c.rank, reverse=True)
    return _placed(edition, choose(setting, candidates), cards)


def _found(edition: Edition) -> Neighbours:
    choice = weighed(edition).choice
    shown = [c.pk for c in [*choice.inline, *choice.related, *choice.insets, *choice.elsewhere]]
    cards = _by_key(_cards(among([shown, _latest_keys(edition)])), edition)
    return _placed(edition, choice, cards)


def _placed(edition: Edition, choice: Choice, cards: dict[int, Article]) -> Neighbours:
    def shown(candidates: Iterable[Candidate]) -> list[Article]:
        return [cards[candidate.pk] for candidate in candidates if candidate.pk in cards]

    own = [card for card in cards.values() if card.office_id == edition.article.office_id]
    return Neighbours(
        inline={card.pk: card for card in shown(choice.inline)},
        insets=shown(choice.insets),
        related=shown(choice.related),
        elsewhere=shown(choice.elsewhere),
        office_latest=sorted(own, key=lambda card: (card.first_published_at, card.pk), reverse=True)[:LATEST_OF_OFFICE],
    )


def _cards(wanted: IsAmong) -> QuerySet[Any]:
    """Public articles as cards, their lead photos with them: one query."""
    lead = FilteredRelation("live_edition__photos", condition=Q(live_edition__photos__position=0))
    cards = Article.objects.published().filter(wanted).order_by().annotate(lead_row=lead)
    loaded = "live_edition", "office__region__parent", "rubric", "lead_row__photo"
    return cards.select_related(*loaded).defer("live_edition__body")


def _by_key(cards: QuerySet[Any], edition: Edition) -> dict[int, Any]:
    found = {card.pk: card for card in cards if card.pk != edition.article_id}
    for card in found.values():
        lead = getattr(card, "lead_row", None)  # not set where there is no photo
        card.live_edition.lead_rows = [lead] if lead else []
    return found


def _stored(edition: Edition, inline: tuple[int, ...]) -> Iterator[Keys]:
    """The keys that a page may need; where the list has too few, some that fill it."""
    listed = RelatedRow.objects.filter(article=edition.article_id)
    public = Article.objects.published().filter(pk__in=listed.values("neighbour"))
    is_short = ~Exists(listed[ENOUGH - 1 : ENOUGH])
    stays_at_home = ~Exists(public.exclude(province=None).exclude(province=own_province(edition)))
    yield list(inline)
    yield RelatedPick.objects.filter(edition=edition).values("article")
    yield listed.values("neighbour")
    yield _latest_keys(edition)
    yield _where(is_short, newest_keys()[:FILLING])
    yield _where(is_short, newest_keys().filter(province=own_province(edition))[:FILLING])
    if edition.event_id:
        yield _where(is_short, newest_keys().filter(event=edition.event_id)[:FILLING])
    yield newest_of_other_provinces(edition).filter(is_short | stays_at_home)


def _where(condition: Any, keys: QuerySet) -> QuerySet:
    """The keys if the condition holds: asked of these few, where SQLite would ask it of every public article."""
    return Article.objects.filter(condition, pk__in=keys).order_by().values("pk")


def _latest_keys(edition: Edition) -> QuerySet:
    return newest_keys().filter(office=edition.article.office_id)[: LATEST_OF_OFFICE + 1]


def _marks(edition: Edition) -> dict[str, Any]:
    """What is known of each card as a neighbour: its score, its place by hand, and whether an editor vetoed it."""
    row = RelatedRow.objects.filter(article=edition.article_id, neighbour=OuterRef("pk"))
    pick = RelatedPick.objects.filter(edition=edition, article=OuterRef("pk"))
    veto = RelatedVeto.objects.filter(article=edition.article_id, neighbour=OuterRef("pk"))
    return {
        "score": Subquery(row.values("score")[:1]),
        "pick": Subquery(pick.values("position")[:1]),
        "is_vetoed": Exists(veto),
    }


def _candidate(edition: Edition, card: Any) -> Candidate:
    """A card with its stored score; one that only fills the page has what can be told without asking."""
    score = card.score if card.score is not None else _filling_score(edition, card)
    return Candidate(card.pk, card.office_id, card.province_id, card.first_published_at, score)


def _filling_score(edition: Edition, card: Any) -> float:
    there = Where(card.office.region_id, card.province_id, card.office.region.island_group)
    parts = Parts(
        event=FOR_EVENT if edition.event_id and card.event_id == edition.event_id else 0.0,
        place=place_part(home_of(edition), there),
        time=time_part(moment_of(edition), card.first_published_at),
    )
    return parts.total
