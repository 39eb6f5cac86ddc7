"""Giving a text to a colleague: by whom, to whom, in which state, and what the history tells."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from news.assigning import assignees, reassign
from news.audits import AUDITS
from news.models import Edition, Transition
from news.refusals import NotNow
from news.states import Step
from news.workflow import take_step
from offices.models import User
from offices.roles import Role
from tests.factories import approved, drafted, member, ministry, province_office, published, regency_office, submitted
from tests.factories.news import someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return member(Role.EDITOR, regency_office(), name="Redaktur Contoh")


def keeper(edition):
    return Edition.objects.get(pk=edition.pk).assigned_to


def returned():
    edition = submitted()
    take_step(edition, Step.REQUEST_CHANGES, by=someone(Role.EDITOR, regency_office()), note="Lengkapi.")
    return Edition.objects.select_related("article__office__region__parent").get(pk=edition.pk)


@pytest.mark.parametrize("make", [drafted, returned])
def test_a_draft_or_returned_text_goes_to_a_colleague_and_its_history_tells(editor, make):
    edition, colleague = make(), member(Role.WRITER, regency_office(), name="Budi")
    step = reassign(edition, colleague, by=editor, note="Siti cuti.")
    assert keeper(edition) == colleague
    assert (step.step, step.source, step.target, step.actor) == (Step.ASSIGN, edition.state, edition.state, editor)
    assert step.note.endswith("→ Budi. Siti cuti.")
    assert [sentence for audit in AUDITS for sentence in audit()] == []


def test_nothing_of_the_text_changes_so_that_an_open_form_can_still_be_saved(editor):
    edition = drafted()
    reassign(edition, member(Role.WRITER, regency_office()), by=editor)
    stored = Edition.objects.get(pk=edition.pk)
    assert (stored.version, stored.state, stored.saved_at) == (edition.version, edition.state, edition.saved_at)
    assert stored.contributions.count() == 1


def test_a_check_goes_to_an_editor_who_wrote_nothing_of_it(editor):
    edition = submitted(by=member(Role.EDITOR, regency_office(), name="Penulis"))
    other, writer = member(Role.EDITOR, regency_office()), member(Role.WRITER, regency_office())
    reassign(edition, other, by=editor)
    assert keeper(edition) == other
    for wrong in (writer, edition.started_by):
        with pytest.raises(NotNow):
            reassign(edition, wrong, by=editor)
    assert keeper(edition) == other


@pytest.mark.parametrize("make", [approved, published])
def test_a_text_that_is_neither_written_nor_checked_is_not_given(editor, make):
    edition = make()
    with pytest.raises(NotNow, match="tidak dapat dialihkan"):
        reassign(edition, member(Role.WRITER, regency_office()), by=editor)
    assert not Transition.objects.filter(step=Step.ASSIGN).exists()


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("writer", regency_office),
        ("editor", lambda: regency_office("73.05")),
        ("supervisor", province_office),
        ("curator", ministry),
        ("administrator", ministry),
        ("auditor", ministry),
    ],
)
def test_only_the_offices_editors_say_who_keeps_a_text(role, place):
    edition, colleague = drafted(), member(Role.WRITER, regency_office())
    with pytest.raises(PermissionDenied):
        reassign(edition, colleague, by=member(Role(role), place()))
    assert not Transition.objects.filter(step=Step.ASSIGN).exists()


def test_it_goes_to_nobody_who_does_not_work_there_or_keeps_it_already(editor):
    edition, colleague = drafted(), member(Role.WRITER, regency_office())
    reassign(edition, colleague, by=editor)
    closed = member(Role.WRITER, regency_office(), is_active=False)
    for wrong in (member(Role.WRITER, regency_office("73.05")), member(Role.SUPERVISOR, province_office()), closed):
        with pytest.raises(NotNow, match="tidak dapat mengerjakan"):
            reassign(edition, wrong, by=editor)
    with pytest.raises(NotNow, match="sudah memegang"):
        reassign(edition, colleague, by=editor)
    assert keeper(edition) == colleague


def test_the_offered_are_those_who_can(editor):
    draft, writer = drafted(), someone(Role.WRITER, regency_office())
    manager = member(Role.MANAGER, regency_office())
    member(Role.WRITER, regency_office("73.05")), member(Role.WRITER, regency_office(), is_active=False)
    assert draft.started_by == writer
    assert set(assignees(draft)) == {editor, manager}
    assert set(assignees(submitted(by=manager))) == {editor}


@pytest.mark.parametrize("note", ["a\x00b", "x" * 1_001])
def test_a_note_that_cannot_be_stored_is_refused(editor, note):
    with pytest.raises(NotNow):
        reassign(drafted(), member(Role.WRITER, regency_office()), by=editor, note=note)
    assert not Transition.objects.filter(step=Step.ASSIGN).exists()


def test_the_button_gives_the_text_and_refusals_are_said(client, editor):
    edition, colleague = drafted(), member(Role.WRITER, regency_office(), name="Budi")
    url = reverse("admin:news_article_assign", args=[edition.article_id])
    client.force_login(editor)
    page = client.get(reverse("admin:news_article_change", args=[edition.article_id])).content.decode()
    assert url in page
    assert "Budi" in page
    assert client.get(url).status_code == 400
    assert client.post(url, {"to": member(Role.WRITER, ministry()).pk}).status_code == 400
    assert client.post(url, {"to": colleague.pk, "note": "Siti cuti."}).status_code == 302
    assert keeper(edition) == colleague
    assert "Sekarang dipegang Budi." in client.get(page_of(edition)).content.decode()


def page_of(edition):
    return reverse("admin:news_article_change", args=[edition.article_id])


def test_a_writer_sees_no_button_and_is_refused(client):
    edition = drafted()
    client.force_login(User.objects.get(pk=edition.started_by_id))
    url = reverse("admin:news_article_assign", args=[edition.article_id])
    assert url not in client.get(page_of(edition)).content.decode()
    assert client.post(url, {"to": edition.started_by_id}).status_code == 403
    assert keeper(edition) == edition.started_by
