"""Documents: taken into the library, attached to editions, public exactly while the edition is, part of the digest."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from news.attachments import add_attachment, documents_of
from news.digest import content_of, digest_of, is_digest_of
from news.models import Attachment, Edition, EditionAttachment
from news.pdf import RefusedDocument
from news.public_files import ATTACHMENTS, names_in, sync
from news.sharelinks import revoke, share
from news.states import State, Step
from news.workflow import locked, take_step
from news.writing import save_content, start_edition
from offices.models import Entry
from offices.roles import Role
from tests.factories import drafted, regency_office, submitted
from tests.factories.documents import pdf_bytes, pdf_file
from tests.factories.news import someone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_storages(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "public"
    options = {"location": tmp_path / "private", "base_url": None}
    private = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "private": private}


def attachment(title="Pengumuman Seleksi", office=None):
    office = office or regency_office()
    return add_attachment(pdf_file(), office=office, by=someone(Role.WRITER, office), title=title)


def attach(edition, document, title="Pengumuman"):
    """As its writer would: the row, then the verb that completes the save."""
    locked(edition)
    EditionAttachment.objects.create(edition=edition, attachment=document, title=title, position=9)
    stored = Edition.objects.select_related("article__office__region").get(pk=edition.pk)
    return save_content(stored, by=edition.started_by, version=stored.version)


def take(edition, step, role, capture):
    edition = Edition.objects.select_related("article__office__region").get(pk=edition.pk)
    by = edition.started_by if role is None else someone(role, regency_office())
    with capture(execute=True):
        take_step(edition, step, by=by, note="Alasan.")
    return Edition.objects.select_related("article__office__region").get(pk=edition.pk)


def published_with(document, capture):
    edition = attach(drafted(), document)
    for step, role in ((Step.SUBMIT, None), (Step.APPROVE, Role.EDITOR), (Step.PUBLISH, Role.EDITOR)):
        edition = take(edition, step, role, capture)
    return edition


def public(document):
    return list(names_in(document.folder()))


def test_a_document_is_stored_privately_as_it_came():
    document = attachment()
    assert (document.size, document.pages, document.title) == (len(pdf_bytes()), 1, "Pengumuman Seleksi")
    assert document.file.name == f"{document.folder()}/pengumuman-seleksi.pdf"
    assert storages["private"].open(document.file.name).read() == pdf_bytes()
    assert public(document) == []
    assert Entry.objects.filter(kind="uploaded", thing_model="news.attachment").count() == 1


def test_what_is_refused_leaves_no_row_and_no_file():
    writer = someone(Role.WRITER, regency_office())
    for file, title, refusal in (
        (io.BytesIO(b"<html>"), "Judul", RefusedDocument),
        (pdf_file(), "", ValidationError),
        (pdf_file(), "x" * 161, ValidationError),
        (pdf_file(), "a\x00b", ValidationError),
    ):
        with pytest.raises(refusal):
            add_attachment(file, office=regency_office(), by=writer, title=title)
    assert not Attachment.objects.exists()
    assert not storages["private"].exists("attachments")


def test_a_document_follows_what_the_public_may_read(client, django_capture_on_commit_callbacks):
    document = attachment()
    url = f"/media/{document.file.name}"
    assert client.get(url).status_code == 404
    edition = published_with(document, django_capture_on_commit_callbacks)
    seen = [(public(document) != [], client.get(url).status_code)]
    for step in (Step.WITHDRAW, Step.REINSTATE, Step.REMOVE):
        edition = take(edition, step, Role.MANAGER, django_capture_on_commit_callbacks)
        seen.append((public(document) != [], client.get(url).status_code))
    assert seen == [(True, 200), (False, 404), (True, 200), (False, 404)]
    assert storages["private"].exists(document.file.name)


def test_a_public_document_is_downloaded_and_never_shown_as_a_page(client, django_capture_on_commit_callbacks):
    document = attachment()
    published_with(document, django_capture_on_commit_callbacks)
    response = client.get(f"/media/{document.file.name}")
    assert b"".join(response.streaming_content) == pdf_bytes()
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="pengumuman-seleksi.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["Cache-Control"] == "public, max-age=600"


def test_a_lost_document_of_a_public_article_comes_back(client, django_capture_on_commit_callbacks):
    document = attachment()
    published_with(document, django_capture_on_commit_callbacks)
    default_storage.delete(document.file.name)
    assert client.get(f"/media/{document.file.name}").status_code == 200
    assert client.get(f"/media/{document.folder()}/lain.pdf").status_code == 404


def test_the_article_page_tells_kind_and_size(client, django_capture_on_commit_callbacks):
    document = attachment()
    edition = published_with(document, django_capture_on_commit_callbacks)
    page = client.get(edition.article.get_absolute_url()).content.decode().replace("\xa0", " ")
    assert f'href="/media/{document.file.name}"' in page
    assert "PDF, 1 halaman" in page
    assert "bita" in page  # bytes, for so small a file


def test_a_page_without_documents_costs_no_query_for_them(django_assert_num_queries):
    edition = Edition.objects.with_content().get(pk=drafted().pk)
    with django_assert_num_queries(0):
        assert documents_of(edition) == []


def test_a_draft_shows_its_document_under_the_address_for_staff(client):
    document = attachment()
    edition = attach(drafted(), document)
    client.force_login(edition.started_by)
    page = client.get(reverse("admin:news_article_preview", args=[edition.article_id])).content.decode()
    assert f'href="{document.private_url()}"' in page
    assert document.file.name not in page


def test_a_new_edition_begins_with_the_documents_of_the_live_one(django_capture_on_commit_callbacks):
    document = attachment()
    edition = published_with(document, django_capture_on_commit_callbacks)
    newer = start_edition(edition.article, by=someone(Role.EDITOR, regency_office()))
    assert [(row.attachment, row.title) for row in newer.attachments.all()] == [(document, "Pengumuman")]
    EditionAttachment.objects.filter(edition=newer).delete()
    assert edition.attachments.count() == 1


def test_a_document_of_another_office_is_not_attached():
    foreign = attachment(office=regency_office("73.71"))
    with pytest.raises(ValidationError, match="dokumen"):
        attach(drafted(), foreign)


def test_the_order_follows_the_positions():
    first, second = attachment("Satu"), attachment("Dua")
    edition = attach(attach(drafted(), first), second)
    assert [(row.attachment, row.position) for row in edition.attachments.all()] == [(first, 0), (second, 1)]


# The digest.


def approve(edition, digest):
    """Bring an edition to its approval, and write down the digest that it was given then."""
    take_step(edition, Step.APPROVE, by=someone(Role.EDITOR, regency_office()))
    Edition.objects.filter(pk=edition.pk).update(approved_digest=digest(edition))
    return Edition.objects.select_related("article__office__region").get(pk=edition.pk)


def test_documents_are_content():
    edition = attach(drafted(), attachment())
    before = digest_of(edition)
    for change in ({"title": "Lain"}, {"attachment": attachment("Lain")}, {"position": 4}):
        EditionAttachment.objects.filter(edition=edition).update(**change)
        assert digest_of(edition) != before
        before = digest_of(edition)
    EditionAttachment.objects.filter(edition=edition).delete()
    assert digest_of(edition) != before


def test_an_approval_given_under_the_first_version_still_publishes():
    edition = approve(submitted(), lambda e: digest_of(e, 1))
    assert edition.approved_digest.startswith("1:")
    take_step(edition, Step.PUBLISH, by=someone(Role.EDITOR, regency_office()))
    assert Edition.objects.get(pk=edition.pk).state == State.PUBLISHED


def test_the_first_version_says_of_an_edition_without_documents_what_it_always_said():
    edition = drafted()
    assert "attachments" not in content_of(edition, 1)
    assert content_of(edition, 2) == {**content_of(edition, 1), "attachments": []}


def test_a_document_added_after_an_approval_of_the_first_version_voids_it():
    edition = approve(submitted(), lambda e: digest_of(e, 1))
    editor = edition.approved_by
    EditionAttachment.objects.create(edition=edition, attachment=attachment(), title="Pengumuman")
    stored = save_content(edition, by=editor, version=edition.version)
    assert Edition.objects.get(pk=stored.pk).state == State.SUBMITTED


@pytest.mark.parametrize("digest", ["", "x", "3:abc", "0:abc", "-1:abc", "²:abc", "1", "1:"])
def test_what_is_no_digest_of_ours_is_none_of_the_edition(digest):
    assert not is_digest_of(digest, drafted())


# The newsroom.


def form_of(edition, *rows):
    from tests.news.test_photo_library_pages import article_form

    fields = article_form(edition) | {"attachments-TOTAL_FORMS": len(rows), "attachments-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        fields |= {f"attachments-{number}-{name}": value for name, value in row.items()}
    return fields


def test_a_writer_attaches_a_document_whose_title_comes_from_the_library(client):
    edition, document = drafted(), attachment()
    client.force_login(edition.started_by)
    url = reverse("admin:news_article_change", args=[edition.article_id])
    row = {"attachment": document.pk, "position": 0, "title": ""}
    assert client.post(url, form_of(edition, row)).status_code == 302
    assert edition.attachments.get().title == "Pengumuman Seleksi"


def test_the_same_document_twice_is_refused_with_a_sentence(client):
    edition, document = drafted(), attachment()
    client.force_login(edition.started_by)
    row = {"attachment": document.pk, "position": 0, "title": "A"}
    url = reverse("admin:news_article_change", args=[edition.article_id])
    response = client.post(url, form_of(edition, row, row))
    assert response.status_code == 200
    assert response.context["errors"]
    assert not edition.attachments.exists()


def test_a_form_that_was_opened_before_documents_were_offered_is_saved_and_changes_none(client):
    from tests.news.test_photo_library_pages import article_form

    edition = attach(drafted(), attachment())
    client.force_login(edition.started_by)
    url = reverse("admin:news_article_change", args=[edition.article_id])
    assert client.post(url, article_form(edition) | {"deck": "Ringkasan lain."}).status_code == 302
    edition.refresh_from_db()
    assert (edition.deck, edition.attachments.count()) == ("Ringkasan lain.", 1)


def upload(client, content):
    form = {"office": regency_office().pk, "title": "Dokumen", "file": SimpleUploadedFile("a.pdf", content)}
    return client.post(reverse("admin:news_attachment_add"), form)


def test_a_document_is_uploaded_and_refused_with_a_sentence(client):
    client.force_login(someone(Role.WRITER, regency_office()))
    assert upload(client, pdf_bytes()).status_code == 302
    response = upload(client, pdf_bytes(b"<< /S /JavaScript >>"))
    assert response.status_code == 400
    assert "skrip" in response.context["form"].errors["file"][0]
    assert Attachment.objects.count() == 1


def test_the_list_of_documents_costs_the_same_however_many_there_are(client, django_assert_num_queries):
    client.force_login(someone(Role.WRITER, regency_office()))
    attachment()
    client.get(reverse("admin:news_attachment_changelist"))
    for _more in range(2):
        with django_assert_num_queries(7):
            client.get(reverse("admin:news_attachment_changelist"))
        attachment()


def test_a_document_names_the_editions_that_use_it(client):
    edition = attach(drafted(headline="Seleksi dibuka"), attachment())
    client.force_login(edition.started_by)
    document = edition.attachments.get().attachment
    page = client.get(reverse("admin:news_attachment_change", args=[document.pk])).content.decode()
    assert "Seleksi dibuka" in page


# The library and the files.


def test_a_shared_document_stays_while_another_article_shows_it(django_capture_on_commit_callbacks):
    document = attachment()
    first = published_with(document, django_capture_on_commit_callbacks)
    published_with(document, django_capture_on_commit_callbacks)
    take(first, Step.WITHDRAW, Role.MANAGER, django_capture_on_commit_callbacks)
    assert public(document) == [document.file.name]
    sync(ATTACHMENTS, document)
    assert public(document) == [document.file.name]


def test_an_outside_checker_reads_the_document_while_the_link_is_open(client):
    document, other = attachment(), attachment("Lain")
    edition = attach(drafted(), document)
    link, token = share(edition, by=edition.started_by, checker="dr. Ratna", days=3)
    url = reverse("shared_document", args=[token, document.pk])
    page = client.get(reverse("shared_edition", args=[token])).content.decode()
    assert f'href="{url}"' in page
    assert document.file.name not in page
    response = client.get(url)
    assert b"".join(response.streaming_content) == pdf_bytes()
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert client.get(reverse("shared_document", args=[token, other.pk])).status_code == 404
    revoke(link, by=edition.started_by)
    assert client.get(url).status_code == 404
