"""The verbs that announce an event: publish it, postpone it, cancel it, each recorded with the dates it had then."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Article, Event, EventTransition
from news.models.events import LONGEST_REASON, EventState
from news.refusals import NotNow
from news.search.indexing import mark_stale
from offices.roles import EDITORS, NEWSROOM, Role
from offices.scope import roles_over

SOURCES: dict[EventState, tuple[EventState, ...]] = {
    EventState.SUBMITTED: (EventState.DRAFT,),
    EventState.PUBLISHED: (
        EventState.DRAFT,
        EventState.SUBMITTED,
        EventState.POSTPONED,
        EventState.CANCELLED,
    ),
    EventState.POSTPONED: (EventState.PUBLISHED,),
    EventState.CANCELLED: (EventState.PUBLISHED, EventState.POSTPONED),
}
NEEDS_REASON = frozenset({EventState.POSTPONED, EventState.CANCELLED})


def roles_for(target: EventState) -> frozenset[Role]:
    """Whoever writes may submit an event; editors and managers decide what the public sees, without four eyes."""
    return NEWSROOM if target == EventState.SUBMITTED else EDITORS


def may_announce(user: Any, target: EventState, event: Event, *, at: datetime | None = None) -> bool:
    """Whether `user` is the one to bring `event` to `target`; says nothing of its present state."""
    day = event.organiser.local_day(at) if at else None
    return bool(roles_over(user, event.organiser, day) & roles_for(target))


def targets_open_to(user: Any, event: Event) -> list[EventState]:
    """The states `user` can bring `event` to now, the natural next one first."""
    return [t for t, sources in SOURCES.items() if event.state in sources and may_announce(user, t, event)]


def start_event(event: Event, *, by: Any, at: datetime | None = None) -> Event:
    """Store the new `event` as a draft of its organiser; participants are set afterwards.

    Raises `PermissionDenied` where `by` does not write there, `ValidationError` where fields are wrong.
    """
    day = event.organiser.local_day(at) if at else None
    if not roles_over(by, event.organiser, day) & NEWSROOM:
        raise PermissionDenied
    event.state = EventState.DRAFT
    keep_year(event)
    with transaction.atomic():
        event.full_clean()
        event.save()
        _record(event, source="", by=by, at=at)
    return event


def keep_year(event: Event) -> None:
    """The year of an event's address follows its first day on the local clock until it is announced."""
    if not event.is_public or not event.year:
        event.year = event.starts_at.astimezone(event.zone).year


def note_change(event: Event) -> tuple[str, ...]:
    """Let an announced `event`, its row locked, have changed for readers now; returns the fields to save."""
    if not event.is_public:
        return ()
    told_before, revision = Event.objects.values_list("changed_at", "revision").get(pk=event.pk)
    event.changed_at, event.revision = timezone.now(), revision + 1 if told_before else revision
    return ("changed_at", "revision")


def take_event_step(
    event: Event, target: EventState, *, by: Any, note: str = "", at: datetime | None = None
) -> EventTransition:
    """Bring `event` to `target`: lock, refuse, change, record.

    Raises `PermissionDenied` where it is not theirs, `NotNow` with a sentence where it is not possible now or a
    reason is missing. `at` backdates and is for importers and the demo only.
    """
    with transaction.atomic():
        stored = Event.objects.select_for_update(of=("self",)).select_related("organiser__region").get(pk=event.pk)
        if not may_announce(by, target, stored, at=at):
            raise PermissionDenied
        if stored.state not in SOURCES.get(target, ()):
            raise NotNow(_("Agenda ini sekarang “%(state)s”.") % {"state": stored.get_state_display()})
        note = _storable(note)
        if target in NEEDS_REASON and not note:
            raise NotNow(_("Tulis alasannya dahulu; publik akan membacanya."))
        source, stored.state, stored.state_note = stored.state, target, note
        stored.save(update_fields=["state", "state_note", *note_change(stored)])
        event.state, event.state_note = stored.state, stored.state_note
        mark_stale(Article.objects.published().filter(live_edition__event=stored))
        return _record(stored, source=source, by=by, note=note, at=at)


def _storable(note: str) -> str:
    """`note` as its column holds it, line breaks as one character; raises `NotNow` where it does not fit."""
    note = note.replace("\r\n", "\n").strip()
    if "\x00" in note:
        raise NotNow(_("Alasan memuat karakter yang tidak dapat disimpan."))
    if len(note) > LONGEST_REASON:
        sentence = _("Alasan paling panjang %(longest)d huruf; yang ini %(length)d. Persingkat dahulu.")
        raise NotNow(sentence % {"longest": LONGEST_REASON, "length": len(note)})
    return note


def _record(event: Event, *, source: str, by: Any, note: str = "", at: datetime | None = None) -> EventTransition:
    return EventTransition.objects.create(
        event=event,
        source=source,
        target=event.state,
        actor=by,
        at=at or timezone.now(),
        backdated=at is not None,
        note=note,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
    )
