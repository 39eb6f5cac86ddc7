"""What compression spares and costs: `DEMO=1 python -m tests.load.compression_costs` asks the demo of this folder.

Printed are the bytes of each page as it is and in gzip, and the milliseconds of this process for one answer of either
kind, the middle ones of `ROUNDS`, and their ratio. `make demo` fills the demo.
"""

import os
import sys
import time
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.test import Client  # noqa: E402 - the settings must be there first

from tests.load.demo_site import PAGES  # noqa: E402 - the same

ROUNDS = 60
MACHINES = {"feed": "/feed/", "API": "/api/v1/articles/", "sitemap": "/sitemap-berita-0.xml"}
WARMING = 5


def main() -> int:
    client = Client(SERVER_NAME="localhost")
    print(f"{'page':12} {'bytes':>9} {'gzip':>9} {'ratio':>6} {'ms':>7} {'gzip ms':>8} {'ratio':>6}")
    for name, path in {**PAGES, **MACHINES}.items():
        (plain, plain_ms), (packed, packed_ms) = compared(client, path)
        bytes_told = f"{plain:9,} {packed:9,} {packed / plain:6.2f}"
        print(f"{name:12} {bytes_told} {plain_ms:7.1f} {packed_ms:8.1f} {packed_ms / plain_ms:6.2f}")
    return 0


def compared(client: Client, path: str) -> list[tuple[int, float]]:
    """Bytes and milliseconds of `path` as it is, then in gzip; asked in turn, so that both meet the same machine."""
    told: dict[str, list[tuple[int, float]]] = {"identity": [], "gzip": []}
    for turn in range(ROUNDS + WARMING):
        for packing, answers in told.items():
            answer = asked(client, path, packing)
            if turn >= WARMING:
                answers.append(answer)
    return [(round(median(a[0] for a in answers)), median(a[1] for a in answers)) for answers in told.values()]


def asked(client: Client, path: str, packing: str) -> tuple[int, float]:
    began = time.process_time()
    answer = client.get(path, headers={"Accept-Encoding": packing})
    spent = time.process_time() - began
    assert (answer.status_code, answer.get("Content-Encoding", "identity")) == (200, packing), path
    return len(answer.content), spent * 1_000


if __name__ == "__main__":
    sys.exit(main())
