"""Public pictures: what is served, what never is, and how lost files come back."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from news.public_files import PHOTOS, names_in, sync
from tests.factories.news import PhotoFactory, drafted, published, withdrawn

pytestmark = pytest.mark.django_db(transaction=True)


def name_of(photo):
    return photo.rendition_name(photo.widths[0])


def lose_files(photo):
    for name in names_in(photo.folder()):
        default_storage.delete(name)


def fetch(client, name):
    return client.get(f"/media/{name}")


def test_a_published_picture_may_be_kept_for_a_year_by_whoever_saw_it(client):
    photo = PhotoFactory()
    published(photos=(photo,))
    response = fetch(client, name_of(photo))
    assert response.status_code == 200
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, s-maxage=600, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    assert "Vary" not in response.headers


def test_a_present_picture_is_served_without_the_database(client, django_assert_num_queries):
    photo = PhotoFactory()
    published(photos=(photo,))
    with django_assert_num_queries(0):
        assert fetch(client, photo.share_name()).headers["Content-Type"] == "image/jpeg"


def test_a_lost_picture_of_a_public_article_comes_back(client):
    photo = PhotoFactory()
    published(photos=(photo,))
    lose_files(photo)
    assert not default_storage.exists(name_of(photo))
    assert fetch(client, name_of(photo)).status_code == 200
    assert default_storage.exists(name_of(photo))


def test_a_proxy_that_asks_again_is_told_that_a_picture_is_the_same(client):
    photo = PhotoFactory()
    published(photos=(photo,))
    changed = fetch(client, name_of(photo)).headers["Last-Modified"]
    again = client.get(f"/media/{name_of(photo)}", headers={"If-Modified-Since": changed})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("make", [drafted, withdrawn])
def test_a_picture_of_an_unpublished_article_does_not(client, make):
    photo = PhotoFactory()
    make(photos=(photo,))
    assert fetch(client, name_of(photo)).status_code == 404
    assert not default_storage.exists(name_of(photo))


def test_a_size_that_was_never_made_is_not_found(client):
    photo = PhotoFactory()
    published(photos=(photo,))
    assert fetch(client, photo.rendition_name(9_999)).status_code == 404


def test_a_picture_whose_private_files_are_lost_too_is_not_found(client):
    photo = PhotoFactory()
    published(photos=(photo,))
    lose_files(photo)
    Path(settings.PRIVATE_ROOT, name_of(photo)).unlink()
    assert fetch(client, name_of(photo)).status_code == 404


@pytest.mark.parametrize("name", ["rahasia.txt", "a.html", "a.svg", "a.jpg.html", ".env", "a/.b/c.jpg", "a.jpg/"])
def test_other_files_are_never_served(client, name):
    path = Path(settings.MEDIA_ROOT, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("rahasia")
    assert fetch(client, name).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../private/a.jpg",
        "%2e%2e/a.jpg",
        "..%2fa.jpg",
        "a/..%2f..%2fb.jpg",
        "%00.jpg",
        "a%00.jpg",
        "x" * 10_000 + ".jpg",
        "%ff.jpg",
        "/etc/a.jpg",
        "a\\b.jpg",
        "photos",
    ],
)
def test_no_name_leads_out_of_the_folder(client, name):
    Path(settings.MEDIA_ROOT).parent.joinpath("a.jpg").write_text("rahasia")
    assert fetch(client, name).status_code == 404


def test_a_folder_named_like_a_picture_is_not_found(client):
    Path(settings.MEDIA_ROOT, "folder.jpg").mkdir(parents=True, exist_ok=True)
    assert fetch(client, "folder.jpg").status_code == 404


def test_publishing_twice_changes_nothing(client):
    photo = PhotoFactory()
    published(photos=(photo,))
    sync(PHOTOS, photo)
    assert fetch(client, name_of(photo)).status_code == 200
