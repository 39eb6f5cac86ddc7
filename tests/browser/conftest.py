"""A real browser for the journeys: the system's Chromium, on a desk and on a phone."""

import os
import shutil
from pathlib import Path

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler

# Playwright's synchronous interface runs an event loop in this thread, and Django refuses database calls
# wherever it sees one. Nothing here is asynchronous: the tests and their set-up run one after the other.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = Path(__file__).parents[1] / "node_modules/axe-core/axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# Controls of 24 px (WCAG 2.2, 2.5.8) are asked of readers' pages: lists of Django's admin stand closer.
RULES = "rules: { 'target-size': { enabled: !location.pathname.startsWith('/admin/') } }"
COLOURS = "runOnly: ['color-contrast', 'link-in-text-block']"
AT_REST = "() => Promise.all(document.getAnimations().map((one) => one.finished))"
ASK_AXE = "axe.run({{ resultTypes: ['violations'], {} }})"
EDITORS_READY = "() => Object.values(globalThis.CKEDITOR?.instances ?? {}).every((one) => one.status === 'ready')"
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
INDONESIAN = {"locale": "id-ID", "timezone_id": "Asia/Jakarta"}


def pytest_collection_modifyitems(items):
    """Every test in this folder is a browser's, marked or not."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def live_server(static_files_of_the_apps, live_server):
    return live_server


@pytest.fixture(scope="session")
def static_files_of_the_apps():
    """Serve static files from the apps, which the live server does only for an app of Django's exact name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.testcases._StaticFilesHandler", StaticFilesHandler)
        yield


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.fail("No Chromium found: apt-get install chromium, or name it in CHROMIUM.", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser, live_server):
    """Open a page as a visitor of its own; relative addresses lead to the live server.

    No worker of the portal stands between page and server unless a test asks for it: `service_workers="allow"`.
    """
    contexts = []
    usual = {**DESK, **INDONESIAN, "base_url": live_server.url, "service_workers": "block"}

    def open_page(**options):
        contexts.append(browser.new_context(**{**usual, **options}))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    """A page 1280 px wide."""
    return new_page()


@pytest.fixture
def phone(new_page):
    """A page 390 px wide, touched with a finger."""
    return new_page(**PHONE)


def faults_here(page) -> list[str]:
    """The accessibility faults of a page as it stands, one sentence each.

    Our policy forbids foreign scripts: the page must have been opened by `new_page(bypass_csp=True)`.
    """
    page.wait_for_function(EDITORS_READY)
    page.add_script_tag(path=AXE)
    return _asked(page, RULES)


def faults_in_both_schemes(page) -> list[str]:
    """The same, and once more in dark colours what colours can get wrong."""
    found = faults_here(page)
    page.emulate_media(color_scheme="dark")
    page.evaluate(AT_REST)
    found += [f"dark: {fault}" for fault in _asked(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    return found


def faults_of(page, addresses: dict[str, str]) -> list[str]:
    """The faults of pages, in both schemes, each after the page's name."""
    found = []
    for name, address in addresses.items():
        page.goto(address)
        found += [f"{name}: {fault}" for fault in faults_in_both_schemes(page)]
    return found


def _asked(page, options: str) -> list[str]:
    found = page.evaluate(ASK_AXE.format(options))["violations"]
    return [_fault(rule, node) for rule in found for node in rule["nodes"]]


def _fault(rule, node) -> str:
    return f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['html']}"
