"""The days that an Indonesian text names: "Senin, 11 Desember 2019", "Jumat–Sabtu (13–14/12)", "31 Juni"."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_SPELLED = ("senin", "selasa", "rabu", "kamis", r"jum\W?at", "sabtu", "minggu|ahad")
_MONTHS = (
    "januari|jan",
    "februari|pebruari|feb|peb",
    "maret|mar",
    "april|apr",
    "mei",
    "juni|jun",
    "juli|jul",
    "agustus|agust|agu|agt|ags",
    "september|sept|sep",
    "oktober|okt",
    "november|nopember|nov|nop",
    "desember|des",
)
_WEEKDAY = rf"\b(?:{'|'.join(_SPELLED)})\b"
_TO = r"\s{0,2}(?:[-–—&]|\bs\.?/?d\.?|\bdan\b|\bhingga\b|\bsampai\b|\bke\b)\s{0,2}"
_ASIDE = r"pagi|siang|sore|petang|malam|dini hari|subuh|legi|kliwon|pahing|pon|wage|lalu|ini|besok|kemarin"
_DAYS = rf"(?<!\d)(?<!\d[.,/])(?P<first>[0-9]{{1,2}})(?:{_TO}(?P<last>[0-9]{{1,2}}))?"
_IN_WORDS = rf"\s{{1,2}}(?P<month>{'|'.join(_MONTHS)})\b\.?(?:,?\s{{1,2}}(?P<year>[0-9]{{4}})(?!\d))?"
_IN_FIGURES = r"\s?/\s?(?P<month_number>[0-9]{1,2})(?:\s?/\s?(?P<year_number>[0-9]{4}|[0-9]{2}))?(?![\d/])"
_LATER = (
    rf"(?:{_TO}(?:{_WEEKDAY}[\s,(]{{0,3}})?[0-9]{{1,2}}\s{{1,2}}(?:{'|'.join(_MONTHS)})\s{{1,2}}(?P<later>[0-9]{{4}}))"
)
DATE = re.compile(
    rf"(?:(?P<weekday>{_WEEKDAY})(?:{_TO}(?P<weekday_last>{_WEEKDAY}))?(?:\s(?:{_ASIDE})){{0,2}}(?P<gap>[\s,(:]{{1,4}}(?:(?:tanggal|tgl\.?)\s)?))?"
    rf"{_DAYS}(?:{_IN_WORDS}|{_IN_FIGURES})"
    rf"(?={_LATER})?(?:\s?\(\s?(?:hari\s)?(?P<behind>{_WEEKDAY})(?:{_TO}(?P<behind_last>{_WEEKDAY}))?\s?\))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Named:
    """One day as a text names it: its words, the day or None where there is no such day, and the weekday if given."""

    words: str
    day: date | None
    weekday: int | None


def days_named_in(text: str, near: date) -> Iterator[Named]:
    """Every day named in `text`, of a range both ends; a day without a year is the one nearest to `near`."""
    for match in DATE.finditer(" ".join(text.split())):
        month = _month_of(match)
        if month is None or (match["month_number"] and not match["weekday"]):
            continue
        words = match[0] + ")" * (match[0].count("(") - match[0].count(")"))
        days = [int(match[name]) for name in ("first", "last") if match[name]]
        weekdays = _weekdays_of(match)
        for number, weekday in zip_longest(days, weekdays[: len(days)]):
            yield Named(words, _day(number, month, _year_of(match), near), weekday)


def _month_of(match: re.Match) -> int | None:
    if match["month_number"]:
        number = int(match["month_number"])
        return number if 1 <= number <= 12 else None
    return 1 + _number_of(_MONTHS, match["month"])


def _year_of(match: re.Match) -> int | None:
    written = match["year"] or match["year_number"] or match["later"]
    if not written:
        return None
    return int(written) + (2000 if len(written) == 2 else 0)


def _weekdays_of(match: re.Match) -> list[int]:
    """None, one or two weekdays; "minggu" in small letters and without a comma is a week, not a Sunday."""
    if match["weekday"] == "minggu" and not match["gap"].strip():
        return []
    groups = ("weekday", "weekday_last") if match["weekday"] else ("behind", "behind_last")
    return [_number_of(_SPELLED, match[group]) for group in groups if match[group]]


def _number_of(spellings: tuple[str, ...], name: str) -> int:
    return next(n for n, spelled in enumerate(spellings) if re.fullmatch(spelled, name, re.IGNORECASE))


def _day(number: int, month: int, year: int | None, near: date) -> date | None:
    years = [year] if year is not None else [near.year - 1, near.year, near.year + 1]
    possible = [
        date(y, month, number) for y in years if date.min.year <= y <= date.max.year and _exists(number, month, y)
    ]
    return min(possible, key=lambda day: abs(day - near), default=None)


def _exists(number: int, month: int, year: int) -> bool:
    return 1 <= number <= monthrange(year, month)[1]
