"""Nothing that was typed is lost: to a tab that dies, or to somebody who saves first."""

import pytest
from playwright.sync_api import expect

from news.models import Contribution, Edition, UnsavedText
from offices.roles import Role
from tests.browser.conftest import faults_in_both_schemes
from tests.browser.newsroom import sign_in, with_password, write_body
from tests.factories import AppointmentFactory, OfficialFactory, PositionFactory, RubricFactory, drafted, regency_office

ADD = "/admin/news/article/add/"


@pytest.fixture
def office(transactional_db):
    office = regency_office("73.03")
    RubricFactory(name="Pemerintahan")
    return office


@pytest.fixture
def writer(office):
    return with_password(Role.WRITER, office, name="Sari Penulis")


@pytest.fixture
def editor(office):
    return with_password(Role.EDITOR, office, name="Budi Redaktur")


def opened(page, edition):
    page.goto(f"/admin/news/article/{edition.article_id}/change/")
    page.wait_for_function("() => globalThis.CKEDITOR?.instances.id_body?.status === 'ready'")
    return page


def until_kept(page):
    page.locator("#kept").filter(has_text="Tersimpan sementara").wait_for()


def test_a_text_of_a_killed_tab_is_offered_back_restored_and_saved(new_page, office, writer):
    position = PositionFactory(office=office, title="Kepala Dinas")
    AppointmentFactory(official=OfficialFactory(name="Andi Contoh"), position=position)
    page = new_page()
    sign_in(page, writer)
    page.goto(ADD)
    page.fill("#id_headline", "Ditulis sebelum listrik padam")
    page.select_option("#id_rubric", label="Pemerintahan")
    write_body(page, "<p>Paragraf yang panjang.</p>")
    page.fill("#id_tags", "listrik, darurat")
    page.locator("#id_tags").press("Enter")
    page.locator("#mentions-group .add-row a").click()
    page.locator("#id_mentions-0-official + .select2 .select2-selection").click()
    page.locator(".select2-container--open .select2-search__field").fill("Andi")
    page.locator(".select2-results__option--highlighted").filter(has_text="Andi Contoh").click()
    until_kept(page)
    page.context.close()
    assert not Edition.objects.exists()
    assert not Contribution.objects.exists()

    page = new_page()
    sign_in(page, writer)
    page.goto(ADD)
    page.get_by_text("Ada tulisan Anda yang belum tersimpan").wait_for()
    page.get_by_role("button", name="Pulihkan").click()
    page.get_by_text("Tulisan Anda ada di bawah ini dan belum tersimpan").wait_for()
    expect(page.locator("#id_headline")).to_have_value("Ditulis sebelum listrik padam")
    expect(page.locator(".tags__chosen li span")).to_have_text(["listrik", "darurat"])
    expect(page.locator("#mentions-group .select2-selection__rendered").first).to_contain_text("Andi Contoh")
    page.wait_for_function("() => globalThis.CKEDITOR?.instances.id_body?.status === 'ready'")
    page.keyboard.press("Control+s")
    page.locator(".messagelist .success").wait_for()

    edition = Edition.objects.get()
    assert (edition.headline, edition.body) == ("Ditulis sebelum listrik padam", "<p>Paragraf yang panjang.</p>")
    assert sorted(edition.tags.names()) == ["darurat", "listrik"]
    assert edition.mentions.get().official.name == "Andi Contoh"
    assert not UnsavedText.objects.exists()
    page.goto(ADD)
    expect(page.get_by_text("belum tersimpan")).to_have_count(0)


def test_a_session_that_ends_while_one_types_takes_nothing_along(page, writer):
    sign_in(page, writer)
    page.goto(ADD)
    page.wait_for_function("() => globalThis.CKEDITOR?.instances.id_body?.status === 'ready'")
    page.context.clear_cookies()
    page.fill("#id_headline", "Ditulis sesudah sesi berakhir")
    page.locator("#kept").filter(has_text="Anda sudah keluar").wait_for()

    other = page.context.new_page()
    sign_in(other, writer)
    other.close()
    page.fill("#id_deck", "Masuk lagi di tab lain.")
    until_kept(page)
    page.locator("#id_deck").press("Control+s")
    page.locator(".messagelist .success").wait_for()
    assert Edition.objects.get().headline == "Ditulis sesudah sesi berakhir"


def test_whoever_signs_in_beside_an_open_form_neither_keeps_nor_saves_it(page, office, writer, editor):
    edition = drafted(office, by=writer, headline="Tersimpan")
    sign_in(page, writer)
    opened(page, edition)
    other = page.context.new_page()
    other.context.clear_cookies()
    sign_in(other, editor)
    page.fill("#id_headline", "Milik penulis")
    page.locator("#kept").filter(has_text="yang kini masuk adalah Budi Redaktur").wait_for()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator("#presence").filter(has_text="yang kini masuk adalah Budi Redaktur").wait_for()
    page.locator("#id_headline").press("Control+s")
    expect(page.locator("#id_headline")).to_have_value("Milik penulis")
    assert not UnsavedText.objects.exists()

    other.context.clear_cookies()
    sign_in(other, writer)
    until_kept(page)
    page.locator("#id_headline").press("Control+s")
    page.locator(".messagelist .success").wait_for()
    edition.refresh_from_db()
    assert edition.headline == "Milik penulis"
    assert not Contribution.objects.exclude(user=writer).exists()


def test_a_hidden_page_keeps_at_once(page, writer):
    sign_in(page, writer)
    page.goto(ADD)
    page.wait_for_function("() => globalThis.CKEDITOR?.instances.id_body?.status === 'ready'")
    page.fill("#id_headline", "Ponsel dimasukkan ke saku")
    page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden' })")
    with page.expect_response("**/unsaved/") as answer:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert answer.value.status == 200
    assert "saku" in UnsavedText.objects.get().content


def test_the_second_writer_is_told_and_a_conflicting_save_loses_neither_text(new_page, office, writer, editor):
    draft = drafted(office, by=writer, headline="Pasar dibenahi", deck="Ringkasan.", body="<p>Pasar dibenahi.</p>")
    first, second = new_page(), new_page()
    sign_in(first, writer)
    sign_in(second, editor)
    with first.expect_response("**/presence/"):
        opened(first, draft)
    expect(first.locator("#presence")).not_to_be_visible()
    opened(second, draft)
    expect(second.locator("#presence-told")).to_contain_text("Sari Penulis juga membuka naskah ini sejak")
    expect(second.get_by_role("link", name="Lihat saja")).to_be_visible()

    second.fill("#id_headline", "Lima pasar dibenahi")
    write_body(second, "<p>Lima pasar dibenahi.</p>")
    second.fill("#id_byline", "Budi")
    second.keyboard.press("Control+s")
    second.locator(".messagelist .success").wait_for()

    with first.expect_response("**/presence/"):
        first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(first.locator("#presence-told")).to_contain_text("disimpan rekan Anda")
    expect(first.locator("#presence-told")).to_contain_text("Budi Redaktur juga membuka naskah ini")

    first.fill("#id_headline", "Pasar pesisir dibenahi")
    first.fill("#id_deck", "Ringkasan baru.")
    first.locator("#quotes-group .add-row a").click()
    first.fill("#id_quotes-0-number", "1")
    first.fill("#id_quotes-0-text", "Pasar harus bersih.")
    first.fill("#id_quotes-0-attribution", "Warga")
    first.keyboard.press("Control+s")
    first.get_by_role("heading", name="Dua tulisan untuk satu naskah").wait_for()

    part = first.get_by_role("group", name="Judul")
    expect(part.locator("del")).to_contain_text("Lima")
    expect(part.locator("ins")).to_contain_text("pesisir")
    expect(first.get_by_role("group", name="Isi").get_by_label("Pakai yang tersimpan")).to_be_checked()
    expect(first.get_by_role("group", name="Ringkasan").get_by_label("Pakai tulisan saya")).to_be_checked()
    part.get_by_label("Tulis gabungannya").check()
    part.get_by_label("Gabungan: Judul").fill("Lima pasar pesisir dibenahi")
    first.get_by_role("button", name="Simpan gabungan").click()
    first.locator(".messagelist .success").wait_for()

    draft.refresh_from_db()
    assert draft.headline == "Lima pasar pesisir dibenahi"
    assert (draft.deck, draft.byline, draft.body) == ("Ringkasan baru.", "Budi", "<p>Lima pasar dibenahi.</p>")
    assert draft.quotes.get().text == "Pasar harus bersih."
    assert not UnsavedText.objects.exists()


def test_a_body_that_both_changed_is_written_together_in_the_editor(new_page, office, writer):
    draft = drafted(office, by=writer, body="<p>Satu.</p>")
    page = new_page(bypass_csp=True)  # for axe; the other journeys keep the policy
    sign_in(page, writer)
    opened(page, draft)
    Edition.objects.filter(pk=draft.pk).update(body="<p>Satu, kata rekan.</p>", version=draft.version + 1)
    write_body(page, "<p>Satu, kata saya.</p>")
    page.keyboard.press("Control+s")
    part = page.get_by_role("group", name="Isi")
    part.get_by_label("Tulis gabungannya").check()
    page.wait_for_function("() => globalThis.CKEDITOR?.instances['id_merged-body']?.status === 'ready'")
    page.evaluate("CKEDITOR.instances['id_merged-body'].setData('<p>Satu, kata kami.</p>')")
    assert faults_in_both_schemes(page) == []
    page.get_by_role("button", name="Lanjutkan di formulir").click()
    page.get_by_text("Tulisan Anda ada di bawah ini dan belum tersimpan").wait_for()
    page.wait_for_function("() => globalThis.CKEDITOR?.instances.id_body?.status === 'ready'")
    page.keyboard.press("Control+s")
    page.locator(".messagelist .success").wait_for()
    draft.refresh_from_db()
    assert draft.body == "<p>Satu, kata kami.</p>"
