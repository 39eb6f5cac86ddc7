"""What readers ask for: the articles on a card, narrowed by place, topic and date."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from news.models import Article, Event, FormerRubric, FormerTag, ListedTag, Rubric, Tag
from offices.models import Office, Official, Region

FIRST_ZONE, LAST_ZONE = ZoneInfo("Asia/Jayapura"), ZoneInfo("Asia/Jakarta")
YEARS = range(1945, 2200)
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,120}")
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def public_cards() -> QuerySet[Article]:
    """What the public may read, newest first, with what a card shows but without bodies; in two queries."""
    return Article.objects.published().newest_first().for_cards().defer("live_edition__body")


def public_headlines() -> QuerySet[Article]:
    """The same without photos, in one query."""
    return public_cards().prefetch_related(None)


def output_since(day: date) -> dict[str | None, int]:
    """How many public articles each province (by code; None for the ministry) has published since `day`.

    Counted day by day, as the index `public_output` has them: grouped by province alone, SQLite would read it all.
    """
    articles = Article.objects.published().filter(published_on__gte=day).order_by()
    counts: Counter[str | None] = Counter()
    for _day, province, count in articles.values_list("published_on", "province").annotate(Count("pk")):
        counts[province] += count
    return dict(counts)


def public_tags() -> QuerySet[Tag]:
    """The tags that stand on something public; the name of another one would tell what is being written about."""
    public = Article.objects.published().filter(pk=OuterRef("article"))
    return Tag.objects.filter(Exists(ListedTag.objects.filter(Exists(public), tag=OuterRef("pk"))))


def tag_at(slug: str) -> Tag:
    """The public tag that has the address `slug`, or had it before it was merged; `Http404` where there is none."""
    _refuse_impossible(slug)
    found = public_tags().filter(slug=slug).first()
    return found or get_object_or_404(public_tags(), pk__in=FormerTag.objects.filter(slug=slug).values("tag"))


def rubric_at(slug: str) -> Rubric:
    """The same for rubrics."""
    _refuse_impossible(slug)
    found = Rubric.objects.filter(slug=slug).first()
    return found or get_object_or_404(Rubric, pk__in=FormerRubric.objects.filter(slug=slug).values("rubric"))


def rubrics_of(office: Office) -> QuerySet[Rubric]:
    """The rubrics in which `office` has public news: one step in an index for each."""
    written = Article.objects.published().filter(office=office, rubric=OuterRef("pk"))
    return Rubric.objects.filter(Exists(written))


class Choices:
    """The provinces and rubrics that a reader can choose from; each is loaded once, when it is needed."""

    @cached_property
    def provinces(self) -> list[Region]:
        return list(Region.objects.filter(level=Region.Level.PROVINCE).order_by("code"))

    @cached_property
    def rubrics(self) -> list[Rubric]:
        return list(Rubric.objects.all())


@dataclass(frozen=True)
class Filters:
    """What a list of articles is narrowed to; `PARAMETERS` has the names that stand in an address.

    `problems` are sentences about values that cannot be understood; nothing matches while there are any.
    """

    province: Region | None = None
    rubric: Rubric | None = None
    office: Office | None = None
    tag: Tag | None = None
    event: Event | None = None
    official: Official | None = None
    date_from: date | None = None
    date_to: date | None = None
    problems: tuple[str, ...] = ()
    choices: Choices = field(default_factory=Choices, compare=False, repr=False)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Read the parameters of an address, ignoring others. Raises `Http404` for a name that nobody has."""
        choices = Choices()
        found = {
            name: READERS[name](query[parameter], choices)
            for name, parameter in PARAMETERS.items()
            if name in READERS and query.get(parameter)
        }
        days = {name: day_in(query.get(PARAMETERS[name], "")) for name in ("date_from", "date_to")}
        return cls(**found, **days, problems=tuple(_problems(query, **days)), choices=choices)

    def apply(self, articles: QuerySet[Article]) -> QuerySet[Article]:
        """The articles among `articles` that match everything chosen.

        Those of a tag or an official are read from its kept list, which is in the public order already: nothing is
        sorted, and a page or a date is found in the list's index. An office and an event have fewer articles than a
        tag may have, so their own order leads, and the kept list is only asked about each of them.
        """
        if self.problems:
            return articles.none()
        articles = articles.filter(**{name: value for name in PLAIN if (value := getattr(self, name))})
        lists = {name: value for name in PLACES if (value := getattr(self, name))}
        for name, value in lists.items():
            articles = _in_kept_list(articles, name, value)
        leading = "" if self.office or self.event else next(iter(lists), "")
        days = between(self.date_from, self.date_to)
        if leading:
            articles = _in_its_order(articles, leading)
            days = {f"{LISTED}{column}": bound for column, bound in days.items()}
        return articles.filter(**days)

    def as_query(self) -> dict[str, str]:
        """The parameters that say the same again, always in the same order."""
        chosen = {parameter: getattr(self, name) for name, parameter in PARAMETERS.items()}
        return {parameter: written(value) for parameter, value in chosen.items() if value}


PARAMETERS = {
    "province": "provinsi",
    "rubric": "rubrik",
    "office": "kantor",
    "tag": "tag",
    "event": "agenda",
    "official": "pejabat",
    "date_from": "dari",
    "date_to": "sampai",
}
PLAIN = ("province", "rubric", "office", "event")
PLACES = {"official": "listedofficial", "tag": "listedtag"}
"""By filter, the model whose kept list is read; the first that is chosen gives the order."""
LISTED = "listed_"
READERS = {
    "province": lambda text, choices: _among(choices.provinces, text),
    "rubric": lambda text, choices: next((r for r in choices.rubrics if r.slug == text), None) or rubric_at(text),
    "office": lambda text, choices: _by_slug(Office.objects.select_related("region"), text),
    "tag": lambda text, choices: tag_at(text),
    "event": lambda text, choices: _event(text),
    "official": lambda text, choices: _by_slug(Official.objects.all(), text),
}


def written(value: Any) -> str:
    """How a chosen value stands in an address."""
    if isinstance(value, Region):
        return value.code
    if isinstance(value, Event):
        return f"{value.year}/{value.slug}"
    return value.isoformat() if isinstance(value, date) else value.slug


def between(first: date | None, last: date | None) -> dict[str, date | datetime]:
    """Both ends by local day, and roughly by moment too, so that an index of the public order finds them."""
    bounds: dict[str, date | datetime] = {}
    if first:
        bounds["published_on__gte"] = first
        bounds["first_published_at__gte"] = datetime.combine(first, time(), FIRST_ZONE)
    if last:
        next_day = last + timedelta(days=1)
        bounds["published_on__lt"] = next_day
        bounds["first_published_at__lt"] = datetime.combine(next_day, time(), LAST_ZONE)
    return bounds


def day_in(text: str) -> date | None:
    """The day written as 2019-12-11; None where it is another text or a day nobody published on."""
    if not DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _in_kept_list(articles: QuerySet[Article], name: str, value: Any) -> QuerySet[Article]:
    """Those of `articles` that have a place in the list of `value`, joined as `<name>_place`."""
    listed = PLACES[name]
    place = FilteredRelation(listed, condition=Q(**{f"{listed}__{name}": value}))
    return articles.alias(**{f"{name}_place": place}).filter(**{f"{name}_place__isnull": False})


def _in_its_order(articles: QuerySet[Article], name: str) -> QuerySet[Article]:
    """`articles` as the list that is joined as `<name>_place` has them.

    Its columns get names that begin with `LISTED`: under the relation's, Django would join it anew for every filter.
    """
    columns = ("first_published_at", "published_on", "article")
    named = articles.alias(**{f"{LISTED}{column}": F(f"{name}_place__{column}") for column in columns})
    return named.order_by(f"-{LISTED}first_published_at", f"-{LISTED}article")


def _problems(query: Mapping[str, str], date_from: date | None, date_to: date | None) -> Iterator[str]:
    for text, day in ((query.get("dari"), date_from), (query.get("sampai"), date_to)):
        if text and day is None:
            yield _("Tanggal “%(text)s” tidak dikenal. Tulis seperti 2019-12-11.") % {"text": text[:20]}
    if date_from and date_to and date_from > date_to:
        yield _("Tanggal awal harus sebelum tanggal akhir.")


def _among(choices: list[Any], text: str) -> Any:
    for choice in choices:
        if written(choice) == text:
            return choice
    raise Http404


def _refuse_impossible(text: str) -> None:
    """Text that no slug can be never reaches the database: PostgreSQL fails on a NUL."""
    if not SLUG.fullmatch(text):
        raise Http404


def _by_slug(rows: QuerySet, text: str) -> Any:
    _refuse_impossible(text)
    return get_object_or_404(rows, slug=text)


def _event(text: str) -> Event:
    year, _slash, slug = text.partition("/")
    if not (re.fullmatch(r"[0-9]{4}", year) and SLUG.fullmatch(slug)):
        raise Http404
    return get_object_or_404(Event.objects.published(), year=int(year), slug=slug)
