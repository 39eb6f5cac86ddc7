"""Events as calendar files after RFC 5545: one event to keep, or a calendar that a phone follows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from news.agenda import OFF
from news.models import Event
from news.models.events import EventState

LINE_OCTETS = 75  # RFC 5545, 3.1
LONGEST_DESCRIPTION = 1_000
STATUS = {EventState.POSTPONED: "TENTATIVE", EventState.CANCELLED: "CANCELLED"}
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class Told:
    """An event as a calendar tells it: what is written of it as HTML, and its page's absolute address."""

    event: Event
    html: str
    address: str


@dataclass(frozen=True)
class Followed:
    """A calendar to follow: its name, its own absolute address, and the page that shows the same to people."""

    name: str
    address: str
    page: str


def calendar_file(told: Told) -> str:
    """The file of one event, to keep."""
    return _written([*_begun(told.address), *_event(told)])


def calendar_to_follow(calendar: Followed, events: Iterable[Told]) -> str:
    """The file of `calendar`; programs are asked to look again every hour."""
    about = [
        f"NAME:{escaped(calendar.name)}",
        f"X-WR-CALNAME:{escaped(calendar.name)}",
        f"SOURCE;VALUE=URI:{calendar.address}",
        f"URL:{calendar.page}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    return _written([*_begun(calendar.address), *about, *(line for told in events for line in _event(told))])


def _written(lines: Iterable[str]) -> str:
    return "".join(f"{piece}\r\n" for line in (*lines, "END:VCALENDAR") for piece in _folded(line))


def _begun(address: str) -> tuple[str, ...]:
    return "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{urlsplit(address).hostname}//agenda//ID", "METHOD:PUBLISH"


def _event(told: Told) -> Iterator[str]:
    """Its number is the same in every file and for ever; SEQUENCE says which telling of it is the newer one."""
    event, changed = told.event, told.event.changed_at or told.event.starts_at
    yield "BEGIN:VEVENT"
    yield f"UID:agenda-{event.pk}@{urlsplit(told.address).hostname}"
    yield f"DTSTAMP:{_utc(changed)}"
    yield f"LAST-MODIFIED:{_utc(changed)}"
    yield f"SEQUENCE:{event.revision}"
    yield f"DTSTART:{_utc(event.starts_at)}"
    yield f"DTEND:{_utc(event.ends_at)}"
    yield f"SUMMARY:{escaped(event.title)}"
    yield f"LOCATION:{escaped(event.place)}"
    yield f"DESCRIPTION:{escaped(_described(told))}"
    if event.series:
        yield f"CATEGORIES:{escaped(event.series.name)}"
    yield f"URL:{told.address}"
    yield f"STATUS:{STATUS.get(EventState(event.state), 'CONFIRMED')}"
    yield "END:VEVENT"


def _described(told: Told) -> str:
    """Why it is off, what is written of it, and who holds it."""
    event = told.event
    off = f"{event.get_state_display()}: {event.state_note}" if event.state in OFF and event.state_note else ""
    organiser = _("Penyelenggara: %(office)s") % {"office": event.organiser.full_name}
    text = Truncator(_plain(told.html)).chars(LONGEST_DESCRIPTION)
    return "\n".join(filter(None, (off, text, organiser)))


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _plain(html: str) -> str:
    lines = unescape(strip_tags(html.replace("</p>", "</p>\n"))).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def escaped(text: str) -> str:
    """`text` as the value of a property: on one line, and nothing in it starts another property."""
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).translate(ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """The pieces of a long line, never cut inside a character; from the second on they begin with a space."""
    octets = line.encode()
    while len(octets) > LINE_OCTETS:
        cut = LINE_OCTETS
        while octets[cut] & 0b1100_0000 == 0b1000_0000:
            cut -= 1
        yield octets[:cut].decode()
        octets = b" " + octets[cut:]
    yield octets.decode()
