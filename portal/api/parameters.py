"""The parameters of the API: those of `/berita/`, described here and read there, and the few of its own."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.timezone import get_default_timezone, is_naive
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Query

from news.queries import PARAMETERS, YEARS, Filters, day_in
from news.search.questions import LONGEST, Question
from portal.api.refusals import Refused

MOST = 100
USUAL = 20
LARGEST_NUMBER = 2**63 - 1
SINCE = "diubah_sejak"
CURSOR = "kursor"
WORDS, ORDER, NEWEST = "q", "urut", "terbaru"

SLUG = "^[-a-zA-Z0-9_]{0,120}$"
DAY = "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"
DESCRIBED = {
    "provinsi": (gettext_lazy("Kode Kemendagri sebuah provinsi."), "^([0-9]{2})?$", "73"),
    "rubrik": (gettext_lazy("Alamat (slug) sebuah rubrik."), SLUG, "pemerintahan"),
    "kantor": (gettext_lazy("Alamat (slug) sebuah kantor."), SLUG, "kab-bantaeng"),
    "tag": (gettext_lazy("Alamat (slug) sebuah tag."), SLUG, "rakornas"),
    "agenda": (gettext_lazy("Tahun dan alamat sebuah agenda."), "^([0-9]{4}/[-a-zA-Z0-9_]{1,120})?$", "2019/rakornas"),
    "pejabat": (gettext_lazy("Alamat (slug) seorang pejabat."), SLUG, "syahrul-bayan"),
    "dari": (gettext_lazy("Hari pertama, menurut tanggal setempat."), DAY, "2019-12-11"),
    "sampai": (gettext_lazy("Hari terakhir, ikut dihitung."), DAY, "2019-12-31"),
    CURSOR: (
        gettext_lazy("Tempat halaman ini di dalam daftar. Jangan disusun sendiri: ikuti `next` dan `previous`."),
        "^([on]\\.[-a-zA-Z0-9_.]{1,120})?$",
        None,
    ),
    SINCE: (
        gettext_lazy(
            "Hanya yang berubah sejak saat ini (ISO 8601, misalnya `2026-11-25T00:00:00+07:00`), yang terakhir berubah "
            "lebih dahulu. Tanpa zona waktu: WIB."
        ),
        "^[-0-9T:.+Z ]{0,40}$",
        "2026-11-25T00:00:00Z",
    ),
}

Limit = Annotated[int, Query(ge=1, le=MOST, description=gettext_lazy("Banyaknya baris, paling banyak 100."))]
ArticleId = Annotated[int, Path(ge=1, le=LARGEST_NUMBER, description=gettext_lazy("Nomor artikel."))]
Year = Annotated[int, Path(ge=YEARS[0], le=YEARS[-1])]
Slug = Annotated[str, Path(pattern="^[-a-zA-Z0-9_]{1,120}$")]
RegionCode = Annotated[str, Path(pattern=r"^[0-9]{2}(\.[0-9]{2})?$", description=gettext_lazy("Kode Kemendagri."))]


def described(*names: str) -> list[dict[str, Any]]:
    """The parameters `names` as OpenAPI describes them."""
    return [_described(name, *DESCRIBED[name]) for name in names]


def _described(name: str, description: Any, pattern: str, example: str | None) -> dict[str, Any]:
    schema = {"type": "string", "pattern": pattern, **({"examples": [example]} if example else {})}
    return {"in": "query", "name": name, "required": False, "description": description, "schema": schema}


SEARCHING = (
    {
        "in": "query",
        "name": WORDS,
        "required": False,
        "description": gettext_lazy(
            'Kata yang dicari, seperti di halaman Cari: "frasa" dan -kecuali boleh. Urutannya menurut kesesuaian.'
        ),
        "schema": {"type": "string", "maxLength": LONGEST, "examples": ["literasi digital"]},
    },
    {
        "in": "query",
        "name": ORDER,
        "required": False,
        "description": gettext_lazy("Urutan hasil pencarian: kosong (kesesuaian) atau `terbaru`."),
        "schema": {"type": "string", "enum": ["", NEWEST], "examples": [NEWEST]},
    },
)
"""How a search is asked for, in OpenAPI."""


ALL_FILTERS = tuple(PARAMETERS.values())


def filters_of(request: HttpRequest) -> Filters:
    """What the list is narrowed to, read as `/berita/` reads it; refused where a date cannot be understood."""
    filters = Filters.from_query(request.GET)
    if filters.problems:
        raise Refused(400, " ".join(filters.problems))
    return filters


def kept(filters: Filters, *names: str) -> dict[str, str]:
    """What of the filters stands in the address of the next page, where a list knows only `names`."""
    return {name: value for name, value in filters.as_query().items() if name in names}


def question_in(query: Mapping[str, str]) -> Question | None:
    """What is searched for; None where nothing is asked."""
    text = query.get(WORDS, "")
    if not text:
        return None
    question = Question.from_text(text)
    if len(text) > LONGEST:
        raise Refused(400, _("Pertanyaan paling panjang %(most)d huruf.") % {"most": LONGEST})
    if question.is_empty:
        raise Refused(400, _("Tulis sedikitnya satu kata yang dicari."))
    if query.get(SINCE):
        raise Refused(400, _("`q` dan `diubah_sejak` tidak dapat dipakai bersama."))
    return question


def newest_wanted(query: Mapping[str, str]) -> bool:
    """Whether what is found shall come newest first rather than by relevance."""
    order = query.get(ORDER, "")
    if order not in ("", NEWEST):
        raise Refused(400, _("Urutan hanya `terbaru`, atau kosong untuk kesesuaian."))
    return order == NEWEST


def since_in(query: Mapping[str, str]) -> datetime | None:
    """The moment from which changes are asked for; None where the parameter is not there."""
    text = query.get(SINCE, "")
    moment = _moment(text) if text else None
    if text and moment is None:
        raise Refused(
            400,
            _("“%(text)s” bukan waktu yang dikenal. Tulis seperti 2026-11-25T00:00:00+07:00.") % {"text": text[:40]},
        )
    return moment


def _moment(text: str) -> datetime | None:
    """A day begins at midnight of our own zone; a plus that an address turned into a space is one."""
    if not re.fullmatch(DESCRIBED[SINCE][1], text):
        return None
    if day := day_in(text):
        return _aware(datetime.combine(day, time()))
    try:
        moment = parse_datetime(re.sub(r" (?=\d\d:?\d\d$)", "+", text))
    except ValueError:
        return None
    return _aware(moment) if moment and moment.year in YEARS else None


def _aware(moment: datetime) -> datetime:
    """The moment in UTC: PostgreSQL takes no offset beyond 15:59."""
    return (moment.replace(tzinfo=get_default_timezone()) if is_naive(moment) else moment).astimezone(UTC)
