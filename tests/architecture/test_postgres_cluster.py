"""The private PostgreSQL cluster of the tests starts, answers, and leaves nothing behind."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import environ
import psycopg
import pytest

from tests import postgres

try:
    postgres.programs_folder()
except postgres.PostgresUnavailable as reason:
    pytestmark = pytest.mark.skip(reason=str(reason))
else:
    pytestmark = pytest.mark.sqlite_only  # whatever database is under test, once is enough

WRAPPER = [sys.executable, postgres.__file__, "run", "--"]
CHILD = "import os, time; print(os.environ['DATABASE_URL'], os.getpid(), flush=True); time.sleep(60)"


def connect(url):
    config = environ.Env.db_url_config(url)
    return psycopg.connect(host=config["HOST"], user=config["USER"], dbname=config["NAME"])


def folder_of(url):
    return Path(environ.Env.db_url_config(url)["HOST"])


def server_of(url):
    """The server's process id."""
    return int((folder_of(url) / "data/postmaster.pid").read_text().split()[0])


def is_alive(pid):
    """Whether a process still runs; one that ended but was not yet noticed has no command line."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except OSError:
        return False


def test_a_cluster_answers_then_stops_and_is_removed():
    with postgres.cluster() as url:
        folder, server = folder_of(url), server_of(url)
        with connect(url) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
        assert is_alive(server)
    assert not folder.exists()
    assert not is_alive(server)


def test_a_cluster_is_closed_to_others_and_sorts_by_bytes():
    with postgres.cluster() as url, connect(url) as connection:
        assert folder_of(url).stat().st_mode & 0o777 == 0o700
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        collation = "select datcollate, pg_encoding_to_char(encoding) from pg_database where datname = 'postgres'"
        assert connection.execute(collation).fetchone() == ("C.UTF-8", "UTF8")


def test_a_cluster_goes_away_when_its_user_fails():
    with pytest.raises(ZeroDivisionError), postgres.cluster() as url:
        folder, server = folder_of(url), server_of(url)
        raise ZeroDivisionError
    assert not folder.exists()
    assert not is_alive(server)


def test_a_cluster_moves_where_the_socket_fits_and_the_server_may_go(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "VAR", tmp_path / ("deep" * 30))
    with postgres.cluster() as url, connect(url):
        assert tmp_path not in folder_of(url).parents
    assert list(postgres.VAR.iterdir()) == []


def test_the_wrapper_passes_the_exit_status_on():
    done = subprocess.run([*WRAPPER, "sh", "-c", 'test -n "$DATABASE_URL" && exit 7'])
    assert done.returncode == 7


def test_the_wrapper_says_how_it_is_used():
    done = subprocess.run([sys.executable, postgres.__file__, "walk"], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: ")


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_wrapper_its_command_and_the_cluster(signum):
    command = [*WRAPPER, sys.executable, "-c", CHILD]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as wrapper:
        url, child = wrapper.stdout.readline().split()
        server = server_of(url)
        wrapper.send_signal(signum)
        assert wrapper.wait(20) == 128 + signum
    assert not folder_of(url).exists()
    assert not is_alive(server)
    assert not is_alive(child)


def test_a_signal_during_the_start_leaves_nothing():
    with subprocess.Popen([*WRAPPER, "sleep", "60"]) as wrapper:
        time.sleep(0.4)
        wrapper.terminate()
        assert wrapper.wait(20) == 128 + signal.SIGTERM
    assert list(postgres.VAR.glob(f"pg-{wrapper.pid}-*")) == []
