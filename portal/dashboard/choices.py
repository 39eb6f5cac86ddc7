"""What a person has chosen to look at, and the addresses that say so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from news.models import Event
from offices.models import Office, Region
from offices.scope import Reach
from portal.dashboard.periods import Period, ministry_today, period_from

LONGEST_NUMBER = 18
PER_OFFICE = "kantor"


def province_of(office: Office) -> Region:
    """The province an office is counted under: the ministry's stands under the nation."""
    region = office.region
    return region if region.is_province or region.parent is None else region.parent


def provinces_of(offices: Sequence[Office]) -> list[Region]:
    """The provinces of some offices in the order of their codes, the nation first."""
    return sorted({province_of(office) for office in offices}, key=lambda province: province.code)


@dataclass(frozen=True)
class Choice:
    """`offices` are those it is about: all of `reach`, or the chosen part; `provinces` may be chosen."""

    reach: Reach
    period: Period
    offices: Sequence[Office]
    provinces: Sequence[Region] = ()
    province: Region | None = None
    office: Office | None = None
    event: Event | None = None
    per_office: bool = False

    @property
    def is_narrowed(self) -> bool:
        return bool(self.province or self.office)

    @property
    def query(self) -> dict[str, str]:
        return {
            **self.period.query,
            **({"provinsi": self.province.code} if self.province else {}),
            **({"kantor": self.office.slug} if self.office else {}),
            **({"agenda": str(self.event.pk)} if self.event else {}),
            **({"menurut": PER_OFFICE} if self.per_office else {}),
        }

    def dashboard_url(self, fragment: str = "", **changes: str | None) -> str:
        """The dashboard with this choice and some parameters changed; None leaves one out."""
        return f"{reverse('dashboard')}?{self.parameters(**changes)}{fragment and '#' + fragment}"

    def rows_url(self, **changes: str | None) -> str:
        """The articles behind a figure."""
        return f"{reverse('dashboard_rows')}?{self.parameters(**{'menurut': None, **changes})}"

    def export_url(self, kind: str, **changes: str | None) -> str:
        return f"{reverse('dashboard_export', args=[kind])}?{self.parameters(**{'menurut': None, **changes})}"

    def parameters(self, **changes: str | None) -> str:
        return urlencode({name: value for name, value in {**self.query, **changes}.items() if value})


def choice_from(data: Mapping[str, str], reach: Reach, offices: Sequence[Office]) -> Choice:
    """What the parameters of an address ask for, within `offices`, which are all that `reach` extends to.

    Raises `BadPeriod` for dates that make no period, and `Http404` for whatever is unknown or out of reach,
    so that nobody can tell the two apart.
    """
    period = period_from(data, ministry_today())
    provinces = provinces_of(offices)
    province = _known(data.get("provinsi", ""), {province.code: province for province in provinces})
    within = [o for o in offices if province is None or province_of(o) == province]
    office = _known(data.get("kantor", ""), {office.slug: office for office in within})
    return Choice(
        reach=reach,
        period=period,
        offices=[office] if office else within,
        provinces=provinces,
        province=province,
        office=office,
        event=_event(data.get("agenda", "")),
        per_office=data.get("menurut") == PER_OFFICE,
    )


def _known(key: str, rows: Mapping[str, Any]) -> Any:
    if not key:
        return None
    if key not in rows:
        raise Http404
    return rows[key]


def _event(text: str) -> Event | None:
    if not text:
        return None
    event = Event.objects.published().filter(pk=number_from(text)).first()
    if event is None:
        raise Http404
    return event


def number_from(text: str) -> int:
    """A row's number as an address carries it; raises `Http404` for anything a database would refuse."""
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise Http404
    return int(text)
