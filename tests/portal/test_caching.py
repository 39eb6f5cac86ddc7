"""What browsers and proxies may keep, for how long, and when a 304 is the whole answer."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver, resolve
from django.utils import timezone
from django.utils.http import http_date

from news.models import Article, Tag
from news.sharecards import CARDS
from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from portal.caching import RULES, SPEAKS_FOR_ITSELF, ReaderCaches
from tests.factories import (
    AppointmentFactory,
    AttachmentFactory,
    EventFactory,
    PhotoFactory,
    PositionFactory,
    member,
    ministry,
    published,
    regency_office,
    urgent,
    withdrawn,
)
from tests.factories.news import someone
from tests.factories.unseen import hidden_articles, removed

pytestmark = pytest.mark.django_db


def public_names(resolver=None, prefix="/", namespace=""):
    """Every name of an address that is not for staff alone, with the namespace it is known by."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = f"{prefix}{pattern.pattern}"
        if path.startswith(settings.STAFF_ADDRESSES):
            continue
        if isinstance(pattern, URLResolver):
            yield from public_names(pattern, path, f"{namespace}{pattern.namespace}:" if pattern.namespace else "")
        else:
            yield f"{namespace}{pattern.name}"


def test_every_public_address_has_a_rule_or_speaks_for_itself():
    names = set(public_names())
    assert {"home", "article_detail", "media"} <= names
    assert {name for name in names if name not in RULES and name not in SPEAKS_FOR_ITSELF} == set()
    assert set(RULES) & SPEAKS_FOR_ITSELF == set()


def addresses() -> dict[str, str]:
    """A page that exists under each of the names."""
    office = regency_office()
    term = AppointmentFactory(position=PositionFactory(office=office))
    event = EventFactory(state="published", organiser=office)
    edition = published(office, tags=("humas",), officials=(term.official,), event=event)
    CARDS.catch_up()
    article, tag = Article.objects.get(), Tag.objects.get()
    at_event = event.get_absolute_url()
    return {
        "home": "/",
        "article_list": "/berita/",
        "article_detail": article.get_absolute_url(),
        "office_list": "/kantor/",
        "feed_directory": "/langganan/",
        "office_detail": office.get_absolute_url(),
        "region_list": "/wilayah/",
        "region_detail": office.region.get_absolute_url(),
        "rubric_detail": edition.rubric.get_absolute_url(),
        "tag_detail": f"/tag/{tag.slug}/",
        "official_detail": term.official.get_absolute_url(),
        "event_list": "/agenda/",
        "event_detail": at_event,
        "event_calendar": f"{at_event}agenda.ics",
        "national_calendar": "/agenda/agenda.ics",
        "office_calendar": f"{office.get_absolute_url()}agenda.ics",
        "region_calendar": "/wilayah/73/agenda.ics",
        "article_card": f"{article.get_absolute_url()}kartu.jpg",
        "office_card": f"{office.get_absolute_url()}kartu.jpg",
        "official_card": f"{term.official.get_absolute_url()}kartu.jpg",
        "event_card": f"{at_event}kartu.jpg",
        "site_card": "/kartu.jpg",
        "article_feed": "/berita/feed/",
        "feed": "/feed/",
        "office_feed": f"{office.get_absolute_url()}feed/",
        "rubric_feed": f"{edition.rubric.get_absolute_url()}feed/",
        "tag_feed": f"/tag/{tag.slug}/feed/",
        "region_feed": f"{office.region.get_absolute_url()}feed/",
        "event_feed": f"{at_event}feed/",
        "official_feed": f"{term.official.get_absolute_url()}feed/",
        "robots": "/robots.txt",
        "sitemap": "/sitemap.xml",
        "section_sitemap": "/sitemap-kantor.xml",
        "block_sitemap": "/sitemap-berita-0.xml",
        "news_sitemap": "/sitemap-news.xml",
    }


def test_every_page_may_be_kept_for_a_while_and_is_confirmed_by_its_etag(client):
    for name, address in addresses().items():
        assert resolve(address).view_name == name
        page = client.get(address)
        assert page.status_code == 200, name
        assert re.fullmatch(r"public, max-age=\d+(, stale-while-revalidate=\d+)?", page["Cache-Control"]), name
        assert re.fullmatch(r'W/"[0-9a-f]{32}"', page["ETag"]), name
        assert page.get("Vary", "") == ("" if name.endswith("_card") else "Accept-Encoding"), name
        assert not page.cookies
        again = client.get(address, headers={"If-None-Match": f'"other", {page["ETag"]}'})
        assert (again.status_code, again.content) == (304, b""), name
        for said in ("ETag", "Cache-Control", "Vary"):
            assert again.get(said) == page.get(said), name
        assert "Content-Security-Policy" in again.headers
        assert client.get(address, headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_asking_for_the_head_alone_tells_the_same(client):
    for name, address in addresses().items():
        page, head = client.get(address), client.head(address)
        assert (head.status_code, head.content, head["ETag"]) == (200, b"", page["ETag"]), name
        assert client.head(address, headers={"If-None-Match": page["ETag"]}).status_code == 304, name


def test_readers_get_the_same_whoever_they_are(client):
    found = addresses()
    as_reader = {name: client.get(address) for name, address in found.items()}
    client.force_login(member(Role.EDITOR, regency_office()))
    for name, address in found.items():
        page = client.get(address)
        assert page.content == as_reader[name].content, name
        assert "Cookie" not in page.get("Vary", "")
        assert not page.cookies


@pytest.mark.parametrize("value", ["", "*", "W/", '"', "x" * 10_000, "W/" * 5_000, '"\u00ff"', "😀", "1,2,,3"])
@pytest.mark.parametrize("name", ["If-None-Match", "If-Modified-Since"])
def test_no_condition_breaks_a_page(client, name, value):
    assert client.get("/kantor/", headers={name: value}).status_code in (200, 304)


def test_a_page_is_never_confirmed_by_a_date(client):
    published()
    address = Article.objects.get().get_absolute_url()
    tomorrow = http_date((timezone.now() + timedelta(days=1)).timestamp())
    page = client.get(address, headers={"If-Modified-Since": tomorrow})
    assert page.status_code == 200
    assert "Last-Modified" not in page.headers


@pytest.mark.parametrize(("step", "status"), [(Step.WITHDRAW, 200), (Step.REMOVE, 410)])
def test_what_is_public_no_longer_is_confirmed_by_nothing(client, step, status):
    edition = published(headline="Akan hilang")
    address = Article.objects.get().get_absolute_url()
    published(headline="Yang tinggal")
    pages = [address, "/", "/berita/", "/feed/", "/sitemap-berita-0.xml"]
    etags = {page: client.get(page)["ETag"] for page in pages}
    take_step(edition, step, by=someone(Role.MANAGER, edition.article.office), note="Keliru.")
    assert client.get(address, headers={"If-None-Match": etags[address]}).status_code == status
    assert client.get(address, headers={"If-None-Match": "*"}).status_code == status
    for page in pages[1:]:
        assert client.get(page, headers={"If-None-Match": etags[page]}).status_code == 200, page


def test_what_never_was_public_is_confirmed_by_nothing(client):
    hidden_articles()
    for article in Article.objects.exclude(slug=None).exclude(slug=""):
        page = client.get(article.get_absolute_url(), headers={"If-None-Match": "*"})
        assert page.status_code in (200, 410)
        assert "ETag" not in page.headers


def test_a_page_that_says_something_else_now_is_sent_again(client):
    office = regency_office()
    published(office)
    etag = client.get(office.get_absolute_url())["ETag"]
    published(office)
    assert client.get(office.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 200


def test_a_withdrawal_shows_at_the_next_visit_and_a_mistaken_address_is_not_kept(client):
    withdrawn()
    notice = client.get(Article.objects.get().get_absolute_url())
    missing = client.get("/berita/2026/11/tidak-ada/")
    assert (notice.status_code, missing.status_code) == (200, 404)
    for page in (notice, missing, client.get("/tidak-ada/"), client.get("/berita/?dari=x")):
        assert page["Cache-Control"] == "no-cache"
        assert "ETag" not in page.headers


def test_what_was_removed_or_moved_is_kept_for_minutes(client):
    removed()
    for address in (Article.objects.get().get_absolute_url(), "/berita"):
        assert client.get(address)["Cache-Control"] == "public, max-age=300"


NOON = timezone.now().replace(hour=5, minute=0, second=0, microsecond=0)


def pages_about_an_event() -> list[str]:
    event = EventFactory(
        state="published", organiser=ministry(), starts_at=NOON + timedelta(hours=1), ends_at=NOON + timedelta(hours=2)
    )
    published(ministry(), event=event, at=NOON - timedelta(days=1))
    article = Article.objects.get()
    return ["/", "/agenda/", event.get_absolute_url(), "/kantor/pusat/", article.get_absolute_url()]


@pytest.mark.parametrize(
    ("at", "policy"),
    [
        (timedelta(0), "public, max-age=60, stale-while-revalidate=300"),
        (timedelta(minutes=57), "public, max-age=60, stale-while-revalidate=120"),
        (timedelta(minutes=59, seconds=20), "public, max-age=40"),
        (timedelta(hours=1, seconds=1), "public, max-age=60, stale-while-revalidate=300"),
        (timedelta(hours=1, minutes=59, seconds=55), "public, max-age=5"),
        (timedelta(hours=3), "public, max-age=60, stale-while-revalidate=300"),
    ],
)
def test_no_copy_outlives_the_moment_at_which_an_event_begins_or_ends(client, at, policy):
    with time_machine.travel(NOON, tick=False) as clock:
        pages = pages_about_an_event()
        clock.shift(at)
        assert {page: client.get(page)["Cache-Control"] for page in pages} == dict.fromkeys(pages, policy)


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/akun/masuk/", "/pusat/", "/admin/news/article/"])
def test_pages_for_staff_are_kept_by_nobody(client, address):
    for page in (client.get(address), _signed_in(client).get(address)):
        assert "public" not in page.get("Cache-Control", "")
        assert "ETag" not in page.headers
        assert "no-store" in page.get("Cache-Control", "no-store")


def _signed_in(client):
    client.force_login(member(Role.CURATOR, ministry()))
    return client


def answered_with(response, method="get", path="/kantor/"):
    request = getattr(RequestFactory(), method)(path)
    request.resolver_match = resolve(path)
    return ReaderCaches(lambda request: response)(request)


def test_an_answer_that_sets_a_cookie_or_depends_on_one_is_kept_by_nobody():
    with_cookie = HttpResponse("halo")
    with_cookie.set_cookie("a", "b")
    for response in (with_cookie, HttpResponse("halo", headers={"Vary": "Accept, Cookie"})):
        assert answered_with(response)["Cache-Control"] == "private, no-store"
        assert "ETag" not in response.headers


def test_an_answer_that_speaks_for_itself_is_left_alone():
    response = answered_with(HttpResponse("halo", headers={"Cache-Control": "private, max-age=9"}))
    assert (response["Cache-Control"], "ETag" in response.headers) == ("private, max-age=9", False)


def test_the_answer_to_a_form_is_left_alone():
    assert "Cache-Control" not in answered_with(HttpResponse("halo"), method="post").headers


def test_an_address_without_a_rule_is_kept_by_nobody(monkeypatch, client):
    monkeypatch.delitem(RULES, "office_list")
    page = client.get("/kantor/")
    assert (page["Cache-Control"], "ETag" in page.headers) == ("private, no-store", False)


@pytest.mark.django_db(transaction=True)
def test_a_file_is_confirmed_by_its_date_while_it_is_public(client):
    photo, document = PhotoFactory(), AttachmentFactory()
    edition = urgent(photos=(photo,), documents=(document,))
    for name in (photo.share_name(), document.file.name):
        address = default_storage.url(name)
        sent = client.get(address)
        assert sent.status_code == 200
        again = client.get(address, headers={"If-Modified-Since": sent["Last-Modified"]})
        assert (again.status_code, again["Cache-Control"]) == (304, sent["Cache-Control"])
    take_step(edition, Step.WITHDRAW, by=someone(Role.MANAGER, edition.article.office), note="Keliru.")
    for name in (photo.share_name(), document.file.name):
        address = default_storage.url(name)
        assert client.get(address, headers={"If-Modified-Since": sent["Last-Modified"]}).status_code == 404
        assert client.get(address, headers={"If-None-Match": "*"}).status_code == 404
