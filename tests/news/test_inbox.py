"""The page of one's own notices, its bell, and the settings beside it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.inbox import notices_of, tell, unread_count
from news.models import Edition, Notice, NoticePreference
from news.models.mail import MailState
from news.models.notices import NoticeKind
from news.models.preferences import Channel
from offices.models import Membership, User
from offices.roles import Role
from tests.factories import UserFactory, drafted, member, ministry, regency_office

pytestmark = pytest.mark.django_db
INBOX = "/admin/notices/"


@pytest.fixture
def office():
    return regency_office("73.03")


@pytest.fixture
def writer(office):
    return member(Role.WRITER, office, name="Sari Dewi")


@pytest.fixture
def editor(office):
    return member(Role.EDITOR, office, name="Budi Santoso")


@pytest.fixture
def edition(office, writer):
    return drafted(office, by=writer, headline="Pasar baru dibuka")


def notice(edition, *people, kind=NoticeKind.RETURNED, by=None, **about):
    words = {"article": edition.article, "edition": edition, "headline": edition.headline, **about}
    tell(kind, [person.pk for person in people], by=by, **words)
    return Notice.objects.order_by("-pk").first()


def fresh(user):
    return User.objects.get(pk=user.pk)


# Who is told.


def test_whoever_did_it_is_not_told(edition, writer, editor):
    notice(edition, writer, editor, by=editor)
    assert [row.recipient for row in Notice.objects.all()] == [writer]


def test_nobody_is_told_who_is_inactive_has_left_or_does_not_read_it(edition, office):
    inactive, gone = member(Role.EDITOR, office), member(Role.EDITOR, office)
    User.objects.filter(pk=inactive.pk).update(is_active=False)
    Membership.objects.filter(user=gone).update(ends_on="2020-01-01")
    stranger = member(Role.MANAGER, regency_office("11.01"))
    notice(edition, inactive, gone, stranger, UserFactory())
    assert not Notice.objects.exists()


def test_those_above_are_told_of_what_they_read(edition):
    curator = member(Role.CURATOR, ministry())
    notice(edition, curator)
    assert Notice.objects.get().recipient == curator


@pytest.mark.parametrize(
    ("channel", "kind", "state"),
    [
        (None, NoticeKind.RETURNED, MailState.OWED),
        (Channel.AT_ONCE, NoticeKind.RETURNED, MailState.OWED),
        (Channel.DAILY, NoticeKind.RETURNED, MailState.NONE),
        (Channel.DAILY, NoticeKind.MENTIONED, MailState.OWED),
        (Channel.DAILY, NoticeKind.SCHEDULE_FAILED, MailState.OWED),
        (Channel.IN_APP, NoticeKind.RETURNED, MailState.NONE),
        (Channel.IN_APP, NoticeKind.MENTIONED, MailState.NONE),
        (Channel.IN_APP, NoticeKind.SCHEDULE_FAILED, MailState.NONE),
    ],
)
def test_a_mail_is_owed_as_the_person_has_chosen(edition, writer, channel, kind, state):
    if channel:
        NoticePreference.objects.create(user=writer, channel=channel)
    assert notice(edition, writer, kind=kind).mail_state == state


# Reading them.


def test_the_bell_counts_what_is_unread(edition, writer, client):
    client.force_login(writer)
    assert "bell__count" not in client.get("/admin/").content.decode()
    for _n in range(3):
        notice(edition, writer)
    assert '<span class="bell__count">3</span>' in client.get("/admin/").content.decode()


def test_the_bell_counts_to_a_hundred(edition, writer, client):
    for _n in range(120):
        notice(edition, writer)
    client.force_login(writer)
    assert '<span class="bell__count">99+</span>' in client.get("/admin/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_bell_costs_one_query(edition, writer, django_assert_num_queries, rows):
    for _n in range(rows):
        notice(edition, writer)
    reader = fresh(writer)
    assert reader.current_memberships
    with django_assert_num_queries(1):
        assert unread_count(reader) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_two_queries_beside_those_of_every_page(edition, writer, editor, client, rows):
    """One for the rows, one for the bell."""
    for _n in range(rows):
        notice(edition, writer, by=editor)
    client.force_login(writer)
    client.get(INBOX)
    with CaptureQueriesContext(connection) as index:
        client.get("/admin/preferences/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(INBOX).content.decode().count('class="notice notice--unread"') == rows
    assert len([query for query in asked if '"news_notice"' in query["sql"]]) == 2
    assert len(asked) == len(index)


def test_the_page_shows_the_sentence_the_reason_and_the_present_state(edition, writer, editor, client):
    notice(edition, writer, by=editor, detail="Sebutkan keempat pasar.")
    client.force_login(writer)
    page = client.get(INBOX).content.decode()
    assert "Budi Santoso meminta perbaikan pada “Pasar baru dibuka”." in page
    assert "Sebutkan keempat pasar." in page
    assert "Sekarang: Draf" in page
    assert "Perbaiki naskah" in page


@pytest.mark.parametrize(
    ("kind", "state", "button"),
    [
        (NoticeKind.SUBMITTED, "submitted", "Periksa naskah"),
        (NoticeKind.SUBMITTED, "changes_requested", "Buka naskah"),
        (NoticeKind.RETURNED, "changes_requested", "Perbaiki naskah"),
        (NoticeKind.RETURNED, "submitted", "Buka naskah"),
    ],
)
def test_the_button_asks_for_nothing_that_is_done_already(edition, writer, editor, client, kind, state, button):
    notice(edition, writer, kind=kind, by=editor)
    Edition.objects.filter(pk=edition.pk).update(state=state)
    client.force_login(writer)
    assert f'type="submit">{button}<' in client.get(INBOX).content.decode()


def test_a_notice_leads_on_in_one_step_and_is_read_then(edition, writer, client):
    row = notice(edition, writer)
    client.force_login(writer)
    url = reverse("admin:notice_read", args=[row.pk, "open"])
    assert client.get(url).status_code == 400
    assert Notice.objects.get().read_at is None
    assert client.post(url)["Location"] == reverse("admin:news_article_change", args=[edition.article_id])
    assert Notice.objects.get().read_at is not None


def test_reading_again_keeps_the_first_moment(edition, writer, client):
    row = notice(edition, writer)
    client.force_login(writer)
    url = reverse("admin:notice_read", args=[row.pk, "stay"])
    assert client.post(url)["Location"] == INBOX
    first = Notice.objects.get().read_at
    client.post(url)
    assert Notice.objects.get().read_at == first


def test_what_came_since_the_page_was_shown_stays_unread(edition, writer, client):
    shown = notice(edition, writer)
    later = notice(edition, writer)
    client.force_login(writer)
    assert client.get("/admin/notices/read/").status_code == 400
    assert client.post("/admin/notices/read/", {"newest": "x"}).status_code == 400
    client.post("/admin/notices/read/", {"newest": shown.pk})
    assert [row.pk for row in Notice.objects.filter(read_at=None)] == [later.pk]
    client.post("/admin/notices/read/", {"newest": "9" * 40})
    assert not Notice.objects.filter(read_at=None).exists()


def test_the_notices_of_another_person_are_not_there(edition, writer, editor, client):
    row = notice(edition, writer)
    client.force_login(editor)
    assert client.post(reverse("admin:notice_read", args=[row.pk, "open"])).status_code == 404
    client.post("/admin/notices/read/", {"newest": row.pk})
    assert "Pasar baru" not in client.get(f"{INBOX}?tampil=semua").content.decode()
    assert Notice.objects.get().read_at is None


def test_what_somebody_no_longer_reads_disappears_from_their_notices(edition, writer, office, client):
    """A writer who moves to another office keeps the account, not the sight of the old drafts."""
    row = notice(edition, writer)
    Membership.objects.filter(user=writer).update(ends_on="2020-01-01")
    client.force_login(writer)
    member_elsewhere = Membership(user=writer, office=regency_office("11.01"), role=Role.WRITER)
    member_elsewhere.save()
    page = client.get(f"{INBOX}?tampil=semua").content.decode()
    assert "Pasar baru" not in page
    assert "bell__count" not in page
    assert client.post(reverse("admin:notice_read", args=[row.pk, "open"])).status_code == 404
    assert not notices_of(fresh(writer)).exists()


def test_unread_stand_alone_until_everything_is_asked_for(edition, writer, client):
    first = notice(edition, writer, headline="Sudah dibaca")
    notice(edition, writer, headline="Masih baru")
    client.force_login(writer)
    client.post(reverse("admin:notice_read", args=[first.pk, "stay"]))
    unread, everything = (client.get(url).content.decode() for url in (INBOX, f"{INBOX}?tampil=semua"))
    assert ("Masih baru" in unread, "Sudah dibaca”" in unread) == (True, False)
    assert ("Masih baru" in everything, "Sudah dibaca”" in everything) == (True, True)


def test_pages_follow_one_another_without_gap_or_double(edition, writer, client):
    for number in range(45):
        notice(edition, writer, headline=f"Nomor {number:02}!")
    client.force_login(writer)
    seen, url = [], f"{INBOX}?tampil=semua"
    while url:
        context = client.get(url).context
        seen += [row.headline for row in context["notices"]]
        url = context["older_url"]
    assert seen == [f"Nomor {number:02}!" for number in reversed(range(45))]


def test_an_empty_page_says_what_will_stand_there(writer, client):
    client.force_login(writer)
    assert "Tidak ada yang belum dibaca." in client.get(INBOX).content.decode()
    assert "Belum ada pemberitahuan." in client.get(f"{INBOX}?tampil=semua").content.decode()


def test_a_cursor_of_somebody_s_own_making_is_no_page(writer, client):
    client.force_login(writer)
    assert client.get(f"{INBOX}?sebelum=xyz").status_code == 404


# Settings.


def test_one_chooses_how_to_be_told(writer, editor, client):
    client.force_login(writer)
    page = client.get("/admin/preferences/").content.decode()
    assert "07.00 WITA" in page
    assert client.post("/admin/preferences/", {"channel": "daily", "digest_hour": "17"}).status_code == 302
    stored = NoticePreference.objects.get()
    assert (stored.user, stored.channel, stored.digest_hour) == (writer, "daily", 17)
    client.post("/admin/preferences/", {"channel": "in_app", "digest_hour": "7", "user": editor.pk})
    stored = NoticePreference.objects.get()
    assert (stored.user, stored.channel) == (writer, "in_app")


@pytest.mark.parametrize("wrong", [{"channel": "pigeon"}, {"digest_hour": "24"}, {"digest_hour": ""}])
def test_a_choice_that_is_none_is_refused(writer, client, wrong):
    client.force_login(writer)
    response = client.post("/admin/preferences/", {"channel": "daily", "digest_hour": "7", **wrong})
    assert response.status_code == 200
    assert not NoticePreference.objects.exists()
