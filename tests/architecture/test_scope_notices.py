"""Every seat before the pages of comments, notices, settings and announcements."""

import pytest
from django.urls import reverse

from news.comments import comment_on
from news.inbox import tell
from news.models import Announcement, Comment, Notice
from news.models.announcements import Severity
from news.models.notices import NoticeKind
from tests.architecture.scope_rows import OUTSIDERS, PLACES, SEATS, grid
from tests.architecture.scope_world import everything_stored, refused_at_the_door, sent, text_of, unchanged
from tests.stored import taken_back

each_seat = pytest.mark.parametrize("seat", SEATS)

COMMENTED = grid("""
                                     kab sister far province ministry
    author writer editor manager      E    -     -     -        -
    p_writer p_editor p_manager       -    -     -     E        -
    supervisor                        E    E     -     -        -
    m_writer m_manager                -    -     -     -        E
    curator administrator             E    E     E     E        E
    auditor                           r    r     r     r        r
""")
SETTLED = grid("""
                                     kab sister far province ministry
    author writer editor manager      E    -     -     -        -
    p_writer p_editor p_manager       -    -     -     E        -
    supervisor                        r    r     -     -        -
    m_writer m_manager                -    -     -     -        E
    curator administrator auditor     r    r     r     r        r
""")
"""Who settles a comment that somebody else of the office wrote."""

REFUSED = {"-": 404, "r": 403}
SUBJECTS = ("draft", "submitted", "published", "withdrawn", "corrected")


def comment_url(world, subject, place):
    return reverse("admin:news_article_comment", args=[world.key(subject, place)])


def deed_url(world, place, comment, deed):
    return reverse("admin:news_article_comment_deed", args=[world.key("draft", place), comment.pk, deed])


@pytest.mark.parametrize("subject", SUBJECTS)
@each_seat
def test_a_comment_is_written_by_those_who_read_and_are_no_auditors(world, seat, subject):
    for place, letter in COMMENTED[seat].items():
        refusals = (REFUSED.get(letter, 0),)
        url = comment_url(world, subject, place)
        sent(world, seat, url, {"text": "Periksa lagi."}, allowed=letter == "E", refusals=refusals)
        assert world.browsers[seat].get(url).status_code == (404 if letter == "-" else 400)


@each_seat
def test_a_comment_is_read_by_those_who_read_the_edition(world, seat):
    for place, letter in COMMENTED[seat].items():
        with taken_back():
            comment_on(world.rows["draft"][place], "Bisikan redaksi.", by=world.rows["draft"][place].started_by)
            for page in ("change", "history"):
                response = world.browsers[seat].get(world.url("draft", page, place))
                assert ("Bisikan redaksi." in text_of(response)) == (letter != "-")


@each_seat
def test_a_comment_is_settled_by_the_newsroom_and_retracted_by_its_writer(world, seat):
    for place, letter in SETTLED[seat].items():
        with taken_back():
            edition = world.rows["draft"][place]
            comment = comment_on(edition, "Periksa lagi.", by=edition.started_by)
            browser = world.browsers[seat]
            own = edition.started_by == world.people[seat]
            answer = browser.post(deed_url(world, place, comment, "settle"))
            assert answer.status_code == (302 if letter == "E" else REFUSED[letter])
            assert (Comment.objects.get(pk=comment.pk).resolved_at is not None) == (letter == "E")
            answer = browser.post(deed_url(world, place, comment, "retract"))
            assert answer.status_code == (302 if own else 404 if letter == "-" else 403)
            assert (Comment.objects.get(pk=comment.pk).retracted_at is not None) == own


@each_seat
def test_a_comment_elsewhere_is_not_reached_through_an_article_of_ones_own(world, seat):
    with taken_back():
        comments = {}
        for place in PLACES:
            edition = world.rows["draft"][place]
            comments[place] = comment_on(edition, "Periksa lagi.", by=edition.started_by)
        stored = everything_stored()
        for place in PLACES:
            for other in set(PLACES) - {place}:
                answer = world.browsers[seat].post(deed_url(world, place, comments[other], "settle"))
                assert answer.status_code == 404
        assert everything_stored() == stored


@each_seat
def test_the_names_of_an_office_are_offered_to_those_who_comment_there(world, seat):
    for place, letter in COMMENTED[seat].items():
        page = text_of(world.browsers[seat].get(world.url("draft", "change", place)))
        assert (f'data-username="staf-{place}"' in page) == (letter == "E")


def tell_everybody(world):
    """Tell all of what stands in the draft of "kab"; the notices that were written."""
    edition = world.rows["draft"]["kab"]
    everybody = [person.pk for person in world.people.values()]
    about = {"article": edition.article, "edition": edition, "headline": "Judul rahasia"}
    tell(NoticeKind.RETURNED, everybody, by=None, **about)
    return Notice.objects.filter(headline="Judul rahasia")


@each_seat
def test_notices_are_read_by_their_recipient_alone(world, seat):
    with taken_back():
        told, person, browser = tell_everybody(world), world.people[seat], world.browsers[seat]
        reads = COMMENTED[seat]["kab"] != "-"
        assert told.filter(recipient=person).exists() == reads
        assert ("Judul rahasia" in text_of(browser.get("/admin/notices/"))) == reads
        for notice in Notice.objects.all():
            for then in ("open", "stay"):
                answer = browser.post(reverse("admin:notice_read", args=[notice.pk, then]))
                assert answer.status_code == (302 if notice.recipient == person else 404)
        read = Notice.objects.exclude(read_at=None).values_list("recipient", flat=True)
        assert set(read) <= {person.pk}
        assert told.filter(recipient=person, read_at=None).count() == 0


@each_seat
def test_marking_all_marks_ones_own(world, seat):
    with taken_back():
        tell_everybody(world)
        own = Notice.objects.filter(recipient=world.people[seat])
        others = Notice.objects.exclude(recipient=world.people[seat])
        assert own.exists() or COMMENTED[seat]["kab"] == "-"
        world.browsers[seat].post("/admin/notices/read/", {"newest": 10**9})
        assert not own.filter(read_at=None).exists()
        assert others.exists()
        assert not others.exclude(read_at=None).exists()


@each_seat
def test_an_announcement_is_put_away_by_those_it_is_for(world, seat):
    with taken_back():
        told = world.rows["announcement"]["ministry"]
        Announcement.objects.filter(pk=told.pk).update(severity=Severity.INFO)
        told.provinces.set(["73"])
        meant = seat not in ("m_writer", "m_manager")
        browser, url = world.browsers[seat], reverse("admin:news_announcement_dismiss", args=[told.pk])
        assert ("Subjek pengumuman" in text_of(browser.get("/admin/"))) == meant
        assert browser.get(url).status_code == (400 if meant else 404)
        assert browser.post(url).status_code == (302 if meant else 404)
        assert "Subjek pengumuman" not in text_of(browser.get("/admin/"))


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_reach_none_of_it(world, outsider):
    browser = world.browsers[outsider]
    for url in (
        comment_url(world, "draft", "kab"),
        reverse("admin:news_article_comment_deed", args=[world.key("draft", "kab"), 1, "settle"]),
        reverse("admin:news_announcement_dismiss", args=[world.key("announcement", "ministry")]),
        reverse("admin:notices"),
        reverse("admin:notices_read"),
        reverse("admin:notice_read", args=[1, "open"]),
        reverse("admin:preferences"),
    ):
        assert refused_at_the_door(browser.get(url)), url
        assert refused_at_the_door(browser.post(url, {"text": "x", "newest": "1", "channel": "daily"})), url
    unchanged(world)
