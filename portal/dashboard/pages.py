"""What each page of the dashboard shows, counted and linked before its template starts."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from portal.dashboard.charts import chart_of
from portal.dashboard.choices import PER_OFFICE, Choice
from portal.dashboard.exports import TABLES
from portal.dashboard.figures import figures_of
from portal.dashboard.forms import form_for
from portal.dashboard.paging import page_of
from portal.dashboard.periods import ministry_today
from portal.dashboard.queries import (
    COVERED_SHOWN,
    Group,
    articles_of,
    by_province,
    coverage_by_event,
    coverages,
    in_public_order,
    items_by_day,
    latest_of,
    outputs_of,
    public_event_of,
)

ROBOTS = "noindex, nofollow"
Page = dict[str, Any]


def dashboard_page(choice: Choice, path: str) -> Page:
    outputs = outputs_of(choice)
    groups = by_province(outputs)
    covered = {} if choice.event else coverage_by_event(choice)
    return {
        **_frame(choice, path, choice.dashboard_url),
        "figures": figures_of(groups, covered),
        "rows_url": choice.rows_url(),
        **_outputs(choice, groups),
        "silent": sorted((g for g in groups if g.silent), key=lambda g: (-len(g.silent), g.province.code)),
        **_chart(choice),
        "event_chosen": choice.event,
        "events": [] if choice.event else _events(choice, covered),
        "events_left": max(len(covered) - COVERED_SHOWN, 0),
        "latest": latest_of(choice),
        "files": [(table, choice.export_url(kind)) for kind, table in TABLES.items()],
    }


def rows_page(choice: Choice, path: str, after: str) -> Page:
    rows = articles_of(choice)
    page = page_of(in_public_order(rows, choice.period), choice, after)
    return {
        **_frame(choice, path, choice.rows_url),
        "articles": [(article, public_event_of(article)) for article in page.articles],
        "total": rows.count(),
        "newest_url": after and choice.rows_url(),
        "older_url": page.older_than and choice.rows_url(setelah=page.older_than),
        "back_url": choice.dashboard_url(),
        "export_url": choice.export_url("berita"),
    }


def title_for(provinces: Sequence[Any], *, nation: bool) -> str:
    if nation:
        return _("Dasbor pusat")
    return _("Dasbor %(provinces)s") % {"provinces": ", ".join(province.name for province in provinces)}


def _frame(choice: Choice, path: str, address: Callable[..., str]) -> Page:
    """What both pages begin with; `address` makes the page's own address without one of its filters."""
    return {
        "robots": ROBOTS,
        "page_title": title_for(choice.provinces, nation=choice.reach.nation),
        "period": choice.period,
        "form": form_for(choice, path),
        "filters": [
            (label, address(**{name: None}))
            for name, label in (
                ("provinsi", choice.province),
                ("kantor", choice.office),
                ("agenda", choice.event),
            )
            if label
        ],
    }


def _outputs(choice: Choice, groups: Sequence[Group]) -> Page:
    """The table of who published: by province, or by office where asked for or only one province is left."""
    per_office = choice.per_office or len(groups) < 2
    lines = _office_lines(choice, groups) if per_office else _province_lines(choice, groups)
    return {
        "per_office": per_office,
        "may_group": len(groups) > 1,
        "by_province_url": choice.dashboard_url("penerbit", menurut=None),
        "by_office_url": choice.dashboard_url("penerbit", menurut=PER_OFFICE),
        "lines": lines,
        "most": max((line["items"] for line in lines), default=0),
    }


def _province_lines(choice: Choice, groups: Sequence[Group]) -> list[Page]:
    return [
        {
            "group": group,
            "items": group.items,
            "url": choice.dashboard_url("penerbit", provinsi=group.province.code),
            "silent_url": choice.dashboard_url("senyap", provinsi=group.province.code),
            "rows_url": choice.rows_url(provinsi=group.province.code),
        }
        for group in groups
    ]


def _office_lines(choice: Choice, groups: Sequence[Group]) -> list[Page]:
    active = [(group.province, output) for group in groups for output in group.active]
    return [
        {
            "office": output.office,
            "province": province,
            "items": output.items,
            "rows_url": choice.rows_url(kantor=output.office.slug),
        }
        for province, output in sorted(active, key=lambda pair: -pair[1].items)
    ]


def _chart(choice: Choice) -> Page:
    chart = chart_of(items_by_day(choice), choice.period, ministry_today())
    bars = chart.bars if chart else []
    return {
        "chart": chart,
        "bars": [
            (bar, choice.rows_url(**{"periode": None, **bar.period.fixed_query}) if bar.items else "") for bar in bars
        ],
    }


def _events(choice: Choice, counted: dict[int, tuple[int, int]]) -> list[Page]:
    return [
        {
            "event": row.event,
            "items": row.items,
            "offices": row.offices,
            "rows_url": choice.rows_url(agenda=str(row.event.pk)),
            "offices_url": choice.dashboard_url("penerbit", agenda=str(row.event.pk), menurut=PER_OFFICE),
        }
        for row in coverages(choice, counted)
    ]
