"""An event as a calendar file after RFC 5545."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

from django.utils.html import strip_tags

from news.models import Event, EventTransition
from news.models.events import EventState

LINE_OCTETS = 75  # RFC 5545, 3.1
STATUS = {EventState.POSTPONED: "TENTATIVE", EventState.CANCELLED: "CANCELLED"}
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar_file(event: Event, steps: Sequence[EventTransition], address: str) -> str:
    """The file for `event` at the absolute `address`; `steps` are its announcements, the oldest first.

    Their number is the SEQUENCE, so that a phone replaces what it saved before; times are UTC.
    """
    return "".join(f"{piece}\r\n" for line in _lines(event, steps, address) for piece in _folded(line))


def _lines(event: Event, steps: Sequence[EventTransition], address: str) -> Iterator[str]:
    host = urlsplit(address).hostname
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{host}//agenda//ID", "METHOD:PUBLISH")
    yield "BEGIN:VEVENT"
    yield f"UID:agenda-{event.pk}@{host}"
    yield f"DTSTAMP:{_utc(steps[-1].at if steps else event.starts_at)}"
    yield f"SEQUENCE:{max(len(steps) - 1, 0)}"
    yield f"DTSTART:{_utc(event.starts_at)}"
    yield f"DTEND:{_utc(event.ends_at)}"
    yield f"SUMMARY:{escaped(event.title)}"
    yield f"LOCATION:{escaped(event.place)}"
    yield f"DESCRIPTION:{escaped(_plain(event.description))}"
    yield f"URL:{address}"
    yield f"STATUS:{STATUS.get(EventState(event.state), 'CONFIRMED')}"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _plain(html: str) -> str:
    return unescape(strip_tags(html.replace("</p>", "</p>\n"))).strip()


def escaped(text: str) -> str:
    """`text` as the value of a property: on one line, and nothing in it starts another property."""
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).translate(ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """The pieces of a long line, never cut inside a character; from the second on they begin with a space."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LINE_OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    yield piece
