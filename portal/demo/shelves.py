"""The rows that the demo's entries refer to, by their keys."""

from dataclasses import dataclass

from news.models import Rubric
from offices.models import Office
from portal.demo.entries import Content
from portal.demo.marks import mark, marked_articles, marked_events
from portal.demo.people import officials_by_key


class NotLoaded(Exception):
    """An entry refers to another one that is not in the database; the message names it."""


class Shelf(dict):
    """Rows by their keys; a missing one raises `NotLoaded`."""

    def __missing__(self, key: str) -> None:
        raise NotLoaded(f"“{key}” tidak termuat")


@dataclass(frozen=True)
class Shelves:
    """Offices stand under their region's code; of events and articles the ids are kept."""

    offices: Shelf
    rubrics: Shelf
    officials: Shelf
    events: Shelf
    articles: Shelf


def offices_of(content: Content) -> Shelf:
    """The offices that `content` speaks of."""
    codes = {story.office for story in content.stories} | {person.office for person in content.staff}
    codes |= {term.office for official in content.officials for term in official.appointment}
    codes |= {code for event in content.events for code in (event.organiser, *event.participants)}
    offices = Office.objects.filter(region__in=codes).select_related("region__parent")
    return Shelf({office.region_id: office for office in offices})


def shelves_of(content: Content, offices: Shelf) -> Shelves:
    """What has been loaded of `content`."""
    articles, events = marked_articles(set(offices)), marked_events(set(offices))
    stories = {story.key: (story.office, mark(story.key)) for story in content.stories}
    announced = {event.key: (event.organiser, mark(event.key)) for event in content.events}
    return Shelves(
        offices=offices,
        rubrics=Shelf({rubric.slug: rubric for rubric in Rubric.objects.all()}),
        officials=Shelf(officials_by_key(content.officials)),
        events=Shelf({key: events[place] for key, place in announced.items() if place in events}),
        articles=Shelf({key: articles[place] for key, place in stories.items() if place in articles}),
    )
