"""Writing in a real browser: hints, address, tags, keys, and what is pasted."""

import pytest
from playwright.sync_api import expect

from news.html import clean_body
from news.models import Article, Edition, Tag
from news.readiness.headlines import in_capitals, too_long
from offices.roles import Role
from tests.browser.newsroom import PASSWORD, sign_in, with_password
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    OfficialFactory,
    PhotoFactory,
    PositionFactory,
    RubricFactory,
    drafted,
    published,
    regency_office,
)
from tests.news.test_pasted import CLEAN_GOOGLE, CLEAN_WORD, GOOGLE, WORD

ADD = "/admin/news/article/add/"


@pytest.fixture
def office(transactional_db):
    office = regency_office("73.03")
    RubricFactory(name="Pemerintahan")
    return office


@pytest.fixture
def writer(office):
    return with_password(Role.WRITER, office)


def ready(page):
    page.wait_for_function("() => globalThis.CKEDITOR?.instances.id_body?.status === 'ready'")


def paste(page, html: str) -> str:
    """Put `html` on the clipboard of a paste into the empty body; what the editor then holds."""
    ready(page)
    page.evaluate("CKEDITOR.instances.id_body.setData('')")
    page.locator(".cke_wysiwyg_div").focus()
    page.evaluate(
        """(html) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/html', html);
            clipboardData.setData('text/plain', 'polos');
            const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
            document.querySelector('.cke_wysiwyg_div').dispatchEvent(paste);
        }""",
        html,
    )
    page.wait_for_function("() => CKEDITOR.instances.id_body.getData() !== ''")
    return page.evaluate("CKEDITOR.instances.id_body.getData()")


def words(html: str) -> str:
    return " ".join(html.split())


@pytest.mark.parametrize(("pasted", "clean"), [(WORD, CLEAN_WORD), (GOOGLE, CLEAN_GOOGLE)], ids=["Word", "Google Docs"])
def test_a_pasted_document_is_clean_before_and_after_it_is_saved(page, writer, pasted, clean):
    sign_in(page, writer)
    page.goto(ADD)

    shown = paste(page, pasted)

    assert words(clean_body(shown)).replace("> <", "><") == words(clean).replace("> <", "><")
    for rest in ("Mso", "style", "span", "&nbsp;", "·", "file:", "<h1", "<b"):
        assert rest not in shown
    page.fill("#id_headline", "Tempelan")
    page.keyboard.press("Control+s")
    page.locator(".messagelist .success").wait_for()
    assert words(Edition.objects.get().body).replace("> <", "><") == words(clean).replace("> <", "><")


def test_what_is_copied_within_the_editor_keeps_its_places(page, writer):
    other = published(regency_office("11.01"), headline="Aceh memperluas kanal")
    draft = drafted(
        regency_office("73.03"),
        by=writer,
        body=f'<p>Satu.</p><div class="baca-juga" data-article="{other.article_id}"></div>',
    )
    sign_in(page, writer)
    page.goto(f"/admin/news/article/{draft.article_id}/change/")
    ready(page)
    page.locator(".cke_wysiwyg_div").focus()
    for keys in ("Control+a", "Control+c", "Control+End", "Control+v"):
        page.keyboard.press(keys)
    page.keyboard.press("Control+s")
    page.locator(".messagelist .success").wait_for()
    assert f'data-article="{other.article_id}"' in Edition.objects.get(pk=draft.pk).body


def test_the_hints_speak_the_sentences_of_the_checklist_and_not_on_every_key(page, writer):
    sign_in(page, writer)
    page.goto(ADD)
    aloud = page.locator(".field-headline .hint [role=status]")
    page.locator("#id_headline").press_sequentially("BUPATI HADIR DI RAKORNAS")
    assert aloud.inner_text() == ""
    expect(aloud).to_have_text(f"Perhatikan: {in_capitals()}")
    page.fill("#id_headline", "Bupati hadir di Rakornas")
    expect(aloud).to_have_text("")
    expect(page.locator(".field-headline .hint__count")).to_have_text("24 huruf")
    page.fill("#id_headline", "Kata " * 23)
    expect(aloud).to_have_text(f"Perhatikan: {too_long()}")


def test_the_address_follows_the_headline_until_it_is_typed_by_hand(page, writer):
    sign_in(page, writer)
    page.goto(ADD)
    shown = page.locator(".field-slug .address")
    page.fill("#id_headline", "Café di Ma’rang: “Tak Hanya Mengirim”")
    expect(shown).to_contain_text("/cafe-di-marang-tak-hanya-mengirim/")
    page.get_by_role("button", name="Ubah alamat").click()
    page.fill("#id_slug", "Kafe Literasi!")
    page.fill("#id_headline", "Judul lain sama sekali")
    expect(shown).to_contain_text("/kafe-literasi/")
    page.keyboard.press("Control+s")
    page.locator(".messagelist .success").wait_for()
    assert Article.objects.get().slug == "kafe-literasi"
    page.get_by_role("button", name="Ikuti judul lagi").click()
    expect(shown).to_contain_text("/judul-lain-sama-sekali/")
    page.keyboard.press("Control+s")
    page.locator(".messagelist .success").wait_for()
    assert Article.objects.get().slug == ""


def test_tags_are_chosen_by_keys_and_keep_the_spelling_in_use(page, writer, office):
    for _number in range(2):
        published(regency_office("11.01"), tags=("Rakornas", "Rakor Humas"))
    sign_in(page, writer)
    page.goto(ADD)
    page.fill("#id_headline", "Bertag")
    entry = page.get_by_role("combobox", name="Tag:")
    entry.press_sequentially("rakor")
    options = page.get_by_role("listbox", name="Tag yang cocok").get_by_role("option")
    expect(options).to_have_text(["Rakor Humas 2 berita", "Rakornas 2 berita", "rakor tag baru"])
    entry.press("ArrowDown")
    entry.press("ArrowDown")
    expect(entry).to_have_attribute("aria-activedescendant", "id_tags_options_1")
    entry.press("Enter")
    entry.press_sequentially("kabar desa, RAKORNAS,keliru")
    entry.press("Enter")
    entry.press("Backspace")
    entry.press_sequentially("rakor humas")
    expect(page.locator(".tags__chosen li span")).to_have_text(["Rakornas", "kabar desa"])
    page.keyboard.press("Control+s")
    page.locator(".messagelist .success").wait_for()
    assert sorted(Edition.objects.latest("pk").tags.names()) == ["Rakor Humas", "Rakornas", "kabar desa"]
    assert Tag.objects.count() == 3


def test_without_scripts_the_tags_are_words_between_commas(new_page, writer):
    page = new_page(java_script_enabled=False)
    sign_in(page, writer)
    page.goto(ADD)
    page.fill("#id_headline", "Tanpa skrip")
    page.fill("#id_tags", "rakornas, humas")
    page.fill("#id_slug", "tanpa-skrip")
    page.click("[name=_continue]")
    assert sorted(Edition.objects.get().tags.names()) == ["humas", "rakornas"]
    assert Article.objects.get().slug == "tanpa-skrip"


def test_the_keys_are_listed_and_leave_the_editors_dialogs_alone(page, writer, office):
    published(office, headline="Pasar ikan dibuka")
    sign_in(page, writer)
    page.goto(ADD)
    ready(page)
    page.fill("#id_headline", "Apa? Ini judul")
    page.locator("#id_headline").press("?")
    help_ = page.get_by_role("dialog", name="Pintasan papan tik")
    expect(help_).not_to_be_visible()
    page.locator("h1").first.click()
    page.keyboard.press("?")
    expect(help_).to_be_visible()
    page.keyboard.press("Control+s")
    page.keyboard.press("Escape")
    expect(help_).not_to_be_visible()
    page.locator(".cke_button__bacajuga").click()
    dialog = page.locator(".cke_dialog:visible")
    expect(dialog.get_by_role("option", name="Pasar ikan dibuka")).to_be_attached()
    dialog.get_by_label("Cari judul berita").press("Control+s")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert Edition.objects.count() == 1
    page.keyboard.press("Control+Shift+p")
    page.wait_for_url("**/preview/")
    assert Edition.objects.count() == 2


class Keyboard:
    """A person without a mouse: the Tab key until the wanted thing has the focus, then its keys."""

    def __init__(self, page):
        self.page = page

    def reach(self, selector: str, most: int = 90) -> None:
        for _number in range(most):
            if self.page.evaluate("(wanted) => Boolean(document.activeElement?.matches(wanted))", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} was not reached by {most} tabs")

    def type(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.page.keyboard.type(text)

    def press(self, selector: str, key: str = "Enter") -> None:
        self.reach(selector)
        self.page.keyboard.press(key)

    def choose(self, field: str, term: str) -> None:
        """Open a field that searches as one types, and take the first answer."""
        self.press(f"#id_{field} + .select2 .select2-selection", "Enter")
        self.page.keyboard.type(term)
        first = self.page.locator(".select2-results__option--highlighted").filter(has_text=term)
        first.wait_for()
        self.page.keyboard.press("Enter")


def test_a_whole_submission_by_keyboard_alone(page, office, writer):
    EventFactory(title="Rakornas 2019", slug="rakornas-2019", state="published", organiser=office)
    position = PositionFactory(office=office, title="Kepala Dinas Kominfo")
    AppointmentFactory(official=OfficialFactory(name="Andi Contoh"), position=position)
    PhotoFactory(office, title="Penyematan pin", caption="Ilustrasi", credit="Humas", alt="Ilustrasi pin")
    published(regency_office("11.01"), headline="Aceh memperluas kanal informasi")
    keys = Keyboard(page)

    page.goto("/admin/login/")
    keys.type("#id_username", writer.username)
    keys.type("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    keys.press(f"a[href='{ADD}']")
    page.wait_for_url(f"**{ADD}")
    ready(page)

    keys.type("#id_headline", "Bantaeng hadir di Rakornas")
    keys.type("#id_deck", "Humas diajak menyampaikan.")
    keys.type("#id_rubric", "Pem")
    keys.type("#id_dateline_place", "Jakarta")
    write_with_read_also(keys)
    keys.press("#quotes-group .add-row a")
    keys.type("#id_quotes-0-number", "1")
    keys.type("#id_quotes-0-text", "Berita harus sampai.")
    keys.choose("quotes-0-speaker", "Andi Contoh")
    keys.press("#mentions-group .add-row a")
    keys.choose("mentions-0-official", "Andi Contoh")
    keys.type("#id_tags", "rakornas, humas,")
    keys.choose("event", "Rakornas 2019")
    keys.type("#id_byline", "Humas Bantaeng")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Naskah tersimpan dan dikirim untuk diperiksa.").wait_for()

    edition = Edition.objects.get(article__office=office)
    assert (edition.state, edition.rubric.name, edition.byline) == ("submitted", "Pemerintahan", "Humas Bantaeng")
    assert edition.quotes.get().speaker.official == edition.mentions.get().official
    assert sorted(edition.tags.names()) == ["humas", "rakornas"]
    assert edition.event.title == "Rakornas 2019"
    assert "data-article" in edition.body


def write_with_read_also(keys: Keyboard) -> None:
    """A paragraph, and "Baca juga" through the editor's own bar of buttons."""
    page = keys.page
    keys.type(".cke_wysiwyg_div", "Paragraf pembuka dari Jakarta.")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+F10")
    for _number in range(20):
        if page.evaluate("document.activeElement.classList.contains('cke_button__bacajuga')"):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    dialog = page.locator(".cke_dialog:visible")
    dialog.get_by_label("Cari judul berita").wait_for()
    page.keyboard.type("Aceh")
    expect(dialog.locator("select option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.locator(".cke_wysiwyg_div .baca-juga", has_text="Aceh").wait_for()


def test_comments_stand_below_the_text_and_as_wide(page, office, writer):
    draft = drafted(office, by=writer)
    sign_in(page, writer)
    page.goto(f"/admin/news/article/{draft.article_id}/change/")
    ready(page)

    form, comments = page.locator("#article_form").bounding_box(), page.locator("#komentar").bounding_box()

    assert comments["y"] >= form["y"] + form["height"]
    assert comments["x"] == form["x"]
