"""Loads the demo's content in the order in which it happened, leaving alone what was loaded before."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from news.models import Article, Edition, Rubric
from news.public_files import sync_public_files
from news.refusals import NotNow
from news.states import State
from offices.importers.offices import import_offices
from offices.importers.regions import import_regions
from portal.demo.accounts import PASSWORD
from portal.demo.demands import add_demands
from portal.demo.entries import Content, RubricEntry, StoryEntry
from portal.demo.events import add_event, add_series
from portal.demo.people import add_officials, add_staff, add_stand_ins, newsrooms
from portal.demo.pictures import SIZE, Size, studio
from portal.demo.readers import add_readers
from portal.demo.shelves import NotLoaded, Shelves, offices_of, shelves_of
from portal.demo.stories import Assignment, add_story, assign

REFUSALS = (NotLoaded, NotNow, PermissionDenied, ValidationError)


@dataclass
class Report:
    """How many rows of each kind a load added, and why entries could not be loaded, by their file and key."""

    added: dict[str, int] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)


@dataclass
class Loading:
    """One run of the loader."""

    content: Content
    now: datetime
    say: Callable[[str], object]
    report: Report = field(default_factory=Report)

    @contextmanager
    def noting_refusals(self, file: str, key: str) -> Iterator[None]:
        """Turn a verb's refusal into a sentence of the report, so that one run tells of every fault."""
        try:
            yield
        except REFUSALS as refusal:
            reason = "; ".join(getattr(refusal, "messages", [])) or str(refusal) or type(refusal).__name__
            self.report.failures[f"{file}, {key}"] = reason


def load(
    content: Content,
    *,
    now: datetime | None = None,
    picture_size: Size = SIZE,
    threads: int | None = None,
    say: Callable[[str], object] = lambda line: None,
) -> Report:
    """Bring `content` into the database as of `now`, adding only what is not there, and report.

    Call it outside a transaction. Safe to repeat, on a later day too, and after an interruption: a story is loaded
    wholly or not at all. `threads` is explained by `studio`; `say` is given one line at a time.
    """
    run = Loading(content, now or timezone.now(), say)
    _lay_foundation(run)
    shelves = shelves_of(content, offices_of(content))
    fresh = [story for story in content.stories if story.key not in shelves.articles]
    _repair_public_files(shelves)
    _staff_newsrooms(run, shelves, fresh)
    _announce(run, shelves)
    _publish(run, shelves, _assignments(run, shelves, fresh), picture_size, threads)
    loaded = [shelves.articles[story.key] for story in fresh if story.key in shelves.articles]
    run.report.added["kali dibaca"] = add_readers(loaded, now=run.now)
    run.report.added["permintaan pembaca"] = add_demands(loaded)
    _verify(run, fresh)
    return run.report


def _lay_foundation(run: Loading) -> None:
    content, added = run.content, run.report.added
    run.say("Memuat wilayah, kantor, rubrik, dan orang …")
    added["wilayah"] = import_regions().added
    added["kantor"] = import_offices().added
    offices = offices_of(content)
    added["rubrik"] = _add_rubrics(content.rubrics)
    added["akun"] = add_staff(content.staff, offices, password=PASSWORD)
    added["pejabat"] = add_officials(content.officials, offices)
    added["seri agenda"] = add_series(content.series)


def _add_rubrics(entries: Iterable[RubricEntry]) -> int:
    slugs, names = (set(Rubric.objects.values_list(name, flat=True)) for name in ("slug", "name"))
    missing = [entry for entry in entries if entry.slug not in slugs and entry.name not in names]
    for entry in missing:
        Rubric.objects.create(slug=entry.slug, name=entry.name, description=entry.description, order=entry.order)
    return len(missing)


def _repair_public_files(shelves: Shelves) -> None:
    """Finish what an interruption between a publication and its photos has left undone."""
    live = Article.objects.published().filter(pk__in=shelves.articles.values())
    for article_id in live.values_list("pk", flat=True):
        sync_public_files(article_id)


def _staff_newsrooms(run: Loading, shelves: Shelves, fresh: list[StoryEntry]) -> None:
    """See that every office that is about to publish something has a writer and an editor."""
    codes = {story.office for story in fresh}
    codes |= {event.organiser for event in run.content.events if event.key not in shelves.events}
    run.report.added["anggota redaksi contoh"] = add_stand_ins([shelves.offices[code] for code in sorted(codes)])


def _announce(run: Loading, shelves: Shelves) -> None:
    missing = [event for event in run.content.events if event.key not in shelves.events]
    desks = newsrooms([shelves.offices[event.organiser] for event in missing])
    series = {entry.key: entry for entry in run.content.series}
    for entry in missing:
        desk = desks[shelves.offices[entry.organiser].pk]
        with run.noting_refusals(entry.file, entry.key):
            event = add_event(entry, series.get(entry.series), desk, shelves.offices, now=run.now)
            shelves.events[entry.key] = event.pk
    run.report.added["agenda"] = sum(entry.key in shelves.events for entry in missing)


def _assignments(run: Loading, shelves: Shelves, fresh: list[StoryEntry]) -> list[Assignment]:
    """Who writes what, the earliest first, so that each story finds the ones it leads to."""
    desks = newsrooms([shelves.offices[story.office] for story in fresh])

    def assigned(story: StoryEntry) -> Assignment:
        office = shelves.offices[story.office]
        return assign(story, office, desks[office.pk], story.moment(run.now, office.region.zone))

    return sorted(map(assigned, fresh), key=lambda task: (task.moment, task.story.key))


def _publish(run: Loading, shelves: Shelves, tasks: list[Assignment], size: Size, threads: int | None) -> None:
    orders = [(task.story, task.office, task.writer, task.began) for task in tasks]
    with studio(orders, size=size, threads=threads) as picture_of:
        for number, task in enumerate(tasks, start=1):
            story = task.story
            run.say(f"Berita {number}/{len(tasks)}: {story.headline}")
            with run.noting_refusals(story.file, story.key):
                edition = add_story(task, picture_of(story.key), shelves)
                shelves.articles[story.key] = edition.article_id
    run.report.added["berita"] = sum(task.story.key in shelves.articles for task in tasks)


def _verify(run: Loading, fresh: list[StoryEntry]) -> None:
    """Read back from the database what was added: each fresh story in its state, the published ones public."""
    stored = shelves_of(run.content, offices_of(run.content)).articles
    states = dict(Edition.objects.filter(article__in=stored.values()).values_list("article", "state"))
    public = set(Article.objects.published().filter(pk__in=stored.values()).values_list("pk", flat=True))
    for story in fresh:
        article = stored.get(story.key)
        if states.get(article) != story.state or (story.state == State.PUBLISHED and article not in public):
            reason = f"tidak sampai “{State(story.state).label}”"
            run.report.failures.setdefault(f"{story.file}, {story.key}", reason)
