"""A better file takes the place of a photo where one still writes, and never where the public reads."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from news.models import Contribution, Edition, Photo
from news.refusals import NotNow, StaleVersion
from news.replacing import swap_photo, working_editions_with
from news.states import State
from news.writing import start_edition
from offices.roles import Role
from tests.factories import PhotoFactory, approved, drafted, published, regency_office, submitted, withdrawn
from tests.factories.news import picture_file, someone

pytestmark = pytest.mark.django_db


def person(role):
    return someone(role, regency_office())


def fresh(edition):
    return Edition.objects.select_related("article__office__region").get(pk=edition.pk)


def shown(edition):
    return [row.photo for row in edition.photos.all()]


def swap(edition, old, new, role, version=None):
    edition = fresh(edition)
    return swap_photo(edition, old=old, new=new, by=person(role), version=version or edition.version)


@pytest.fixture
def pair():
    old = PhotoFactory(title="Lama")
    Photo.objects.filter(pk=old.pk).update(focal_x=0.2)
    return old, PhotoFactory(title="Baru")


def test_the_rows_keep_their_words_and_their_place(pair):
    old, new = pair
    edition = drafted(photos=(old, PhotoFactory(), old))
    before = list(edition.photos.values_list("position", "caption", "credit", "alt", "focal_x"))

    swap(edition, old, new, Role.EDITOR)

    assert [photo.title for photo in shown(edition)] == ["Baru", "Foto contoh", "Baru"]
    assert list(edition.photos.values_list("position", "caption", "credit", "alt", "focal_x")) == before
    assert Contribution.objects.filter(edition=edition, user=person(Role.EDITOR)).exists()
    assert fresh(edition).version == edition.version + 1


def test_a_swap_voids_an_approval(pair):
    old, new = pair
    edition = approved(photos=(old,))
    swap(edition, old, new, Role.EDITOR)
    assert fresh(edition).state == State.SUBMITTED
    assert shown(edition) == [new]


@pytest.mark.parametrize("make", [published, withdrawn])
def test_what_the_public_read_is_never_touched(pair, make):
    old, new = pair
    edition = make(photos=(old,))
    with pytest.raises(NotNow):
        swap(edition, old, new, Role.MANAGER)
    assert shown(edition) == [old]
    assert not working_editions_with(old, person(Role.MANAGER)).exists()


@pytest.mark.parametrize(
    ("role", "office", "make", "refusal"),
    [
        (Role.WRITER, "73.03", submitted, NotNow),
        (Role.EDITOR, "73.71", drafted, PermissionDenied),
        (Role.CURATOR, "00", drafted, PermissionDenied),
    ],
)
def test_who_may_not_write_swaps_nothing(pair, role, office, make, refusal):
    old, new = pair
    edition = make(photos=(old,))
    by = someone(role, regency_office(office))
    with pytest.raises(refusal):
        swap_photo(fresh(edition), old=old, new=new, by=by, version=fresh(edition).version)
    assert shown(edition) == [old]


def test_a_stale_version_and_a_photo_that_is_gone_are_refused(pair):
    old, new = pair
    edition = drafted(photos=(old,))
    with pytest.raises(StaleVersion):
        swap(edition, old, new, Role.EDITOR, version=99)
    assert shown(edition) == [old]
    swap(edition, old, new, Role.EDITOR)
    with pytest.raises(NotNow):
        swap(edition, old, new, Role.EDITOR)


def upload(client, photo, content=None, **words):
    file = SimpleUploadedFile("baru.jpg", content or picture_file(800, 500).read())
    form = {"title": photo.title, "caption": "", "credit": "", "alt": "", "file": file, **words}
    return client.post(reverse("admin:news_photo_replace", args=[photo.pk]), form)


def test_a_better_file_becomes_a_photo_that_remembers_the_old_one(client, pair):
    old, _new = pair
    live = published(photos=(old,))
    newer = start_edition(live.article, by=person(Role.EDITOR))
    draft = drafted(photos=(old,))
    review = submitted(photos=(old,))
    client.force_login(person(Role.WRITER))
    page = client.get(reverse("admin:news_photo_replace", args=[old.pk])).content.decode()
    assert 'value="Lama"' in page

    response = upload(client, old, title="Lama, lebih tajam")

    photo = Photo.objects.get(title="Lama, lebih tajam")
    assert (photo.replaces, photo.office, photo.width, photo.focal_x) == (old, old.office, 800, 0.2)
    assert response["Location"] == reverse("admin:news_photo_swap", args=[photo.pk])
    offer = client.get(response["Location"])
    assert {(edition.pk, may) for edition, may in offer.context["rows"]} == {
        (newer.pk, True),
        (draft.pk, True),
        (review.pk, False),
    }
    chosen = {f"edition-{edition.pk}": fresh(edition).version for edition in (draft, review, live)}
    client.post(response["Location"], chosen)
    assert [shown(edition) for edition in (draft, review, live, newer)] == [[photo], [old], [old], [old]]
    page = client.get(reverse("admin:news_photo_change", args=[old.pk])).content.decode()
    assert "Diganti oleh" in page


def test_a_file_that_is_no_picture_replaces_nothing(client, pair):
    client.force_login(person(Role.WRITER))
    response = upload(client, pair[0], content=b"<svg/>")
    assert response.status_code == 400
    assert response.context["form"].errors["file"]
    assert not Photo.objects.filter(replaces=pair[0]).exists()


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999999999999", "-1"])
def test_a_forged_version_swaps_nothing(client, pair, version):
    old, new = pair
    Photo.objects.filter(pk=new.pk).update(replaces=old)
    edition = drafted(photos=(old,))
    client.force_login(person(Role.WRITER))
    response = client.post(reverse("admin:news_photo_swap", args=[new.pk]), {f"edition-{edition.pk}": version})
    assert response.status_code == 302
    assert shown(edition) == [old]
