"""Sign-in is throttled: for an account from one address, for one address, and for an account from anywhere."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from offices.models import Entry, Kind
from offices.roles import Role
from offices.signin.addresses import client_address
from offices.signin.throttle import sweep_refusals
from tests.factories import member, regency_office

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "kata-sandi-yang-panjang", "bukan-kata-sandinya"


@pytest.fixture(autouse=True)
def limits(settings):
    settings.SIGN_IN_LIMITS = {"account_and_address": 3, "address": 6, "account": 8}
    settings.AXES_COOLOFF_TIME = timedelta(minutes=15)


@pytest.fixture
def editor():
    return with_password("redaktur")


def with_password(username):
    user = member(Role.EDITOR, regency_office(), username=username)
    user.set_password(RIGHT)
    user.save()
    return user


def attempt(username, password=WRONG, address="192.0.2.1", **headers):
    """A sign-in from a browser of its own: its answer, and whether it has led in."""
    browser = Client(REMOTE_ADDR=address)
    response = browser.post("/admin/login/", {"username": username, "password": password}, **headers)
    return response, SESSION_KEY in browser.session


def fail(times, username="redaktur", **where):
    return [attempt(username, **where)[0].status_code for _time in range(times)]


def test_the_right_password_leads_in(editor):
    response, inside = attempt("redaktur", RIGHT)
    assert (response.status_code, response["Location"], inside) == (302, "/admin/", True)


def test_what_was_wrong_is_not_told(editor):
    closed = with_password("tutup")
    closed.is_active = False
    closed.save()
    left = with_password("pindah")
    left.memberships.update(ends_on=timezone.localdate())
    tries = [("redaktur", WRONG), ("tidak-ada", WRONG), ("tutup", RIGHT), ("pindah", RIGHT)]
    errors = {str(attempt(*names)[0].context["form"].non_field_errors()) for names in tries}
    assert len(errors) == 1
    assert "Nama pengguna atau kata sandi ini salah" in errors.pop()


def test_an_account_is_closed_to_an_address_that_keeps_guessing(editor):
    assert fail(3) == [200, 200, 429]
    response, inside = attempt("redaktur", RIGHT)
    assert (response.status_code, inside) == (429, False)
    assert "Coba lagi dalam 15 menit." in response.content.decode()
    assert 890 <= int(response["Retry-After"]) <= 900


def test_unknown_accounts_are_answered_like_known_ones(editor):
    assert fail(3, "tidak-ada") == fail(3) == [200, 200, 429]


def test_the_account_stays_open_from_elsewhere(editor):
    fail(3)
    assert attempt("redaktur", RIGHT, address="192.0.2.2")[1] is True


def test_another_account_stays_open_from_the_same_address(editor):
    with_password("penulis")
    fail(3)
    assert attempt("penulis", RIGHT)[1] is True


def test_an_address_that_tries_many_accounts_is_closed_to_all(editor):
    assert [fail(1, f"orang{number}") for number in range(6)][-1] == [429]
    assert attempt("redaktur", RIGHT)[1] is False
    assert attempt("redaktur", RIGHT, address="192.0.2.2")[1] is True


def test_signing_in_with_an_own_account_does_not_reopen_the_address(editor):
    for number in range(5):
        fail(1, f"orang{number}")
    assert attempt("redaktur", RIGHT)[1] is True
    assert fail(1, "orang9") == [429]


def test_an_account_guessed_at_from_everywhere_is_closed_to_strangers(editor):
    for number in range(8):
        fail(1, address=f"198.51.100.{number}")
    assert attempt("redaktur", RIGHT, address="198.51.100.99")[0].status_code == 429


def test_strangers_cannot_shut_out_somebody_at_their_usual_place(editor):
    assert attempt("redaktur", RIGHT, address="203.0.113.5")[1] is True
    for number in range(8):
        fail(1, address=f"198.51.100.{number}")
    assert attempt("redaktur", RIGHT, address="203.0.113.5")[1] is True


def test_a_usual_place_is_forgotten_after_a_month(editor):
    attempt("redaktur", RIGHT, address="203.0.113.5")
    AccessLog.objects.update(attempt_time=timezone.now() - timedelta(days=31))
    for number in range(8):
        fail(1, address=f"198.51.100.{number}")
    assert attempt("redaktur", RIGHT, address="203.0.113.5")[1] is False


def test_the_wait_ends_by_itself(editor):
    fail(3)
    later(minutes=16)
    assert attempt("redaktur", RIGHT)[1] is True


def later(**time):
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(**time))


def test_trying_while_waiting_does_not_make_it_longer(editor):
    fail(3)
    later(minutes=10)
    for _time in range(4):
        response, _inside = attempt("redaktur")
    assert "Coba lagi dalam 5 menit." in response.content.decode()


def test_success_forgets_the_mistakes_made_from_here(editor):
    fail(2)
    assert attempt("redaktur", RIGHT)[1] is True
    assert fail(2) == [200, 200]


def test_a_refused_attempt_keeps_no_password(editor):
    fail(2)
    kept = AccessAttempt.objects.get()
    assert WRONG not in kept.post_data
    assert kept.failures_since_start == 2


def test_the_audit_trail_tells_the_refusals_and_the_beginning_of_the_wait(editor):
    """And not what follows: a machine that goes on trying does not fill the book."""
    fail(9)
    kinds = list(Entry.objects.filter(person=editor).order_by("pk").values_list("kind", flat=True))
    assert kinds[1:] == [Kind.SIGN_IN_FAILED, Kind.SIGN_IN_FAILED, Kind.SIGN_IN_FAILED, Kind.LOCKED_OUT]


def test_the_audit_trail_keeps_the_network_behind_a_proxy(editor, settings):
    settings.TRUSTED_PROXIES = 1
    attempt("redaktur", address="10.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.77")
    assert Entry.objects.get(person=editor, kind=Kind.SIGN_IN_FAILED).address == "192.0.2.0/24"


def test_what_no_longer_counts_is_swept(editor):
    attempt("redaktur", RIGHT)
    fail(1, "orang1")
    fail(1, "orang2")
    AccessAttempt.objects.filter(username="orang1").update(attempt_time=timezone.now() - timedelta(minutes=16))
    AccessLog.objects.update(attempt_time=timezone.now() - timedelta(days=91))
    assert sweep_refusals() == 2
    assert [row.username for row in AccessAttempt.objects.all()] == ["orang2"]
    assert not AccessLog.objects.exists()


def test_a_forged_header_does_not_change_the_address(editor):
    codes = [attempt("redaktur", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")[0].status_code for number in range(3)]
    assert codes == [200, 200, 429]


def test_behind_a_proxy_everybody_has_an_address_of_their_own(editor, settings):
    settings.TRUSTED_PROXIES = 1
    proxy = {"address": "10.0.0.1"}
    for number in range(3):  # what stands on the left was sent by the client, who can write anything
        attempt("redaktur", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 192.0.2.1", **proxy)
    assert attempt("redaktur", RIGHT, HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.1", **proxy)[1] is False
    assert attempt("redaktur", RIGHT, HTTP_X_FORWARDED_FOR="192.0.2.2", **proxy)[1] is True


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "", "192.0.2.1"),
        (0, "198.51.100.1", "192.0.2.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_the_address_is_believed_as_far_as_proxies_are_trusted(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected


def test_a_server_on_a_socket_knows_no_address():
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_time_are_all_answered_and_all_counted(editor, settings):
    settings.SIGN_IN_LIMITS = {"account_and_address": 8, "address": 30, "account": 50}

    def guess(_number):
        try:
            return attempt("redaktur")[0].status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(guess, range(8)))
    assert set(answers) <= {200, 429}
    assert sum(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == 8
    assert attempt("redaktur", RIGHT)[1] is False
