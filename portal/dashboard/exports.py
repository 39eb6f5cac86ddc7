"""The dashboard's tables as CSV files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from news.models import Article
from offices.spreadsheets import LINES_AT_ONCE, csv_pieces
from portal.dashboard.choices import Choice, province_of
from portal.dashboard.queries import (
    Group,
    Output,
    articles_of,
    by_province,
    in_public_order,
    outputs_of,
    public_event_of,
)

Address = Callable[[str], str]
"""Makes a path absolute, because a file is read away from the site."""


@dataclass(frozen=True)
class Table:
    """`columns` are headers with what stands beneath them; `cells` gives one line in the same order."""

    title: str | Promise
    columns: Sequence[tuple[str | Promise, str | Promise]]
    rows: Callable[[Choice], Iterable[Any]]
    cells: Callable[[Any, Choice, Address], Sequence[object]]


def csv_of(table: Table, choice: Choice, absolute: Address) -> Iterator[str]:
    """The file in pieces.

    Links name the days of the period, so that they lead to the same rows next month.
    """
    choice = replace(choice, period=replace(choice.period, preset=""))
    lines = (table.cells(row, choice, absolute) for row in table.rows(choice))
    return csv_pieces([header for header, _about in table.columns], lines)


def file_name(kind: str, choice: Choice) -> str:
    return f"{kind}_{choice.period.start}_{choice.period.last_day}.csv"


def _groups(choice: Choice) -> list[Group]:
    return by_province(outputs_of(choice))


def _articles(choice: Choice) -> Iterator[Article]:
    return in_public_order(articles_of(choice), choice.period).iterator(chunk_size=LINES_AT_ONCE)


def _province_cells(group: Group, choice: Choice, absolute: Address) -> Sequence[object]:
    return (
        group.province.code,
        group.province.name,
        group.items,
        len(group.active),
        len(group.outputs),
        choice.period.start,
        choice.period.last_day,
        absolute(choice.rows_url(provinsi=group.province.code)),
    )


def _office_cells(output: Output, choice: Choice, absolute: Address) -> Sequence[object]:
    office = output.office
    return (
        office.region_id,
        office,
        office.region.name,
        province_of(office).name,
        output.items,
        office.last_on,
        choice.period.start,
        choice.period.last_day,
        absolute(choice.rows_url(kantor=office.slug)),
    )


def _article_cells(article: Article, choice: Choice, absolute: Address) -> Sequence[object]:
    office = article.office
    return (
        article.published_on,
        f"{article.first_published_at.astimezone(office.region.zone):%H:%M}",
        office.region.zone_abbr,
        article.headline,
        office.region_id,
        office,
        office.region.name,
        province_of(office).name,
        article.rubric.name,
        public_event_of(article),
        absolute(article.get_absolute_url()),
    )


CODE = (_("kode"), _("Kode wilayah Kemendagri. Impor sebagai teks agar 14.10 tidak terbaca 14.1."))
OFFICE = (_("kantor"), _("Nama singkat kantor."))
REGION = (_("wilayah"), _("Nama wilayah kantor."))
PROVINCE = (_("provinsi"), _("Nama provinsi; “Indonesia” berarti kementerian."))
ITEMS = (_("berita"), _("Jumlah berita yang terbit pada periode ini dan sekarang masih terbit."))
PERIOD = (
    (_("dari"), _("Hari pertama periode.")),
    (_("sampai"), _("Hari terakhir periode, ikut dihitung.")),
)
ROWS = (_("tautan"), _("Daftar beritanya di dasbor ini."))

TABLES = {
    "provinsi": Table(
        _("Menurut provinsi"),
        (
            CODE,
            PROVINCE,
            ITEMS,
            (_("kantor menerbitkan"), _("Jumlah kantor dengan sedikitnya satu berita.")),
            (_("semua kantor"), _("Jumlah kantor yang tercatat.")),
            *PERIOD,
            ROWS,
        ),
        _groups,
        _province_cells,
    ),
    "kantor": Table(
        _("Menurut kantor"),
        (
            CODE,
            OFFICE,
            REGION,
            PROVINCE,
            ITEMS,
            (
                _("terakhir terbit"),
                _("Tanggal berita terakhir kantor ini, juga di luar periode; kosong bila belum pernah."),
            ),
            *PERIOD,
            ROWS,
        ),
        outputs_of,
        _office_cells,
    ),
    "berita": Table(
        _("Semua berita"),
        (
            (_("tanggal"), _("Tanggal terbit pertama menurut waktu setempat.")),
            (_("pukul"), _("Pukul terbit pertama menurut waktu setempat.")),
            (_("zona"), _("WIB, WITA, atau WIT.")),
            (_("judul"), _("Judul edisi yang sekarang terbit.")),
            CODE,
            OFFICE,
            REGION,
            PROVINCE,
            (_("rubrik"), _("Rubrik berita.")),
            (_("agenda"), _("Agenda yang diliput; kosong bila tidak ada.")),
            (_("tautan"), _("Alamat berita di portal.")),
        ),
        _articles,
        _article_cells,
    ),
}
"""Every file by the name its address carries."""
