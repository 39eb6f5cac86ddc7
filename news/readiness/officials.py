"""Whether the officials a text speaks of are listed, and were in office on its day."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from news.models import Mention
from news.readiness.manuscript import Manuscript
from offices.models import Appointment, Official
from offices.models.officials import held_on

MOST_CANDIDATES, MOST_NAMES, MOST_SAID = 300, 500, 8
SHORTEST_NAME = 3  # letters
LONGEST_NAME = 5  # words
CAPITALISED = re.compile(r"\b[A-Z][\w’'-]{0,40}+\.?(?:\s[A-Z][\w’'-]{0,40}+\.?)+")
TITLES = re.compile(r"^(?:(?:[A-Z][A-Za-z]{0,4}\.|H|Hj|KH|Prof|Drs?|Dra|Ir)\s+)+")


def doubts(manuscript: Manuscript) -> Iterator[str]:
    yield from _out_of_office(manuscript)
    yield from _not_listed(manuscript)


def _out_of_office(manuscript: Manuscript) -> Iterator[str]:
    """Listed officials and speakers whose term does not cover the dateline's day: one query for all."""
    day = manuscript.edition.dateline_on
    speakers = [(quote, quote.speaker) for quote in manuscript.quotes if quote.speaker]
    if not day or not (manuscript.mentions or speakers):
        return
    people = {m.official_id for m in manuscript.mentions} | {speaker.official_id for _quote, speaker in speakers}
    running = Appointment.objects.filter(held_on(day), official__in=people).values_list("official", "pk")
    held: dict[int, set[int]] = {}
    for official, term in running:
        held.setdefault(official, set()).add(term)
    for mention in manuscript.mentions:
        yield from _mention_doubts(mention, held.get(mention.official_id, set()))
    for quote, speaker in speakers:
        if speaker.pk not in held.get(speaker.official_id, set()):
            yield _("Kutipan %(number)d: jabatan %(name)s yang dipilih tidak berlaku pada tanggal titimangsa.") % {
                "number": quote.number,
                "name": speaker.official.name,
            }


def _mention_doubts(mention: Mention, held: set[int]) -> Iterator[str]:
    if not held:
        yield _("%(name)s tidak tercatat menjabat pada tanggal titimangsa.") % {"name": mention.official.name}
    elif mention.appointment_id and mention.appointment_id not in held:
        yield _("Jabatan %(name)s yang dipilih tidak berlaku pada tanggal titimangsa.") % {
            "name": mention.official.name
        }


def _not_listed(manuscript: Manuscript) -> Iterator[str]:
    """Officials named in the text, or speaking in it, who are missing from the list of those it mentions."""
    said = listed = {mention.official_id for mention in manuscript.mentions}
    for official, sentence in _sentences(manuscript):
        if official not in said and len(said) - len(listed) < MOST_SAID:
            said = said | {official}
            yield sentence


def _sentences(manuscript: Manuscript) -> Iterator[tuple[int, str]]:
    for quote in manuscript.quotes:
        if quote.speaker:
            speaker = quote.speaker.official
            text = _("Kutipan %(number)d: %(name)s belum tercantum pada pejabat yang disebut.")
            yield speaker.pk, text % {"number": quote.number, "name": speaker.name}
    for place, official, name in _named(manuscript):
        if name == official.known_as:
            text = _("%(place)s menyebut “%(name)s”. Bila itu %(official)s, cantumkan pada pejabat yang disebut.")
        else:
            text = _("%(place)s menyebut %(official)s, yang belum tercantum pada pejabat yang disebut.")
        yield official.pk, text % {"place": place, "name": name, "official": official.name}


def _named(manuscript: Manuscript) -> Iterator[tuple[str, Official, str]]:
    """Where the text names which official, and by what name."""
    whole = "\n".join(text for _place, text in manuscript.passages)
    known = [(official, _pattern(official, whole)) for official in _candidates(manuscript)]
    patterns = [(official, pattern) for official, pattern in known if pattern]
    for place, text in manuscript.passages:
        for official, pattern in patterns:
            if match := pattern.search(text):
                yield place, official, match[0]


def _pattern(official: Official, whole: str) -> re.Pattern | None:
    """Finds a name as a whole; one of a single word only where no further name follows, as in "Agus Salim".

    None where `whole`, the text to be searched, holds none of the official's names.
    """
    names = (official.name, bare_name(official.name), official.known_as)
    parts = [
        re.escape(name) + ("" if " " in name else r"(?!\s[A-Z])")
        for name in names
        if len(name) >= SHORTEST_NAME and name in whole
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def bare_name(name: str) -> str:
    """`name` without academic and honorary titles: "Dr. H. Andi Contoh, S.H., M.Si." is "Andi Contoh"."""
    return TITLES.sub("", name.split(",")[0].strip()).strip()


def _candidates(manuscript: Manuscript) -> list[Official]:
    """Those serving at the office or at the offices of the event, and whoever is named in full; bounded."""
    event = manuscript.edition.event
    found = list(_serving_at([manuscript.office.pk], manuscript))
    if event:
        participants = event.participants.values("pk")
        found += _serving_at([event.organiser_id], manuscript)
        found += _serving_at(participants, manuscript)
    names = dict.fromkeys(name for _place, text in manuscript.passages for name in full_names(text))
    found += Official.objects.filter(name__in=list(names)[:MOST_NAMES]).order_by("pk")[:MOST_CANDIDATES]
    return found


def _serving_at(offices: Any, manuscript: Manuscript) -> QuerySet[Official]:
    """At most 300 officials in office there on the dateline's day."""
    day = manuscript.edition.dateline_on or manuscript.today
    terms = Appointment.objects.filter(held_on(day), position__office__in=offices)
    return Official.objects.filter(pk__in=terms.values("official")).order_by("pk")[:MOST_CANDIDATES]


def full_names(text: str) -> Iterator[str]:
    """Every series of two to five neighbouring words in capitals, as a name in full may be."""
    for run in CAPITALISED.finditer(text):
        words = run[0].split()
        for start in range(len(words)):
            for end in range(start + 2, min(start + LONGEST_NAME, len(words)) + 1):
                yield " ".join(words[start:end]).rstrip(".")
