"""What Lighthouse says of the demo's pages on its mobile profile: `python -m tests.load.lighthouse_scores`.

Printed are the medians of `ROUNDS` runs; exits 1 where one is below its aim, after naming the audits that cost points.
"""

import json
import os
import shutil
import subprocess
import sys
from statistics import median
from typing import Any

from tests.load.demo_site import PAGES, ROOT, demo_site

LIGHTHOUSE = ROOT / "tests/load/lighthouse/node_modules/.bin/lighthouse"
ROUNDS = int(os.environ.get("ROUNDS", "5"))
AIMS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
LEFT_OUT = {"search": "is-crawlable"}
"""Audits that say what is meant: results of a search are kept from robots."""
BROWSER = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --disable-dev-shm-usage"
)
ATTEMPTS = 3
"""A browser that does not start, or loses its page, says nothing about the page."""


def main() -> int:
    failed = False
    with demo_site() as site:
        print(f"{'page':12} {'performance':>12} {'accessibility':>14} {'best-practices':>15} {'seo':>5}")
        for page in ("front page", "article", "office", "search"):
            reports = [_report(site + PAGES[page], LEFT_OUT.get(page)) for _round in range(ROUNDS)]
            scores = {name: round(median(_score(report, name) for report in reports)) for name in AIMS}
            print(f"{page:12} " + " ".join(f"{scores[name]:>{len(name) + 1}}" for name in AIMS), flush=True)
            low = [name for name, aim in AIMS.items() if scores[name] < aim]
            failed |= bool(low)
            for line in _faults(reports[-1], low):
                print(f"  {line}")
    return int(failed)


def _report(address: str, left_out: str | None) -> dict[str, Any]:
    options = ["--quiet", "--output=json", f"--chrome-flags={BROWSER}", f"--only-categories={','.join(AIMS)}"]
    options += [f"--skip-audits={left_out}"] if left_out else []
    chrome = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
    environment = {**os.environ, "CHROME_PATH": chrome}
    for _attempt in range(ATTEMPTS):
        told = subprocess.run([LIGHTHOUSE, address, *options], env=environment, capture_output=True)
        if told.returncode == 0:
            return json.loads(told.stdout)
    raise RuntimeError(f"Lighthouse gave no report of {address}:\n{told.stderr.decode()}")


def _score(report: dict[str, Any], category: str) -> float:
    """0 to 100."""
    return 100 * report["categories"][category]["score"]


def _faults(report: dict[str, Any], categories: list[str]) -> list[str]:
    """The audits of these categories that did not pass, with what they measured."""
    named = [
        ref["id"] for category in categories for ref in report["categories"][category]["auditRefs"] if ref["weight"]
    ]
    audits = (report["audits"][name] for name in named)
    return [
        f"{audit['id']}: {audit['title']} {audit.get('displayValue', '')}"
        for audit in audits
        if audit["score"] is not None and audit["score"] < 1
    ]


if __name__ == "__main__":
    sys.exit(main())
