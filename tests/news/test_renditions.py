"""Renditions made in the background: each once, tried again, never public before nor after their story."""

import threading
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
import time_machine
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from news.images import WIDTHS, render_slowly
from news.models import Article, Photo
from news.owed import LEASE, MOST_ATTEMPTS
from news.pictures import enqueue_pictures, make_pictures
from news.public_files import PHOTOS, names_in, sync
from news.renditions import RENDITIONS, make
from news.sharelinks import share
from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from portal.queue import give_back_lost
from tests.factories import PhotoFactory, drafted, published, regency_office, withdrawn
from tests.factories.news import someone

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = ["320.webp", "480.webp", "640.webp", "share.jpg"]
LATER = ["320.avif", "480.avif", "640.avif", "640.jpg"]


MEANWHILE = {}  # by the name of a file: what happens just before it is opened


class BusyStorage(FileSystemStorage):
    def _open(self, name, mode="rb"):
        MEANWHILE.pop(name, lambda: None)()
        return super()._open(name, mode)


@pytest.fixture(autouse=True)
def _own_storages(settings, tmp_path):
    MEANWHILE.clear()
    settings.MEDIA_ROOT = tmp_path / "public"
    options = {"location": tmp_path / "private", "base_url": None}
    private = {"BACKEND": f"{__name__}.BusyStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "private": private}


def public(photo):
    return sorted(name.rpartition("/")[2] for name in names_in(photo.folder()))


def private(photo):
    return sorted(storages["private"].listdir(photo.folder())[1])


def page(client):
    return client.get(Article.objects.get().get_absolute_url()).content.decode()


def test_a_new_photo_owes_avif_in_every_width_and_one_jpeg():
    photo = PhotoFactory()
    assert list(RENDITIONS.owing()) == [photo]
    assert RENDITIONS.catch_up() == 1
    photo.refresh_from_db()
    assert (photo.avif_widths, photo.jpeg_width) == ([320, 480, 640], 640)
    assert private(photo) == sorted([*FIRST, *LATER, "original.jpg"])
    assert public(photo) == []
    assert RENDITIONS.catch_up() == 0


def test_what_is_said_is_what_the_files_hold():
    photo = PhotoFactory()
    make(photo)
    for width, kind, decoded in ((480, "avif", "AVIF"), (640, "jpg", "JPEG")):
        with storages["private"].open(photo.rendition_name(width, kind)) as file:
            image = Image.open(BytesIO(file.read()))
        assert (image.format, image.width) == (decoded, width)
        assert not image.getexif()


def test_a_width_that_came_later_is_made_up_for():
    photo = PhotoFactory()
    Photo.objects.update(widths=[320, 640])
    storages["private"].delete(photo.rendition_name(480))
    RENDITIONS.catch_up()
    photo.refresh_from_db()
    assert photo.widths == [320, 480, 640]
    assert storages["private"].exists(photo.rendition_name(480))


def test_a_page_names_avif_and_jpeg_only_once_they_are_there(client):
    photo = PhotoFactory()
    published(photos=(photo,))
    before = page(client)
    assert "<picture>" not in before
    assert f'src="{default_storage.url(photo.rendition_name(640))}"' in before
    RENDITIONS.catch_up()
    assert public(photo) == sorted([*FIRST, *LATER])
    after = page(client)
    assert f"{default_storage.url(photo.rendition_name(640, 'avif'))} 640w" in after
    assert f"{default_storage.url(photo.rendition_name(640))} 640w" in after
    assert f'<img src="{default_storage.url(photo.rendition_name(640, "jpg"))}"' in after
    assert client.get(default_storage.url(photo.rendition_name(640, "avif")))["Content-Type"] == "image/avif"


def test_what_was_made_before_publication_is_public_with_it_and_goes_with_it(client):
    photo = PhotoFactory()
    make(photo)
    edition = published(photos=(photo,))
    assert public(photo) == sorted([*FIRST, *LATER])
    take_step(edition, Step.WITHDRAW, by=someone(Role.MANAGER, regency_office()), note="Keliru.")
    assert public(photo) == []
    for name in photo.rendition_names():
        assert client.get(default_storage.url(name)).status_code == 404


@pytest.mark.parametrize("step", [drafted, withdrawn])
def test_what_the_public_does_not_read_stays_private_when_it_is_made(step):
    photo = PhotoFactory()
    step(photos=(photo,))
    RENDITIONS.catch_up()
    assert public(photo) == []
    assert set(LATER) <= set(private(photo))


@pytest.mark.parametrize("kind", ["avif", "jpg"])
def test_a_withdrawal_while_renditions_are_copied_leaves_nothing_public(kind):
    photo = PhotoFactory()
    edition = published(photos=(photo,))
    manager = someone(Role.MANAGER, regency_office())
    MEANWHILE[photo.rendition_name(640, kind)] = lambda: take_step(edition, Step.WITHDRAW, by=manager, note="Keliru.")
    assert RENDITIONS.catch_up() == 1
    assert MEANWHILE == {}
    assert public(photo) == []


def test_what_a_crash_left_public_is_found_and_taken_away():
    photo = PhotoFactory()
    withdrawn(photos=(photo,))
    RENDITIONS.catch_up()
    name = photo.rendition_name(640, "avif")
    default_storage.save(name, storages["private"].open(name))
    told = StringIO()
    call_command("sync_media", stdout=told)
    assert f"{name} terbuka untuk umum" in told.getvalue()
    assert public(photo) == []


def test_a_lost_rendition_comes_back(client):
    photo = PhotoFactory()
    make(photo)
    published(photos=(photo,))
    name = photo.rendition_name(480, "avif")
    default_storage.delete(name)
    assert client.get(default_storage.url(name)).status_code == 200
    sync(PHOTOS, photo)
    assert public(photo) == sorted([*FIRST, *LATER])


def test_a_file_half_written_by_a_crash_is_replaced():
    photo = PhotoFactory()
    name = photo.rendition_name(640, "avif")
    storages["private"].save(name, BytesIO(b"half"))
    RENDITIONS.catch_up()
    assert storages["private"].size(name) > 4
    assert private(photo).count("640.avif") == 1
    assert len(private(photo)) == len([*FIRST, *LATER, "original.jpg"])


def test_a_lost_original_is_tried_again_and_given_up_and_keeps_nobody_waiting():
    photo, other = PhotoFactory(), PhotoFactory()
    storages["private"].delete(photo.original.name)
    assert RENDITIONS.catch_up() == 1
    other.refresh_from_db()
    assert other.jpeg_width == 640
    for _attempt in range(MOST_ATTEMPTS):
        with time_machine.travel(timezone.now() + timedelta(days=1 + _attempt)):
            RENDITIONS.catch_up()
    photo.refresh_from_db()
    assert (photo.renditions_due_at, photo.avif_widths) == (None, [])
    storages["private"].save(photo.original.name, storages["private"].open(other.original.name))
    told = StringIO()
    call_command("make_pictures", "--again", stdout=told)
    assert told.getvalue() == "1 gambar.\n"


def test_a_photo_of_a_killed_worker_is_taken_up_again_after_its_lease():
    photo = PhotoFactory()
    Photo.objects.update(renditions_due_at=timezone.now() + LEASE, renditions_attempts=1)
    assert RENDITIONS.catch_up() == 0
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        assert RENDITIONS.catch_up() == 1
    photo.refresh_from_db()
    assert (photo.renditions_due_at, photo.renditions_attempts) == (None, 0)


def test_two_workers_make_each_photo_once():
    photos = [PhotoFactory() for _n in range(4)]
    made = []

    def work():
        try:
            made.append(RENDITIONS.catch_up())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(made) == 4
    assert all(len(private(photo)) == len([*FIRST, *LATER, "original.jpg"]) for photo in photos)


def test_the_clock_hands_the_work_on_once(django_assert_num_queries):
    assert not enqueue_pictures()
    PhotoFactory()
    assert enqueue_pictures()
    assert not enqueue_pictures()
    assert DBTaskResult.objects.get().task_path == make_pictures.module_path
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        give_back_lost()
    make_pictures.func()
    assert list(RENDITIONS.owing()) == []


def test_a_shared_draft_and_a_preview_name_no_public_file(client):
    photo = PhotoFactory()
    make(photo)
    edition = drafted(photos=(photo,))
    _link, token = share(edition, by=someone(Role.WRITER, regency_office()), checker="Pemeriksa")
    client.force_login(someone(Role.EDITOR, regency_office()))
    for address in (f"/pratinjau/{token}/", f"/admin/news/article/{edition.article_id}/preview/"):
        html = client.get(address).content.decode()
        assert "<img" in html
        assert "/media/photos/" not in html
        assert ".avif" not in html


def grainy(width, height):
    noise = Image.effect_noise((width // 3, height // 3), 60).resize((width, height), Image.Resampling.BICUBIC)
    target = BytesIO()
    Image.merge("RGB", [noise, noise.transpose(Image.Transpose.ROTATE_180), noise]).save(target, "JPEG", quality=90)
    return target.getvalue()


def test_the_photo_of_a_story_weighs_at_most_sixty_kilobytes_on_a_phone():
    made = [r for r in render_slowly(grainy(960, 600)) if r.format == "AVIF"]
    assert [r.width for r in made] == [width for width in WIDTHS if width <= 960]
    assert {r.width: len(r.content) for r in made if len(r.content) > 60_000} == {}


def test_the_same_photo_gives_the_same_files():
    original = grainy(500, 400)
    assert list(render_slowly(original)) == list(render_slowly(original))


def test_transparency_stays_in_avif_and_is_white_in_jpeg():
    target = BytesIO()
    Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(target, "PNG")
    *avifs, jpeg = render_slowly(target.getvalue())
    assert Image.open(BytesIO(avifs[0].content)).convert("RGBA").getpixel((5, 5))[3] == 0
    assert Image.open(BytesIO(jpeg.content)).getpixel((5, 5)) == (255, 255, 255)
