"""Comments on an edition: who writes them, whom they name, and that they leave the content alone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.comments import colleagues, comment_on, people_named, retract, settle
from news.digest import digest_of
from news.models import Comment, Contribution, Edition, Notice
from news.models.notices import NoticeKind
from news.refusals import NotNow
from news.states import Step
from news.workflow import take_step
from offices.models import User
from offices.roles import Role
from tests.factories import approved, drafted, member, ministry, province_office, published, regency_office, submitted
from tests.factories.unseen import removed

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return regency_office("73.03")


@pytest.fixture
def writer(office):
    return member(Role.WRITER, office, username="sari.dewi", name="Sari Dewi")


@pytest.fixture
def editor(office):
    return member(Role.EDITOR, office, username="budi", name="Budi Santoso")


@pytest.fixture
def edition(office, writer, editor):
    return submitted(office, by=writer, headline="Pasar baru dibuka")


def told(user: User) -> list[str]:
    about = Notice.objects.filter(recipient=user).exclude(comment=None)
    return list(about.order_by("pk").values_list("kind", flat=True))


def comment_url(edition):
    return reverse("admin:news_article_comment", args=[edition.article_id])


def deed_url(comment, deed):
    return reverse("admin:news_article_comment_deed", args=[comment.edition.article_id, comment.pk, deed])


def page_url(edition):
    return reverse("admin:news_article_change", args=[edition.article_id])


# Who may comment.


@pytest.mark.parametrize("role", [Role.WRITER, Role.EDITOR, Role.MANAGER])
def test_the_newsroom_of_the_edition_comments(edition, office, role):
    assert comment_on(edition, "Periksa tanggalnya.", by=member(role, office)).text == "Periksa tanggalnya."


def test_those_above_comment_on_what_they_read(edition):
    for role, place in (
        (Role.SUPERVISOR, province_office("73")),
        (Role.CURATOR, ministry()),
        (Role.ADMINISTRATOR, ministry()),
    ):
        comment_on(edition, "Sudah saya baca.", by=member(role, place))
    assert edition.comments.count() == 3


def test_an_auditor_reads_and_says_nothing(edition, client):
    auditor = member(Role.AUDITOR, ministry())
    with pytest.raises(PermissionDenied):
        comment_on(edition, "Catatan.", by=auditor)
    client.force_login(auditor)
    assert client.post(comment_url(edition), {"text": "Catatan."}).status_code == 403
    assert 'action="' + comment_url(edition) not in client.get(page_url(edition)).content.decode()
    assert not Comment.objects.exists()


def test_a_stranger_meets_nothing(edition, client):
    client.force_login(member(Role.MANAGER, regency_office("11.01")))
    assert client.post(comment_url(edition), {"text": "Halo."}).status_code == 404
    assert not Comment.objects.exists()


def test_a_closed_edition_takes_no_comment(office, editor):
    with pytest.raises(NotNow, match="sudah ditutup"):
        comment_on(removed(office), "Terlambat.", by=editor)


def test_a_live_edition_takes_one(office, editor):
    assert comment_on(published(office), "Bagus.", by=editor).pk


# A comment is no content.


def test_commenting_contributes_nothing_and_changes_nothing(office, writer, editor):
    edition = approved(office, by=writer)
    other = member(Role.EDITOR, office)
    before = Edition.objects.values().get(pk=edition.pk)
    digest = digest_of(edition)
    comment = comment_on(edition, "Sudah tepat.", by=other)
    settle(comment, by=writer)
    retract(comment, by=other)
    assert Edition.objects.values().get(pk=edition.pk) == before
    assert digest_of(Edition.objects.get(pk=edition.pk)) == digest
    assert not Contribution.objects.filter(user=other).exists()


def test_who_commented_may_still_approve(edition, editor):
    comment_on(edition, "Baik.", by=editor)
    assert take_step(edition, Step.APPROVE, by=editor, version=edition.version).target == "approved"


# The words.


@pytest.mark.parametrize(
    ("text", "quoted", "sentence"),
    [
        ("   ", "", "Tulis komentarnya dahulu"),
        ("a" * 2_001, "", "Komentar paling panjang 2.000 huruf"),
        ("x", "b" * 201, "Kutipan paling panjang 200 huruf"),
        ("a\x00b", "", "karakter yang tidak dapat disimpan"),
        ("a", "b\x00", "karakter yang tidak dapat disimpan"),
    ],
)
def test_words_that_do_not_fit_are_refused(edition, editor, text, quoted, sentence):
    with pytest.raises(NotNow, match=sentence):
        comment_on(edition, text, by=editor, quoted=quoted)
    assert not Comment.objects.exists()


def test_the_longest_comment_fits_however_the_browser_ends_its_lines(edition, editor):
    lines = "\r\n".join(["a" * 999, "b" * 1_000])
    assert len(comment_on(edition, lines, by=editor, quoted="c" * 200).text) == 2_000


def test_a_refused_comment_is_shown_again(edition, editor, client):
    client.force_login(editor)
    response = client.post(comment_url(edition), {"text": "Panjang " * 300})
    assert response.status_code == 409
    assert "Panjang Panjang" in response.content.decode()
    assert not Comment.objects.exists()


# Mentions.


@pytest.mark.parametrize(
    ("text", "names", "unknown"),
    [
        ("@budi tolong lihat", ["budi"], []),
        ("Tolong lihat, @budi.", ["budi"], []),
        ("(@sari.dewi) dan @BUDI!", ["sari.dewi", "budi"], []),
        ("@sari.dewi.", ["sari.dewi"], []),
        ("@budi @budi", ["budi"], []),
        ("tulis ke humas@budi.go.id", [], []),
        ("@budiman bukan budi", [], ["budiman"]),
        ("@ sendiri", [], []),
        ("tanpa nama", [], []),
    ],
)
def test_a_name_is_found_where_one_is_meant(edition, text, names, unknown):
    found, nobody = people_named(text, colleagues(edition.article))
    assert ([person.username for person in found], nobody) == (names, unknown)


def test_only_people_of_the_office_who_read_there_can_be_mentioned(edition, office, writer, editor):
    """Neither those of another office, nor who has left, nor who supervises from the same building."""
    member(Role.WRITER, regency_office("11.01"), username="jauh")
    member(Role.CURATOR, ministry(), username="kurator")
    gone = member(Role.WRITER, office, username="pergi")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert set(colleagues(edition.article)) == {writer, editor}
    comment = comment_on(edition, "@jauh @kurator @pergi @sari.dewi", by=editor)
    assert list(comment.mentioned.all()) == [writer]


def test_a_supervisor_is_no_colleague_of_the_province_s_own_newsroom(writer):
    province = province_office("73")
    supervisor = member(Role.SUPERVISOR, province, username="pembina")
    own = member(Role.EDITOR, province, username="redaktur")
    edition = drafted(province, by=member(Role.WRITER, province, username="penulis"))
    assert set(colleagues(edition.article).values_list("username", flat=True)) == {"redaktur", "penulis"}
    comment_on(edition, "@pembina lihat", by=own)
    assert told(supervisor) == []


def test_the_mentioned_are_told_once_and_the_speaker_never(edition, writer, editor):
    comment_on(edition, "@sari.dewi @sari.dewi dan @budi", by=editor)
    assert told(writer) == [NoticeKind.MENTIONED]
    assert told(editor) == []


def test_an_author_hears_of_a_comment_and_so_do_those_who_spoke_before(edition, writer, editor, office):
    bystander = member(Role.EDITOR, office)
    comment_on(edition, "Sebutkan pasarnya.", by=editor)
    comment_on(edition, "Sudah.", by=writer)
    assert (told(writer), told(editor), told(bystander)) == (["commented"], ["commented"], [])


def test_unknown_names_are_named_to_the_speaker(edition, editor, client):
    client.force_login(editor)
    page = client.post(comment_url(edition), {"text": "@tidak.ada lihat"}, follow=True).content.decode()
    assert "Bukan rekan di kantor ini, jadi tidak diberi tahu: @tidak.ada" in page


# Settling and retracting.


def test_a_comment_is_settled_by_the_newsroom_or_its_writer(edition, office, writer):
    supervisor = member(Role.SUPERVISOR, province_office("73"))
    own = comment_on(edition, "Satu.", by=supervisor)
    theirs = comment_on(edition, "Dua.", by=writer)
    settle(own, by=supervisor)
    with pytest.raises(PermissionDenied):
        settle(theirs, by=supervisor)
    settle(theirs, by=member(Role.EDITOR, office))
    assert not [comment for comment in Comment.objects.all() if comment.is_open]


def test_a_comment_is_settled_once(edition, writer, editor):
    comment = comment_on(edition, "Satu.", by=writer)
    settle(comment, by=editor)
    with pytest.raises(NotNow):
        settle(comment, by=writer)
    assert Comment.objects.get().resolved_by == editor


def test_words_are_taken_back_by_their_writer_alone_and_leave_a_mark(edition, writer, editor, client):
    comment = comment_on(edition, "Rahasia kantor.", by=editor, quoted="Bagian rahasia")
    with pytest.raises(PermissionDenied):
        retract(comment, by=writer)
    retract(comment, by=editor)
    with pytest.raises(NotNow):
        retract(comment, by=editor)
    client.force_login(writer)
    for url in (page_url(edition), reverse("admin:news_article_history", args=[edition.article_id])):
        page = client.get(url).content.decode()
        assert "Komentar ini ditarik oleh penulisnya." in page
        assert "rahasia" not in page.lower()


def test_comments_stand_beside_the_form_and_in_the_history(edition, writer, editor, client):
    comment = comment_on(edition, "Sebutkan <b>pasarnya</b>, @sari.dewi.", by=editor, quoted="empat pasar")
    client.force_login(writer)
    for url in (page_url(edition), reverse("admin:news_article_history", args=[edition.article_id])):
        page = client.get(url).content.decode()
        assert f'id="komentar-{comment.pk}"' in page
        assert "Sebutkan &lt;b&gt;pasarnya&lt;/b&gt;" in page
        assert "empat pasar" in page
        assert "Menyebut: Sari Dewi" in page


def test_the_buttons_of_a_comment_work(edition, writer, editor, client):
    client.force_login(editor)
    client.post(comment_url(edition), {"text": "Satu.", "quoted": "kalimat"})
    client.post(comment_url(edition), {"text": "Dua."})
    first, second = Comment.objects.all()
    assert (first.quoted, first.author) == ("kalimat", editor)
    response = client.post(deed_url(first, "settle"))
    assert response["Location"] == f"{page_url(edition)}#komentar-{first.pk}"
    assert client.post(deed_url(second, "retract")).status_code == 302
    assert client.post(deed_url(second, "retract")).status_code == 409
    assert client.post(deed_url(first, "reword"), {"text": "Lain"}).status_code == 400
    assert client.get(deed_url(first, "settle")).status_code == 400
    assert client.get(comment_url(edition)).status_code == 400
    first.refresh_from_db()
    assert (first.text, first.resolved_by) == ("Satu.", editor)


def test_a_comment_is_reached_through_its_own_article_alone(edition, editor, office, client):
    other = drafted(office)
    comment = comment_on(other, "Lain.", by=editor)
    client.force_login(editor)
    url = reverse("admin:news_article_comment_deed", args=[edition.article_id, comment.pk, "settle"])
    assert client.post(url).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_costs_the_same_however_many_comments(edition, writer, editor, client, rows):
    for _n in range(rows):
        comment_on(edition, "@sari.dewi lihat.", by=editor)
    client.force_login(editor)
    with CaptureQueriesContext(connection) as asked:
        client.get(page_url(edition))
    about = [query["sql"] for query in asked if "news_comment" in query["sql"]]
    assert len(about) == 2
