"""Steps on several rows of the list: the same door for each, and a word about every refusal."""

import pytest
from django.urls import reverse

from news.bulk import MOST_ROWS, editions_for
from news.models import Edition, Transition
from news.states import Step
from news.writing import start_edition
from offices.roles import Role
from tests.factories import (
    approved,
    drafted,
    member,
    ministry,
    province_office,
    published,
    regency_office,
    submitted,
    withdrawn,
)
from tests.factories.news import someone

pytestmark = pytest.mark.django_db

LIST = "/admin/news/article/"


@pytest.fixture
def home():
    return regency_office("73.03")


@pytest.fixture
def editor(client, home):
    person = someone(Role.EDITOR, home)
    client.force_login(person)
    return person


def chosen(client, step, *editions, query="", **data):
    keys = [getattr(edition, "article_id", edition) for edition in editions]
    return client.post(LIST + query, {"action": step, "_selected_action": keys, "index": 0, **data})


def confirmed(client, step, *editions, **data):
    seen = [f"{edition.pk}:{edition.version}" for edition in editions]
    return client.post(
        LIST,
        {
            "action": step,
            "_selected_action": [edition.article_id for edition in editions],
            "seen": seen,
            "confirmed": 1,
            **data,
        },
    )


def states(*editions):
    return [Edition.objects.get(pk=edition.pk).state for edition in editions]


def refusals(response):
    return {outcome.edition.pk: outcome.refusals for outcome in response.context["outcomes"]}


def test_choosing_asks_first_and_changes_nothing(client, home, editor):
    one, two = submitted(home, headline="Satu"), submitted(home, headline="Dua")
    response = chosen(client, "approve", one, two)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Satu" in page and "Dua" in page and f'value="{one.pk}:{one.version}"' in page
    assert states(one, two) == ["submitted", "submitted"]


def test_confirming_takes_the_step_on_every_row(client, home, editor):
    one, two = submitted(home), submitted(home)
    response = confirmed(client, "approve", one, two)
    assert response.status_code == 200
    assert "2 berhasil, 0 ditolak." in response.content.decode()
    assert states(one, two) == ["approved", "approved"]
    assert Transition.objects.filter(step=Step.APPROVE, actor=editor).count() == 2


def test_each_row_obeys_the_same_rules_and_says_why_not(client, home, editor):
    fine = submitted(home)
    own = submitted(home, by=editor)
    draft = drafted(home)
    incomplete = submitted(home)
    Edition.objects.filter(pk=incomplete.pk).update(deck="")
    stale = submitted(home)
    Edition.objects.filter(pk=stale.pk).update(version=99)
    response = confirmed(client, "approve", fine, own, draft, incomplete, stale)
    assert states(fine, own, draft, incomplete, stale) == ["approved", "submitted", "draft", "submitted", "submitted"]
    found = refusals(response)
    assert found[fine.pk] == ()
    assert "bukan wewenang Anda" in found[own.pk][0]
    assert "sekarang “Draf”" in found[draft.pk][0]
    assert found[incomplete.pk] == ("Tulis ringkasan satu atau dua kalimat.",)
    assert "sudah diubah" in found[stale.pk][0]
    page = response.content.decode()
    assert "1 berhasil, 4 ditolak." in page
    assert all(sentences[0] in page for sentences in found.values() if sentences)


def test_where_nothing_could_be_done_the_answer_says_so(client, home, editor):
    draft = drafted(home)
    response = confirmed(client, "approve", draft)
    assert (response.status_code, states(draft)) == (409, ["draft"])


def test_a_row_whose_version_was_not_on_the_screen_is_refused(client, home, editor):
    edition = submitted(home)
    response = confirmed(client, "approve", edition, seen=["x", "1:", f"{edition.pk}", "9" * 30 + ":1"])
    assert (response.status_code, states(edition)) == (409, ["submitted"])


def test_a_reason_is_asked_for_and_stands_on_every_row(client, home, editor):
    one, two = submitted(home), approved(home)
    assert 'name="note"' in chosen(client, "request_changes", one, two).content.decode()
    response = confirmed(client, "request_changes", one, two)
    assert {sentences[0] for sentences in refusals(response).values()} == {"Tulis alasannya dahulu."}
    assert states(one, two) == ["submitted", "approved"]
    confirmed(client, "request_changes", one, two, note="Lengkapi kutipan.")
    assert states(one, two) == ["changes_requested", "changes_requested"]
    steps = Transition.objects.filter(step=Step.REQUEST_CHANGES)
    assert set(steps.values_list("note", flat=True)) == {"Lengkapi kutipan."}


@pytest.mark.parametrize("note", ["x" * 1_001, "a\x00b"])
def test_a_reason_that_cannot_be_stored_changes_no_row(client, home, editor, note):
    edition = submitted(home)
    response = confirmed(client, "request_changes", edition, note=note)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert states(edition) == ["submitted"]


def test_withdrawing_reaches_the_live_edition_beside_a_new_one(client, home):
    live = published(home)
    newer = start_edition(live.article, by=someone(Role.EDITOR, home))
    client.force_login(someone(Role.MANAGER, home))
    confirmed(client, "withdraw", live, note="Data keliru.")
    assert states(live, newer) == ["withdrawn", "draft"]


def test_the_edition_that_fits_the_step_is_chosen(home):
    live = published(home)
    newer = start_edition(live.article, by=someone(Role.EDITOR, home))
    gone = withdrawn(home)
    articles = [gone.article, live.article]
    assert editions_for(Step.WITHDRAW, articles) == [gone, live]
    assert editions_for(Step.SUBMIT, articles) == [gone, newer]


@pytest.mark.parametrize("rows", [1, 3])
def test_asking_takes_the_same_queries_whatever_was_chosen(client, home, editor, django_assert_num_queries, rows):
    editions = [submitted(home) for _ in range(rows)]
    with django_assert_num_queries(12):
        chosen(client, "approve", *editions)


def test_rows_of_others_are_not_found_and_not_touched(client, home, editor):
    own, foreign = submitted(home), submitted(regency_office("11.01"), headline="Rahasia")
    response = chosen(client, "approve", own, foreign, 987_654)
    assert "2 pilihan tidak ditemukan" in response.content.decode()
    assert "Rahasia" not in response.content.decode()
    response = confirmed(client, "approve", own, foreign)
    assert "1 pilihan tidak ditemukan" in response.content.decode()
    assert "Rahasia" not in response.content.decode()
    assert states(own, foreign) == ["approved", "submitted"]


@pytest.mark.parametrize("key", ["x", "-1", "1.5", "9" * 40, "²", "1\x00"])
def test_a_number_that_no_row_can_have_is_refused(client, home, editor, key):
    assert chosen(client, "approve", key).status_code == 400


def test_more_rows_than_the_limit_are_refused_before_anything_happens(client, home, editor, monkeypatch):
    monkeypatch.setattr("news.admin.bulk.MOST_ROWS", 2)
    editions = [submitted(home) for _ in range(3)]
    for more in ({}, {"select_across": 1}):
        response = client.post(
            LIST, {"action": "approve", "_selected_action": [e.article_id for e in editions], "index": 0, **more}
        )
        assert response.status_code == 302
    assert "paling banyak 2 naskah" in client.get(LIST).content.decode()
    assert set(states(*editions)) == {"submitted"}
    assert MOST_ROWS == 100


def test_a_step_that_is_not_offered_is_not_taken(client, home, editor):
    edition = published(home)
    for step in ("withdraw", "remove", "correct", "supersede", "delete_selected", "fly"):
        assert confirmed(client, step, edition, note="Alasan.").status_code == 302
    assert states(edition) == ["published"]


def test_a_popup_and_those_who_only_read_are_offered_nothing(client, home, editor):
    published(home)
    assert 'name="action"' not in client.get(LIST + "?_popup=1").content.decode()
    for role, office in ((Role.AUDITOR, ministry()), (Role.ADMINISTRATOR, ministry())):
        client.force_login(member(role, office))
        assert 'name="action"' not in client.get(LIST).content.decode()


def test_a_supervisor_approves_in_place_of_an_editor_only(client, home):
    someone(Role.EDITOR, home)
    guarded, open_one = submitted(home), submitted(regency_office("73.71"))
    client.force_login(member(Role.SUPERVISOR, province_office("73")))
    response = confirmed(client, "approve", guarded, open_one)
    assert states(guarded, open_one) == ["submitted", "approved"]
    assert "bukan wewenang Anda" in refusals(response)[guarded.pk][0]


def test_a_narrowed_list_narrows_what_its_actions_reach(client, home, editor):
    one, other = submitted(home), drafted(home)
    response = chosen(client, "submit", one, other, query="?status=draft")
    assert [edition.pk for edition in response.context["editions"]] == [other.pk]


def test_the_list_says_where_its_rows_lead(client, home, editor):
    page = client.get(LIST).content.decode()
    assert reverse("admin:news_article_changelist") == LIST
    assert "delete_selected" not in page
