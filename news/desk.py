"""The desk: what waits for a person, in sections of items that are one click from their next step."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from news.coverage import events_ahead
from news.desk_items import SHOWN, Item, Section, section
from news.duties import Seat, demanded_of, failed_for, ready_for, returned_to, to_check_by, to_confirm_by, written_by
from news.models import Article, Demand, Edition, Schedule, Transition
from news.models.schedules import ScheduleStatus
from news.reads import DAYS_SHOWN, reads_lately
from news.states import State
from offices.models.regions import ZONES

LATE = timedelta(minutes=2)


def sections_for(seat: Seat) -> list[Section]:
    """The sections of somebody who works in newsrooms, whose own work comes first; each takes one query."""
    if not seat.offices:
        return []
    editor = [_demanded(seat), _to_check(seat), _ready(seat)] if seat.editing else []
    shared = [_scheduled(seat), *confirmation(seat), events_ahead(seat)]
    return [_returned(seat), *editor, _drafts(seat), *shared, _today(seat), _most_read(seat)]


def editions(condition: Q) -> QuerySet[Edition]:
    """Editions with the last step that was taken on them: when, by whom, and its note."""
    last = Transition.objects.filter(edition=OuterRef("pk")).order_by("-pk")
    steps = {name: Subquery(last.values(path)[:1]) for name, path in LAST_STEP.items()}
    rows = Edition.objects.filter(condition).annotate(**steps).select_related("article__office__region", "started_by")
    return rows.defer("body")


LAST_STEP = {"last_at": "at", "last_actor": "actor__name", "last_note": "note"}


def listed(**query: str) -> str:
    """The address of the list of articles, narrowed by `query`."""
    return f"{reverse('admin:news_article_changelist')}?{'&'.join(f'{name}={value}' for name, value in query.items())}"


def article_url(article_id: int) -> str:
    return reverse("admin:news_article_change", args=[article_id])


def edition_item(edition: Edition, action: str, **more: Any) -> Item:
    defaults = {"who": edition.last_actor or "", "at": edition.last_at}
    return Item(edition.headline, article_url(edition.article_id), action, edition.article.office, **defaults | more)


def _returned(seat: Seat) -> Section:
    return section(
        "returned",
        _("Dikembalikan kepada Anda"),
        _("Naskah yang perlu Anda perbaiki muncul di sini, beserta alasannya."),
        editions(returned_to(seat)).order_by("last_at", "pk"),
        lambda edition: edition_item(edition, _("Perbaiki"), note=edition.last_note),
        listed(status=State.CHANGES_REQUESTED),
    )


def _demanded(seat: Seat) -> Section:
    return demands(
        "demands",
        _("Hak jawab dan koreksi yang diminta pembaca"),
        _("Permintaan pembaca atas berita kantor Anda muncul di sini, beserta tenggat menjawabnya."),
        demanded_of(seat),
        _("Jawab"),
    )


def demands(key: str, title: str, empty: str, condition: Q, action: str) -> Section:
    """What is due first comes first."""
    rows = Demand.objects.filter(condition).with_article().select_related("correction").defer("correction__body")
    more = f"{reverse('admin:news_demand_changelist')}?keadaan=ditunggu"
    return section(key, title, empty, rows.order_by("due_at", "pk"), lambda row: _demand_item(row, action), more)


def _demand_item(demand: Demand, action: str) -> Item:
    return Item(
        demand.edition.headline,
        reverse("admin:news_demand_change", args=[demand.pk]),
        action,
        demand.article.office,
        at=demand.due_at,
        note=f"{demand.get_kind_display()} {demand.number} · {demand.standing}",
        alert=_("Lewat tenggat") if demand.is_overdue else "",
    )


def _to_check(seat: Seat) -> Section:
    return section(
        "check",
        _("Menunggu pemeriksaan Anda"),
        _("Naskah yang dikirim rekan Anda muncul di sini. Tulisan Anda sendiri diperiksa orang lain."),
        editions(to_check_by(seat)).order_by("last_at", "pk"),
        lambda edition: edition_item(edition, _("Periksa")),
        listed(status=State.SUBMITTED),
    )


def _drafts(seat: Seat) -> Section:
    return section(
        "drafts",
        _("Draf Anda"),
        _("Naskah yang Anda mulai, atau yang diserahkan kepada Anda, muncul di sini sampai Anda mengirimnya."),
        editions(written_by(seat)).order_by("-saved_at", "-pk"),
        lambda edition: edition_item(edition, _("Lanjutkan"), who="", at=edition.saved_at),
        listed(status=State.DRAFT),
    )


def _ready(seat: Seat) -> Section:
    return section(
        "ready",
        _("Disetujui, siap terbit"),
        _("Naskah yang sudah disetujui menunggu Anda terbitkan atau jadwalkan di sini."),
        editions(ready_for(seat)).order_by("approved_at", "pk"),
        lambda edition: edition_item(edition, _("Terbitkan")),
        listed(status=State.APPROVED),
    )


def confirmation(seat: Seat) -> list[Section]:
    """Urgent publications that await a second check, for those who may give it."""
    if not seat.confirms:
        return []
    found = section(
        "confirm",
        _("Terbit mendesak, menunggu pemeriksaan kedua"),
        _("Berita yang terbit mendesak muncul di sini sampai orang lain menyatakan sudah memeriksanya."),
        editions(to_confirm_by(seat)).order_by("published_at", "pk"),
        lambda edition: edition_item(edition, _("Periksa"), at=edition.published_at, alert=_("Belum diperiksa")),
        listed(status=State.PUBLISHED),
    )
    return [found]


def _scheduled(seat: Seat) -> Section:
    waiting = Q(status=ScheduleStatus.WAITING) & seat.at("edition__article__office", seat.offices)
    return schedules(
        "scheduled",
        _("Terjadwal"),
        _("Berita yang akan terbit atau ditarik pada waktu tertentu muncul di sini, juga yang gagal."),
        waiting | failed_for(seat),
    )


def schedules(key: str, title: str, empty: str, condition: Q) -> Section:
    """What failed and what is late come first, as they are the oldest."""
    rows = Schedule.objects.filter(condition).select_related("edition__article__office__region", "requested_by")
    soonest_first = rows.defer("edition__body").order_by("due_at", "pk")
    return section(key, title, empty, soonest_first, _planned, listed(status=State.SCHEDULED))


def _planned(schedule: Schedule) -> Item:
    failed, late = schedule.status == ScheduleStatus.FAILED, schedule.due_at < timezone.now() - LATE
    kind = _("Akan ditarik") if schedule.kind == Schedule.Kind.WITHDRAW else _("Akan terbit")
    return Item(
        schedule.edition.headline,
        article_url(schedule.edition.article_id),
        _("Jadwalkan lagi") if failed else _("Lihat jadwal"),
        schedule.edition.article.office,
        who=schedule.requested_by.name,
        at=schedule.due_at,
        note=schedule.sentence if failed else kind,
        alert=_("Gagal") if failed else _("Terlambat") if late else "",
    )


def _today(seat: Seat) -> Section:
    """With how often each was read in the last seven days, in a second query."""
    now = timezone.now()
    on_their_day = Q()
    for zone in ZONES:
        on_their_day |= Q(office__region__timezone=zone, published_on=timezone.localdate(now, timezone=ZoneInfo(zone)))
    rows = Article.objects.published().filter(on_their_day, seat.at("office", seat.offices)).newest_first()
    shown = list(rows.select_related("live_edition", "office__region").defer("live_edition__body")[: SHOWN + 1])
    reads = reads_lately([article.pk for article in shown], timezone.localdate(now))
    return section(
        "today",
        _("Terbit hari ini"),
        _("Berita yang Anda terbitkan hari ini muncul di sini, beserta berapa kali dibaca."),
        shown,
        lambda article: Item(
            article.headline,
            article_url(article.pk),
            _("Buka"),
            article.office,
            at=article.first_published_at,
            note=times_read(reads.get(article.pk, 0)),
        ),
        listed(status=State.PUBLISHED),
    )


def _most_read(seat: Seat) -> Section:
    """What the public read most often of the own offices lately; only what is public still."""
    last = timezone.localdate()
    first = last - timedelta(days=DAYS_SHOWN - 1)
    lately = Q(read_counts__day__gte=first, read_counts__day__lte=last)
    rows = Article.objects.published().filter(lately, seat.at("office", seat.offices))
    counted = rows.annotate(times=Sum("read_counts__reads")).order_by("-times", "-pk")
    return section(
        "read",
        _("Paling dibaca 7 hari terakhir"),
        _("Berita kantor Anda yang paling sering dibuka pembaca muncul di sini."),
        counted.select_related("live_edition", "office__region").defer("live_edition__body"),
        lambda article: Item(
            article.headline,
            article.get_absolute_url(),
            _("Lihat di situs"),
            article.office,
            note=times_read(article.times),
        ),
        "",
    )


def times_read(times: int) -> str:
    return _("dibaca %(times)s kali") % {"times": number_format(times, force_grouping=True)}
