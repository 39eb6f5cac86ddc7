"""The shapes of the demo's content, as its TOML files hold it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from offices.models.officials import Precision, Term
from offices.roles import Role

WEST = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True)
class RubricEntry:
    slug: str
    name: str
    description: str
    order: int


@dataclass(frozen=True)
class StaffEntry:
    username: str
    name: str
    email: str
    office: str
    role: Role


@dataclass(frozen=True)
class PartialDate:
    """The first day of a date known to the day, the month or the year."""

    day: date
    precision: Precision

    @classmethod
    def read(cls, text: str) -> "PartialDate":
        """`2019`, `2019-06` or `2019-06-01`; raises ValueError for anything else."""
        parts = [int(part) for part in text.split("-")]
        if not 1 <= len(parts) <= 3:
            raise ValueError(text)
        precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]
        return cls(date(*(*parts, 1, 1)[:3]), precision)


@dataclass(frozen=True)
class AppointmentEntry:
    office: str
    title: str
    kind: Term
    held_from: PartialDate
    held_until: PartialDate | None = None


@dataclass(frozen=True)
class OfficialEntry:
    file: str
    key: str
    name: str
    slug: str
    known_as: str = ""
    appointment: tuple[AppointmentEntry, ...] = ()


@dataclass(frozen=True)
class SeriesEntry:
    file: str
    key: str
    name: str
    slug: str
    description: str = ""


@dataclass(frozen=True)
class EventEntry:
    """An event at fixed times (`starts`, `ends`), or so many days from the day it is loaded."""

    file: str
    key: str
    title: str
    slug: str
    organiser: str
    place: str
    timezone: str
    state: str
    description: str = ""
    series: str = ""
    participants: tuple[str, ...] = ()
    starts: str = ""
    ends: str = ""
    starts_in_days: int | None = None
    starts_time: str = "09:00"
    lasts_hours: int = 3
    note: str = ""

    def span(self, now: datetime) -> tuple[datetime, datetime]:
        """When it starts and ends, for a load at `now`; raises ValueError where the times are not ISO."""
        zone = ZoneInfo(self.timezone)
        if self.starts_in_days is None:
            return _local(self.starts, zone), _local(self.ends, zone)
        start = _days_away(now, zone, self.starts_in_days, self.starts_time)
        return start, start + timedelta(hours=self.lasts_hours)


@dataclass(frozen=True)
class PhotoEntry:
    motif: str
    palette: str
    caption: str
    alt: str
    credit: str


@dataclass(frozen=True)
class QuoteEntry:
    number: int
    kind: str
    text: str
    speaker: str = ""
    attribution: str = ""


@dataclass(frozen=True)
class StoryEntry:
    """A story and the state it stands in; `published`, or `days_ago` with `time`, tells when it came there.

    One that waits for its moment goes out on the morning after it was loaded. An urgent one is published without an
    approval, for the reason in `note`.
    """

    file: str
    key: str
    office: str
    rubric: str
    headline: str
    deck: str
    dateline_place: str
    state: str
    body: str
    urgent: bool = False
    tags: tuple[str, ...] = ()
    event: str = ""
    officials: tuple[str, ...] = ()
    published: str = ""
    days_ago: int | None = None
    time: str = "09:00"
    note: str = ""
    byline: str = ""
    picks: tuple[str, ...] = ()
    photo: PhotoEntry | None = None
    quote: tuple[QuoteEntry, ...] = ()

    def moment(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The moment of its last step on the clock of `zone`, never after `now`; raises ValueError."""
        if self.days_ago is None:
            return min(_local(self.published, zone), now)
        return min(_days_away(now, zone, -self.days_ago, self.time), now)


def _local(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def _days_away(now: datetime, zone: ZoneInfo, days: int, clock: str) -> datetime:
    """At `clock` in `zone`, so many days from today in the west: where it is tomorrow already, stories keep in step."""
    day = now.astimezone(WEST).date() + timedelta(days=days)
    return _local(f"{day.isoformat()}T{clock}", zone)


@dataclass(frozen=True)
class Content:
    """Everything the demo loads, each kind in the order of its files."""

    rubrics: tuple[RubricEntry, ...]
    staff: tuple[StaffEntry, ...]
    officials: tuple[OfficialEntry, ...]
    series: tuple[SeriesEntry, ...]
    events: tuple[EventEntry, ...]
    stories: tuple[StoryEntry, ...]
