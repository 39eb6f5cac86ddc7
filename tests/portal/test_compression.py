"""What travels compressed, what stays as it is, and how both are confirmed."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import resolve

from news.sharelinks import share
from offices.roles import Role
from portal.caching import ReaderCaches
from tests.factories import drafted, published, regency_office
from tests.factories.news import someone
from tests.portal.test_caching import addresses

pytestmark = pytest.mark.django_db

GZIP = {"Accept-Encoding": "gzip, deflate, br"}
AT_RANDOM = 101  # bytes before each packed text, so that its length tells nothing
TEXT = "Bantaeng hadir. " * 100


@pytest.fixture(autouse=True)
def without_a_rate(settings):
    settings.API_REQUESTS_A_MINUTE = 0


def test_every_public_text_travels_smaller_and_holds_no_form_of_a_person(client):
    for name, address in addresses().items():
        plain, packed = client.get(address), client.get(address, headers=GZIP)
        assert "Content-Encoding" not in plain.headers, name
        if name.endswith("_card"):
            assert ("Content-Encoding" in packed.headers, packed.content == plain.content) == (False, True), name
            continue
        assert b"csrfmiddlewaretoken" not in plain.content, name
        assert (packed["Vary"], packed["ETag"]) == ("Accept-Encoding", plain["ETag"]), name
        if packed.get("Content-Encoding") != "gzip":
            assert len(plain.content) < 1_000, name
            continue
        assert gzip.decompress(packed.content) == plain.content, name
        assert len(packed.content) == int(packed["Content-Length"]) < len(plain.content), name


@pytest.mark.parametrize("address", ["/", "/berita/", "/feed/", "/api/v1/articles/", "/widget/berita.json"])
def test_one_etag_confirms_both_packings(client, address):
    published()
    plain, packed = client.get(address), client.get(address, headers=GZIP)
    assert packed["Content-Encoding"] == "gzip"
    assert plain["ETag"] == packed["ETag"]
    for asked in ({}, GZIP):
        again = client.get(address, headers={**asked, "If-None-Match": plain["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", plain["ETag"])
        assert (again["Vary"], "Content-Encoding" in again.headers) == ("Accept-Encoding", False)


def test_asking_for_the_head_alone_tells_how_the_page_is_packed(client):
    for address in ("/kantor/", "/api/v1/"):
        page, head = client.get(address, headers=GZIP), client.head(address, headers=GZIP)
        assert head.content == b""
        assert {name: head[name] for name in ("Content-Encoding", "Vary", "ETag")} == {
            "Content-Encoding": "gzip",
            "Vary": "Accept-Encoding",
            "ETag": page["ETag"],
        }
        assert abs(int(head["Content-Length"]) - int(page["Content-Length"])) <= AT_RANDOM


@pytest.mark.parametrize("accepted", ["", "identity", "br", "x" * 10_000, "😀", "gzipped"])
def test_who_takes_no_gzip_gets_the_page_as_it_is(client, accepted):
    page = client.get("/kantor/", headers={"Accept-Encoding": accepted})
    assert (page.status_code, page["Vary"]) == (200, "Accept-Encoding")
    assert page.content.startswith(b"<!doctype html>")


def test_the_worker_of_readers_travels_smaller_and_is_asked_for_each_time(client):
    worker = client.get("/sw.js", headers=GZIP)
    assert (worker["Content-Encoding"], worker["Cache-Control"]) == ("gzip", "public, no-cache")
    assert client.get("/sw.js", headers={**GZIP, "If-None-Match": worker["ETag"]}).status_code == 304


def pages_with_secrets() -> list[str]:
    article, draft = published().article, drafted()
    _link, token = share(draft, by=someone(Role.EDITOR, regency_office()), checker="dr. Ratna", days=3)
    return ["/admin/login/", "/akun/masuk/", f"{article.get_absolute_url()}hak-jawab/", f"/pratinjau/{token}/"]


def test_what_holds_a_secret_is_never_compressed(client):
    for address in pages_with_secrets():
        page = client.get(address, headers=GZIP, follow=True)
        assert (page.status_code, len(page.content) > 1_000) == (200, True), address
        assert "Content-Encoding" not in page.headers, address


def test_pages_of_the_newsroom_are_never_compressed(client):
    client.force_login(someone(Role.EDITOR, regency_office()))
    page = client.get("/admin/", headers=GZIP)
    assert (page.status_code, "Content-Encoding" in page.headers) == (200, False)


def answered_with(response, path="/kantor/"):
    request = RequestFactory().get(path, headers=GZIP)
    request.resolver_match = resolve(path)
    return ReaderCaches(lambda request: response)(request)


def test_two_answers_with_one_text_differ_in_length():
    lengths = {len(answered_with(HttpResponse(TEXT)).content) for _ in range(20)}
    assert len(lengths) > 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Vary": "Cookie", "Cache-Control": "public, max-age=60"},
        {"Cache-Control": "private, max-age=9"},
        {"Cache-Control": "no-store"},
        {"Content-Type": "image/jpeg"},
        {"Content-Type": "application/pdf"},
        {"Content-Encoding": "br"},
    ],
)
def test_what_depends_on_a_person_or_is_packed_already_stays_as_it_is(headers):
    response = answered_with(HttpResponse(TEXT, headers=headers))
    assert response.content == TEXT.encode()
    assert response.get("Content-Encoding") == headers.get("Content-Encoding")


def test_an_answer_with_a_cookie_stays_as_it_is():
    response = HttpResponse(TEXT, headers={"Cache-Control": "public, max-age=60"})
    response.set_cookie("a", "b")
    assert answered_with(response).content == TEXT.encode()


def test_what_is_sent_in_pieces_stays_as_it_is():
    response = answered_with(StreamingHttpResponse([TEXT], headers={"Cache-Control": "public, max-age=60"}))
    assert (b"".join(response.streaming_content), "Vary" in response.headers) == (TEXT.encode(), False)
