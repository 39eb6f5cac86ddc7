"""The figures of the dashboard, counted by the database and never from rows loaded here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from news.models import Article, Event, EventTransition
from news.models.articles import ArticleQuerySet
from news.models.events import EventState
from offices.models import Office, Region
from offices.scope import Reach
from portal.dashboard.choices import Choice, province_of
from portal.dashboard.periods import Period

COVERED_SHOWN = 20
UNCOVERED_SHOWN = 10
LATEST_SHOWN = 10


@dataclass(frozen=True)
class Output:
    """What one office published."""

    office: Office
    items: int


@dataclass(frozen=True)
class Group:
    """A province with what its offices published, the busiest first."""

    province: Region
    outputs: Sequence[Output]

    @property
    def items(self) -> int:
        return sum(output.items for output in self.outputs)

    @property
    def active(self) -> list[Output]:
        return [output for output in self.outputs if output.items]

    @property
    def silent(self) -> list[Office]:
        return [output.office for output in self.outputs if not output.items]

    @property
    def share(self) -> float:
        """The percentage of its offices that published."""
        return percentage(len(self.active), len(self.outputs))


@dataclass(frozen=True)
class Coverage:
    """How much was published about one event, and by how many offices."""

    event: Event
    items: int = 0
    offices: int = 0


def percentage(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def offices_within(reach: Reach) -> list[Office]:
    """Every office of a reach with its region, its province, and `last_on`, the day it last published."""
    latest = Article.objects.published().filter(office=OuterRef("pk")).newest_first()
    rows = Office.objects.filter(reach.as_q("self")).annotate(last_on=Subquery(latest.values("published_on")[:1]))
    return list(rows.select_related("region__parent").order_by("region__code"))


def articles_of(choice: Choice) -> ArticleQuerySet:
    """The public articles a choice is about, in no order."""
    rows = Article.objects.published().filter(choice.reach.as_q("office"), _published_in(choice.period))
    if choice.is_narrowed:
        rows = rows.filter(office__in=[office.pk for office in choice.offices])
    return rows.filter(event=choice.event) if choice.event else rows


def _published_in(period: Period) -> Q:
    return Q(published_on__gte=period.start, published_on__lt=period.end)


def in_public_order(rows: ArticleQuerySet, period: Period) -> ArticleQuerySet:
    """The newest first, ready to be shown or exported.

    A local day lies within a day of the same day in UTC, so the moment of publication is bounded besides:
    that lets the database walk the index of the public order instead of sorting a whole year.
    """
    return (
        rows.filter(
            first_published_at__gte=_utc(period.start - timedelta(days=1)),
            first_published_at__lt=_utc(period.end + timedelta(days=1)),
        )
        .newest_first()
        .select_related("live_edition__event", "office__region__parent", "rubric")
        .defer("live_edition__body", "live_edition__event__description")
    )


def _utc(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def outputs_of(choice: Choice) -> list[Output]:
    """Every office of a choice with its number of articles, the busiest first, zeros included."""
    counted = dict(articles_of(choice).values_list("office").annotate(items=Count("*")).order_by())
    outputs = [Output(office, counted.get(office.pk, 0)) for office in choice.offices]
    return sorted(outputs, key=lambda output: -output.items)


def by_province(outputs: Sequence[Output]) -> list[Group]:
    """The same outputs grouped by province, the busiest province first, then by code."""
    grouped: dict[Region, list[Output]] = defaultdict(list)
    for output in outputs:
        grouped[province_of(output.office)].append(output)
    groups = [Group(province, rows) for province, rows in grouped.items()]
    return sorted(groups, key=lambda group: (-group.items, group.province.code))


def items_by_day(choice: Choice) -> dict[date, int]:
    """The number of articles of each local day that has any."""
    return dict(articles_of(choice).values_list("published_on").annotate(items=Count("*")).order_by())


def coverage_by_event(choice: Choice) -> dict[int, tuple[int, int]]:
    """Articles and offices by the number of the event, for every public event that was written about."""
    rows = articles_of(choice).filter(event__in=Event.objects.published())
    counted = rows.values("event").annotate(items=Count("*"), offices=Count("office", distinct=True))
    return {row["event"]: (row["items"], row["offices"]) for row in counted.order_by("-items", "-event")}


def coverages(choice: Choice, counted: Mapping[int, tuple[int, int]]) -> list[Coverage]:
    """The events most written about, then the newest ones announced in the period that nobody wrote about."""
    covered = list(counted)[:COVERED_SHOWN]
    written_about = articles_of(choice).filter(event=OuterRef("pk"))
    uncovered = _announced_in(choice).filter(~Exists(written_about)).values("pk")[:UNCOVERED_SHOWN]
    shown = Event.objects.published().filter(Q(pk__in=covered) | Q(pk__in=uncovered))
    rows = [Coverage(event, *counted.get(event.pk, (0, 0))) for event in shown.select_related("organiser__region")]
    return sorted(rows, key=lambda row: -row.items)


def _announced_in(choice: Choice):
    """The events published in the period by the chosen offices, or by the ministry for everybody."""
    start, end = choice.period.moments
    published = EventTransition.objects.filter(target=EventState.PUBLISHED, at__gte=start, at__lt=end)
    organised = choice.reach.as_q("organiser")
    if choice.is_narrowed:
        organised = Q(organiser__in=[office.pk for office in choice.offices])
    rows = Event.objects.published().filter(organised | Q(organiser__region__parent=None))
    return rows.filter(Exists(published.filter(event=OuterRef("pk")))).order_by("-starts_at", "-pk")


def public_event_of(article: Article) -> Event | None:
    """The event an article is about, where that event is public itself."""
    event = article.live_edition.event
    return event if event and event.is_public else None


def latest_of(choice: Choice) -> list[Article]:
    return list(in_public_order(articles_of(choice), choice.period)[:LATEST_SHOWN])
