"""The photo library, and which files lie in public storage at each moment."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage, storages

from news.library import add_photo
from news.models import Article, Edition, EditionPhoto, Photo
from news.public_files import public_names, sync_public_files
from news.states import Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.images import RefusedPicture
from offices.roles import Role
from tests.factories import PhotoFactory, approved, drafted, member, published, regency_office, submitted
from tests.factories.news import picture_file, someone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_storages(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "public"
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private", "base_url": None},
        },
    }


def public_photos():
    """The photos all of whose renditions can be fetched by anybody; none may be there in part."""
    found = []
    for photo in Photo.objects.order_by("pk"):
        there = [default_storage.exists(name) for name in public_names(photo)]
        assert len(set(there)) == 1
        found += [photo] if all(there) else []
    return found


def take(edition, step, role, capture):
    with capture(execute=True):
        take_step(edition, step, by=someone(role, regency_office()), note="Alasan.")


def test_a_photo_is_stored_privately_with_all_its_sizes():
    photo = PhotoFactory(title="Rakornas")

    assert (photo.width, photo.height, photo.title) == (640, 400, "Rakornas")
    assert photo.widths == [320, 480, 640]
    private = storages["private"]
    names = [f"{photo.folder()}/{name}" for name in ("320.webp", "480.webp", "640.webp", "share.jpg")]
    assert public_names(photo) == names
    assert [name for name in [*names, photo.original.name] if not private.exists(name)] == []
    assert public_photos() == []


def test_what_is_no_picture_leaves_no_row():
    writer = member(Role.WRITER, regency_office())

    with pytest.raises(RefusedPicture):
        add_photo(io.BytesIO(b"<svg/>"), office=regency_office(), by=writer, title="Foto")
    with pytest.raises(ValidationError):
        add_photo(picture_file(), office=regency_office(), by=writer, title="")
    with pytest.raises(ValidationError):
        add_photo(picture_file(), office=regency_office(), by=writer, title="Foto", caption="x" * 401)

    assert Photo.objects.count() == 0


@pytest.mark.parametrize("make", [drafted, submitted, approved])
def test_photos_of_what_is_not_published_stay_private(make, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make(photos=(PhotoFactory(),))

    assert public_photos() == []


def test_photos_follow_what_the_public_may_read(django_capture_on_commit_callbacks):
    photos = [PhotoFactory(), PhotoFactory()]
    edition = approved(photos=photos)
    seen = []

    for step, role in (
        (Step.PUBLISH, Role.EDITOR),
        (Step.WITHDRAW, Role.MANAGER),
        (Step.REINSTATE, Role.MANAGER),
        (Step.REMOVE, Role.MANAGER),
    ):
        take(edition, step, role, django_capture_on_commit_callbacks)
        seen.append(public_photos())

    assert seen == [photos, [], photos, []]
    assert all(storages["private"].exists(name) for photo in photos for name in public_names(photo))


def test_no_file_moves_before_the_commit(django_capture_on_commit_callbacks):
    edition = approved(photos=(PhotoFactory(),))

    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        take_step(edition, Step.PUBLISH, by=someone(Role.EDITOR, regency_office()))

    assert public_photos() == []
    assert len(callbacks) >= 1


def test_a_photo_that_the_new_edition_leaves_out_goes_and_its_own_one_comes(django_capture_on_commit_callbacks):
    old, kept, new = (PhotoFactory() for _number in range(3))
    with django_capture_on_commit_callbacks(execute=True):
        first = published(photos=(old, kept))
    manager = someone(Role.MANAGER, regency_office())
    second = start_edition(first.article, by=manager)
    EditionPhoto.objects.filter(edition=second, photo=old).update(photo=new)
    Edition.objects.filter(pk=second.pk).update(correction="typo")
    second = save_content(second, by=manager, version=second.version)
    take(second, Step.SUBMIT, Role.MANAGER, django_capture_on_commit_callbacks)
    take(second, Step.APPROVE, Role.EDITOR, django_capture_on_commit_callbacks)
    assert public_photos() == [old, kept]

    take(second, Step.PUBLISH, Role.EDITOR, django_capture_on_commit_callbacks)

    assert public_photos() == [kept, new]


def test_a_photo_stays_public_while_another_article_shows_it(django_capture_on_commit_callbacks):
    shared = PhotoFactory()
    with django_capture_on_commit_callbacks(execute=True):
        first, second = (published(photos=(shared,)) for _number in range(2))
        drafted(photos=(shared,))

    take(first, Step.WITHDRAW, Role.MANAGER, django_capture_on_commit_callbacks)
    assert public_photos() == [shared]

    take(second, Step.WITHDRAW, Role.MANAGER, django_capture_on_commit_callbacks)
    assert public_photos() == []


def test_putting_files_in_step_again_changes_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        edition = published(photos=(PhotoFactory(),))
    folder = edition.photos.get().photo.folder()
    before = default_storage.listdir(folder)

    for _again in range(2):
        sync_public_files(edition.article_id)

    assert default_storage.listdir(folder) == before


def test_files_lost_in_a_crash_are_put_right():
    published(photos=(PhotoFactory(),))
    assert public_photos() == []

    sync_public_files(Article.objects.get().pk)

    assert public_photos() == list(Photo.objects.all())


def test_files_left_by_a_crash_are_taken_away(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        edition = published(photos=(PhotoFactory(),))
    take_step(edition, Step.WITHDRAW, by=someone(Role.MANAGER, regency_office()), note="Keliru.")
    assert len(public_photos()) == 1

    sync_public_files(edition.article_id)

    assert public_photos() == []


def test_the_words_of_the_library_never_change_what_an_edition_says():
    photo = PhotoFactory(caption="Bawaan")
    edition = published(photos=(photo,))

    Photo.objects.update(title="Lain", caption="Lain", credit="Lain", alt="Lain")

    row = edition.photos.get()
    assert (row.caption, row.credit, row.alt) == ("Keterangan", "Humas", "Foto contoh")
