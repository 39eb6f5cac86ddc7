"""The newsroom's pages as they are served: what they load, what they allow, and in which order they ask."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.staticfiles import finders
from django.core.checks import run_checks
from django.urls import reverse
from django.utils import timezone

from news.models import Edition
from news.widgets import tags_from_text
from offices.roles import Role
from tests.factories import EventFactory, PhotoFactory, drafted, member, ministry, published, regency_office, submitted
from tests.factories.news import someone
from tests.news.test_article_admin import change_url, content, signed_in
from tests.nu_checker import vnu

pytestmark = pytest.mark.django_db

EDITOR = settings.CKEDITOR_CONFIGS["article"]
OUT_OF_THE_EDITOR = {
    "exportpdf",
    "scayt",
    "wsc",
    "preview",
    "templates",
    "sourcearea",
    "iframe",
    "forms",
    "uploadimage",
}
LISTS = [
    "admin:news_article_changelist",
    "admin:news_event_changelist",
    "admin:news_photo_changelist",
    "admin:news_rubric_changelist",
    "admin:offices_office_changelist",
    "admin:offices_official_changelist",
    "admin:offices_user_changelist",
]
FORMS = [
    "admin:news_article_add",
    "admin:news_event_add",
    "admin:news_photo_add",
    "admin:offices_official_add",
    "admin:offices_appointment_add",
    "admin:offices_user_add",
]


def html(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def policy(client, url: str) -> dict[str, list[str]]:
    """The content security policy of a page, by directive."""
    rows = client.get(url)["Content-Security-Policy"].split(";")
    return {name: values for name, *values in (row.split() for row in rows if row.strip())}


# The body editor: `ckeditor.W001` warns of a version without a maintainer and is silenced because of what stands here.


def test_the_editors_upload_feature_is_not_installed_and_not_routed():
    assert not apps.is_installed("ckeditor_uploader")
    assert not any("filebrowser" in name.lower() or "upload" in name.lower() for name in EDITOR)


def test_the_editor_asks_no_foreign_server_for_its_version():
    assert EDITOR["versionCheck"] is False


def test_the_editor_is_without_the_plugins_that_have_open_holes_or_call_out():
    removed = EDITOR["removePlugins"].split(",")
    assert set(removed) >= OUT_OF_THE_EDITOR


def test_the_editor_runs_in_the_page_and_with_our_plugins_only():
    assert EDITOR["extraPlugins"].split(",") == ["divarea", "bacajuga", "tempel"]


def test_the_editor_filters_what_is_typed_and_pasted_by_a_list():
    rules = EDITOR["allowedContent"]
    assert isinstance(rules, str)
    words = set(re.findall(r"[a-z][a-z0-9-]*|[^a-z\s]", rules))
    assert not words & {"script", "style", "iframe", "img", "svg", "onclick", "*", "{"}


def test_only_the_one_warning_about_the_editor_is_silenced():
    assert settings.SILENCED_SYSTEM_CHECKS == ["ckeditor.W001"]
    assert {check.id for check in run_checks(include_deployment_checks=False)} <= {"ckeditor.W001"}


def test_the_buttons_of_our_plugin_have_their_pictures():
    plugin = finders.find("editor/bacajuga/plugin.js")
    with open(plugin, encoding="utf-8") as file:  # noqa: PTH123 - the finder answers with a name
        pictures = re.findall(r"\$\{this\.path\}(icons/[a-z]+\.svg)", file.read())
    assert sorted(pictures) == ["icons/bacajuga.svg", "icons/kutipan.svg"]
    assert all(finders.find(f"editor/bacajuga/{name}") for name in pictures)


# The policy


def test_the_form_allows_what_the_editor_writes_and_nothing_more(client):
    signed_in(client)
    for url in (reverse("admin:news_article_add"), change_url(drafted()), reverse("admin:news_event_add")):
        allowed = policy(client, url)
        assert allowed["script-src"] == ["'self'"]
        assert allowed["script-src-attr"] == ["'unsafe-inline'"]
        assert allowed["default-src"] == ["'none'"]


@pytest.mark.parametrize("name", ["admin:index", "admin:news_article_changelist", "admin:news_photo_add"])
def test_other_pages_keep_the_strict_policy(client, name):
    signed_in(client)
    assert not any("'unsafe-inline'" in values for values in policy(client, reverse(name)).values())


def test_our_templates_hold_no_script_and_no_style_of_their_own(client):
    signed_in(client)
    for name in ("admin:index", "admin:news_photo_add"):
        page = html(client, reverse(name))
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)


def test_our_styles_come_after_those_of_django(client):
    signed_in(client)
    page = html(client, change_url(drafted()))
    sheets = re.findall(r'<link rel="stylesheet" href="[^"]*/static/([^"]+)"', page)
    last = sheets[sheets.index("css/tokens.css") :]
    assert last[1] == "css/newsroom.css"
    assert all(sheet.startswith("css/newsroom/") for sheet in last[2:])
    assert all(finders.find(sheet) for sheet in sheets)


# The form


def test_a_new_text_is_about_today_and_for_the_own_office(client):
    office = regency_office()
    signed_in(client, office=office)
    form = client.get(reverse("admin:news_article_add")).context["adminform"].form
    assert form.initial["dateline_on"] == timezone.localdate(timezone=office.region.zone)
    assert list(form.fields["office"].queryset) == [office]
    assert form.fields["office"].empty_label is None


def test_the_version_travels_with_the_form_once_and_without_a_label(client):
    signed_in(client)
    edition = drafted()
    page = html(client, change_url(edition))
    assert page.count('id="id_version"') == 1
    assert 'for="id_version"' not in page
    assert f'name="version" value="{edition.version}"' in page


def test_those_who_only_read_get_no_version(client):
    office = regency_office()
    edition = submitted(office)
    signed_in(client, office=office)
    assert 'id="id_version"' not in html(client, change_url(edition))


def test_a_deck_typed_in_two_lines_is_stored_as_one(client):
    signed_in(client)
    client.post(reverse("admin:news_article_add"), content(office=regency_office().pk, deck="Satu.\r\n Dua."))
    assert Edition.objects.get().deck == "Satu. Dua."


def test_the_recent_actions_name_a_draft_by_its_headline(client):
    signed_in(client)
    client.post(reverse("admin:news_article_add"), content(office=regency_office().pk))
    assert LogEntry.objects.get().object_repr == "Bantaeng hadir di Rakornas"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("layanan publik", ["layanan publik"]),
        ("lansia, layanan publik", ["lansia", "layanan publik"]),
        ('"layanan  publik", lansia,, lansia ', ["lansia", "layanan publik"]),
        (" , ", []),
    ],
)
def test_tags_are_what_stands_between_the_commas(typed, names):
    assert tags_from_text(typed) == names


def test_tags_of_several_words_come_back_as_they_were_typed(client):
    signed_in(client)
    edition = drafted(tags=("layanan publik", "lansia"))
    assert 'value="lansia, layanan publik"' in html(client, change_url(edition))


def test_a_tag_with_capitals_that_is_known_is_not_made_twice(client):
    signed_in(client)
    known = drafted(tags=("humas",))
    client.post(reverse("admin:news_article_add"), content(office=regency_office().pk, tags="Humas"))
    assert set(Edition.objects.exclude(pk=known.pk).get().tags.all()) == set(known.tags.all())


# What the browser is told


def test_the_desk_offers_preview_and_history_and_the_way_to_the_site(client):
    edition = published()
    signed_in(client, Role.EDITOR)
    page = html(client, change_url(edition))
    for name in ("preview", "history"):
        assert reverse(f"admin:news_article_{name}", args=[edition.article_id]) in page
    assert f'href="{edition.article.get_absolute_url()}"' in page


def test_the_news_stand_before_the_offices_in_the_menu(client):
    signed_in(client)
    page = html(client, reverse("admin:index"))
    assert page.index('class="app-news') < page.index('class="app-offices')
    assert reverse("admin:calendar") in page


def test_the_sign_in_page_has_a_heading(client):
    assert "<h1>" in html(client, reverse("admin:login"))


def test_the_checker_finds_no_fault_in_lists_and_forms(client):
    office = regency_office()
    photo = PhotoFactory(office)
    event = EventFactory(organiser=office)
    edition = drafted(
        office,
        photos=(photo,),
        quotes=({"number": 1, "text": "Harus sampai.", "attribution": "Warga"},),
        tags=("humas",),
    )
    pages = {"login": html(client, reverse("admin:login"))}
    client.force_login(someone(Role.MANAGER, office))
    pages |= {name: html(client, reverse(name)) for name in LISTS}
    pages |= {name: html(client, reverse(name)) for name in FORMS}
    pages["edit"] = html(client, change_url(edition))
    pages["event"] = html(client, reverse("admin:news_event_change", args=[event.pk]))
    pages["photo"] = html(client, reverse("admin:news_photo_change", args=[photo.pk]))
    pages["office"] = html(client, reverse("admin:offices_office_change", args=[office.pk]))
    pages["history"] = html(client, reverse("admin:news_article_history", args=[edition.article_id]))
    assert vnu(pages) == []


def test_the_login_page_bears_the_name_of_the_site(client, settings):
    settings.SITE_NAME = "Kabar Contoh"
    assert "Kabar Contoh" in client.get("/admin/login/").content.decode()


@pytest.mark.parametrize(("role", "linked"), [(Role.CURATOR, True), (Role.WRITER, False)])
def test_the_dashboard_is_linked_for_those_it_is_open_to(client, role, linked):
    client.force_login(member(role, ministry()))
    assert ('href="/pusat/"' in client.get("/admin/").content.decode()) is linked
