"""A reader demands a correction, an editor answers it, and both see what became of it."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from news.delivery import deliver_owed_mail
from news.models import Demand
from offices.roles import Role
from tests.browser.newsroom import sign_in, take_step, with_password
from tests.factories import published, regency_office

RIGHT = "Yang hadir 40 orang."


@pytest.fixture
def article(transactional_db):
    return published(regency_office(), headline="Rembuk warga di balai desa").article


def letter_to(address) -> str:
    """The body of the newest letter to `address`."""
    mail.outbox.clear()
    deliver_owed_mail()
    return next(sent.body for sent in mail.outbox if sent.to == [address])


def link_in(body: str) -> str:
    return re.search(r"/hak-jawab/\S+/", body).group()


def fill_in(page, **words) -> None:
    page.get_by_label("Hak koreksi: ada keterangan").check()
    page.fill("#id_wrong", "Yang hadir 400 orang.")
    page.fill("#id_right", RIGHT)
    page.fill("#id_name", "Ibu Rekaan")
    page.fill("#id_capacity", "ketua panitia")
    for name, value in words.items():
        page.fill(f"#id_{name}", value)


def test_a_reader_without_scripts_files_confirms_and_sees_the_correction(new_page, article):
    reader, editor, checker = new_page(java_script_enabled=False), new_page(), new_page()
    reader.goto(article.get_absolute_url())
    reader.get_by_role("link", name="Minta koreksi atau hak jawab").click()
    fill_in(reader)
    reader.wait_for_timeout(3_100)  # as long as a person looks at least
    reader.get_by_role("button", name="Kirim permintaan").click()
    expect(reader.get_by_role("link", name="Isi surel atau nomor telepon")).to_be_visible()
    reader.fill("#id_email", "ibu@example.org")
    reader.get_by_role("button", name="Kirim permintaan").click()
    expect(reader.get_by_role("heading", name="Satu langkah lagi")).to_be_visible()
    assert reader.context.cookies() == []

    reader.goto(link_in(letter_to("ibu@example.org")))
    reader.get_by_role("button", name="Konfirmasi permintaan").click()
    expect(reader.get_by_text("Tenggat redaksi:")).to_be_visible()

    people = [with_password(Role.EDITOR, article.office) for _n in range(2)]
    for page, person in zip((editor, checker), people, strict=True):
        sign_in(page, person)
    editor.get_by_role("link", name="Jawab: Rembuk warga di balai desa").click()
    expect(editor.get_by_text(RIGHT)).to_be_visible()
    editor.get_by_role("button", name="Terima dan siapkan koreksi").click()
    editor.fill("#id_correction_note", f"{RIGHT} Sebelumnya tertulis 400.")
    editor.click("input[name=_submit_too]")
    editor.locator(".messagelist .success").wait_for()
    checker.goto(editor.url)
    take_step(checker, "Setujui")
    take_step(checker, "Terbitkan")

    assert Demand.objects.get().state == "corrected"
    reader.goto(link_in(letter_to("ibu@example.org")))
    expect(reader.get_by_text("Koreksi terbit").first).to_be_visible()
    reader.get_by_role("link", name="Baca catatan perbaikan").click()
    reader.reload()  # the reader's own copy of the page may be a minute old
    expect(reader.locator("#ralat")).to_contain_text("Sebelumnya tertulis 400.")


def test_a_demand_is_filed_with_the_keyboard_alone_and_a_telephone(new_page, article):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{article.get_absolute_url()}hak-jawab/")
    page.locator("#id_kind_0").focus()
    keys = page.keyboard
    keys.press("Space")
    for words in ("Salah", "Benar", "", "Pak Rekaan", "warga", "", "0812 3456 7890"):
        keys.press("Tab")
        while page.evaluate("document.activeElement.matches('a, input[type=radio]')"):
            keys.press("Tab")
        keys.type(words)
    keys.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Kirim permintaan"
    page.wait_for_timeout(3_100)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Permintaan Anda sampai ke redaksi")).to_be_visible()
    page.get_by_role("link", name="Keadaan permintaan saya").click()
    expect(page.get_by_text("Menunggu jawaban")).to_be_visible()
    demand = Demand.objects.get()
    assert (demand.kind, demand.wrong, demand.right, demand.phone) == ("hak_jawab", "Salah", "Benar", "0812 3456 7890")
