"""Public files follow what is published, whoever else publishes and withdraws at the same moment, and after a crash."""

import os
import threading
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.core.management import CommandError, call_command
from django.db import connection
from PIL import Image

from news.models import EditionPhoto
from news.public_files import PHOTOS, names_in, sync, sync_public_files
from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from tests.factories import PhotoFactory, approved, drafted, published, regency_office
from tests.factories.news import picture_file, someone

pytestmark = pytest.mark.django_db(transaction=True)

GATES = {}


class GatedStorage(FileSystemStorage):
    """Opens a file only when the gate of its thread has been opened, as a slow disk would."""

    def _open(self, name, mode="rb"):
        gate = GATES.get(threading.current_thread().name)
        if gate:
            gate.reached.set()
            assert gate.open.wait(20)
        return super()._open(name, mode)


class Gate:
    def __init__(self):
        self.reached, self.open = threading.Event(), threading.Event()


@pytest.fixture(autouse=True)
def _own_storages(settings, tmp_path):
    GATES.clear()
    settings.MEDIA_ROOT = tmp_path / "public"
    options = {"location": tmp_path / "private", "base_url": None}
    private = {"BACKEND": f"{__name__}.GatedStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "private": private}


def public(photo):
    return sorted(Path(name).name for name in names_in(photo.folder()))


ALL = ["320.webp", "480.webp", "640.webp", "share.jpg"]


def slowly(work, *args):
    """Start `work` in a thread that stops before its first private file."""
    gate = GATES["slow"] = Gate()

    def run():
        try:
            work(*args)
        finally:
            connection.close()

    thread = threading.Thread(target=run, name="slow")
    thread.start()
    assert gate.reached.wait(20)
    return gate, thread


def finish(gate, thread):
    gate.open.set()
    thread.join(20)
    assert not thread.is_alive()


def withdraw(edition):
    take_step(edition, Step.WITHDRAW, by=someone(Role.MANAGER, regency_office()), note="Keliru.")


def publish(edition):
    take_step(edition, Step.PUBLISH, by=someone(Role.EDITOR, regency_office()))


def test_a_picture_withdrawn_while_somebody_still_copies_it_does_not_stay_public():
    photo = PhotoFactory()
    edition = published(photos=(photo,))
    for name in names_in(photo.folder()):
        default_storage.delete(name)
    gate, thread = slowly(sync_public_files, edition.article_id)

    withdraw(edition)
    assert public(photo) == []
    finish(gate, thread)

    assert public(photo) == []


def test_two_articles_with_one_photo_published_and_withdrawn_at_once_leave_what_the_last_commit_says():
    photo = PhotoFactory()
    first = published(photos=(photo,))
    second = approved(photos=(photo,))
    withdraw(first)
    gate, thread = slowly(publish, second)

    withdraw(type(second).objects.get(pk=second.pk))
    finish(gate, thread)

    assert public(photo) == []


def test_two_who_publish_at_once_leave_each_file_once():
    photo = PhotoFactory()
    edition = published(photos=(photo,))
    for name in names_in(photo.folder()):
        default_storage.delete(name)
    gate, thread = slowly(sync_public_files, edition.article_id)

    sync(PHOTOS, photo)
    finish(gate, thread)

    assert public(photo) == ALL
    assert sorted(path.name for path in Path(default_storage.path(photo.folder())).iterdir()) == ALL


def test_a_file_that_is_lost_keeps_none_of_the_others_back():
    photo, other = PhotoFactory(), PhotoFactory()
    edition = approved(photos=(photo, other))
    storages["private"].delete(photo.rendition_name(480))

    publish(edition)

    assert public(photo) == ["320.webp", "640.webp", "share.jpg"]
    assert public(other) == ALL


# The share picture.


def focus(edition, x, y):
    EditionPhoto.objects.filter(edition=edition).update(focal_x=x, focal_y=y)


def dominant(name):
    with default_storage.open(name) as file, Image.open(file) as image:
        assert image.size == (1200, 630)
        return image.convert("RGB").resize((1, 1)).getpixel((0, 0))


def half_red_half_blue():
    """A tall picture, red above and blue below."""
    image = Image.open(picture_file(800, 1600, "red"))
    image.paste(Image.open(picture_file(800, 800, "blue")), (0, 800))
    file = picture_file()
    file.seek(0)
    file.truncate()
    image.save(file, "JPEG", quality=95)
    file.seek(0)
    return file


@pytest.mark.parametrize(("y", "name", "channel"), [(0.1, "share-50-10.jpg", 0), (0.92, "share-50-90.jpg", 2)])
def test_the_share_picture_is_cropped_around_the_focal_point(client, y, name, channel):
    from news.library import add_photo

    office = regency_office()
    photo = add_photo(half_red_half_blue(), office=office, by=someone(Role.WRITER, office), title="Dua warna")
    edition = drafted(photos=(photo,))
    focus(edition, 0.5, y)
    for step, role in ((Step.SUBMIT, Role.WRITER), (Step.APPROVE, Role.EDITOR), (Step.PUBLISH, Role.EDITOR)):
        take_step(edition, step, by=someone(role, office))

    assert name in public(photo)
    pixel = dominant(f"{photo.folder()}/{name}")
    assert pixel[channel] > 200
    assert max(value for place, value in enumerate(pixel) if place != channel) < 60
    edition.article.refresh_from_db()
    page = client.get(edition.article.get_absolute_url())
    assert f"/media/{photo.folder()}/{name}" in page.content.decode()
    assert b"".join(client.get(f"/media/{photo.folder()}/{name}").streaming_content)[:2] == b"\xff\xd8"


def test_no_share_picture_is_made_for_a_focal_point_that_nobody_published(client):
    photo = PhotoFactory()
    published(photos=(photo,))
    assert client.get(f"/media/{photo.share_name(0.1, 0.1)}").status_code == 404


def test_cards_carry_the_classes_of_the_focal_point(client):
    office = regency_office()
    edition = approved(photos=(PhotoFactory(),))
    EditionPhoto.objects.filter(edition=edition).update(focal_x=0.28, focal_y=0.81)
    type(edition).objects.filter(pk=edition.pk).update(approved_digest=_digest(edition))
    publish(edition)

    page = client.get(office.get_absolute_url()).content.decode()

    assert 'class="fx-30 fy-80"' in page
    tokens = Path("static/css/tokens.css").read_text()
    assert ".fx-30 { --fx: 30%; }" in tokens
    assert ".fy-80 { --fy: 80%; }" in tokens


def _digest(edition):
    from news.digest import digest_of

    return digest_of(type(edition).objects.get(pk=edition.pk))


# The sweep.


def swept(*args):
    out = StringIO()
    call_command("sync_media", *args, stdout=out)
    return out.getvalue().splitlines()


def test_the_sweep_removes_what_is_left_over_and_adds_what_is_missing():
    shown, hidden = PhotoFactory(), PhotoFactory()
    published(photos=(shown,))
    drafted(photos=(hidden,))
    default_storage.delete(shown.rendition_name(480))
    with storages["private"].open(hidden.share_name()) as file:
        default_storage.save(hidden.share_name(), file)
    stranger = default_storage.save(f"photos/ab/{'ab' * 16}/share.jpg", picture_file())
    strange = default_storage.save("photos/ab/bukan-token/share.jpg", picture_file())
    with pytest.raises(CommandError, match=r"4 perbedaan"):
        swept("--check")
    assert public(hidden) == ["share.jpg"]

    told = swept()

    assert sorted(told[:-1]) == sorted(
        [
            f"{shown.rendition_name(480)} sedang terbit, tetapi berkasnya tidak ada.",
            f"{hidden.share_name()} terbuka untuk umum, padahal tidak sedang terbit.",
            f"{stranger} tidak dikenal.",
            f"{strange} tidak dikenal.",
        ]
    )
    assert (public(shown), public(hidden)) == (ALL, [])
    assert not default_storage.exists(stranger)
    assert swept("--check") == ["0 perbedaan."]


def test_the_sweep_clears_what_a_crash_left_half_written():
    photo = PhotoFactory()
    published(photos=(photo,))
    folder = Path(default_storage.path(photo.folder()))
    old, young = folder / ".lama", folder / ".baru"
    old.write_bytes(b"x")
    young.write_bytes(b"x")
    hours_ago = time.time() - 7_200
    os.utime(old, (hours_ago, hours_ago))

    swept()

    assert (old.exists(), young.exists()) == (False, True)
    assert public(photo) == ALL
