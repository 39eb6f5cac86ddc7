"""Headlines by province, cut into pages between two provinces: for the news of a day and the coverage of an event."""

from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Count, F, Q
from django.http import Http404

from news.models import Article
from news.paging import Cut, cut
from news.queries import public_headlines
from offices.models import Region
from offices.models.regions import ROOT_CODE

AT_ONCE = 150


@dataclass
class Group:
    """The headlines of one province, `articles` empty where they stand on another page; `more` were left out."""

    province: Region
    count: int
    page: int
    articles: list[Article] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.articles) if self.articles else 0


@dataclass(frozen=True)
class Pages(Cut):
    """All provinces with their counts, and which of them stand on the page that was asked for."""

    groups: list[Group]
    number: int
    offices: int

    @property
    def shown(self) -> list[Group]:
        return [group for group in self.groups if group.page == self.number]

    @property
    def total(self) -> int:
        return sum(group.count for group in self.groups)

    def start_of(self, number: int) -> str | None:
        """The code of its first province."""
        codes = [group.province.code for group in self.groups if group.page == number]
        return (codes[0] if number else "") if codes else None


def pages_of(chosen: Q, start: str) -> Pages:
    """Of the public articles that `chosen` leaves, the page with the province of the code `start`, or the first.

    Three queries. A page ends where another province would bring it above `AT_ONCE` headlines, and shows no more than
    that. Raises `Http404` for a code without any.
    """
    counts = _counts(chosen)
    groups = _groups(counts)
    numbers = {group.province.code: group.page for group in groups}
    if start and start not in numbers:
        raise Http404
    pages = Pages(groups, numbers.get(start, 0), sum(offices for _count, offices in counts.values()))
    _fill(pages.shown, chosen)
    return pages


def _counts(chosen: Q) -> dict[str, tuple[int, int]]:
    """By code of the province, how many articles and of how many offices; the ministry's stand under the nation."""
    rows = Article.objects.published().filter(chosen).order_by().values("province")
    counted = rows.annotate(articles=Count("pk"), offices=Count("office", distinct=True))
    return {row["province"] or ROOT_CODE: (row["articles"], row["offices"]) for row in counted}


def _groups(counts: dict[str, tuple[int, int]]) -> list[Group]:
    provinces = list(Region.objects.filter(pk__in=counts).order_by("code"))
    pages = cut({province.code: counts[province.code][0] for province in provinces}, AT_ONCE)
    return [Group(province, counts[province.code][0], pages[province.code]) for province in provinces]


def _fill(groups: list[Group], chosen: Q) -> None:
    """Give each group its headlines, office by office, the newest first."""
    codes = [group.province.code for group in groups]
    here = Q(province__in=codes) | Q(province=None) if ROOT_CODE in codes else Q(province__in=codes)
    west_to_east = F("province").asc(nulls_first=True), "office__region_id", "-first_published_at", "-pk"
    rows = public_headlines().filter(chosen, here).order_by(*west_to_east)[:AT_ONCE]
    by_code = {group.province.code: group for group in groups}
    for code, found in groupby(rows, lambda article: article.province_id or ROOT_CODE):
        by_code[code].articles = list(found)
