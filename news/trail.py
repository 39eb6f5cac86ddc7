"""The two books of the audit trail, what happened and which steps editions took: who reads them, and their lines."""

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from news.models import Transition
from offices.models import Entry, User
from offices.scope import memberships_of, reach_of, rows_in_scope
from offices.spreadsheets import LINES_AT_ONCE, csv_pieces


def reads_trail(user: Any) -> bool:
    return any(membership.role in Entry.scope.readers for membership in memberships_of(user))


def entries_for(user: Any) -> QuerySet[Entry]:
    """What happened in the books that `user` reads, newest first."""
    entries = rows_in_scope(user, Entry.objects.all())
    return entries.select_related("actor", "person", "office__region").order_by("-at", "-pk")


def steps_for(user: Any) -> QuerySet[Transition]:
    """The steps of editions in the offices whose book `user` reads, newest first."""
    reached = reach_of(user, Entry.scope.readers).as_q("article__office")
    steps = Transition.objects.filter(reached).select_related("actor", "article__office__region", "edition")
    return steps.defer("edition__body").order_by("-at", "-pk")


def zone_for(user: Any) -> ZoneInfo:
    """The clock on which `user` reads the trail: that of the office they have worked for longest."""
    return memberships_of(user)[0].office.region.zone


def kind_of_thing(label: str) -> str:
    """The Indonesian name of the model `label`, which may be of a table that is gone."""
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name)) if label else ""
    except LookupError:
        return label


def file_of_entries(entries: QuerySet[Entry], zone: ZoneInfo) -> Iterator[str]:
    """The entries as a CSV file, in pieces; however many they are, some hundred lines are held at a time."""
    headers = [
        *(_("waktu"), _("kejadian"), _("oleh"), _("nama pengguna"), _("tentang"), _("nama pengguna (tentang)")),
        *(_("kantor"), _("jenis benda"), _("benda"), _("catatan"), _("jaringan")),
    ]
    return csv_pieces(headers, (_entry_cells(entry, zone) for entry in entries.iterator(chunk_size=LINES_AT_ONCE)))


def file_of_steps(steps: QuerySet[Transition], zone: ZoneInfo) -> Iterator[str]:
    """The same of the editions' steps."""
    headers = [
        *(_("waktu"), _("langkah"), _("dari"), _("menjadi"), _("oleh"), _("nama pengguna")),
        *(_("kantor"), _("judul"), _("edisi"), _("catatan")),
    ]
    return csv_pieces(headers, (_step_cells(step, zone) for step in steps.iterator(chunk_size=LINES_AT_ONCE)))


def _entry_cells(entry: Entry, zone: ZoneInfo) -> Sequence[object]:
    return (
        entry.at.astimezone(zone).isoformat(timespec="seconds"),
        entry.get_kind_display(),
        *_person_cells(entry.actor),
        *_person_cells(entry.person),
        entry.office,
        kind_of_thing(entry.thing_model),
        entry.thing_name,
        entry.note,
        entry.address,
    )


def _step_cells(step: Transition, zone: ZoneInfo) -> Sequence[object]:
    return (
        step.at.astimezone(zone).isoformat(timespec="seconds"),
        step.get_step_display(),
        step.get_source_display(),
        step.get_target_display(),
        *_person_cells(step.actor),
        step.article.office,
        step.edition.headline,
        step.edition.number,
        step.note,
    )


def _person_cells(person: User | None) -> tuple[str, str]:
    return (person.name, person.username) if person else ("", "")
