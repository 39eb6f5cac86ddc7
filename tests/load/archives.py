"""An archive of public articles of any size, seeded in bulk with every invariant kept: `manage.py audit` finds nothing.

About 27 articles come out a day, so an archive a hundred times as large reaches a hundred times as far back and its
newest days look the same. Articles belong to newsrooms in every province, tell the stories of `tests.load.corpus`, and
carry tags, officials, events and photos as unevenly as in life.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from news.digest import PHOTO_FIELDS, PLAIN_FIELDS, digest_of, fingerprint
from news.html import clean_body
from news.models import (
    Address,
    Article,
    Contribution,
    Edition,
    EditionPhoto,
    Event,
    ListedOfficial,
    ListedTag,
    Mention,
    Photo,
    RelatedList,
    RelatedRow,
    Rubric,
    Tag,
    TaggedEdition,
    Transition,
)
from news.models.related import MOST_KEPT
from news.search.indexing import index_articles
from news.states import PublicState, State, Step
from offices.models import Appointment, Office, Region, User
from offices.roles import Role
from tests.factories import AppointmentFactory, EventFactory, PhotoFactory, PositionFactory, member
from tests.load.corpus import GeneratedText, texts

BETWEEN = timedelta(days=1) / 27
BATCH = 500
NEWSROOMS, TAGS, OFFICIALS, EVENTS, PHOTOS = 80, 400, 80, 40, 40
RUBRICS = ("Pemerintahan", "Layanan Publik", "Literasi Digital", "Pembangunan", "Ekonomi", "Pendidikan", "Kesehatan")
STEPS = (
    (Step.START, "", State.DRAFT),
    (Step.SUBMIT, State.DRAFT, State.SUBMITTED),
    (Step.APPROVE, State.SUBMITTED, State.APPROVED),
    (Step.PUBLISH, State.APPROVED, State.PUBLISHED),
)


@dataclass(frozen=True)
class Newsroom:
    """An office that publishes, its province, and the writer and the editor who do it."""

    office: Office
    province: Region | None
    writer: User
    editor: User


@dataclass(frozen=True)
class Shelves:
    """What articles are made of beside their texts."""

    newsrooms: Sequence[Newsroom]
    rubrics: Sequence[Rubric]
    tags: Sequence[Tag]
    terms: Sequence[Appointment]
    events: Sequence[Event]
    photos: Sequence[Photo]


@dataclass
class Made:
    """One article with all its rows, keyed ahead so that each may name the others."""

    newsroom: Newsroom
    article: Article
    edition: Edition
    tags: list[TaggedEdition]
    mentions: list[Mention]
    photos: list[EditionPhoto]


def seed(size: int) -> None:
    """Fill an empty, migrated database with `size` public articles, up to this moment."""
    shelves = _shelves()
    newest, chance = timezone.now(), random.Random(size)
    corpus = enumerate(texts(size))
    while batch := list(islice(corpus, BATCH)):
        with transaction.atomic():
            made = [_made(number, text, newest - (size - number) * BETWEEN, shelves, chance) for number, text in batch]
            _store(made)
            index_articles([one.article.pk for one in made])
    _end()


def _end() -> None:
    """The next keys follow those given here, and the database knows how its rows are spread."""
    keyed = [Article, Edition]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), keyed):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _shelves() -> Shelves:
    call_command("import_regions", verbosity=0)
    call_command("import_offices", verbosity=0)
    offices = list(Office.objects.select_related("region__parent").order_by("region__code"))
    chosen = offices[:: max(1, len(offices) // NEWSROOMS)][:NEWSROOMS]
    newsrooms = [
        Newsroom(office, _province_of(office.region), member(Role.WRITER, office), member(Role.EDITOR, office))
        for office in chosen
    ]
    rubrics = [Rubric.objects.create(name=name, slug=slugify(name), order=n) for n, name in enumerate(RUBRICS)]
    tags = Tag.objects.bulk_create(Tag(name=f"topik {n}", slug=f"topik-{n}") for n in range(TAGS))
    terms = [
        AppointmentFactory(position=PositionFactory(office=newsrooms[n % len(newsrooms)].office))
        for n in range(OFFICIALS)
    ]
    events = [
        EventFactory(
            state="published",
            organiser=newsrooms[n % len(newsrooms)].office,
            starts_at=timezone.now() + timedelta(days=7 * (n - EVENTS // 2)),
        )
        for n in range(EVENTS)
    ]
    photos = [PhotoFactory(newsrooms[n % len(newsrooms)].office) for n in range(PHOTOS)]
    return Shelves(newsrooms, rubrics, tags, terms, events, photos)


def _province_of(region: Region) -> Region | None:
    return region if region.is_province else region.parent if region.parent and region.parent.is_province else None


def _made(number: int, text: GeneratedText, moment: datetime, shelves: Shelves, chance: random.Random) -> Made:
    """The rows of one article, not stored yet; the articles of a story share tags, and some an event or an official."""
    newsroom = shelves.newsrooms[_uneven(chance, len(shelves.newsrooms))]
    key, story = number + 1, random.Random(text.story)
    event = shelves.events[story.randrange(len(shelves.events))] if story.random() < 0.1 else None
    edition = Edition(
        pk=key,
        article_id=key,
        number=1,
        state=State.PUBLISHED,
        headline=text.headline,
        deck=text.deck,
        dateline_place=text.village,
        dateline_on=moment.date(),
        body=text.body,
        rubric=shelves.rubrics[story.randrange(len(shelves.rubrics))],
        event=event,
        started_by=newsroom.writer,
        started_at=moment,
        saved_at=moment,
        submitted_by=newsroom.writer,
        approved_by=newsroom.editor,
        approved_at=moment,
        published_at=moment,
        published_by=newsroom.editor,
    )
    article = Article(
        pk=key,
        office=newsroom.office,
        slug=f"{slugify(text.headline)[:100].rstrip('-')}-{key}",
        created_at=moment,
        province=newsroom.province,
        rubric=edition.rubric,
        event=event,
        public_state=PublicState.LIVE,
        live_edition=edition,
        first_published_at=moment,
        published_on=newsroom.office.local_day(moment),
        updated_at=moment,
        changed_at=moment,
    )
    chosen = {shelves.tags[_uneven(story, TAGS)] for _ in range(3)}
    term = shelves.terms[_uneven(story, len(shelves.terms))]
    photo = shelves.photos[chance.randrange(len(shelves.photos))]
    words = {"caption": text.headline, "credit": "Humas", "alt": text.deck}
    one = Made(
        newsroom=newsroom,
        article=article,
        edition=edition,
        tags=[TaggedEdition(tag=tag, content_object_id=key) for tag in sorted(chosen, key=lambda tag: tag.pk)],
        mentions=[Mention(edition_id=key, official_id=term.official_id, appointment=term)] if key % 3 == 0 else [],
        photos=[EditionPhoto(edition_id=key, photo=photo, position=0, **words)] if key % 5 else [],
    )
    edition.approved_digest = fingerprint(_content_of(one))
    return one


def _content_of(one: Made) -> dict[str, Any]:
    """What `news.digest.content_of` would read, without asking the database."""
    edition = one.edition
    return {
        **{name: getattr(edition, name) for name in PLAIN_FIELDS},
        "dateline_on": edition.dateline_on.isoformat(),
        "body": clean_body(edition.body),
        "rubric": edition.rubric_id,
        "event": edition.event_id,
        "tags": sorted(row.tag.name for row in one.tags),
        "photos": [tuple(getattr(row, name) for name in PHOTO_FIELDS) for row in one.photos],
        "mentions": [(row.official_id, row.appointment_id) for row in one.mentions],
        "quotes": [],
        "picks": [],
        "attachments": [],
    }


def _uneven(chance: random.Random, count: int) -> int:
    """A number below `count`; the first ones come far more often than the last."""
    return int(count ** chance.random()) - 1


def _store(made: list[Made]) -> None:
    """Store the rows of a batch; keys between articles and editions are checked at the end of the transaction."""
    Article.objects.bulk_create(one.article for one in made)
    Edition.objects.bulk_create(one.edition for one in made)
    TaggedEdition.objects.bulk_create(_all(one.tags for one in made))
    Mention.objects.bulk_create(_all(one.mentions for one in made))
    EditionPhoto.objects.bulk_create(_all(one.photos for one in made))
    assert made[0].edition.approved_digest == digest_of(made[0].edition)
    Transition.objects.bulk_create(_all(_steps(one) for one in made))
    Contribution.objects.bulk_create(
        Contribution(edition=one.edition, user=one.newsroom.writer, first_at=one.edition.started_at) for one in made
    )
    Address.objects.bulk_create(_address(one.article) for one in made)
    ListedTag.objects.bulk_create(ListedTag(tag_id=row.tag_id, **_place(one)) for one in made for row in one.tags)
    ListedOfficial.objects.bulk_create(
        ListedOfficial(official_id=row.official_id, appointment_id=row.appointment_id, **_place(one))
        for one in made
        for row in one.mentions
    )
    RelatedList.objects.bulk_create(RelatedList(article=one.article, is_due=False) for one in made)
    RelatedRow.objects.bulk_create(_neighbours(made))


def _neighbours(made: list[Made]) -> Iterator[RelatedRow]:
    """For each article the next of its batch, as many as are kept: `manage.py refresh_related` finds better ones."""
    for place, one in enumerate(made):
        for step in range(1, min(MOST_KEPT, len(made) - 1) + 1):
            other = made[(place + step) % len(made)]
            near = {"score": 1 / step, "time": 1 / step, "is_shown": step <= MOST_KEPT // 2}
            nothing = dict.fromkeys(("words", "event", "officials", "tags", "place"), 0)
            yield RelatedRow(article=one.article, neighbour=other.article, **near, **nothing)


def _all(lists: Iterable[Iterable[Any]]) -> list[Any]:
    return [row for rows in lists for row in rows]


def _steps(one: Made) -> Iterator[Transition]:
    for step, source, target in STEPS:
        yield Transition(
            article=one.article,
            edition=one.edition,
            step=step,
            source=source,
            target=target,
            actor=one.newsroom.editor if step in (Step.APPROVE, Step.PUBLISH) else one.newsroom.writer,
            at=one.edition.started_at,
            backdated=True,
            digest=one.edition.approved_digest if step in (Step.APPROVE, Step.PUBLISH) else "",
        )


def _address(article: Article) -> Address:
    day = article.published_on
    return Address(article=article, year=day.year, month=day.month, slug=article.slug)


def _place(one: Made) -> dict[str, Any]:
    article = one.article
    return {
        "article": article,
        "first_published_at": article.first_published_at,
        "published_on": article.published_on,
    }
