"""The desk of those who watch over others: which offices are silent or without an editor, and what failed anywhere."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from news.desk import LATE, confirmation, demands, edition_item, editions, listed, schedules
from news.desk_items import Item, Section, section
from news.duties import CENTRE, Seat, failed_for, overdue_below, to_check_by
from news.models import Article, Inspection
from news.models.schedules import ScheduleStatus
from offices.models import Membership, Office
from offices.roles import EDITORS, Role
from offices.templatetags.dates import short_date

SILENT_DAYS = 7


def sections_for_overseers(seat: Seat) -> list[Section]:
    """What those above the offices look after: each role its own, each section one query."""
    found = [] if seat.offices else confirmation(seat)
    if seat.provinces or seat.national & CENTRE:
        found += [_unanswered(seat)]
    if seat.provinces:
        found += [*_standing_in(seat), _without_editor(seat), _silent(seat)]
    if Role.ADMINISTRATOR in seat.national:
        found += [_failures(seat), _found_at_night()]
    return found


def _unanswered(seat: Seat) -> Section:
    return demands(
        "unanswered",
        _("Hak jawab dan koreksi yang lewat tenggat"),
        _("Permintaan pembaca yang belum dijawab kantornya dalam 2 × 24 jam muncul di sini."),
        overdue_below(seat),
        _("Lihat permintaan"),
    )


def _standing_in(seat: Seat) -> list[Section]:
    """What waits for an approval in place of an editor; where the person edits too, it stands among the own work."""
    if seat.editing:
        return []
    found = section(
        "check",
        _("Menunggu pemeriksaan Anda"),
        _("Naskah kantor yang tidak mempunyai pemeriksa sendiri muncul di sini."),
        editions(to_check_by(seat)).order_by("last_at", "pk"),
        lambda edition: edition_item(edition, _("Periksa")),
        listed(status="submitted"),
    )
    return [found]


def _offices(seat: Seat) -> QuerySet[Office]:
    return Office.objects.filter(region__parent__in=seat.provinces).select_related("region").order_by("region__code")


def _without_editor(seat: Seat) -> Section:
    running = Membership.held_on(timezone.localdate())
    editors = Membership.objects.filter(running, office=OuterRef("pk"), role__in=EDITORS, user__is_active=True)
    return section(
        "without_editor",
        _("Kantor tanpa redaktur"),
        _("Semua kantor di provinsi Anda mempunyai redaktur atau pengelola. Yang tidak, muncul di sini."),
        _offices(seat).filter(~Exists(editors)),
        lambda office: Item(
            str(office),
            reverse("admin:offices_office_change", args=[office.pk]),
            _("Lihat kantor"),
            office,
            note=_("Naskahnya menunggu pemeriksaan Anda."),
        ),
        reverse("admin:offices_office_changelist"),
    )


def _silent(seat: Seat) -> Section:
    """Nothing published in the last seven days; a newly published story ends the silence at once."""
    since = timezone.localdate() - timedelta(days=SILENT_DAYS - 1)
    lately = Article.objects.published().filter(office=OuterRef("pk"), published_on__gte=since)
    return section(
        "silent",
        _("Kantor tanpa berita 7 hari terakhir"),
        _("Semua kantor di provinsi Anda menerbitkan berita dalam tujuh hari terakhir. Yang tidak, muncul di sini."),
        _offices(seat).filter(~Exists(lately)),
        lambda office: Item(str(office), office.get_absolute_url(), _("Lihat halaman kantor"), office),
        reverse("admin:offices_office_changelist"),
    )


def _found_at_night() -> Section:
    """What the last walk through the data found: for whoever keeps the server, whose log has every sentence."""
    last = Inspection.objects.order_by("-night").values("night")[:1]
    return section(
        "night",
        _("Pelanggaran yang ditemukan pemeriksaan malam"),
        _("Yang tidak beres pada data dan berkas publik malam terakhir muncul di sini."),
        Inspection.objects.filter(violations__gt=0, night=Subquery(last)).order_by("name"),
        lambda row: Item(
            row.sentences.partition("\n")[0],
            url="",
            action="",
            office=None,
            note=_("Malam %(night)s. Sampaikan kepada pengelola peladen; di log semuanya tercatat sebagai “%(name)s”.")
            % {"night": short_date(row.night, None), "name": row.name},
            alert=_("%(count)d pelanggaran") % {"count": row.violations},
        ),
        more_url="",
    )


def _failures(seat: Seat) -> Section:
    """Schedules anywhere that failed or are late: the worker may stand still."""
    late = Q(status=ScheduleStatus.WAITING, due_at__lt=timezone.now() - LATE)
    return schedules(
        "failures",
        _("Jadwal yang gagal atau terlambat"),
        _("Jadwal di kantor mana pun yang gagal atau tidak berjalan pada waktunya muncul di sini."),
        failed_for(seat) | late,
    )
