"""The form that chooses a period and a province, as its template fills it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from offices.models import Office, Region
from portal.dashboard.choices import Choice, provinces_of
from portal.dashboard.periods import PRESETS, day_or_none

KEPT = ("kantor", "agenda", "menurut")
"""Parameters that the form carries along unseen."""


@dataclass(frozen=True)
class PeriodForm:
    """`presets` are label, address and whether it is the present one; `hidden` are names with values.

    `sentence` says why the dates cannot be used; the dates are kept where they are dates at all.
    """

    action: str
    date_from: str
    date_to: str
    hidden: Sequence[tuple[str, str]]
    provinces: Sequence[Region]
    province: str = ""
    presets: Sequence[tuple[str | Promise, str, bool]] = ()
    sentence: str = ""


def form_for(choice: Choice, action: str) -> PeriodForm:
    """The form on a page that shows `choice`; `action` is the path of the page, where it leads again."""
    period = choice.period
    dates = {} if period.preset else period.fixed_query
    kept = {name: value for name, value in choice.query.items() if name in (*KEPT, "periode")}
    if choice.office and choice.province:
        kept["provinsi"] = choice.province.code
    return PeriodForm(
        action=action,
        date_from=dates.get("dari", ""),
        date_to=dates.get("sampai", ""),
        hidden=list(kept.items()),
        provinces=[] if choice.office else _choosable(choice.provinces),
        province=choice.province.code if choice.province else "",
        presets=_presets(choice, action),
    )


def form_again(data: Mapping[str, str], offices: Sequence[Office], action: str, sentence: str) -> PeriodForm:
    """The form as it was sent, with the `sentence` that says why it was refused."""
    return PeriodForm(
        action=action,
        date_from=_date_text(data.get("dari", "")),
        date_to=_date_text(data.get("sampai", "")),
        hidden=[(name, data[name]) for name in KEPT if data.get(name)],
        provinces=_choosable(provinces_of(offices)),
        province=data.get("provinsi", ""),
        sentence=sentence,
    )


def _choosable(provinces: Sequence[Region]) -> Sequence[Region]:
    return provinces if len(provinces) > 1 else []


def _presets(choice: Choice, action: str) -> list[tuple[str | Promise, str, bool]]:
    return [
        (
            label,
            f"{action}?{choice.parameters(dari=None, sampai=None, periode=name)}",
            name == choice.period.preset,
        )
        for name, (label, _span) in PRESETS.items()
    ]


def _date_text(text: str) -> str:
    """A date field may hold nothing but a date."""
    day = day_or_none(text.strip())
    return day.isoformat() if day else ""
