"""The daily digest: one a day at the chosen hour of the own office's clock, and none where there is nothing to say."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from news.delivery import deliver_owed_mail
from news.digests import owe_daily_digests, summary_for
from news.inbox import tell
from news.models import Digest, MailLog, Notice, NoticePreference
from news.models.mail import MailState
from news.models.notices import NoticeKind
from news.states import Step
from news.workflow import take_step
from offices.models import Membership, User
from offices.roles import Role
from tests.factories import approved, drafted, member, ministry, regency_office, submitted, urgent

pytestmark = pytest.mark.django_db

SEVEN_WITA = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
"""07.00 in Makassar on 25 November, still 06.00 in Jakarta."""


def daily(person, hour=7):
    NoticePreference.objects.create(user=person, channel="daily", digest_hour=hour)
    return person


@pytest.fixture
def office():
    return regency_office("73.03")


@pytest.fixture
def writer(office):
    return daily(member(Role.WRITER, office, name="Sari Dewi"))


def notice(office, *people, **about):
    edition = drafted(office)
    words = {"article": edition.article, "edition": edition, "headline": edition.headline, **about}
    tell(NoticeKind.APPROVED, [person.pk for person in people], by=None, **words)


@pytest.mark.parametrize(
    ("minutes", "owed"), [(-1, 0), (0, 1), (59, 1), (16 * 60 + 59, 1)], ids=["before", "sharp", "later", "last minute"]
)
def test_a_digest_is_owed_from_its_hour_until_the_end_of_the_local_day(writer, minutes, owed):
    assert owe_daily_digests(SEVEN_WITA + timedelta(minutes=minutes)) == owed
    assert [row.day for row in Digest.objects.all()] == [date(2026, 11, 25)] * owed


def test_the_hour_is_that_of_the_own_office(writer):
    in_jakarta = daily(member(Role.CURATOR, ministry()))
    owe_daily_digests(SEVEN_WITA)
    assert [row.user for row in Digest.objects.all()] == [writer]
    owe_daily_digests(SEVEN_WITA + timedelta(hours=1))
    assert {row.user for row in Digest.objects.all()} == {writer, in_jakarta}


def test_one_a_day_however_often_it_is_asked(writer, office):
    notice(office, writer)
    assert (owe_daily_digests(SEVEN_WITA), owe_daily_digests(SEVEN_WITA + timedelta(hours=2))) == (1, 0)
    assert (deliver_owed_mail(), deliver_owed_mail()) == ({"sent": 1}, {})
    assert owe_daily_digests(SEVEN_WITA + timedelta(hours=3)) == 0
    assert len(mail.outbox) == 1
    assert owe_daily_digests(SEVEN_WITA + timedelta(days=1)) == 1


def test_two_workers_that_count_at_once_owe_one(writer):
    """The second finds nothing stored yet, and its row meets the constraint."""
    Digest.objects.create(user=writer, day=date(2026, 11, 25), mail_state=MailState.SENT)
    row = Digest(user=writer, day=date(2026, 11, 25), mail_state=MailState.OWED)
    Digest.objects.bulk_create([row], ignore_conflicts=True)
    assert Digest.objects.get().mail_state == MailState.SENT


def test_only_those_get_one_who_chose_it_and_still_work_here(writer, office):
    member(Role.WRITER, office)
    NoticePreference.objects.create(user=member(Role.WRITER, office), channel="in_app")
    inactive, gone = daily(member(Role.WRITER, office)), daily(member(Role.WRITER, office))
    User.objects.filter(pk=inactive.pk).update(is_active=False)
    Membership.objects.filter(user=gone).update(ends_on="2020-01-01")
    owe_daily_digests(SEVEN_WITA)
    assert [row.user for row in Digest.objects.all()] == [writer]


def test_nothing_to_say_sends_nothing(writer):
    owe_daily_digests(SEVEN_WITA)
    assert deliver_owed_mail() == {"dropped": 1}
    assert mail.outbox == []
    assert MailLog.objects.get().reason == "Tidak ada yang perlu disampaikan."
    assert Digest.objects.get().mail_state == MailState.NONE


def test_a_digest_names_what_is_unread_and_what_waits(writer, office, settings):
    settings.SITE_URL = "https://kabar.example.go.id"
    editor = member(Role.EDITOR, office, name="Budi")
    edition = submitted(office, by=writer, headline="Pasar baru dibuka", body="<p>Rahasia isi.</p>")
    take_step(edition, Step.REQUEST_CHANGES, by=editor, note="Rahasia alasan.")
    owe_daily_digests(SEVEN_WITA)
    Notice.objects.exclude(recipient=writer).delete()
    deliver_owed_mail()
    [sent] = mail.outbox
    page = f"https://kabar.example.go.id/admin/news/article/{edition.article_id}/change/"
    assert sent.subject == "[Kabar Daerah] Ringkasan meja redaksi: 1 belum dibaca, 1 menunggu Anda"
    for text in (sent.body, sent.alternatives[0].content):
        assert "Budi meminta perbaikan pada “Pasar baru dibuka”." in text
        assert page in text
        assert "Rahasia" not in text
    assert "DIKEMBALIKAN KEPADA ANDA\n- Pasar baru dibuka" in sent.body


def test_a_long_list_is_cut_and_counted(writer, office):
    for number in range(18):
        notice(office, writer, headline=f"Nomor {number:02}!")
    owe_daily_digests(SEVEN_WITA)
    deliver_owed_mail()
    body = mail.outbox[0].body
    assert body.count("Sistem menyetujui") == 15
    assert "… dan 3 lagi." in body


def waiting(person):
    return {title: [edition.headline for edition in rows] for title, rows, _more in summary_for(person).waiting}


def test_what_waits_is_what_the_person_can_do_next(office):
    writer, editor = member(Role.WRITER, office), member(Role.EDITOR, office)
    other = member(Role.EDITOR, office)
    curator = member(Role.CURATOR, ministry())
    submitted(office, by=writer, headline="Kiriman")
    submitted(office, by=editor, headline="Kiriman sendiri")
    approved(office, by=writer, headline="Siap")
    urgent(office, by=writer, publisher=other, headline="Mendesak")
    returned = submitted(office, by=writer, headline="Kembali")
    take_step(returned, Step.REQUEST_CHANGES, by=editor, note="x")
    member(Role.EDITOR, regency_office("11.01"))
    assert waiting(writer) == {"Dikembalikan kepada Anda": ["Kembali"]}
    assert waiting(editor) == {
        "Terbit mendesak, menunggu pemeriksaan kedua": ["Mendesak"],
        "Menunggu pemeriksaan Anda": ["Kiriman"],
        "Disetujui, siap terbit": ["Siap"],
    }
    assert waiting(other)["Menunggu pemeriksaan Anda"] == ["Kiriman", "Kiriman sendiri"]
    assert "Terbit mendesak, menunggu pemeriksaan kedua" not in waiting(other)
    assert waiting(curator) == {"Terbit mendesak, menunggu pemeriksaan kedua": ["Mendesak"]}


def test_of_digests_that_waited_for_the_mail_server_the_newest_is_sent(office, writer):
    notice(office, writer)
    owe_daily_digests(SEVEN_WITA)
    owe_daily_digests(SEVEN_WITA + timedelta(days=1))
    Digest.objects.update(due_at=timezone.now())

    assert deliver_owed_mail() == {"sent": 1, "dropped": 1}
    assert list(Digest.objects.order_by("day").values_list("mail_state", flat=True)) == ["none", "sent"]
