"""What offices owe to the events of the days ahead: an announcement as organiser, a story as participant."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from news.desk_items import Item, Section, section
from news.duties import Seat
from news.models import Edition, Event
from news.models.events import EventState
from news.states import State

DAYS_AHEAD = 7


def events_ahead(seat: Seat) -> Section:
    """The events that begin within a week, or are going on, with what the own offices still owe to each."""
    return section(
        "events",
        _("Agenda 7 hari ke depan"),
        _("Agenda yang Anda adakan atau ikuti dalam tujuh hari muncul di sini, beserta apa yang masih kurang."),
        _events(seat),
        lambda event: _item(event, seat),
        reverse("admin:news_event_changelist"),
    )


def _events(seat: Seat) -> QuerySet[Event]:
    """Those one organises, called off or not, and the announced ones in which an own office takes part."""
    now = timezone.now()
    own = seat.at("organiser", seat.offices)
    taking_part = Event.participants.through.objects.filter(event=OuterRef("pk"), office__in=seat.offices)
    told = Edition.objects.exclude(state__in=[State.DISCARDED, State.REMOVED]).filter(
        event=OuterRef("pk"), article__office__in=seat.offices
    )
    rows = Event.objects.filter(starts_at__lt=now + timedelta(days=DAYS_AHEAD), ends_at__gt=now)
    concerned = rows.annotate(joins=Exists(taking_part), is_told=Exists(told)).filter(
        own | Q(joins=True, pk__in=Event.objects.published().values("pk"))
    )
    return concerned.select_related("organiser__region").defer("description").order_by("starts_at", "pk")


def _item(event: Event, seat: Seat) -> Item:
    page = reverse("admin:news_event_change", args=[event.pk])
    organises = event.organiser_id in seat.offices
    called_off = event.state in (EventState.CANCELLED, EventState.POSTPONED)
    told: dict[str, Any] = {"office": event.organiser, "at": event.starts_at, "place": event}
    if organises and not event.is_public:
        return Item(event.title, page, _("Umumkan"), alert=_("Belum diumumkan"), **told)
    if called_off:
        return Item(event.title, page, _("Lihat agenda"), alert=event.get_state_display(), **told)
    if event.is_told:
        return Item(event.title, page, _("Lihat agenda"), note=_("Sudah ada liputan"), **told)
    write = f"{reverse('admin:news_article_add')}?{urlencode({'event': event.pk})}"
    return Item(event.title, write, _("Tulis liputan"), alert=_("Belum ada liputan"), **told)
