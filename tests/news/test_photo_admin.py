"""The photo library in the newsroom, through the real addresses."""

import io

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from news.models import Photo
from offices.roles import Role
from tests.factories import PhotoFactory, regency_office
from tests.factories.news import picture_file, someone

pytestmark = pytest.mark.django_db


def upload(client, content: bytes, **words):
    form = {"office": regency_office().pk, "title": "Rapat", "caption": "", "credit": "", "alt": "", **words}
    return client.post(reverse("admin:news_photo_add"), {**form, "file": SimpleUploadedFile("foto.jpg", content)})


@pytest.fixture
def writer(client):
    user = someone(Role.WRITER, regency_office())
    client.force_login(user)
    return user


def test_a_picture_is_taken_into_the_library(client, writer):
    assert upload(client, picture_file().read()).status_code == 302
    photo = Photo.objects.get()
    assert (photo.office, photo.uploaded_by, photo.width, photo.widths) == (
        regency_office(),
        writer,
        640,
        [320, 480, 640],
    )


@pytest.mark.parametrize("content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%!PS-Adobe", b"\xff\xd8\xff"])
def test_what_is_no_picture_is_refused_with_a_sentence(client, writer, content):
    response = upload(client, content)
    assert response.status_code == 400
    assert response.context["form"].errors["file"]
    assert not Photo.objects.exists()


def test_appended_bytes_do_not_reach_the_library(client, writer):
    upload(client, picture_file().read() + b"<script>alert(1)</script>")
    stored = Photo.objects.get()
    with storages["private"].open(stored.original.name) as file:
        assert b"<script>" not in io.BytesIO(file.read()).getvalue()


def test_a_file_is_shown_to_the_own_staff_only(client, writer):
    own, foreign = PhotoFactory(), PhotoFactory(regency_office("73.71"))
    assert client.get(own.private_url(320))["Content-Type"] == "image/webp"
    assert client.get(foreign.private_url(320)).status_code == 404
    assert client.get(own.private_url(321)).status_code == 404


def test_a_lost_file_is_not_found(client, writer):
    photo = PhotoFactory()
    storages["private"].delete(photo.rendition_name(320))
    assert client.get(photo.private_url(320)).status_code == 404
