"""What a reader's browser is given to keep: the worker, the manifest, and the two pages it fills by itself."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from portal.offline.worker import SHELL_FILES
from tests.factories import published

pytestmark = pytest.mark.django_db


def release(client) -> dict:
    """What the worker knows of this release."""
    return json.loads(re.match(r"const RELEASE = (.*);\n", client.get("/sw.js").content.decode())[1])


def test_the_worker_may_control_every_page_and_is_asked_for_again_each_time(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        worker = client.get("/sw.js")
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    assert worker["Cache-Control"] == "public, no-cache"
    assert client.get("/sw.js", headers={"If-None-Match": worker["ETag"]}).status_code == 304


def test_everything_in_the_shell_is_there_for_readers(client):
    pages = [path for path in release(client)["shell"] if not path.startswith("/static/")]
    assert {path: client.get(path).status_code for path in pages} == {"/luring/": 200, "/simpanan/": 200}
    assert [name for name in SHELL_FILES if not finders.find(name)] == []


def test_pages_of_others_are_none_of_the_workers_business(client):
    assert release(client)["private"] == ["/admin/", "/pusat/", "/akun/", "/pratinjau/", "/undangan/", "/api/"]


def test_a_changed_release_has_another_name(client, monkeypatch):
    name = release(client)["name"]
    monkeypatch.setattr("portal.offline.worker.SHELL_FILES", SHELL_FILES[:-1])
    assert release(client)["name"] != name


def test_the_worker_takes_its_leave_where_the_portal_says_so(client, settings):
    published()
    settings.KEEPS_OFFLINE = False
    assert "registration.unregister()" in client.get("/sw.js").content.decode()
    for address in ("/", "/simpanan/", published().article.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "js/keep.js" not in page
        assert "data-keep" not in page


@pytest.mark.parametrize("address", ["/simpanan/", "/luring/"])
def test_the_pages_that_a_browser_fills_are_the_same_for_all_and_for_no_robot(client, address):
    page = client.get(address)
    text = page.content.decode()
    assert '<meta name="robots" content="noindex">' in text
    assert "Simpanan memerlukan JavaScript" in text
    assert page["Cache-Control"].startswith("public")
    assert not page.cookies


def test_the_manifest_says_how_the_portal_is_installed(client, settings):
    settings.SITE_NAME = "Kabar Seluruh Daerah"
    answer = client.get("/manifest.webmanifest")
    manifest = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (manifest["name"], manifest["short_name"]) == ("Kabar Seluruh Daerah", "Kabar")
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "minimal-ui")
    shortcuts = {shortcut["name"]: shortcut["url"] for shortcut in manifest["shortcuts"]}
    assert (shortcuts["Berita terbaru"], shortcuts["Agenda"]) == ("/berita/", "/agenda/")
    assert {client.get(shortcut["url"]).status_code for shortcut in manifest["shortcuts"]} == {200}


def test_every_icon_is_a_picture_of_the_size_it_says(client):
    icons = client.get("/manifest.webmanifest").json()["icons"]
    assert {(icon["purpose"], icon["sizes"]) for icon in icons} >= {("any", "512x512"), ("maskable", "512x512")}
    named = {icon["src"]: icon["sizes"] for icon in icons} | {"/static/icons/apple-180.png": "180x180"}
    for source, size in named.items():
        picture = Image.open(finders.find(source.removeprefix("/static/")))
        assert f"{picture.width}x{picture.height}" == size
        assert picture.format == "PNG"
