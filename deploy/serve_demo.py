"""Serve the demo and its background worker for `make demo`, until asked to end, and end them well."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

GUNICORN = [sys.executable, "-m", "gunicorn", "--no-control-socket"]
SERVER = [*GUNICORN, "--config", "deploy/gunicorn.conf.py", "portal.wsgi"]
WORKER = [sys.executable, "manage.py", "run_worker"]


def main() -> int:
    port = os.environ.get("PORT", "8000")
    if problem := port_problem(port):
        print(f"{problem} Choose another: make demo PORT=8001", file=sys.stderr)
        return 1
    make_is_done = watch(os.getppid())
    asked_to_end = []
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, lambda *_: asked_to_end.append(True))
    with terminal_kept(), subprocess.Popen(SERVER, process_group=0) as server:
        give_terminal_to(server.pid)
        with subprocess.Popen(WORKER, process_group=server.pid) as worker:
            while server.poll() is None and not asked_to_end and not make_is_done():
                time.sleep(0.2)
            server.terminate()
            worker.terminate()
    return server.returncode


def port_problem(port: str) -> str:
    """Why the server could not listen on `port`; empty where it can."""
    if not (port.isdigit() and 0 < int(port) < 65536):
        return f"PORT is {port!r}, which is not a port number."
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as error:
            return f"Port {port} cannot be used: {error.strerror.lower()}."
    return ""


def watch(make: int) -> Callable[[], bool]:
    """A question to ask again and again: is our make gone, or told to go?

    GNU make passes only SIGTERM on to us: at other signals it drops its own handler and waits. Seeing a
    handler gone is how we learn that somebody interrupted make alone.
    """
    at_first = signals_caught(make)
    return lambda: os.getppid() != make or bool(at_first & ~signals_caught(make))


def signals_caught(pid: int) -> int:
    """The signals a process handles itself, one bit each; none where there is no /proc."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1], 16) for line in lines if line.startswith("SigCgt:")), 0)


@contextmanager
def terminal_kept() -> Iterator[None]:
    """Give the terminal back to make's process group afterwards."""
    try:
        yield
    finally:
        give_terminal_to(os.getpgrp())


def give_terminal_to(group: int) -> None:
    """Let Ctrl-C reach that process group only: make then sees a server that ended well and ends well too."""
    if not sys.stdin.isatty():
        return
    try:
        if os.tcgetpgrp(0) == os.getpgrp() or group == os.getpgrp():
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            os.tcsetpgrp(0, group)
    except OSError:
        return  # not our terminal: then there is nothing to hand over


if __name__ == "__main__":
    sys.exit(main())
