"""Announcements of the centre: on whose desk they stand, who writes them, and that each is told once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from news.broadcast import announcements_for, put_away, tell_announcements
from news.delivery import deliver_owed_mail
from news.models import Announcement, Dismissal, Notice
from news.models.announcements import Severity
from news.models.mail import MailState
from news.refusals import NotNow
from offices.models import User
from offices.roles import Role
from tests.factories import UserFactory, member, ministry, province_office, regency_office

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def curator():
    return member(Role.CURATOR, ministry())


@pytest.fixture
def writer():
    return member(Role.WRITER, regency_office("73.03"))


def announced(by, *provinces, starts=-1, ends=24, **fields):
    """An announcement that runs between hours from now."""
    words = {"title": "Pemeliharaan Sabtu malam", "text": "Meja redaksi tutup dua jam.", **fields}
    begins, stops = NOW + timedelta(hours=starts), NOW + timedelta(hours=ends)
    row = Announcement.objects.create(created_by=by, starts_at=begins, ends_at=stops, **words)
    row.provinces.set([office.region for office in provinces])
    return row


def titles(user):
    return [announcement.title for announcement in announcements_for(User.objects.get(pk=user.pk))]


@pytest.mark.parametrize(
    ("hours", "shown"), [((-1, 1), True), ((1, 2), False), ((-2, -1), False), ((0, 1), True), ((-1, 0), False)]
)
def test_an_announcement_stands_on_the_desk_while_it_runs(curator, writer, hours, shown):
    row = announced(curator, starts=hours[0], ends=hours[1])
    assert (row in announcements_for(writer, NOW)) == shown


def test_an_announcement_for_provinces_is_shown_there_and_to_the_nation(curator, writer):
    announced(curator, province_office("73"), province_office("64"), title="Sulawesi")
    announced(curator, title="Semua")
    elsewhere = member(Role.WRITER, regency_office("11.01"))
    above = member(Role.EDITOR, province_office("73"))
    assert titles(writer) == titles(above) == titles(curator) == ["Semua", "Sulawesi"]
    assert titles(elsewhere) == titles(member(Role.WRITER, ministry())) == ["Semua"]


def test_nobody_without_a_membership_is_told_anything(curator):
    announced(curator)
    assert titles(UserFactory()) == []


def test_the_urgent_come_first_and_stay(curator, writer):
    info, urgent = announced(curator, title="Info"), announced(curator, title="Penting", severity=Severity.URGENT)
    assert titles(writer) == ["Penting", "Info"]
    put_away(info, by=writer)
    put_away(info, by=writer)
    with pytest.raises(NotNow, match="Pengumuman penting tetap tampil"):
        put_away(urgent, by=writer)
    Dismissal.objects.create(announcement=urgent, user=writer)
    assert titles(writer) == ["Penting"]
    assert titles(curator) == ["Penting", "Info"]


def test_an_announcement_ends_after_it_begins(curator):
    with pytest.raises(IntegrityError), transaction.atomic():
        announced(curator, starts=2, ends=1)


def test_the_index_shows_what_the_centre_says_as_plain_text(curator, writer, client):
    announced(curator, title="Judul <i>miring</i>", text="Baris <script>satu</script>\nBaris dua")
    client.force_login(writer)
    page = client.get("/admin/").content.decode()
    assert "Judul &lt;i&gt;miring&lt;/i&gt;" in page
    assert "Baris &lt;script&gt;satu&lt;/script&gt;<br>Baris dua" in page


def test_an_index_without_announcements_shows_no_empty_box(writer, client):
    client.force_login(writer)
    assert "announcements" not in client.get("/admin/").content.decode()


def test_an_announcement_is_put_away_by_a_button(curator, writer, client):
    row = announced(curator)
    url = reverse("admin:news_announcement_dismiss", args=[row.pk])
    client.force_login(writer)
    assert client.get(url).status_code == 400
    assert client.post(url)["Location"] == reverse("admin:index")
    assert titles(writer) == []
    assert client.post(url).status_code == 404


def test_an_urgent_one_cannot_be_put_away(curator, writer, client):
    row = announced(curator, severity=Severity.URGENT)
    client.force_login(writer)
    assert client.post(reverse("admin:news_announcement_dismiss", args=[row.pk])).status_code == 409
    assert titles(writer) == [row.title]


# As a notice.


def test_everybody_it_is_for_is_told_once(curator, writer):
    elsewhere = member(Role.WRITER, regency_office("11.01"))
    announced(curator, province_office("73"))
    assert (tell_announcements(), tell_announcements()) == (1, 0)
    assert list(Notice.objects.values_list("recipient", "headline")) == [(writer.pk, "Pemeliharaan Sabtu malam")]
    assert not Notice.objects.filter(recipient__in=[elsewhere, curator]).exists()


def test_an_announcement_is_told_when_it_begins(curator, writer):
    announced(curator, starts=1)
    assert tell_announcements(NOW) == 0
    assert tell_announcements(NOW + timedelta(hours=1)) == 1
    assert Notice.objects.get().recipient == writer


def test_only_an_urgent_one_is_mailed(curator, writer):
    announced(curator, title="Info")
    announced(curator, title="Penting", severity=Severity.URGENT)
    tell_announcements()
    states = dict(Notice.objects.filter(recipient=writer).values_list("headline", "mail_state"))
    assert states == {"Info": MailState.NONE, "Penting": MailState.OWED}
    deliver_owed_mail()
    [sent] = mail.outbox
    assert sent.subject == "[Kabar Daerah] Pengumuman Pusat: Penting"
    assert "Meja redaksi tutup dua jam." in sent.body


def form(**changes):
    return {
        "title": "Rakornas dimajukan",
        "text": "Baca surat edaran.",
        "severity": "info",
        "starts_at_0": "2026-01-01",
        "starts_at_1": "08:00",
        "ends_at_0": "2036-01-01",
        "ends_at_1": "08:00",
        **changes,
    }


def test_a_curator_announces_to_chosen_provinces_and_they_are_told(curator, writer, client):
    elsewhere = member(Role.WRITER, regency_office("11.01"))
    client.force_login(curator)
    response = client.post(reverse("admin:news_announcement_add"), form(provinces=["73"]))
    assert response.status_code == 302
    row = Announcement.objects.get()
    assert (row.created_by, [region.pk for region in row.provinces.all()]) == (curator, ["73"])
    assert (titles(writer), titles(elsewhere)) == (["Rakornas dimajukan"], [])
    assert [notice.recipient for notice in Notice.objects.all()] == [writer]


@pytest.mark.parametrize(
    "wrong",
    [
        {"provinces": ["73.03"]},
        {"title": "a\x00b"},
        {"ends_at_0": "2025-01-01"},
        {"starts_at_0": "0001-01-01", "starts_at_1": "00:00"},
    ],
)
def test_a_form_that_makes_no_sense_is_refused(curator, writer, client, wrong):
    client.force_login(curator)
    assert client.post(reverse("admin:news_announcement_add"), form(**wrong)).status_code == 200
    assert not Announcement.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_index_asks_once_for_announcements(curator, writer, client, django_assert_num_queries, rows):
    for number in range(rows):
        announced(curator, title=f"Nomor {number}")
    writer = User.objects.get(pk=writer.pk)
    assert writer.current_memberships
    with django_assert_num_queries(1):
        assert len(announcements_for(writer)) == rows
