"""The preview on the real page, framed by nobody but ourselves, at the width of a phone and of a desk."""

import pytest
from django.urls import reverse

from news.models import Edition
from news.sharelinks import share
from news.writing import start_edition
from offices.roles import Role
from tests.factories import drafted, published, regency_office
from tests.factories.news import someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    client.force_login(someone(Role.WRITER, regency_office()))
    return drafted(headline="Naskah <contoh>")


def url(name, edition):
    return reverse(f"admin:news_article_{name}", args=[edition.article_id])


def test_our_own_pages_may_frame_the_preview_and_no_other_page_of_ours_is_loosened(client, draft):
    preview, sizes = client.get(url("preview", draft)), client.get(url("preview_sizes", draft))
    edit = client.get(url("change", draft))

    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    for response in (sizes, edit):
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "frame-src 'self'" in sizes["Content-Security-Policy"]
    assert "frame-src" not in preview["Content-Security-Policy"]


def test_the_sizes_are_chosen_by_labelled_buttons_around_a_titled_frame(client, draft):
    page = client.get(url("preview_sizes", draft)).content.decode()

    assert page.count('type="radio"') == 2
    assert (
        f'<iframe class="sizes__frame" src="{url("preview", draft)}" title="Pratinjau: Naskah &lt;contoh&gt;">' in page
    )
    assert "Buka tanpa bingkai" in page


@pytest.mark.parametrize("name", ["preview", "preview_sizes"])
def test_no_preview_is_kept_or_takes_anything(client, draft, name):
    assert "no-store" in client.get(url(name, draft))["Cache-Control"]
    assert client.post(url(name, draft)).status_code == 405


def test_links_in_the_preview_leave_its_frame_and_nothing_counts_it_as_read(client, draft):
    page = client.get(url("preview", draft)).content.decode()

    assert '<base target="_top">' in page
    assert "data-read" not in page
    assert url("change", draft) in page


def corrected(kind: str) -> Edition:
    """A new edition of a published article that says what it corrects, not out yet."""
    edition = published()
    newer = start_edition(edition.article, by=someone(Role.EDITOR, regency_office()), correction=kind)
    newer.correction_note = "Pesertanya 40, bukan 400."
    newer.save(update_fields=["correction_note"])
    return newer


def previews(client, edition):
    """The page inside the newsroom and the one behind a link for a checker, as HTML."""
    editor = someone(Role.EDITOR, regency_office())
    _link, token = share(edition, by=editor, checker="dr. Ratna", days=1)
    client.force_login(editor)
    inside = client.get(url("preview", edition))
    client.logout()
    return [response.content.decode() for response in (inside, client.get(reverse("shared_edition", args=[token])))]


@pytest.mark.parametrize(("kind", "label"), [("ralat", "Ralat"), ("koreksi", "Koreksi"), ("hak_jawab", "Hak jawab")])
def test_a_preview_shows_the_note_of_a_correction_where_readers_will_find_it(client, kind, label):
    for html in previews(client, corrected(kind)):
        note = html[html.index('id="ralat"') : html.index("</section>", html.index('id="ralat"'))]
        assert f"<dt>{label}</dt>" in note and "Pesertanya 40, bukan 400." in note
        assert '<a href="#ralat">' in html and "Versi 2" in html


def test_a_preview_shows_what_an_update_changed_in_its_history_alone(client):
    for html in previews(client, corrected("update")):
        assert "Pemutakhiran: Pesertanya 40, bukan 400." in html and 'id="ralat"' not in html


def test_a_preview_shows_no_note_of_a_typo(client):
    for html in previews(client, corrected("typo")):
        assert "Pesertanya 40" not in html and 'id="ralat"' not in html


@pytest.mark.parametrize(("kind", "is_told"), [("ralat", True), ("update", True), ("typo", False)])
def test_a_preview_says_that_the_story_was_updated_unless_a_typo_alone_changed(client, kind, is_told):
    for html in previews(client, corrected(kind)):
        assert ("Diperbarui <time" in html) is is_told


def test_readers_meet_no_note_before_its_edition_is_out(client):
    edition = corrected("ralat")
    edition.article.refresh_from_db()
    html = client.get(edition.article.get_absolute_url()).content.decode()

    assert "Pesertanya 40" not in html and 'id="ralat"' not in html


def test_the_public_page_stays_as_it_was(client):
    article = published().article
    article.refresh_from_db()
    response = client.get(article.get_absolute_url())

    assert response["X-Frame-Options"] == "DENY"
    assert "<base" not in response.content.decode()
