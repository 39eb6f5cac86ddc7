"""Owed mail: each goes out once, is tried again for a while, and is written down."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from news.comments import comment_on, retract
from news.delivery import LEASE, MOST_ATTEMPTS, PAUSES, deliver_owed_mail, enqueue_mail, send_mail
from news.inbox import tell
from news.models import MailLog, Notice, NoticePreference
from news.models.mail import MailState
from news.models.notices import NoticeKind
from news.states import Step
from news.workflow import take_step
from offices.models import Membership, User
from offices.roles import Role
from tests.factories import drafted, member, regency_office, submitted

pytestmark = pytest.mark.django_db
REFUSING, DYING = "tests.mailboxes.Refusing", "tests.mailboxes.Dying"


@pytest.fixture
def office():
    return regency_office("73.03")


@pytest.fixture
def writer(office):
    return member(Role.WRITER, office, name="Sari Dewi", username="sari", email="sari@example.org")


@pytest.fixture
def editor(office):
    return member(Role.EDITOR, office, name="Budi Santoso", username="budi")


@pytest.fixture
def edition(office, writer):
    return drafted(office, by=writer, headline="Pasar baru dibuka")


def owed(edition, *people, kind=NoticeKind.RETURNED, by=None, **about):
    words = {"article": edition.article, "edition": edition, "headline": edition.headline, **about}
    tell(kind, [person.pk for person in people], by=by, **words)
    return Notice.objects.order_by("-pk").first()


def log():
    return list(MailLog.objects.order_by("pk").values_list("outcome", "reason"))


def due_again(notice):
    """Let the time pass until the next attempt."""
    Notice.objects.filter(pk=notice.pk).update(due_at=timezone.now())


def test_a_step_is_mailed_to_whom_it_concerns(office, writer, editor, settings):
    settings.SITE_URL = "https://kabar.example.go.id"
    edition = submitted(office, by=writer, headline="Pasar baru dibuka")
    deliver_owed_mail()
    mail.outbox.clear()
    take_step(edition, Step.REQUEST_CHANGES, by=editor, note="Sebutkan pasarnya.")
    assert mail.outbox == []
    assert deliver_owed_mail() == {"sent": 1}
    [sent] = mail.outbox
    page = f"https://kabar.example.go.id/admin/news/article/{edition.article_id}/change/"
    assert sent.to == ["sari@example.org"]
    assert sent.subject == "[Kabar Daerah] Budi Santoso meminta perbaikan pada “Pasar baru dibuka”."
    assert f"Perbaiki naskah:\n{page}\n" in sent.body
    assert f'<a href="{page}">Perbaiki naskah</a>' in sent.alternatives[0].content
    assert sent.extra_headers["List-Id"] == "<meja-redaksi.kabar.example.go.id>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    notice = Notice.objects.get(kind=NoticeKind.RETURNED)
    assert sent.extra_headers["Message-ID"] == f"<pemberitahuan-{notice.pk}@kabar.example.go.id>"
    assert (notice.mail_state, notice.attempts, notice.mailed_at is not None) == (MailState.SENT, 1, True)


def test_a_mail_tells_the_headline_and_the_step_and_nothing_unpublished(office, writer, editor):
    edition = submitted(office, by=writer, body="<p>Rahasia isi.</p>", deck="Rahasia ringkasan.")
    comment_on(edition, "Rahasia komentar, @sari.", by=editor, quoted="Rahasia isi")
    take_step(edition, Step.REQUEST_CHANGES, by=editor, note="Rahasia alasan.")
    deliver_owed_mail()
    texts = [part for sent in mail.outbox for part in (sent.subject, sent.body, sent.alternatives[0].content)]
    assert len(mail.outbox) == 3
    assert [text for text in texts if "Rahasia" in text] == []


def test_each_is_sent_once(edition, writer, editor):
    owed(edition, writer, editor)
    assert (deliver_owed_mail(), deliver_owed_mail()) == ({"sent": 2}, {})
    assert len(mail.outbox) == 2
    assert log() == [("sent", ""), ("sent", "")]


def test_no_more_are_sent_than_asked_for(edition, writer):
    for _n in range(5):
        owed(edition, writer)
    assert deliver_owed_mail(2) == {"sent": 2}
    assert deliver_owed_mail(seconds=0) in ({}, {"sent": 1})
    assert Notice.objects.filter(mail_state=MailState.OWED).count() in (2, 3)


def test_attempts_span_two_days_and_the_first_ones_an_hour():
    assert [pause / timedelta(minutes=1) for pause in PAUSES] == [1, 5, 30, 180, 480, 720, 720, 720]
    assert sum(PAUSES, timedelta()) == timedelta(days=2, minutes=-24)
    assert MOST_ATTEMPTS == 9


def test_a_server_that_refuses_is_asked_again_and_given_up_in_the_end(edition, writer, settings):
    settings.EMAIL_BACKEND = REFUSING
    notice = owed(edition, writer)
    for number, pause in enumerate(PAUSES, start=1):
        assert deliver_owed_mail() == {"retried": 1}
        notice.refresh_from_db()
        assert (notice.attempts, notice.mail_state) == (number, MailState.OWED)
        assert pause - timedelta(seconds=30) < notice.due_at - timezone.now() <= pause
        assert deliver_owed_mail() == {}
        due_again(notice)
    assert deliver_owed_mail() == {"failed": 1}
    notice.refresh_from_db()
    assert (notice.mail_state, notice.attempts) == (MailState.FAILED, MOST_ATTEMPTS)
    assert notice.failure == "ConnectionRefusedError: Connection refused Bcc: x@example.org"
    due_again(notice)
    assert deliver_owed_mail() == {}
    assert [outcome for outcome, _reason in log()] == ["retried"] * 8 + ["failed"]


def test_a_mail_that_failed_at_first_goes_out_when_the_server_is_back(edition, writer, settings):
    settings.EMAIL_BACKEND = REFUSING
    notice = owed(edition, writer)
    deliver_owed_mail()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    due_again(notice)
    assert deliver_owed_mail() == {"sent": 1}
    assert [outcome for outcome, _reason in log()] == ["retried", "sent"]


def test_one_broken_address_does_not_hold_up_the_others(edition, writer, editor):
    User.objects.filter(pk=writer.pk).update(email="rusak\r\nBcc: korban@example.org")
    owed(edition, writer, editor)
    assert deliver_owed_mail() == {"retried": 1, "sent": 1}
    assert [sent.to for sent in mail.outbox] == [[editor.email]]


# A crash.


def test_a_mail_whose_sender_died_goes_out_again_under_the_same_number(edition, writer, settings):
    settings.EMAIL_BACKEND = DYING
    notice = owed(edition, writer)
    with pytest.raises(KeyboardInterrupt):
        deliver_owed_mail()
    notice.refresh_from_db()
    assert (notice.mail_state, notice.attempts) == (MailState.OWED, 1)
    assert timezone.now() < notice.due_at <= timezone.now() + LEASE
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver_owed_mail() == {}
    due_again(notice)
    assert deliver_owed_mail() == {"sent": 1}
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert deliver_owed_mail() == {}


def test_a_mail_that_kills_every_sender_is_given_up(edition, writer, settings):
    settings.EMAIL_BACKEND = DYING
    notice = owed(edition, writer)
    for _n in range(MOST_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            deliver_owed_mail()
        due_again(notice)
    assert deliver_owed_mail() == {"failed": 1}
    assert len(mail.outbox) == MOST_ATTEMPTS
    assert log() == [("failed", "Pengiriman terhenti di tengah jalan berkali-kali.")]


# Several at once.


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_mail_once(office):
    writers = [member(Role.WRITER, office) for _n in range(20)]
    edition = drafted(office, by=writers[0])
    owed(edition, *writers)
    owed(edition, *writers, kind=NoticeKind.APPROVED)
    together = threading.Barrier(2)
    outcomes, broken = [], []

    def send():
        try:
            together.wait()
            outcomes.append(deliver_owed_mail()["sent"])
        except Exception as error:
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    assert sum(outcomes) == 40
    numbers = [sent.extra_headers["Message-ID"] for sent in mail.outbox]
    assert (len(numbers), len(set(numbers))) == (40, 40)
    assert MailLog.objects.count() == 40


# What is not sent after all.


def inactive(notice, edition):
    User.objects.filter(pk=notice.recipient_id).update(is_active=False)


def left(notice, edition):
    Membership.objects.filter(user=notice.recipient_id).update(ends_on="2020-01-01")


def moved(notice, edition):
    left(notice, edition)
    member_of = regency_office("11.01")
    Membership.objects.create(user_id=notice.recipient_id, office=member_of, role=Role.WRITER)


def without_address(notice, edition):
    User.objects.filter(pk=notice.recipient_id).update(email="")


def read(notice, edition):
    Notice.objects.filter(pk=notice.pk).update(read_at=timezone.now())


def wants_none(notice, edition):
    NoticePreference.objects.create(user_id=notice.recipient_id, channel="in_app")


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (inactive, "Akun tidak aktif atau bukan lagi anggota redaksi."),
        (left, "Akun tidak aktif atau bukan lagi anggota redaksi."),
        (moved, "Penerima tidak lagi membaca naskah ini."),
        (without_address, "Akun ini tidak mempunyai alamat surel."),
        (read, "Sudah dibaca di meja redaksi."),
        (wants_none, "Penerima tidak lagi meminta surel untuk ini."),
    ],
)
def test_a_mail_that_has_lost_its_ground_is_dropped_with_a_reason(edition, writer, happens, reason):
    notice = owed(edition, writer)
    happens(notice, edition)
    assert deliver_owed_mail() == {"dropped": 1}
    assert mail.outbox == []
    assert log() == [("dropped", reason)]
    assert Notice.objects.get().mail_state == MailState.NONE


def test_a_comment_that_was_taken_back_is_not_mailed(edition, writer, editor):
    comment = comment_on(edition, "@sari lihat", by=editor)
    retract(comment, by=editor)
    assert deliver_owed_mail() == {"dropped": 1}
    assert log() == [("dropped", "Komentarnya sudah ditarik.")]


# Hostile words.


@pytest.mark.parametrize(
    "headline",
    ["Judul\r\nBcc: korban@example.org", "Judul\nSubject: lain", "Judul\x0bX: y", "Judul\u2028Bcc: z", "J" * 160],
)
def test_a_headline_begins_no_header(edition, writer, headline):
    owed(edition, writer, headline=headline)
    assert deliver_owed_mail() == {"sent": 1}
    [sent] = mail.outbox
    lines = sent.message().as_string().split("\n\n")[0].splitlines()
    assert [line for line in lines if line.lower().startswith(("bcc", "x:"))] == []
    assert len([line for line in lines if line.lower().startswith("subject:")]) == 1
    assert sent.recipients() == ["sari@example.org"]
    assert len(sent.subject) <= 150


def test_markup_in_a_name_stays_text(edition, writer):
    User.objects.filter(pk=writer.pk).update(name="<b>Sari</b>")
    owed(edition, writer, headline="A & B <script>")
    deliver_owed_mail()
    html = mail.outbox[0].alternatives[0].content
    assert "&lt;b&gt;Sari&lt;/b&gt;" in html
    assert "A &amp; B &lt;script&gt;" in html
    assert "A & B <script>" in mail.outbox[0].body


# The record.


def test_the_record_names_the_office_the_mail_speaks_of(edition, writer):
    owed(edition, writer)
    deliver_owed_mail()
    row = MailLog.objects.get()
    assert (row.office, row.recipient, row.address) == (edition.article.office, writer, "sari@example.org")
    assert row.subject == "Sistem meminta perbaikan pada “Pasar baru dibuka”."


def test_a_manager_reads_the_record_of_the_own_office_with_addresses_in_part(edition, writer, office, client):
    owed(edition, writer)
    deliver_owed_mail()
    client.force_login(member(Role.MANAGER, office))
    for url in ("/admin/news/maillog/", f"/admin/news/maillog/{MailLog.objects.get().pk}/change/"):
        page = client.get(url).content.decode()
        assert "s•••@example.org" in page
        assert "sari@example.org" not in page


# The worker.


def test_the_clock_hands_owed_mail_to_one_task(edition, writer):
    assert not enqueue_mail()
    owed(edition, writer)
    assert enqueue_mail()
    assert not enqueue_mail()
    assert send_mail.call() == {"sent": 1}


def test_the_command_sends_what_is_owed(edition, writer, capsys):
    owed(edition, writer)
    call_command("deliver_notices")
    assert "Terkirim: 1" in capsys.readouterr().out
    assert len(mail.outbox) == 1
