"""The preview on the real page, framed by nobody but ourselves, at the width of a phone and of a desk."""

import pytest
from django.urls import reverse

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


def test_the_public_page_stays_as_it_was(client):
    article = published().article
    article.refresh_from_db()
    response = client.get(article.get_absolute_url())

    assert response["X-Frame-Options"] == "DENY"
    assert "<base" not in response.content.decode()
