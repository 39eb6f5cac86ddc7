"""What happens around publication: a moment set ahead, an urgent story checked afterwards, a correction readers see."""

from datetime import timedelta

from django.utils import timezone

from news.models import Article, Edition, Schedule
from news.scheduling import carry_out
from offices.roles import Role
from tests.browser.newsroom import sign_in, take_step, with_password
from tests.factories import approved, drafted, published, regency_office


def open_step(page, name):
    """Unfold a step that asks for something, and return its form."""
    page.locator("details.step > summary", has_text=name).first.click()
    return page.locator("details.step[open] form")


def edit(page, article):
    page.goto(f"/admin/news/article/{article.pk}/change/")


def test_an_editor_sets_a_moment_on_the_clock_of_the_office_and_readers_find_the_story_then(page, transactional_db):
    edition = approved(regency_office("73.03"), headline="Pasar murah dibuka besok")
    sign_in(page, with_password(Role.EDITOR, edition.article.office))
    ahead = timezone.localtime(timezone.now() + timedelta(days=1), edition.article.office.region.zone)

    edit(page, edition.article)
    form = open_step(page, "Jadwalkan")
    assert "WITA" in form.inner_text()
    form.locator("[name=due_at]").fill(f"{ahead:%Y-%m-%dT%H:%M}")
    form.get_by_role("button", name="Jadwalkan").click()
    page.locator(".desk__schedule").wait_for()

    assert "Terbit otomatis" in page.locator(".desk__schedule").inner_text()
    schedule = Schedule.objects.get()
    assert abs(schedule.due_at - ahead) < timedelta(minutes=1)
    assert page.locator("#id_headline").count() == 0

    Schedule.objects.update(due_at=timezone.now())
    carry_out(schedule.pk)
    page.goto(Article.objects.get().get_absolute_url())
    assert page.locator("h1").inner_text() == "Pasar murah dibuka besok"


def test_an_urgent_story_goes_out_with_a_reason_and_another_person_checks_it(new_page, transactional_db):
    draft = drafted(regency_office("73.03"), headline="Sungai meluap, warga diminta mengungsi")
    editor, manager = new_page(), new_page()
    sign_in(editor, with_password(Role.EDITOR, draft.article.office))
    edit(editor, draft.article)
    form = open_step(editor, "Terbitkan mendesak")
    form.locator("textarea").fill("Air naik sejak pukul 02.00.")
    form.get_by_role("button", name="Terbitkan mendesak").click()
    editor.locator(".messagelist .success").wait_for()

    assert "menunggu orang yang tidak ikut menulisnya" in editor.locator(".desk").inner_text()
    assert editor.get_by_role("button", name="Nyatakan sudah diperiksa").count() == 0

    sign_in(manager, with_password(Role.MANAGER, draft.article.office))
    edit(manager, draft.article)
    take_step(manager, "Nyatakan sudah diperiksa")
    assert Edition.objects.get().second_checked_by.name in manager.locator(".desk__history").text_content()
    assert manager.locator("text=menunggu orang yang tidak ikut").count() == 0


def test_readers_see_a_correction_its_note_and_the_versions_of_the_story(new_page, transactional_db):
    live = published(regency_office("73.03"), headline="Panen raya di Desa Bonto Jai")
    office = live.article.office
    editor, checker, reader = new_page(), new_page(), new_page()
    sign_in(editor, with_password(Role.EDITOR, office))
    sign_in(checker, with_password(Role.EDITOR, office))

    edit(editor, live.article)
    editor.get_by_role("button", name="Buat edisi baru").click()
    editor.locator(".messagelist .success").wait_for()
    editor.fill("#id_deck", "Panen mencapai 5 ton, bukan 50 ton.")
    editor.select_option("#id_correction", "ralat")
    editor.fill("#id_correction_note", "Angka panen semula tertulis 50 ton.")
    editor.locator("input[name=_submit_too]").click()
    editor.locator(".messagelist .success").wait_for()

    edit(checker, live.article)
    take_step(checker, "Setujui")
    take_step(checker, "Terbitkan")

    reader.goto(Article.objects.get().get_absolute_url())
    assert "Angka panen semula tertulis 50 ton." in reader.locator("#ralat").inner_text()
    reader.locator(".changelog summary").click()
    assert "Versi 2" in reader.locator(".changelog summary").inner_text()
    assert reader.locator(".changelog li").count() == 2
