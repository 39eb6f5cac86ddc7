"""The photo library as a grid: searched, narrowed, with the number of articles that use each photo."""

import pytest
from django.urls import reverse

from news.models import EditionPhoto, Photo
from offices.roles import Role
from tests.factories import PhotoFactory, drafted, published, regency_office, withdrawn
from tests.factories.news import picture_file, someone

pytestmark = pytest.mark.django_db

LIST = "/admin/news/photo/"


@pytest.fixture
def writer(client):
    user = someone(Role.WRITER, regency_office())
    client.force_login(user)
    return user


def titles(client, query=""):
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return {photo.title for photo in response.context["cl"].result_list}


def sized(title, width, height):
    from news.library import add_photo

    office = regency_office()
    return add_photo(picture_file(width, height), office=office, by=someone(Role.EDITOR, office), title=title)


def test_photos_are_found_by_words_in_any_text_and_any_case(client, writer):
    PhotoFactory(title="Rakornas", caption="Penyematan pin", credit="Humas Éva", alt="Dua orang")
    PhotoFactory(title="Panen jagung")
    assert titles(client, "q=RAKORNAS") == {"Rakornas"}
    assert titles(client, "q=pin+rakornas") == {"Rakornas"}
    assert titles(client, "q=éva") == titles(client, "q=ÉVA") == {"Rakornas"}
    assert titles(client, "q=dua+orang") == {"Rakornas"}
    assert titles(client, "q=pin+jagung") == set()
    assert titles(client, "q=%25") == set()


def test_photos_are_narrowed_by_use_uploader_shape_and_archive(client, writer):
    live, gone, plain = PhotoFactory(title="terbit"), PhotoFactory(title="ditarik"), PhotoFactory(title="polos")
    published(photos=(live,))
    withdrawn(photos=(gone,))
    sized("tegak", 400, 600)
    sized("persegi", 400, 400)
    Photo.objects.filter(pk=plain.pk).update(archived_at="2026-01-01T00:00:00Z")
    everything = {"terbit", "ditarik", "tegak", "persegi"}
    assert titles(client) == everything
    assert titles(client, "arsip=ya") == {"polos"}
    assert titles(client, "arsip=semua") == everything | {"polos"}
    assert titles(client, "pemakaian=terbit") == {"terbit"}
    assert titles(client, "pemakaian=dipakai") == {"terbit", "ditarik"}
    assert titles(client, "pemakaian=belum") == {"tegak", "persegi"}
    assert titles(client, "pengunggah=saya") == {"terbit", "ditarik"}
    assert titles(client, "bentuk=tegak") == {"tegak"}
    assert titles(client, "bentuk=persegi") == {"persegi"}
    assert titles(client, "bentuk=mendatar") == {"terbit", "ditarik"}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31T23:59:59-12:00"])
def test_a_day_that_no_clock_can_show_is_refused(client, writer, day):
    PhotoFactory()
    assert client.get(f"{LIST}?uploaded_at__gte={day}").status_code == 400


def test_the_grid_counts_articles_and_costs_the_same_however_many_there_are(client, writer, django_assert_num_queries):
    first = PhotoFactory(title="Satu")
    edition = published(photos=(first, first))
    drafted(photos=(first,))
    client.get(LIST)
    with django_assert_num_queries(8):
        page = client.get(LIST).content.decode()
    assert "Terbit di 1 berita" in page
    assert "Dipakai di 2 berita" in page
    for _number in range(2):
        published(edition.article.office, photos=(PhotoFactory(),))
    with django_assert_num_queries(8):
        client.get(LIST)


def test_an_empty_library_says_how_to_fill_it(client, writer):
    page = client.get(LIST).content.decode()
    assert "Unggah foto pertama" in page
    PhotoFactory()
    assert "Tidak ada foto yang cocok" in client.get(f"{LIST}?q=zzz").content.decode()


def test_a_photo_names_the_editions_that_use_it_live_ones_first(client, writer):
    photo = PhotoFactory()
    drafted(headline="Masih draf", photos=(photo,))
    live = published(headline="Sedang terbit", photos=(photo,))
    drafted(headline="Tanpa foto")
    page = client.get(reverse("admin:news_photo_change", args=[photo.pk]))
    assert [edition.headline for edition in page.context["editions"]] == ["Sedang terbit", "Masih draf"]
    text = page.content.decode()
    assert reverse("admin:news_article_change", args=[live.article_id]) in text
    assert "Tanpa foto" not in text


def test_an_archived_photo_is_no_longer_offered_and_stays_where_it_is_used(client, writer):
    photo = PhotoFactory(title="Lama")
    edition = drafted(photos=(photo,))
    offered = f"{reverse('admin:autocomplete')}?app_label=news&model_name=editionphoto&field_name=photo&term="
    assert [row["text"] for row in client.get(offered).json()["results"]] == ["Lama"]

    assert client.post(reverse("admin:news_photo_archive", args=[photo.pk])).status_code == 302

    assert client.get(offered).json()["results"] == []
    form = article_form(edition, caption="Keterangan lain")
    assert client.post(change_url(edition), form).status_code == 302
    assert edition.photos.get().caption == "Keterangan lain"
    client.post(reverse("admin:news_photo_archive", args=[photo.pk]))
    assert len(client.get(offered).json()["results"]) == 1


# The focal point.


def change_url(edition):
    return reverse("admin:news_article_change", args=[edition.article_id])


def article_form(edition, **row):
    stored = edition.photos.first()
    edition.refresh_from_db()
    fields = {
        **{name: getattr(edition, name) or "" for name in ("headline", "deck", "dateline_place", "body", "byline")},
        "dateline_on": edition.dateline_on.isoformat(),
        "rubric": edition.rubric_id,
        "tags": "",
        "event": "",
        "source": "",
        "slug": "",
        "version": edition.version,
    }
    for prefix in ("mentions", "quotes", "picks"):
        fields |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    photos = {"TOTAL_FORMS": 1 if stored or row else 0, "INITIAL_FORMS": 1 if stored else 0}
    if stored:
        names = ("photo_id", "position", "caption", "credit", "alt", "id")
        photos |= {f"0-{name.removesuffix('_id')}": getattr(stored, name) for name in names}
    photos |= {f"0-{name}": value for name, value in row.items()}
    return fields | {f"photos-{name}": value for name, value in photos.items()}


def test_the_focal_point_is_written_in_per_cent(client, writer):
    edition = drafted(photos=(PhotoFactory(),))
    assert client.post(change_url(edition), article_form(edition, focal_x="20", focal_y="85")).status_code == 302
    row = edition.photos.get()
    assert (row.focal_x, row.focal_y) == (0.2, 0.85)
    page = client.get(change_url(edition)).content.decode()
    assert 'name="photos-0-focal_x" value="20"' in page


def test_a_form_that_leaves_the_focal_point_out_keeps_it_to_the_last_digit(client, writer):
    edition = drafted(photos=(PhotoFactory(),))
    EditionPhoto.objects.filter(edition=edition).update(focal_x=0.3333, focal_y=0.1)
    client.post(change_url(edition), article_form(edition, caption="Lain"))
    row = edition.photos.get()
    assert (row.caption, row.focal_x, row.focal_y) == ("Lain", 0.3333, 0.1)


def test_saving_a_form_without_touching_the_focal_point_changes_nothing(client, writer):
    edition = drafted(photos=(PhotoFactory(),))
    EditionPhoto.objects.filter(edition=edition).update(focal_x=0.3333)
    version = type(edition).objects.get(pk=edition.pk).version
    client.post(change_url(edition), article_form(edition, focal_x="33", focal_y="50"))
    edition.refresh_from_db()
    assert (edition.version, edition.photos.get().focal_x) == (version, 0.3333)


@pytest.mark.parametrize("wrong", ["-1", "101", "x", "1e9"])
def test_a_focal_point_outside_the_picture_is_refused(client, writer, wrong):
    edition = drafted(photos=(PhotoFactory(),))
    response = client.post(change_url(edition), article_form(edition, focal_x=wrong))
    assert response.status_code == 200
    assert response.context["errors"]
    assert edition.photos.get().focal_x == 0.5


def test_a_new_row_begins_with_the_focal_point_of_the_library(client, writer):
    photo = PhotoFactory()
    url = reverse("admin:news_photo_change", args=[photo.pk])
    form = {"title": "Foto", "caption": "", "credit": "", "alt": "", "focal_x": "10", "focal_y": "90"}
    assert client.post(url, form).status_code == 302
    edition = drafted()
    client.post(change_url(edition), article_form(edition, photo=photo.pk, position=0))
    row = edition.photos.get()
    assert (row.focal_x, row.focal_y) == (0.1, 0.9)


def test_the_focal_point_of_the_library_never_moves_a_row_that_exists(client, writer):
    photo = PhotoFactory()
    edition = published(photos=(photo,))
    form = {"title": "Foto", "caption": "", "credit": "", "alt": "", "focal_x": "10", "focal_y": "90"}
    client.post(reverse("admin:news_photo_change", args=[photo.pk]), form)
    assert Photo.objects.get().focal_x == 0.1
    assert edition.photos.get().focal_x == 0.5
