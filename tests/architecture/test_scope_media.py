"""Every seat before the pages of the photo library that are not Django's own."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from news.models import EditionPhoto, Photo
from tests.architecture.scope_rows import OUTSIDERS, SEATS, SUBJECTS, WRITTEN
from tests.architecture.scope_world import picture, refused_at_the_door, sent, text_of, unchanged
from tests.factories.documents import pdf_bytes
from tests.stored import taken_back

pytestmark = pytest.mark.sqlite_only
each_seat = pytest.mark.parametrize("seat", SEATS)
PICK, UPLOAD = "/admin/news/photo/pick/", "/admin/news/photo/upload/"
REFUSAL = {"-": 404, "r": 403}


def url_of(world, page, place, subject="photo"):
    model = {"photo": "photo", "document": "attachment"}[subject]
    return reverse(f"admin:news_{model}_{page}", args=[world.key(subject, place)])


@pytest.mark.parametrize("subject", ["photo", "document"])
@each_seat
def test_a_file_is_archived_by_those_who_keep_the_library(world, seat, subject):
    for place, letter in WRITTEN[seat].items():
        url = url_of(world, "archive", place, subject)
        sent(world, seat, url, {}, allowed=letter == "E", refusals=(REFUSAL.get(letter),))
        assert world.browsers[seat].get(url).status_code == (404 if letter == "-" else 400)


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_reach_no_page_of_the_library(world, outsider):
    papers = [url_of(world, page, "kab", "document") for page in ("file", "archive")]
    photos = [url_of(world, page, "kab") for page in ("archive", "replace", "swap")]
    for url in (*photos, PICK, UPLOAD, *papers):
        assert refused_at_the_door(world.browsers[outsider].get(url))
        assert refused_at_the_door(world.browsers[outsider].post(url, {}))
    unchanged(world)


@each_seat
def test_the_dialog_offers_the_photos_of_the_libraries_one_writes_for(world, seat):
    kept = {place for place, letter in WRITTEN[seat].items() if letter == "E"}
    browser = world.browsers[seat]
    if not kept:
        assert browser.get(PICK).status_code == 403
        return
    assert offered(world, browser.get(PICK)) == kept
    assert offered(world, browser.get(PICK, {"q": "subjek foto"})) == kept
    for place in WRITTEN[seat]:
        office = {"office": world.offices[place].pk}
        assert offered(world, browser.get(PICK, office)) == kept & {place}
        one = {"id": world.key("photo", place)}
        assert offered(world, browser.get(PICK, one)) == kept & {place}


def offered(world, response):
    assert response.status_code == 200
    found = {photo["id"] for photo in response.json()["photos"]}
    return {place for place in WRITTEN["auditor"] if str(world.key("photo", place)) in found}


@each_seat
def test_a_picture_is_uploaded_in_place_to_the_libraries_one_writes_for(world, seat):
    writes = "E" in WRITTEN[seat].values()
    for place, letter in WRITTEN[seat].items():
        data = {"office": world.offices[place].pk, "title": "Unggahan", "file": picture()}
        with taken_back():
            response = world.browsers[seat].post(UPLOAD, data)
            if letter == "E":
                assert (place, response.status_code) == (place, 201)
                assert Photo.objects.get(pk=response.json()["photo"]["id"]).office == world.offices[place]
            else:
                assert (place, response.status_code) == (place, 400 if writes else 403)
                unchanged(world, what=place)


def test_uploading_in_place_wants_the_token_of_its_form(world):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = world.browsers["manager"].cookies
    data = {"office": world.offices["kab"].pk, "title": "Unggahan", "file": picture()}
    assert browser.post(UPLOAD, data).status_code == 403
    assert browser.post(url_of(world, "archive", "kab"), {}).status_code == 403
    unchanged(world)


@each_seat
def test_a_photo_is_replaced_by_those_who_keep_the_library(world, seat):
    for place, letter in WRITTEN[seat].items():
        url, refusals = url_of(world, "replace", place), (REFUSAL.get(letter),)
        data = {"title": "Lebih baik", "file": picture()}
        sent(world, seat, url, data, allowed=letter == "E", refusals=refusals)
        assert world.browsers[seat].get(url).status_code == (200 if letter == "E" else REFUSAL[letter])


@each_seat
def test_a_photo_is_swapped_in_the_editions_one_writes(world, seat):
    """What may be written in each state stands in the rows of the drafts and of those under review."""
    for place, letter in WRITTEN[seat].items():
        with taken_back():
            old = world.rows["photo"][place]
            new = Photo.objects.create(
                office=old.office,
                title="Baru",
                width=1,
                height=1,
                widths=[320],
                replaces=old,
                uploaded_by=old.uploaded_by,
            )
            editions = {name: world.rows[name][place] for name in ("draft", "submitted", "published")}
            for edition in editions.values():
                EditionPhoto.objects.create(edition=edition, photo=old)
            url = reverse("admin:news_photo_swap", args=[new.pk])
            status = world.browsers[seat].get(url).status_code
            assert (place, status) == (place, 200 if letter == "E" else REFUSAL[letter])
            data = {f"edition-{edition.pk}": edition.version for edition in editions.values()}
            assert world.browsers[seat].post(url, data).status_code == (302 if letter == "E" else REFUSAL[letter])
            swapped = {name for name, edition in editions.items() if edition.photos.filter(photo=new).exists()}
            writes = {name for name in ("draft", "submitted") if SUBJECTS[name][1][seat][place] == "E"}
            assert (place, swapped) == (place, writes)


@each_seat
def test_a_document_opens_for_those_who_see_it_and_never_as_a_page(world, seat):
    for place, letter in WRITTEN[seat].items():
        response = world.browsers[seat].get(url_of(world, "file", place, "document"))
        assert (place, response.status_code) == (place, 404 if letter == "-" else 200)
        if letter != "-":
            assert b"".join(response.streaming_content) == pdf_bytes()
            assert response.headers["Content-Disposition"] == f'attachment; filename="subjek-dokumen-{place}.pdf"'
            assert response.headers["Content-Type"] == "application/pdf"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
            assert response.headers["Cache-Control"].startswith("private")


@each_seat
def test_where_a_photo_is_used_names_only_what_the_seat_reads(world, seat):
    """Rows across offices cannot be written through the forms; were there one, it would tell nothing."""
    for place, letter in WRITTEN[seat].items():
        if letter == "-":
            continue
        with taken_back():
            for other in WRITTEN[seat]:
                EditionPhoto.objects.create(edition=world.rows["draft"][other], photo=world.rows["photo"][place])
            readable = {other for other, theirs in WRITTEN[seat].items() if theirs != "-"}
            page = text_of(world.browsers[seat].get(url_of(world, "change", place)))
            named = {other for other in WRITTEN[seat] if world.words["draft", other] in page}
            assert (place, named) == (place, readable)
            listed = text_of(world.browsers[seat].get(reverse("admin:news_photo_changelist")))
            counts = [int(n) for n in re.findall(r"Dipakai di (\d+) berita", listed)]
            assert counts == [len(readable)]


@each_seat
def test_the_filters_of_the_library_show_nothing_beyond_the_scope(world, seat):
    Photo.objects.filter(title__contains="far").update(archived_at="2026-01-01T00:00:00Z")
    hidden = [world.words["photo", place] for place, letter in WRITTEN[seat].items() if letter == "-"]
    narrowed = ("arsip=semua", "arsip=ya", "pemakaian=belum", "pemakaian=terbit", "bentuk=persegi", "pengunggah=saya")
    for query in narrowed:
        page = text_of(world.browsers[seat].get(f"{reverse('admin:news_photo_changelist')}?{query}"))
        assert [word for word in hidden if word in page] == []
