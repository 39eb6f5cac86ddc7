"""What is wrong with the demo's content: keys that lead nowhere, states that do not exist, links into the future."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.utils import timezone

from news.models import Quote
from offices.importers.regions import BUNDLED
from offices.importers.rows import numbered_rows
from offices.models.regions import ROOT_CODE, ZONES
from portal.demo.artwork import MOTIFS, PALETTES
from portal.demo.entries import Content, EventEntry, OfficialEntry, StoryEntry
from portal.demo.marks import mark
from portal.demo.ways import EVENT_WAYS, NEEDS_NOTE, STORY_WAYS

READ_ALSO = re.compile(r"\{\{baca:([^}]*)\}\}")
QUOTED = re.compile(r"\{\{kutipan:([^}]*)\}\}")


def problems(content: Content, now: datetime | None = None) -> Iterator[str]:
    """One sentence for every fault of `content` if it were loaded at `now`."""
    now = now or timezone.now()
    faults = list(_faults(content, now))
    yield from faults or _links_ahead(content, now)


def _faults(content: Content, now: datetime) -> Iterator[str]:
    yield from _repeated(content)
    for person in content.staff:
        yield from _unknown_office(f"staff.toml, {person.username}", [person.office])
    for official in content.officials:
        yield from _unknown_office(_where(official), [term.office for term in official.appointment])
    for event in content.events:
        yield from (f"{_where(event)}: {fault}." for fault in _event_faults(event, content, now))
    for story in content.stories:
        yield from (f"{_where(story)}: {fault}." for fault in _story_faults(story, content, now))


def _where(entry: OfficialEntry | EventEntry | StoryEntry) -> str:
    return f"{entry.file}, {entry.key}"


@cache
def zones() -> dict[str, str]:
    """The time zones of the bundled regions by their codes."""
    rows = numbered_rows(BUNDLED, {"code", "timezone"})
    return {ROOT_CODE: "Asia/Jakarta"} | {row["code"]: row["timezone"] for _line, row in rows}


def _repeated(content: Content) -> Iterator[str]:
    kinds = {
        "rubrik": [r.slug for r in content.rubrics],
        "akun": [s.username for s in content.staff],
        "pejabat": [o.key for o in content.officials],
        "alamat pejabat": [o.slug for o in content.officials],
        "seri": [s.key for s in content.series],
        "agenda": [e.key for e in content.events],
        "berita": [s.key for s in content.stories],
    }
    for kind, keys in kinds.items():
        yield from (f"{kind} {key} ada {n} kali." for key, n in Counter(keys).items() if n > 1)
    marks = Counter(mark(key) for key in {*kinds["berita"]})
    twins = [key for key in kinds["berita"] if marks[mark(key)] > 1]
    if twins:
        yield f"Kunci berita bertanda sama, ganti salah satu: {', '.join(sorted(set(twins)))}."


def _unknown_office(where: str, codes: Iterable[str]) -> Iterator[str]:
    yield from (f"{where}: kantor {code} tidak dikenal." for code in codes if code not in zones())


def _strangers(kind: str, keys: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """A phrase for each of `keys`, empty ones aside, that is not among `known`."""
    yield from (f"{kind} “{key}” tidak dikenal" for key in keys if key and key not in known)


def _event_faults(event: EventEntry, content: Content, now: datetime) -> Iterator[str]:
    yield from _strangers("kantor", [event.organiser, *event.participants], zones())
    yield from _strangers("seri", [event.series], {series.key for series in content.series})
    yield from _strangers("status", [event.state], EVENT_WAYS)
    yield from _strangers("zona waktu", [event.timezone], ZONES)
    if event.state in NEEDS_NOTE and not event.note:
        yield "note (alasan) tidak ada"
    if event.timezone in ZONES:
        yield from _time_faults("starts dan ends, atau starts_in_days", lambda: event.span(now))


def _time_faults(names: str, read: Callable[[], object]) -> Iterator[str]:
    try:
        read()
    except ValueError as error:
        yield f"{names} tidak terbaca ({error})"


def _story_faults(story: StoryEntry, content: Content, now: datetime) -> Iterator[str]:
    speakers = [quote.speaker for quote in story.quote]
    yield from _strangers("kantor", [story.office], zones())
    yield from _strangers("rubrik", [story.rubric], {rubric.slug for rubric in content.rubrics})
    yield from _strangers("agenda", [story.event], {event.key for event in content.events})
    yield from _strangers("pejabat", [*story.officials, *speakers], {official.key for official in content.officials})
    yield from _strangers("status", [story.state], STORY_WAYS)
    if (story.urgent or story.state in NEEDS_NOTE) and not story.note:
        yield "note (alasan) tidak ada"
    yield from _time_faults("published, atau days_ago dan time,", lambda: story.moment(now, ZoneInfo("UTC")))
    if story.photo:
        yield from _strangers("motif", [story.photo.motif], MOTIFS)
        yield from _strangers("palet", [story.photo.palette], PALETTES)
    yield from _quote_faults(story)


def _quote_faults(story: StoryEntry) -> Iterator[str]:
    numbers = {str(quote.number) for quote in story.quote}
    yield from _strangers("kutipan", QUOTED.findall(story.body), numbers)
    for quote in story.quote:
        yield from _strangers("jenis kutipan", [quote.kind], Quote.Kind.values)
        if bool(quote.speaker) == bool(quote.attribution):
            yield f"kutipan {quote.number} harus menyebut speaker atau attribution, salah satu saja"


def links(story: StoryEntry) -> list[str]:
    """The keys of the stories that `story` leads to, inside its text and by hand."""
    return [*READ_ALSO.findall(story.body), *story.picks]


def _links_ahead(content: Content, now: datetime) -> Iterator[str]:
    """The links that could not be made, since their target is not public when the story is written."""
    stories = {story.key: story for story in content.stories}
    for story in content.stories:
        for key in links(story):
            target = stories.get(key)
            if target is None:
                yield f"{_where(story)}: berita “{key}” tidak dikenal."
            elif target.state != "published" or _moment(target, now) >= _moment(story, now):
                yield f"{_where(story)}: berita “{key}” belum terbit ketika berita ini ditulis."


def _moment(story: StoryEntry, now: datetime) -> datetime:
    return story.moment(now, ZoneInfo(zones()[story.office]))
