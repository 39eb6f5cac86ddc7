"""The settings as an installation meets them: each case reads them in a process of its own."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.db import connection

ASK = "import json; from portal import settings as s; print(json.dumps({n: getattr(s, n, None) for n in %r}))"
PRODUCTION = {"PRODUCTION": "1", "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "kabar.example.go.id,www.kabar.example.go.id"}


def read(names: list[str], **environment) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", ASK % names],
        env={**kept, **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )


def values(*names: str, **environment) -> dict:
    done = read(list(names), **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_does_not_start_without_its_secrets(missing):
    done = read(["DEBUG"], **{name: value for name, value in PRODUCTION.items() if name != missing})
    assert done.returncode != 0
    assert f"Set {missing} in the environment" in done.stderr


def test_production_asks_for_tls_everywhere():
    found = values(
        "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "DEBUG", "ALLOWED_HOSTS", **PRODUCTION
    )
    assert found == {
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "DEBUG": False,
        "ALLOWED_HOSTS": ["kabar.example.go.id", "www.kabar.example.go.id"],
    }


def test_a_local_run_needs_no_environment_and_keeps_its_key():
    first, second = values("SECRET_KEY", "DEBUG", "DEMO"), values("SECRET_KEY", "DEBUG", "DEMO")
    assert first == second
    assert len(first["SECRET_KEY"]) >= 50
    assert (first["DEBUG"], first["DEMO"]) == (False, False)


def test_sqlite_waits_for_the_lock_instead_of_failing():
    options = values("DATABASES")["DATABASES"]["default"]["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)


@pytest.mark.sqlite_only
@pytest.mark.django_db
def test_sqlite_writes_ahead():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_public_pages_carry_the_strict_policy(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in f"{policy};"
    assert "unsafe" not in policy


def test_sign_in_is_throttled_and_sessions_end_without_being_told_to():
    found = values("SIGN_IN_LIMITS", "SESSION_COOKIE_AGE", "SESSION_IDLE_AGE", "TRUSTED_PROXIES")
    assert found == {
        "SIGN_IN_LIMITS": {"account_and_address": 5, "address": 30, "account": 50},
        "SESSION_COOKIE_AGE": 12 * 3600,
        "SESSION_IDLE_AGE": 3 * 3600,
        "TRUSTED_PROXIES": 0,
    }


def test_the_roles_that_need_a_second_factor_are_read_with_or_without_spaces():
    ask = "from portal import settings as s; print(*sorted(s.REQUIRE_SECOND_FACTOR_FOR))"
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment["REQUIRE_SECOND_FACTOR_FOR"] = "manager, curator,auditor"
    done = subprocess.run(
        [sys.executable, "-c", ask], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert done.stdout.split() == ["auditor", "curator", "manager"]


@pytest.mark.parametrize(("address", "found"), [("", ["offices.W001"]), ("https://kabar.example.go.id", [])])
def test_a_deployment_without_an_address_of_its_own_is_noticed(settings, address, found):
    settings.SITE_URL = address
    told = run_checks(include_deployment_checks=True)
    assert [check.id for check in told if check.id.startswith("offices.")] == found
