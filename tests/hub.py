"""A small hub on loopback for tests: takes what publishers tell it, and fetches what it is told of."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


class Hub:
    """`told` are the words it was told; `answers` are its next statuses, 202 when they run out."""

    def __init__(self, address: str):
        self.address = address
        self.told: list[dict[str, list[str]]] = []
        self.answers: list[int] = []
        self.agents: list[str] = []
        self.before_answering = threading.Event()
        self.before_answering.set()


@contextmanager
def running_hub():
    """A hub that listens until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            hub.told.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            hub.agents.append(self.headers["User-Agent"])
            hub.before_answering.wait(10)
            self.send_response(hub.answers.pop(0) if hub.answers else 202)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            """Nothing: the tests read `told`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hub = Hub(f"http://127.0.0.1:{server.server_port}/hub")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.before_answering.set()
        server.shutdown()
        server.server_close()
        thread.join()
