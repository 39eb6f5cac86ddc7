"""Whether the days that a text names exist, fall on the weekday it names, and whether its own day is likely."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from news.readiness.days import WEEKDAYS, Named, days_named_in
from news.readiness.manuscript import Manuscript

LONG_AGO = timedelta(days=30)
MOST_SAID = 5


def doubts(manuscript: Manuscript) -> Iterator[str]:
    yield from _dateline_doubts(manuscript)
    yield from islice(_wrong_days(manuscript), MOST_SAID)


def _wrong_days(manuscript: Manuscript) -> Iterator[str]:
    near = manuscript.edition.dateline_on or manuscript.today
    for place, text in manuscript.passages:
        for named in days_named_in(text, near):
            if fault := _fault_of(named):
                yield f"{place}: {fault}"


def _fault_of(named: Named) -> str:
    if named.day is None:
        return _("“%(words)s” tidak ada dalam penanggalan.") % {"words": named.words}
    if named.weekday is None or named.weekday == named.day.weekday():
        return ""
    return _("“%(words)s” tidak cocok: %(day)s jatuh pada hari %(weekday)s.") % {
        "words": named.words,
        "day": date_format(named.day, "j F Y"),
        "weekday": WEEKDAYS[named.day.weekday()],
    }


def _dateline_doubts(manuscript: Manuscript) -> Iterator[str]:
    edition, today = manuscript.edition, manuscript.today
    if not edition.dateline_on:
        return
    day = date_format(edition.dateline_on, "j F Y")
    if edition.dateline_on > today:
        yield _("Tanggal titimangsa, %(day)s, belum tiba.") % {"day": day}
    elif edition.dateline_on < today - LONG_AGO and not edition.article.first_published_at:
        yield _("Tanggal titimangsa, %(day)s, sudah %(days)d hari lalu.") % {
            "day": day,
            "days": (today - edition.dateline_on).days,
        }
