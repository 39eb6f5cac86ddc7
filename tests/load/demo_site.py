"""The demo, made in a folder of its own and served as in use, for what looks at it from outside."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
FILLED_BY = (["migrate", "--noinput"], ["import_regions"], ["load_demo"], ["make_pictures"])
PAGES = {
    "front page": "/",
    "article": "/berita/2019/12/bantaeng-hadiri-rakornas-humas-pemerintah-diminta-memastikan-informasi-sampai/",
    "office": "/kantor/kab-bantaeng/",
    "list": "/berita/",
    "search": "/cari/?q=humas+pemerintah",
}
"""Pages of the demo, by the names that reports give them."""


@contextmanager
def demo_site() -> Iterator[str]:
    """The address of a server with the whole demo, pictures included, until the end of the block."""
    with TemporaryDirectory(prefix="portal-demo-") as folder:
        environment = {
            **os.environ,
            "DEMO": "1",
            "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "PRIVATE_ROOT": f"{folder}/private",
        }
        for command in FILLED_BY:
            told = [sys.executable, "manage.py", *command, "--verbosity", "0"]
            subprocess.run(told, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with served(environment) as port:
            yield f"http://127.0.0.1:{port}"


@contextmanager
def served(environment: dict[str, str], *arguments: str) -> Iterator[int]:
    """The port of a gunicorn with that environment, until the end of the block."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--threads", "4", "--log-level", "warning"]
    command += [*arguments, "--bind", f"127.0.0.1:{port}", "portal.wsgi"]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as server:
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(port: int) -> None:
    for _attempt in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"Nothing listens on port {port}.")
