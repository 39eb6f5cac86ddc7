"""Photos and documents in a browser: chosen, uploaded in place, focused by keys, put in order, shown as a gallery."""

import pytest
from playwright.sync_api import expect

from news.attachments import add_attachment
from news.models import Edition, EditionAttachment, EditionPhoto, Photo
from news.states import State, Step
from news.workflow import take_step
from news.writing import save_content
from offices.roles import Role
from tests.browser.newsroom import sign_in, with_password
from tests.factories import PhotoFactory, drafted, published, regency_office
from tests.factories.documents import pdf_file
from tests.factories.news import picture_file, someone

WORDS = {"caption": "Keterangan pustaka", "credit": "Humas", "alt": "Orang di aula"}


@pytest.fixture
def office(transactional_db):
    return regency_office("73.03")


def rows(page):
    return page.locator("#photos-group .inline-related:not(.empty-form)")


def picture(name="Rapat koordinasi.jpg", colour="teal"):
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture_file(900, 600, colour).read()}


def test_photos_are_chosen_uploaded_focused_and_ordered_without_a_mouse(page, office):
    PhotoFactory(office, title="Penyematan pin", **WORDS)
    PhotoFactory(office, title="Panen jagung", **WORDS)
    PhotoFactory(regency_office("73.71"), title="Milik kantor lain", **WORDS)
    edition = drafted(office)
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, with_password(Role.WRITER, office))
    page.goto(f"/admin/news/article/{edition.article_id}/change/")

    page.get_by_role("button", name="Pilih atau unggah foto").press("Enter")
    dialog = page.get_by_role("dialog", name="Pilih foto")
    expect(dialog.locator(".picker__photo")).to_have_count(2)
    expect(dialog).not_to_contain_text("Milik kantor lain")
    page.keyboard.type("pin")
    page.keyboard.press("Enter")
    expect(dialog.locator(".picker__photo")).to_have_count(1)
    dialog.get_by_role("button", name="Penyematan pin").press("Enter")
    dialog.get_by_label("Unggah foto baru").set_input_files(
        [picture(), {"name": "bukan.jpg", "mimeType": "image/jpeg", "buffer": b"<svg/>"}]
    )
    expect(dialog.get_by_text("bukan.jpg: Isi berkas ini bukan JPEG")).to_be_visible()
    dialog.get_by_role("button", name="Masukkan 2 foto terpilih").press("Enter")

    expect(rows(page)).to_have_count(2)
    first, second = rows(page).nth(0), rows(page).nth(1)
    expect(first.get_by_label("Keterangan foto")).to_have_value("Keterangan pustaka")
    for label, text in (("Keterangan foto", "Rapat di aula"), ("Kredit", "Humas"), ("Teks alternatif", "Aula penuh")):
        second.get_by_label(label).fill(text)
    second.locator("button.focal__stage").focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    expect(second.get_by_role("status")).to_contain_text("40% dari kiri, 45% dari atas")
    second.get_by_role("button", name="Naikkan").press("Enter")
    expect(rows(page).nth(0).get_by_label("Keterangan foto")).to_have_value("Rapat di aula")
    page.locator("input[name=_continue]").press("Enter")
    page.locator(".messagelist .success").wait_for()

    stored = list(edition.photos.values_list("photo__title", "position", "focal_x", "focal_y", "caption"))
    assert stored == [
        ("Rapat koordinasi", 0, 0.4, 0.45, "Rapat di aula"),
        ("Penyematan pin", 1, 0.5, 0.5, "Keterangan pustaka"),
    ]
    assert complaints == []


def test_rows_that_were_put_in_another_order_survive_when_one_is_taken_away(page, office):
    """Django numbers its rows anew then, and stored ones must stay in front."""
    edition = drafted(office, photos=(PhotoFactory(office, title="Satu"), PhotoFactory(office, title="Dua")))
    PhotoFactory(office, title="Tiga", **WORDS)
    PhotoFactory(office, title="Empat", **WORDS)
    sign_in(page, with_password(Role.WRITER, office))
    page.goto(f"/admin/news/article/{edition.article_id}/change/")
    page.get_by_role("button", name="Pilih atau unggah foto").click()
    dialog = page.get_by_role("dialog", name="Pilih foto")
    for title in ("Tiga", "Empat"):
        dialog.get_by_role("button", name=title).click()
    dialog.get_by_role("button", name="Masukkan 2 foto terpilih").click()
    for _press in range(3):
        rows(page).filter(has_text="Empat").get_by_role("button", name="Naikkan").click()
    rows(page).filter(has_text="Tiga").locator(".inline-deletelink").click()
    expect(rows(page)).to_have_count(3)
    expect(rows(page).nth(0)).to_contain_text("Empat")
    page.click("input[name=_continue]")
    page.locator(".messagelist .success").wait_for()
    assert list(edition.photos.values_list("photo__title", flat=True)) == ["Empat", "Satu", "Dua"]


def test_the_focal_point_of_a_story_stays_when_the_story_is_only_looked_at(page, office):
    edition = drafted(office, photos=(PhotoFactory(office),))
    edition.photos.update(focal_x=0.3, focal_y=0.7)
    edition = save_content(Edition.objects.get(pk=edition.pk), by=edition.started_by, version=edition.version)
    take_step(edition, Step.SUBMIT, by=edition.started_by)
    take_step(edition, Step.APPROVE, by=someone(Role.EDITOR, office))
    sign_in(page, with_password(Role.EDITOR, office))
    page.goto(f"/admin/news/article/{edition.article_id}/change/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#id_photos-0-focal_x")).to_have_value("30")
    page.click("input[name=_continue]")
    page.locator(".messagelist .success").wait_for()
    edition.refresh_from_db()
    assert edition.state == State.APPROVED
    assert edition.photos.values_list("focal_x", "focal_y").get() == (0.3, 0.7)


@pytest.fixture
def address(office):
    """A published article with four photos and a document."""
    edition = drafted(office, photos=[PhotoFactory(office, title=f"Foto {n}") for n in range(4)])
    for row in edition.photos.all():
        EditionPhoto.objects.filter(pk=row.pk).update(caption=f"Keterangan {row.position + 1}", focal_x=0.2)
    document = add_attachment(pdf_file(), office=office, by=edition.started_by, title="Pengumuman")
    EditionAttachment.objects.create(edition=edition, attachment=document, title="Pengumuman seleksi")
    edition = Edition.objects.get(pk=edition.pk)
    save_content(edition, by=edition.started_by, version=edition.version)
    take_step(edition, Step.SUBMIT, by=edition.started_by)
    for step in (Step.APPROVE, Step.PUBLISH):
        take_step(edition, step, by=someone(Role.EDITOR, office))
    edition.article.refresh_from_db()
    return edition.article.get_absolute_url()


def test_a_gallery_opens_by_keyboard_and_gives_the_focus_back(page, address):
    page.goto(address)
    page.locator("a.gallery__link").first.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Foto 2 dari 4")
    expect(page.get_by_role("dialog").get_by_role("img")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog")).to_contain_text("Keterangan 3")
    page.get_by_role("link", name="Sebelumnya").click()
    expect(page.get_by_role("dialog")).to_contain_text("Keterangan 2")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("a.gallery__link").first).to_be_focused()


def test_a_gallery_opens_without_scripts(new_page, address):
    page = new_page(java_script_enabled=False)
    page.goto(address)
    page.locator("a.gallery__link").nth(1).click()
    expect(page.locator("#foto-3")).to_be_visible()
    expect(page.locator("#foto-2")).to_be_hidden()
    page.locator("#foto-3").get_by_role("link", name="Berikutnya").click()
    expect(page.locator("#foto-4")).to_be_visible()
    page.locator("#foto-4").get_by_role("link", name="Tutup").click()
    expect(page.locator("#foto-4")).to_be_hidden()


def test_a_document_is_downloaded(page, address):
    page.goto(address)
    with page.expect_download() as download:
        page.get_by_role("link", name="Pengumuman seleksi").click()
    assert download.value.suggested_filename == "pengumuman.pdf"


def test_the_photo_page_works_under_the_strict_policy(page, office):
    photo = PhotoFactory(office, title="Penyematan pin", **WORDS)
    published(office, photos=(photo,))
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    sign_in(page, with_password(Role.WRITER, office))
    page.goto(f"/admin/news/photo/{photo.pk}/change/")
    stage = page.locator("button.focal__stage")
    box = stage.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.25)
    expect(page.locator("#id_focal_x")).to_have_value("80")
    expect(page.locator("#id_focal_y")).to_have_value("25")
    page.click("input[name=_continue]")
    page.locator(".messagelist .success").wait_for()
    assert Photo.objects.values_list("focal_x", "focal_y").get() == (0.8, 0.25)
    assert complaints == []
