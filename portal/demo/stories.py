"""Writes the demo's stories and takes them through the workflow on the days they tell of."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from news.html import quote_block, read_also_block
from news.models import Edition, EditionPhoto, Mention, Photo, Quote, RelatedPick
from news.states import TABLE, Step
from news.workflow import take_step
from news.writing import save_content, start_article
from offices.appointments import held_by
from offices.models import Office, Official, User
from portal.demo.entries import QuoteEntry, StoryEntry
from portal.demo.marks import mark, marked
from portal.demo.people import Newsroom
from portal.demo.references import QUOTED, READ_ALSO
from portal.demo.shelves import Shelf, Shelves
from portal.demo.ways import STORY_WAYS, URGENT_WAY

# Minutes at least, and how many of them may be added: to write, to check, to publish.
WAITS = ((70, 260), (25, 140), (3, 25))


@dataclass(frozen=True)
class Assignment:
    """A story with who writes and who edits it, its dateline's day, and when it was begun, saved and moved on.

    `moment` is that of its last step, `day` the same on the office's clock.
    """

    story: StoryEntry
    office: Office
    writer: User
    editor: User
    moment: datetime
    day: date
    began: datetime
    saved: datetime
    steps: tuple[tuple[Step, datetime], ...]


def assign(story: StoryEntry, office: Office, desk: Newsroom, moment: datetime) -> Assignment:
    """Hand `story` to the newsroom of `office`, so that its last step falls on `moment`."""
    turn = mark(story.key)
    way = URGENT_WAY if story.urgent else STORY_WAYS[story.state]
    began, *later = _moments(moment, turn, max(1, len(way)))
    return Assignment(
        story=story,
        office=office,
        writer=desk.writer(turn, story.byline),
        editor=desk.editor(turn),
        moment=moment,
        day=moment.astimezone(office.region.zone).date(),
        began=marked(began, story.key),
        saved=later[0],
        steps=tuple(zip(way, later)),
    )


def _moments(last: datetime, turn: int, count: int) -> list[datetime]:
    """`last`, with `count` moments before it."""
    waits = [timedelta(minutes=least + turn % spread) for least, spread in WAITS[:count]]
    return [last - sum(waits[done:], timedelta()) for done in range(count + 1)]


def add_story(task: Assignment, photo: Photo | None, shelves: Shelves) -> Edition:
    """Write the story of `task` and take it along its way, wholly or not at all.

    Raises `NotLoaded`, or whatever refusal the verbs answer with.
    """
    with transaction.atomic():
        edition = start_article(task.office, _edition(task, shelves), by=task.writer, at=task.began)
        _add_rows(edition, task, photo, shelves)
        edition = save_content(edition, by=task.writer, version=edition.version, at=task.saved)
        for step, at in task.steps:
            actor = task.writer if step == Step.SUBMIT else task.editor
            note = task.story.note if TABLE[step].needs_note else ""
            due_at = _next_morning(task.office) if TABLE[step].needs_due else None
            take_step(edition, step, by=actor, note=note, at=at, due_at=due_at)
    return edition


def _next_morning(office: Office) -> datetime:
    """Half past seven tomorrow, on the clock of the office."""
    tomorrow = timezone.localdate(timezone=office.region.zone) + timedelta(days=1)
    return datetime.combine(tomorrow, time(7, 30), office.region.zone)


def _edition(task: Assignment, shelves: Shelves) -> Edition:
    story = task.story
    return Edition(
        headline=story.headline,
        deck=story.deck,
        dateline_place=story.dateline_place,
        dateline_on=task.day,
        body=_body(story, shelves),
        rubric=shelves.rubrics[story.rubric],
        event_id=shelves.events[story.event] if story.event else None,
        byline=story.byline or task.writer.name,
    )


def _body(story: StoryEntry, shelves: Shelves) -> str:
    """The body with its placeholders in their stored form."""
    body = READ_ALSO.sub(lambda found: read_also_block(shelves.articles[found[1]]), story.body)
    return QUOTED.sub(lambda found: quote_block(int(found[1])), body)


def _add_rows(edition: Edition, task: Assignment, photo: Photo | None, shelves: Shelves) -> None:
    story = task.story
    edition.tags.set(story.tags)
    if photo:
        words = {"caption": story.photo.caption, "credit": story.photo.credit, "alt": story.photo.alt}
        EditionPhoto.objects.create(edition=edition, photo=photo, **words)
    for key in dict.fromkeys([*story.officials, *(quote.speaker for quote in story.quote if quote.speaker)]):
        Mention.objects.create(edition=edition, official=shelves.officials[key])
    for quote in story.quote:
        Quote.objects.create(edition=edition, **_said(quote, task.day, shelves.officials))
    for position, key in enumerate(story.picks):
        RelatedPick.objects.create(edition=edition, article_id=shelves.articles[key], position=position)


def _said(quote: QuoteEntry, day: date, officials: Shelf) -> dict[str, object]:
    """The fields of a quote; a speaker who held no position on `day` is named instead."""
    words = {"number": quote.number, "kind": quote.kind, "text": quote.text}
    if quote.attribution:
        return {**words, "attribution": quote.attribution}
    official: Official = officials[quote.speaker]
    term = held_by(official, day).first()
    return {**words, "speaker": term} if term else {**words, "attribution": official.name}
