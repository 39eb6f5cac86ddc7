"""A link for an outside checker: it opens one edition signed out, tells nobody else, and ends when it should."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Edition, ShareLink
from news.refusals import NotNow
from news.sharelinks import LONGEST, MOST_OPEN, link_of, may_revoke, may_share, revoke, share
from news.states import Step
from news.workflow import take_step
from news.writing import start_edition
from offices.models import Entry, Membership
from offices.roles import Role
from tests.factories import (
    PhotoFactory,
    approved,
    drafted,
    ministry,
    province_office,
    published,
    regency_office,
    submitted,
    withdrawn,
)
from tests.factories.news import someone

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def writer():
    return someone(Role.WRITER, regency_office())


def editor():
    return someone(Role.EDITOR, regency_office())


def manager():
    return someone(Role.MANAGER, regency_office())


def shared(edition, days=3, by=None, checker="dr. Ratna"):
    return share(edition, by=by or editor(), checker=checker, days=days)


def url_of(token):
    return reverse("shared_edition", args=[token])


# The verbs.


def test_the_link_is_unguessable_and_only_its_hash_is_stored():
    edition = drafted()
    (link, token), (_other, second) = shared(edition), shared(edition)

    assert len(token) > 80
    assert token != second
    assert link.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(list(ShareLink.objects.values())) + str(list(Entry.objects.values()))
    assert link_of(token) == link


@pytest.mark.parametrize("days", [1, 3, 14])
def test_a_link_lasts_as_long_as_was_asked(days):
    with time_machine.travel(NOW, tick=False):
        link, _token = shared(drafted(), days=days)

    assert link.expires_at == NOW + timedelta(days=days)


@pytest.mark.parametrize("days", [0, -1, LONGEST + 1])
def test_no_link_lasts_longer_or_shorter_than_allowed(days):
    with pytest.raises(ValidationError):
        shared(drafted(), days=days)
    assert not ShareLink.objects.exists()


@pytest.mark.parametrize("checker", ["", "  ", "a" * 121, "a\x00b"])
def test_a_link_is_for_somebody(checker):
    with pytest.raises(ValidationError):
        shared(drafted(), checker=checker)
    assert not ShareLink.objects.exists()


def test_what_happens_to_a_link_is_written_into_the_audit_trail():
    edition = drafted()
    link, token = shared(edition)
    revoke(link, by=manager())

    found = Entry.objects.filter(thing_model="news.sharelink").order_by("pk")
    assert list(found.values_list("kind", "actor", "office", "thing_key", "thing_name", "note")) == [
        ("added", editor().pk, edition.article.office_id, str(link.pk), f"Tautan pratinjau {link.pk}", ""),
        (
            "changed",
            manager().pk,
            edition.article.office_id,
            str(link.pk),
            f"Tautan pratinjau {link.pk}",
            "dicabut",
        ),
    ]


@pytest.mark.parametrize(
    ("make", "allowed"),
    [(drafted, "writer editor manager"), (submitted, "editor manager"), (approved, "editor manager")],
)
def test_whoever_may_write_shares_and_editors_as_long_as_it_is_in_the_making(make, allowed):
    edition = make()
    people = {"writer": writer(), "editor": editor(), "manager": manager()}

    for name, person in people.items():
        assert may_share(person, edition) is (name in allowed), name
        if name not in allowed:
            with pytest.raises(NotNow):
                shared(edition, by=person)


@pytest.mark.parametrize(
    "stranger",
    [
        lambda: someone(Role.MANAGER, regency_office("73.71")),
        lambda: someone(Role.SUPERVISOR, province_office("73")),
        lambda: someone(Role.CURATOR, ministry()),
        lambda: someone(Role.ADMINISTRATOR, ministry()),
    ],
)
def test_nobody_else_shares_or_revokes(stranger):
    edition = drafted()
    link, _token = shared(edition)
    person = stranger()

    assert not may_share(person, edition)
    assert not may_revoke(person, link)
    with pytest.raises(PermissionDenied):
        shared(edition, by=person)
    with pytest.raises(PermissionDenied):
        revoke(link, by=person)


@pytest.mark.parametrize("make", [published, withdrawn])
def test_what_is_or_was_public_is_not_shared(make):
    with pytest.raises(NotNow):
        shared(make())


def test_a_writer_revokes_the_own_link_and_no_other():
    edition = drafted()
    (own, _t), (other, _u) = shared(edition, by=writer()), shared(edition)

    assert may_revoke(writer(), own)
    assert not may_revoke(writer(), other)
    assert may_revoke(manager(), own)


def test_a_link_is_revoked_once():
    link, _token = shared(drafted())
    revoke(link, by=editor())

    with pytest.raises(NotNow):
        revoke(link, by=editor())
    assert Entry.objects.filter(thing_model="news.sharelink").count() == 2


def test_an_edition_has_at_most_ten_open_links():
    edition = drafted()
    links = [shared(edition)[0] for _n in range(MOST_OPEN)]

    with pytest.raises(NotNow):
        shared(edition)
    revoke(links[0], by=editor())
    shared(edition)


@pytest.mark.parametrize(
    "change", [{"expires_at": NOW - timedelta(days=400)}, {"revoked_at": NOW}, {"revoked_by_id": 1}]
)
def test_the_database_refuses_a_link_that_contradicts_itself(change):
    link, _token = shared(drafted())
    change = {name: editor().pk if name == "revoked_by_id" else value for name, value in change.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        ShareLink.objects.filter(pk=link.pk).update(**change)


# The page.


def is_secluded(response):
    assert response["Cache-Control"] == "no-store, private"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["X-Frame-Options"] == "DENY"
    assert not response.cookies
    return True


def test_the_link_opens_the_edition_signed_out_as_it_stands_now(client):
    edition = drafted(headline="Judul pertama", photos=(PhotoFactory(),))
    _link, token = shared(edition)
    Edition.objects.filter(pk=edition.pk).update(headline="Judul <kedua>")

    response = client.get(url_of(token))
    page = response.content.decode()

    assert response.status_code == 200
    assert is_secluded(response)
    assert "Judul &lt;kedua&gt;" in page
    assert "Pratinjau untuk dr. Ratna" in page
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert 'rel="canonical"' not in page
    assert "data-read" not in page
    assert "/admin/news/" not in page
    assert "wa.me" not in page


def test_every_opening_by_get_is_counted(client):
    link, token = shared(drafted())
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        client.get(url_of(token))
        client.head(url_of(token))
        client.get(url_of(token))
        link.refresh_from_db()
        assert (link.opens, link.last_opened_at) == (2, timezone.now())


def test_photos_come_from_addresses_of_the_link_alone(client):
    office = regency_office()
    photo, other = PhotoFactory(office), PhotoFactory(office)
    edition, elsewhere = drafted(photos=(photo,)), drafted(photos=(other,))
    _link, token = shared(edition)
    page = client.get(url_of(token)).content.decode()

    own = sorted(set(re.findall(r"/pratinjau/[^\s\"]+\.?[^\s\"]*/foto/\d+/\d+/", page)))
    assert own == sorted(reverse("shared_photo", args=[token, photo.pk, width]) for width in photo.widths)
    assert "/media/" not in page
    for address in own:
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
        assert is_secluded(response)
        assert b"".join(response.streaming_content)[8:12] == b"WEBP"
    for photo_id, width in (
        (other.pk, other.widths[0]),
        (photo.pk, 7),
        (10**18, 320),
        (10**30, 320),
        (photo.pk, 10**30),
    ):
        refused = client.get(reverse("shared_photo", args=[token, photo_id, width]))
        assert refused.status_code == 404
        assert is_secluded(refused)
    assert elsewhere.photos.get().photo == other


def test_a_document_is_reached_by_its_number_and_no_number_breaks_the_page(client):
    _link, token = shared(drafted())

    for number in (0, 10**18, 10**30):
        refused = client.get(reverse("shared_document", args=[token, number]))
        assert (refused.status_code, is_secluded(refused)) == (404, True)


def answers(client, token, photo):
    page = client.get(url_of(token))
    picture = client.get(reverse("shared_photo", args=[token, photo.pk, photo.widths[0]]))
    assert is_secluded(page)
    assert is_secluded(picture)
    return page.status_code, picture.status_code, page.content.decode()


def closed(client, token, photo):
    """The page of a closed link: none of its content, and no photo."""
    status, picture, page = answers(client, token, photo)
    assert (status, picture) == (410, 404)
    assert "Rahasia" not in page
    return page


@pytest.fixture
def photo():
    return PhotoFactory(regency_office())


@pytest.fixture
def secret(photo):
    return drafted(headline="Rahasia kami", body="<p>Rahasia isi.</p>", photos=(photo,))


def test_a_link_ends_at_its_moment(client, secret, photo):
    with time_machine.travel(NOW, tick=False):
        _link, token = shared(secret, days=1)
    with time_machine.travel(NOW + timedelta(days=1, seconds=-1), tick=False):
        assert answers(client, token, photo)[:2] == (200, 200)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert "Tautan ini berlaku sampai Sabtu, 21 November 2026, 11.00 WITA." in closed(client, token, photo)


def test_a_revoked_link_opens_nothing(client, secret, photo):
    link, token = shared(secret)
    revoke(link, by=editor())

    assert "Redaksi menutup tautan ini." in closed(client, token, photo)


def test_a_link_ends_with_the_work_of_whoever_made_it(client, secret, photo):
    link, token = shared(secret, by=writer())
    assert answers(client, token, photo)[:2] == (200, 200)

    Membership.objects.filter(user=link.created_by).update(ends_on=timezone.localdate())

    assert "Redaksi menutup tautan ini." in closed(client, token, photo)
    with pytest.raises(NotNow):
        revoke(link, by=editor())
    client.force_login(editor())
    page = client.get(share_url(secret)).content.decode()
    assert ("Terbuka" in page, "Berakhir" in page) == (False, True)


def test_a_discarded_edition_is_not_shown(client, secret, photo):
    _link, token = shared(secret)
    take_step(secret, Step.DISCARD, by=editor())

    assert "Naskah yang dibagikan tidak dilanjutkan." in closed(client, token, photo)


def publish(edition):
    for step, person in ((Step.SUBMIT, writer()), (Step.APPROVE, editor()), (Step.PUBLISH, editor())):
        take_step(Edition.objects.get(pk=edition.pk), step, by=person)
    return Article.objects.get(pk=edition.article_id)


def test_after_publication_the_link_leads_to_the_public_page(client, photo):
    edition = drafted(headline="Berita terbit", photos=(photo,))
    _link, token = shared(edition)
    article = publish(edition)

    page = closed(client, token, photo)

    assert "sudah selesai diperiksa dan terbit" in page
    assert f'href="{article.get_absolute_url()}"' in page


@pytest.mark.parametrize("step", [Step.WITHDRAW, Step.REMOVE])
def test_what_is_no_longer_public_is_not_linked_from_a_dead_link(client, photo, step):
    edition = drafted(headline="Rahasia lagi", photos=(photo,))
    _link, token = shared(edition)
    article = publish(edition)
    take_step(Edition.objects.get(pk=edition.pk), step, by=manager(), note="Keliru.")

    assert article.get_absolute_url() not in closed(client, token, photo)


def test_nothing_of_a_removed_article_is_shown_or_shared(client, photo):
    live = published(headline="Nama yang harus hilang", photos=(photo,))
    edition = start_edition(live.article, by=editor())
    _link, token = shared(edition)
    assert client.get(url_of(token)).status_code == 200

    take_step(live, Step.REMOVE, by=manager(), note="Putusan pengadilan.")

    response = client.get(url_of(token))
    assert response.status_code == 410
    assert "Nama yang harus hilang" not in response.content.decode()
    assert client.get(reverse("shared_photo", args=[token, photo.pk, photo.widths[0]])).status_code == 404
    edition = Edition.objects.get(pk=edition.pk)
    assert not may_share(editor(), edition)
    with pytest.raises(NotNow, match="dihapus"):
        shared(edition)


def test_a_new_edition_is_shared_beside_the_public_one(client, photo):
    article = published(headline="Judul terbit").article
    newer = start_edition(article, by=editor())
    Edition.objects.filter(pk=newer.pk).update(headline="Judul edisi baru")
    _link, token = shared(newer)

    assert "Judul edisi baru" in client.get(url_of(token)).content.decode()


def test_whatever_is_no_link_gets_the_same_answer(client):
    link, token = shared(drafted())
    secret, signature = token.split(".")
    wrong = [
        f"{secret}.{signature[:-1]}{'A' if signature[-1] != 'A' else 'B'}",
        f"{'A' if secret[0] != 'A' else 'B'}{secret[1:]}.{signature}",
        f"{secret}{signature}",
        f"{signature}.{secret}",
        "a" * 60,
        "." * 60,
    ]
    found = {client.get(url_of(text)).content for text in wrong}
    ShareLink.objects.filter(pk=link.pk).update(token_hash="0" * 64)
    unknown = client.get(url_of(token))

    assert found == {unknown.content}
    assert unknown.status_code == 404
    assert is_secluded(unknown)
    assert link.checker not in unknown.content.decode()


def test_a_link_signed_with_the_former_key_still_opens(client, settings):
    _link, token = shared(drafted())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [settings.SECRET_KEY]
    assert client.get(url_of(token)).status_code == 200

    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(url_of(token)).status_code == 404


def test_nothing_is_sent_to_a_shared_page(client):
    _link, token = shared(drafted())

    assert client.post(url_of(token)).status_code == 405


def test_robots_are_kept_out(client):
    assert "Disallow: /pratinjau/" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_shared_page_costs_the_same_however_many_photos(client, rows, django_assert_num_queries):
    office = regency_office()
    _link, token = shared(drafted(photos=[PhotoFactory(office) for _row in range(rows)]))

    with django_assert_num_queries(21):  # eleven of them find what will stand beside it
        client.get(url_of(token))


# In the newsroom.


def share_url(edition):
    return reverse("admin:news_article_share", args=[edition.article_id])


def test_the_address_is_shown_once_and_leads_to_the_page(client):
    client.force_login(editor())
    edition = drafted()

    made = client.post(share_url(edition), {"checker": "dr. Ratna", "days": 3})
    address = re.search(r'value="http://testserver(/pratinjau/[^"]+)"', made.content.decode())[1]
    later = client.get(share_url(edition))
    client.logout()

    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    assert client.get(address).status_code == 200
    assert "/pratinjau/" not in later.content.decode()
    assert "dr. Ratna" in later.content.decode()


@pytest.mark.parametrize("data", [{}, {"checker": "x"}, {"checker": "x", "days": 15}, {"checker": "\x00", "days": 3}])
def test_an_incomplete_form_makes_no_link_and_says_why(client, data):
    client.force_login(editor())

    response = client.post(share_url(drafted()), data)

    assert response.status_code == 400
    assert "errorlist" in response.content.decode()
    assert not ShareLink.objects.exists()


def test_the_list_tells_what_became_of_each_link(client):
    edition = drafted()
    (open_one, token), (revoked, _t), (ended, _u) = (shared(edition, checker=name) for name in ("Ani", "Budi", "Cici"))
    revoke(revoked, by=editor())
    ShareLink.objects.filter(pk=ended.pk).update(created_at=NOW - timedelta(days=9), expires_at=NOW - timedelta(days=8))
    client.get(url_of(token))
    client.force_login(editor())

    page = " ".join(client.get(share_url(edition)).content.decode().split())

    assert "dibuka 1 kali" in page
    assert page.count("belum dibuka") == 2
    assert (page.count("Terbuka"), page.count("Dicabut"), page.count("Berakhir")) == (1, 1, 1)
    assert page.count("/revoke/") == 1
    assert f"/share/{open_one.pk}/revoke/" in page


def test_a_link_is_revoked_by_its_button(client):
    edition = drafted()
    link, _token = shared(edition)
    client.force_login(editor())
    url = reverse("admin:news_article_share_revoke", args=[edition.article_id, link.pk])

    assert client.get(url).status_code == 400
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 409
    link.refresh_from_db()
    assert link.revoked_by == editor()


def test_the_desk_says_how_many_links_are_open(client):
    edition = drafted()
    client.force_login(editor())
    desk = reverse("admin:news_article_change", args=[edition.article_id])
    assert "Bagikan pratinjau" in client.get(desk).content.decode()

    shared(edition)
    assert "Tautan pratinjau (1 terbuka)" in client.get(desk).content.decode()


def test_the_list_of_links_costs_the_same_however_many(client):
    client.force_login(editor())
    costs = []
    for rows in (1, 3):
        edition = drafted()
        for _row in range(rows):
            shared(edition)
        with CaptureQueriesContext(connection) as captured:
            client.get(share_url(edition))
        costs.append(len(captured))

    assert costs[0] == costs[1] < 15
