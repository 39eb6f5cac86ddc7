"""A PostgreSQL cluster that lives as long as one command: `python tests/postgres.py run -- pytest`."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

Command = Sequence[str | Path]

VAR = Path(__file__).resolve().parents[1] / "var"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107  # bytes, what Linux leaves room for in an address

# Nobody else can reach the cluster and nobody will miss it: no network, no waiting for a disk.
CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
fsync = off
full_page_writes = off
synchronous_commit = off
"""


class PostgresUnavailable(Exception):
    """A sentence saying what keeps a cluster from starting here."""


class Interrupted(BaseException):
    """Somebody sent a signal; everything ends, and what was made is removed on the way out."""

    def __init__(self, signum: int):
        self.signum = signum


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster and yield its `DATABASE_URL`; stop and remove it afterwards."""
    programs = programs_folder()
    user = unprivileged_user()
    folder = private_folder(user)
    try:
        with running(programs, folder, user):
            yield f"postgres://{quote(user)}@/{quote(str(folder))}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(programs: Path, folder: Path, user: str) -> Iterator[None]:
    data = folder / "data"
    initdb = [programs / "initdb", "--locale=C.UTF-8", "--encoding=UTF8", "--auth=trust", "--no-sync"]
    finish([*initdb, f"--username={user}", f"--pgdata={data}"], folder, user)
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write(CONFIGURATION.format(folder=folder))
    with begin([programs / "postgres", "-D", data], folder, user, folder / "log") as server:
        try:
            wait_until_ready([programs / "pg_isready", "--quiet", "--host", folder], server)
            yield
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing in there is worth a checkpoint


def wait_until_ready(question: Command, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while subprocess.run(question).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise PostgresUnavailable(f"PostgreSQL did not start:\n{Path(question[-1], 'log').read_text()}")
        time.sleep(0.05)


def programs_folder() -> Path:
    """Where PostgreSQL's programs are: on the PATH, else the newest that Debian installed."""
    on_the_path = shutil.which("initdb")
    candidates = [Path(on_the_path).resolve().parent] if on_the_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    for candidate in candidates:
        if all((candidate / name).exists() for name in ("initdb", "postgres", "pg_isready")):
            return candidate
    raise PostgresUnavailable("No PostgreSQL server is installed: apt-get install postgresql.")


def unprivileged_user() -> str:
    """Who runs the server: whoever runs us, but never root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def private_folder(user: str) -> Path:
    """A new folder of that user's own: under `var/` if the server can work there, else a temporary one."""
    for parent in (VAR, Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108 - the folder itself is private
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"pg-{os.getpid()}-", dir=parent))
        if os.geteuid() == 0:
            entry = pwd.getpwnam(user)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        if len(os.fsencode(folder / SOCKET_NAME)) < LONGEST_SOCKET_PATH and reachable(folder, user):
            return folder
        folder.rmdir()
    raise PostgresUnavailable(f"The user {user} can reach neither {VAR} nor a temporary folder.")


def reachable(folder: Path, user: str) -> bool:
    """Whether that user can write there, which a closed folder further up may prevent."""
    with begin(["test", "-w", folder], Path("/"), user, os.devnull) as test:
        return test.wait() == 0


def finish(command: Command, folder: Path, user: str) -> None:
    """Run a command to its end; raises `PostgresUnavailable` with what it printed when it fails."""
    log = folder / "log"
    with begin(command, folder, user, log) as process:
        status = process.wait()
    if status:
        raise PostgresUnavailable(f"{Path(command[0]).name} failed:\n{log.read_text()}")


def begin(command: Command, folder: Path, user: str, log: str | Path) -> subprocess.Popen:
    """Start a command as that user, in a session of its own.

    So Ctrl-C in the terminal reaches us alone, and we stop things in order.
    """
    identity = {}
    if os.geteuid() == 0:
        entry = pwd.getpwnam(user)
        identity = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    with Path(log).open("w") as output:
        return subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, start_new_session=True, **identity)


def run(command: Sequence[str]) -> int:
    """Run the command with `DATABASE_URL` set and return its exit status, as a shell would count it."""
    with cluster() as url, subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url}) as child:
        try:
            status = child.wait()
        except Interrupted as interruption:
            end(child, interruption.signum)
            raise
    return status if status >= 0 else 128 - status


def end(child: subprocess.Popen, signum: int) -> None:
    """Pass the signal on and wait; a child that stays is killed.

    Ctrl-C in a terminal has reached the child already, and a second one would cut its summary short: so only
    a child that is still there after a while gets it from us.
    """
    grace = 5 if signum == signal.SIGINT else 0
    for seconds, sent in ((grace, signum), (15, signal.SIGKILL)):
        try:
            child.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            child.send_signal(sent)


def interrupt(signum: int, _frame: object) -> None:
    """Once is enough: a second signal must not cut the cleaning up short."""
    listen_with(signal.SIG_IGN)
    raise Interrupted(signum)


def listen_with(handler) -> None:
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, handler)


def main(arguments: Sequence[str]) -> int:
    if arguments[:2] != ["run", "--"] or not arguments[2:]:
        print("usage: python tests/postgres.py run -- command [argument …]", file=sys.stderr)
        return 2
    listen_with(interrupt)
    try:
        return run(arguments[2:])
    except Interrupted as interruption:
        return 128 + interruption.signum
    except PostgresUnavailable as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
