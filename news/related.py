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
from math import log2, sqrt

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


def neighbours_of(edition: Edition) -> Neighbours:
    """Everything that stands beside `edition`, loaded `with_content()`, in two queries (one for lead photos).

    The article may be unpublished (a preview): it never appears among its own neighbours.
    """
    wanted = inline_ids(edition)
    pool = {article.pk: article for article in _pool(edition, wanted)}
    inline = {pk: pool[pk] for pk in wanted if pk in pool}
    picked = sorted(
        (a for a in pool.values() if a.pick is not None and a.pk not in inline), key=lambda a: (a.pick, a.pk)
    )[:MOST_PICKS]
    ranked = [a for a in ranked_candidates(edition, pool.values()) if a.pk not in inline]
    related = list(_filled(picked, ranked))
    shown = {a.pk for a in related}
    rest = [a for a in ranked if a.pk not in shown]
    insets = [] if wanted else rest[: len(INSET_AFTER)]
    used = shown | {a.pk for a in insets}
    home = edition.article.province_id or edition.article.office.region_id
    return Neighbours(
        inline=inline,
        insets=insets,
        related=related,
        elsewhere=list(_other_provinces(home, (a for a in rest if a.pk not in used))),
        office_latest=_latest_of_office(edition, pool.values()),
    )


def inline_ids(edition: Edition) -> list[int]:
    """The article ids of the "Baca juga" blocks in the body, in order, each once."""
    return list(dict.fromkeys(b.article for b in blocks_of(clean_body(edition.body)) if b.article))


def ranked_candidates(edition: Edition, pool: Iterable[Article]) -> list[Article]:
    """The pool by falling score; only articles that share more than being recent come before the merely recent."""
    own = stems(f"{edition.headline} {edition.deck}")
    scored = [(score(edition, own, article), article.first_published_at, article.pk, article) for article in pool]
    return [row[-1] for row in sorted(scored, key=lambda row: row[:3], reverse=True)]


def score(edition: Edition, own_stems: frozenset[str], article: Article) -> float:
    """How near `article`, from the pool, is to `edition`; the module's docstring has the terms."""
    same_event = 6 if edition.event_id and article.live_edition.event_id == edition.event_id else 0
    officials = min(8, 4 * article.shared_officials)
    words = _text_score(own_stems, article)
    return round(same_event + officials + article.shared_tag_weight + words + _near(edition, article), 6)


def _text_score(own: frozenset[str], article: Article) -> float:
    theirs = stems(f"{article.headline} {article.deck}")
    return 4 * len(own & theirs) / sqrt(len(own) * len(theirs)) if own and theirs else 0.0


def _near(edition: Edition, article: Article) -> float:
    home, there = edition.article.office.region, article.office.region
    place = 1.0 if home == there else 0.5 if home.parent_id == there.parent_id and not home.is_province else 0.0
    moment = edition.article.first_published_at or edition.saved_at
    return place + 1 / (1 + abs((moment - article.first_published_at).days) / 30)


def _filled(picked: list[Article], ranked: list[Article]) -> Iterator[Article]:
    """The picked ones, then the best others up to six, at most two of an office among those filled in."""
    offices: Counter[int] = Counter()
    yield from picked
    offices.update(a.office_id for a in picked)
    room = MOST_RELATED - len(picked)
    chosen = {a.pk for a in picked}
    for article in ranked:
        if room <= 0:
            return
        if article.pk not in chosen and offices[article.office_id] < MOST_PER_OFFICE:
            offices[article.office_id] += 1
            room -= 1
            yield article


def _other_provinces(home: str, ranked: Iterable[Article]) -> Iterator[Article]:
    """The best from other provinces, one a province."""
    seen = {home}
    for article in ranked:
        province = article.province_id or article.office.region_id
        if province not in seen and len(seen) <= MOST_ELSEWHERE:
            seen.add(province)
            yield article


def _latest_of_office(edition: Edition, pool: Iterable[Article]) -> list[Article]:
    own = [a for a in pool if a.office_id == edition.article.office_id]
    return sorted(own, key=lambda a: (a.first_published_at, a.pk), reverse=True)[:LATEST_OF_OFFICE]


def _pool(edition: Edition, inline: list[int]) -> QuerySet[Article]:
    """The candidates, each annotated with what it shares with `edition`, in one query besides lead photos."""
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
        yield newest.filter(live_edition__event=edition.event_id).values("pk")[:PER_SOURCE]
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
