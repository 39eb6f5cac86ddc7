"""What the demo's pages weigh on a phone: `python -m tests.load.page_weights` opens each in a browser with empty hands.

Everything is counted as it is served: pages in gzip, files of styles and scripts in brotli, pictures and fonts as they
are. Lines come by page and kind; exits 1 above the budgets.
"""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import sync_playwright

from tests.load.demo_site import PAGES, demo_site

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
KINDS = ("html", "css", "js", "font", "image", "other")
OF_THE_BROWSER = {"document": "html", "stylesheet": "css", "script": "js", "font": "font", "image": "image"}
TEXTS = ("html", "css", "js", "font")
MOST = {"texts": 90_000, "js": 10_000, "lead": 60_000, "other hosts": 0, "not kept": 0}
"""Bytes, and numbers of requests, by what is counted on every page."""
MOST_REQUESTS = {"article": 12}
MOST_WITHOUT_PICTURES = 12  # elsewhere: a list has a picture for every article
LEADS = ("front page", "article", "office")
LEAD = "document.querySelector('main img[fetchpriority=high]')?.currentSrc ?? ''"


@dataclass
class Weight:
    """One page: bytes and requests by kind until it stands still, requests to other hosts, the lead photo's bytes.

    `passing` counts files that a browser may not keep, though they never change under their names.
    """

    bytes: Counter = field(default_factory=Counter)
    requests: Counter = field(default_factory=Counter)
    foreign: int = 0
    passing: int = 0
    lead: int = 0

    def counted(self) -> dict[str, int]:
        """What is held against `MOST`."""
        texts = sum(self.bytes[kind] for kind in TEXTS)
        told = {"texts": texts, "js": self.bytes["js"], "lead": self.lead}
        return {**told, "other hosts": self.foreign, "not kept": self.passing}


def main() -> int:
    running = os.environ.get("SITE", "")
    with nullcontext(running) if running else demo_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"])
        weights = {name: weigh(browser, site, path) for name, path in PAGES.items()}
        browser.close()
    print(*report(weights), sep="\n")
    faults = [fault for name, weight in weights.items() for fault in faults_of(name, weight)]
    print(*faults, sep="\n")
    return int(bool(faults))


def _chromium() -> str:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"


def weigh(browser: Any, site: str, path: str) -> Weight:
    """Open one page as a new visitor does, without scrolling."""
    weight, answers = Weight(), []
    with browser.new_context(**PHONE, service_workers="block") as context:
        page = context.new_page()
        page.on("requestfinished", lambda request: answers.append(request))
        page.goto(site + path, wait_until="networkidle")
        lead = page.evaluate(LEAD)
        for request in answers:
            if request.url.startswith("data:"):
                continue
            kind = OF_THE_BROWSER.get(request.resource_type, "other")
            size = request.sizes()["responseBodySize"]
            weight.requests[kind] += 1
            weight.foreign += not request.url.startswith(site)
            weight.passing += kind != "html" and "immutable" not in request.response().headers.get("cache-control", "")
            weight.bytes[kind] += size
            weight.lead += size if request.url == lead else 0
    return weight


def report(weights: dict[str, Weight]) -> Iterator[str]:
    """A table: a line for each page, bytes by kind, the texts together, the lead photo, the requests."""
    yield f"{'page':12}" + "".join(f"{name:>9}" for name in (*KINDS, "texts", "lead", "requests"))
    for name, weight in weights.items():
        counted = weight.counted()
        columns = [*(weight.bytes[kind] for kind in KINDS), counted["texts"], counted["lead"], weight.requests.total()]
        yield f"{name:12}" + "".join(f"{number:>9,}" for number in columns)


def faults_of(name: str, weight: Weight) -> Iterator[str]:
    """A sentence for everything above its budget."""
    for what, number in weight.counted().items():
        if number > MOST[what]:
            yield f"{name}: {what} {number:,}, at most {MOST[what]:,}."
    if name in MOST_REQUESTS:
        asked, most = weight.requests.total(), MOST_REQUESTS[name]
    else:
        asked, most = weight.requests.total() - weight.requests["image"], MOST_WITHOUT_PICTURES
    if asked > most:
        yield f"{name}: {asked} requests, at most {most}."
    if name in LEADS and not weight.lead:
        yield f"{name}: no lead photo was fetched."


if __name__ == "__main__":
    sys.exit(main())
