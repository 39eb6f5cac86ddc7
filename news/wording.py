"""What a notice says, in one sentence, and where its reader goes next."""

from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from news.models import Notice
from news.models.notices import NoticeKind
from news.states import State
from offices.models import Office
from offices.scope import memberships_of

SENTENCES = {
    NoticeKind.SUBMITTED: _("%(who)s mengirim “%(headline)s” untuk diperiksa."),
    NoticeKind.RETURNED: _("%(who)s meminta perbaikan pada “%(headline)s”."),
    NoticeKind.APPROVED: _("%(who)s menyetujui “%(headline)s”."),
    NoticeKind.APPROVAL_VOIDED: _("Persetujuan “%(headline)s” batal karena %(who)s mengubah isinya."),
    NoticeKind.SCHEDULED: _("%(who)s menjadwalkan “%(headline)s”."),
    NoticeKind.UNSCHEDULED: _("%(who)s membatalkan jadwal “%(headline)s”."),
    NoticeKind.SCHEDULE_FAILED: _("Jadwal untuk “%(headline)s” gagal dijalankan."),
    NoticeKind.PUBLISHED: _("“%(headline)s” sudah terbit."),
    NoticeKind.CHECK_WAITING: _("%(who)s menerbitkan “%(headline)s” secara mendesak. Pemeriksaan kedua ditunggu."),
    NoticeKind.CHECKED: _("%(who)s menyatakan “%(headline)s” sudah diperiksa."),
    NoticeKind.WITHDRAWN: _("%(who)s menarik “%(headline)s”."),
    NoticeKind.REINSTATED: _("%(who)s menerbitkan kembali “%(headline)s”."),
    NoticeKind.REMOVED: _("%(who)s menghapus “%(headline)s” dari publik."),
    NoticeKind.DISCARDED: _("%(who)s membuang naskah “%(headline)s”."),
    NoticeKind.TARGET_LOST: _("Berita yang dirujuk “%(headline)s” tidak lagi terbit."),
    NoticeKind.ASSIGNED: _("%(who)s memercayakan naskah “%(headline)s” kepada Anda."),
    NoticeKind.MENTIONED: _("%(who)s menyebut Anda dalam komentar pada “%(headline)s”."),
    NoticeKind.COMMENTED: _("%(who)s mengomentari “%(headline)s”."),
    NoticeKind.ANNOUNCED: _("Pengumuman Pusat: %(headline)s"),
    NoticeKind.DEMANDED: _("Pembaca meminta hak jawab atau koreksi atas “%(headline)s”."),
}
NEXT = {
    NoticeKind.SUBMITTED: _("Periksa naskah"),
    NoticeKind.CHECK_WAITING: _("Periksa naskah"),
    NoticeKind.RETURNED: _("Perbaiki naskah"),
    NoticeKind.TARGET_LOST: _("Perbaiki naskah"),
    NoticeKind.ASSIGNED: _("Lanjutkan naskah"),
    NoticeKind.MENTIONED: _("Baca komentar"),
    NoticeKind.COMMENTED: _("Baca komentar"),
    NoticeKind.ANNOUNCED: _("Buka meja redaksi"),
    NoticeKind.DEMANDED: _("Jawab permintaan"),
}
OPEN = gettext_lazy("Buka naskah")
AWAITED = {
    NoticeKind.SUBMITTED: {State.SUBMITTED},
    NoticeKind.RETURNED: {State.CHANGES_REQUESTED, State.DRAFT},
}
"""In which states of the edition what a notice asks for is still to be done."""


def sentence_of(notice: Notice) -> str:
    """One line of plain text; the notice's actor must be loaded."""
    who = notice.actor.name if notice.actor else gettext("Sistem")
    words = SENTENCES[NoticeKind(notice.kind)] % {"who": who, "headline": notice.headline}
    return " ".join(words.split())


def next_step_of(notice: Notice) -> str:
    """What the button says that leads on from `notice`."""
    return str(NEXT.get(NoticeKind(notice.kind), OPEN))


def step_left_by(notice: Notice) -> str:
    """The same for a notice told a while ago, whose edition may have gone on since and must be loaded."""
    awaited = AWAITED.get(NoticeKind(notice.kind))
    is_done = awaited and (notice.edition is None or notice.edition.state not in awaited)
    return str(OPEN) if is_done else next_step_of(notice)


def address_of(notice: Notice) -> str:
    """The page of the newsroom where something can be done about `notice`."""
    if notice.demand_id:
        return reverse("admin:news_demand_change", args=[notice.demand_id])
    if notice.article_id is None:
        return reverse("admin:index")
    page = reverse("admin:news_article_change", args=[notice.article_id])
    return f"{page}#komentar-{notice.comment_id}" if notice.comment_id else page


def home_of(user: Any) -> Office | None:
    """The office somebody works in, the first of several; its region is loaded."""
    held = memberships_of(user)
    return held[0].office if held else None


def clock_of(user: Any) -> ZoneInfo:
    """The clock of the office somebody works in."""
    home = home_of(user)
    return home.region.zone if home else timezone.get_default_timezone()
