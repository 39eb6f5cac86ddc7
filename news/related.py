"""Which articles stand beside an article: inside its text, under "Terkait", and from other regions.

An automatic candidate's score is the sum of

- 6 where it covers the same event;
- 4 for each official both mention, at most 8;
- for each shared tag 3 / log2(2 + n), where n is the number of editions that carry the tag, so that a rare tag
  weighs up to 1.9 and a common one a fraction; a tag on 500 or more editions finds no candidates of its own;
- up to 4 for the words that headlines and decks share: 4 × |shared stems| / √(|own| × |theirs|);
- 1 in the same region, else 0.5 in the same province;
- up to 1 for nearness in time: 1 / (1 + days between / 30).

Ties go to the newer article, then to the higher id, so the order is the same on every request and database. A page
costs one query for all its neighbours, whatever the size of the archive: candidates come from six bounded lists.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from math import log2, sqrt
from typing import Any

from django.db.models import Case, Count, FloatField, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from news.html import blocks_of, clean_body
from news.models import Article, Edition, Mention, RelatedPick, TaggedEdition
from news.models.editions import TAG_COUNT_CAP
from news.models.related import MOST_PICKS
from news.text import stems

MOST_RELATED = 6
MOST_PER_OFFICE = 2
MOST_ELSEWHERE = 4
LATEST_OF_OFFICE = 3
PER_SOURCE = 40
RECENT = 60
INSET_AFTER = (3, 7)


@dataclass
class Neighbours:
    """The articles around one page, all public and none twice within a list."""

    inline: dict[int, Article] = field(default_factory=dict)
    insets: list[Article] = field(default_factory=list)
    related: list[Article] = field(default_factory=list)
    elsewhere: list[Article] = field(default_factory=list)
    office_latest: list[Article] = field(default_factory=list)


@dataclass(frozen=True)
class Candidate:
    """A public article and what it shares with the one it may stand beside.

    `pick` is its place in the hand-picked list, None where it is not in it; `published` when it first went public.
    """

    article: Article
    published: datetime
    event: int | None
    pick: int | None
    shared_officials: int
    shared_tag_weight: float


def neighbours_of(edition: Edition) -> Neighbours:
    """Everything that stands beside `edition`, loaded `with_content()`, in two queries (one for lead photos).

    The article may be unpublished (a preview): it never appears among its own neighbours.
    """
    wanted = inline_ids(edition)
    pool = {candidate.article.pk: candidate for candidate in _pool(edition, wanted)}
    inline = {pk: pool[pk].article for pk in wanted if pk in pool}
    free = [c for c in pool.values() if c.article.pk not in inline]
    ranked = ranked_candidates(edition, free)
    related = list(_filled(_picked(free), ranked))
    rest = [c for c in ranked if c not in related]
    insets = [] if wanted else rest[: len(INSET_AFTER)]
    elsewhere = _other_provinces(edition, (c for c in rest if c not in insets))
    return Neighbours(
        inline=inline,
        insets=_articles(insets),
        related=_articles(related),
        elsewhere=_articles(elsewhere),
        office_latest=_articles(_latest_of_office(edition, pool.values())),
    )


def _articles(candidates: Iterable[Candidate]) -> list[Article]:
    return [candidate.article for candidate in candidates]


def inline_ids(edition: Edition) -> list[int]:
    """The article ids of the "Baca juga" blocks in the body, in order, each once."""
    return list(dict.fromkeys(b.article for b in blocks_of(clean_body(edition.body)) if b.article))


def ranked_candidates(edition: Edition, pool: Iterable[Candidate]) -> list[Candidate]:
    """The pool by falling score, ties by falling date and id."""
    own = stems(f"{edition.headline} {edition.deck}")
    return sorted(pool, key=lambda c: (score(edition, own, c), c.published, c.article.pk), reverse=True)


def score(edition: Edition, own_stems: frozenset[str], candidate: Candidate) -> float:
    """How near `candidate` is to `edition`; the module's docstring has the terms."""
    same_event = 6 if edition.event_id and candidate.event == edition.event_id else 0
    officials = min(8, 4 * candidate.shared_officials)
    words = _text_score(own_stems, candidate.article)
    return round(same_event + officials + candidate.shared_tag_weight + words + _near(edition, candidate), 6)


def _text_score(own: frozenset[str], article: Article) -> float:
    theirs = stems(f"{article.headline} {article.deck}")
    return 4 * len(own & theirs) / sqrt(len(own) * len(theirs)) if own and theirs else 0.0


def _near(edition: Edition, candidate: Candidate) -> float:
    home, there = edition.article.office.region, candidate.article.office.region
    place = 1.0 if home == there else 0.5 if home.parent_id == there.parent_id and not home.is_province else 0.0
    moment = edition.article.first_published_at or edition.saved_at
    return place + 1 / (1 + abs((moment - candidate.published).days) / 30)


def _picked(pool: Iterable[Candidate]) -> list[Candidate]:
    places = sorted((c.pick, c.article.pk, c) for c in pool if c.pick is not None)
    return [candidate for _place, _pk, candidate in places][:MOST_PICKS]


def _filled(picked: list[Candidate], ranked: list[Candidate]) -> Iterator[Candidate]:
    """The picked ones, then the best others up to six in all, at most two of an office."""
    yield from picked
    offices = Counter(candidate.article.office_id for candidate in picked)
    room = MOST_RELATED - len(picked)
    for candidate in ranked:
        office = candidate.article.office_id
        if room and candidate not in picked and offices[office] < MOST_PER_OFFICE:
            offices[office] += 1
            room -= 1
            yield candidate


def _other_provinces(edition: Edition, ranked: Iterable[Candidate]) -> Iterator[Candidate]:
    """The best of up to four other provinces, one each; the ministry stands in none."""
    region = edition.article.office.region
    seen = {region.code, region.parent_id, None}
    room = MOST_ELSEWHERE
    for candidate in ranked:
        if room and candidate.article.province_id not in seen:
            seen.add(candidate.article.province_id)
            room -= 1
            yield candidate


def _latest_of_office(edition: Edition, pool: Iterable[Candidate]) -> list[Candidate]:
    own = [c for c in pool if c.article.office_id == edition.article.office_id]
    return sorted(own, key=lambda c: (c.published, c.article.pk), reverse=True)[:LATEST_OF_OFFICE]


def _pool(edition: Edition, inline: list[int]) -> Iterator[Candidate]:
    for row in _rows(edition, inline):
        yield Candidate(
            article=row,
            published=row.first_published_at,
            event=row.live_edition.event_id,
            pick=row.pick,
            shared_officials=row.shared_officials,
            shared_tag_weight=row.shared_tag_weight,
        )


def _rows(edition: Edition, inline: list[int]) -> QuerySet[Any]:
    """The candidates' articles, each annotated with what it shares with `edition`, in one query besides lead photos."""
    first, *others = [Article.objects.filter(pk__in=ids).values("pk") for ids in _sources(edition, inline)]
    public = Article.objects.published().filter(pk__in=first.union(*others)).exclude(pk=edition.article_id)
    return public.annotate(
        pick=Subquery(RelatedPick.objects.filter(edition=edition, article=OuterRef("pk")).values("position")[:1]),
        shared_officials=_shared_officials(edition),
        shared_tag_weight=_shared_tag_weight(edition),
    ).for_cards()


def _sources(edition: Edition, inline: list[int]) -> Iterator[QuerySet | list[int]]:
    """Primary keys from bounded lists: wanted by an editor, same event, officials, rare tags, place, newest."""
    newest = Article.objects.published().newest_first()
    office = edition.article.office
    yield inline
    yield RelatedPick.objects.filter(edition=edition).values("article")
    yield newest.filter(office=office).values("pk")[: LATEST_OF_OFFICE + MOST_PER_OFFICE + 1]
    yield newest.filter(province=edition.article.province_id or office.region.parent_id).values("pk")[:PER_SOURCE]
    yield newest.values("pk")[:RECENT]
    if edition.event_id:
        yield newest.filter(event=edition.event_id).values("pk")[:PER_SOURCE]
    if officials := _official_ids(edition):
        yield newest.filter(live_edition__mentions__official__in=officials).values("pk")[:PER_SOURCE]
    if rare := [row.tag_id for row in edition.tagged.all() if row.uses < TAG_COUNT_CAP]:
        yield newest.filter(live_edition__tagged__tag__in=rare).values("pk")[:PER_SOURCE]


def _official_ids(edition: Edition) -> list[int]:
    return [mention.official_id for mention in edition.mentions.all()]


def _shared_officials(edition: Edition) -> Coalesce:
    shared = Mention.objects.filter(edition=OuterRef("live_edition"), official__in=_official_ids(edition))
    return Coalesce(Subquery(shared.order_by().values("edition").annotate(n=Count("pk")).values("n")), 0)


def _shared_tag_weight(edition: Edition) -> Coalesce | Value:
    weights = [When(tag=row.tag_id, then=Value(3 / log2(2 + row.uses))) for row in edition.tagged.all()]
    if not weights:
        return Value(0.0)
    own = [row.tag_id for row in edition.tagged.all()]
    shared = TaggedEdition.objects.filter(tag__in=own, content_object=OuterRef("live_edition"))
    weight = Sum(Case(*weights, default=Value(0.0), output_field=FloatField()))
    summed = shared.order_by().values("content_object").annotate(weight=weight).values("weight")
    return Coalesce(Subquery(summed), 0.0, output_field=FloatField())
