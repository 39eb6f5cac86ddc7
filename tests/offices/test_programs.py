"""The door of addresses that programs read: methods, other sites, what has not changed, and how often."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from offices.programs import open_to_programs
from offices.rates import spend

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)
ADDRESS = "/widget/berita.json"


@pytest.fixture(autouse=True)
def uncounted():
    """Nobody has asked for anything yet."""
    cache.clear()


@pytest.fixture
def three_a_minute(settings):
    settings.API_REQUESTS_A_MINUTE = 3


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_changed(client, method):
    client.handler.enforce_csrf_checks = True
    response = getattr(client, method)(ADDRESS)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"].startswith("Alamat ini hanya dapat dibaca")


def test_an_invented_method_is_refused(client):
    assert client.generic("PROPFIND", ADDRESS).status_code == 405


def test_a_browser_may_ask_before_a_request_of_another_site(client):
    response = client.options(
        ADDRESS, headers={"Origin": "https://bantaeng.example", "Access-Control-Request-Method": "GET"}
    )
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("query", ["", "?jumlah=99", "?kantor=tidak-ada"])
def test_every_answer_may_be_read_by_any_site_without_its_cookies(client, query):
    response = client.get(ADDRESS + query)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "ETag" in response["Access-Control-Expose-Headers"]


def test_what_has_not_changed_is_not_sent_again(client):
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    assert first["ETag"].startswith('W/"')
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    assert again["Cache-Control"] == first["Cache-Control"] == "public, max-age=60, stale-while-revalidate=60"


def test_search_engines_keep_pages_for_people_only(client):
    assert client.get(ADDRESS)["X-Robots-Tag"] == "noindex"
    assert not client.get("/api/v1/").has_header("X-Robots-Tag")


def test_a_refusal_is_not_kept(client):
    assert client.get(ADDRESS, {"jumlah": "99"})["Cache-Control"] == "no-store"


def test_head_is_answered_as_get_is(client):
    asked, got = client.head(ADDRESS), client.get(ADDRESS)
    assert (asked.status_code, asked.content, asked["ETag"]) == (200, b"", got["ETag"])
    assert asked["Content-Length"] == got["Content-Length"]


def test_thousands_of_parameters_are_refused(client):
    response = client.get(f"{ADDRESS}?{'&'.join(f'a{n}=1' for n in range(3_000))}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.usefixtures("three_a_minute")
class TestLimit:
    def test_the_fourth_request_within_a_minute_is_refused(self, client, time_machine):
        time_machine.move_to(NOON, tick=False)
        told = [client.get(ADDRESS)["RateLimit"] for _ in range(3)]
        assert told == ['"menit";r=2;t=60', '"menit";r=1;t=60', '"menit";r=0;t=1']
        refused = client.get(ADDRESS)
        assert refused.status_code == 429
        assert refused["RateLimit-Policy"] == '"menit";q=3;w=60'
        assert refused["Access-Control-Allow-Origin"] == "*"
        assert f"Coba lagi {refused['Retry-After']} detik lagi" in refused.json()["detail"]

    def test_who_waits_as_told_is_answered(self, client, time_machine):
        time_machine.move_to(NOON, tick=False)
        while (answer := client.get(ADDRESS)).status_code == 200:
            time_machine.shift(10)
        time_machine.shift(int(answer["Retry-After"]))
        assert client.get(ADDRESS).status_code == 200

    def test_addresses_are_counted_apart(self, client):
        assert [client.get(ADDRESS, REMOTE_ADDR="203.0.113.1").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert client.get(ADDRESS, REMOTE_ADDR="203.0.113.2").status_code == 200

    def test_a_header_that_nobody_trusts_changes_no_address(self, client):
        asked = [client.get(ADDRESS, headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(4)]
        assert asked == [200, 200, 200, 429]

    def test_behind_a_proxy_its_word_counts(self, client, settings):
        settings.TRUSTED_PROXIES = 1
        asked = [client.get(ADDRESS, headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(4)]
        assert asked == [200, 200, 200, 200]

    def test_a_question_before_a_request_is_not_counted(self, client):
        assert [client.options(ADDRESS).status_code for _ in range(9)] == [204] * 9

    def test_without_a_limit_nobody_is_counted(self, client, settings):
        settings.API_REQUESTS_A_MINUTE = 0
        answers = [client.get(ADDRESS) for _ in range(9)]
        assert {answer.status_code for answer in answers} == {200}
        assert not answers[0].has_header("RateLimit")


def test_a_minute_never_holds_more_than_the_limit(time_machine):
    time_machine.move_to(NOON, tick=False)
    moments = []
    for second in range(300):
        moments += [second] if spend("x", 30).spent else []
        time_machine.shift(1)
    assert max(sum(start <= moment < start + 60 for moment in moments) for start in range(240)) <= 40
    assert len(moments) > 120


def test_a_view_sees_get_where_head_was_asked():
    seen = []
    opened = open_to_programs(lambda request: HttpResponse(seen.append(request.method) or "x"))
    request = RequestFactory().head("/")
    opened(request)
    assert (seen, request.method) == (["GET"], "HEAD")
