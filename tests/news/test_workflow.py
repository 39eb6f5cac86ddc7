"""The one door: every step by everybody, every refusal leaving everything as it was, every change recorded."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.models import Article, Edition, Transition
from news.refusals import NotComplete, NotNow, StaleVersion
from news.states import LIVE, TABLE, WORKING, State, Step
from news.workflow import OFFERED, steps_open_to, take_step
from news.writing import save_content, start_edition
from offices.models.records import AppendOnlyError
from offices.roles import Role
from tests.factories import (
    MembershipFactory,
    RubricFactory,
    approved,
    drafted,
    member,
    ministry,
    province_office,
    published,
    regency_office,
    scheduled,
    submitted,
    urgent,
    withdrawn,
)
from tests.factories.news import someone
from tests.news.test_access import MAY, SEATS, everybody
from tests.offices.test_appointments import at_once
from tests.stored import everything_stored

pytestmark = pytest.mark.django_db

NEEDS_REASON = {Step.REQUEST_CHANGES, Step.PUBLISH_URGENTLY, Step.WITHDRAW, Step.REINSTATE, Step.REMOVE}
NEVER_TAKEN_HERE = (
    Step.START,
    Step.CORRECT,
    Step.VOID_APPROVAL,
    Step.SUPERSEDE,
    Step.PUBLISH_DUE,
    Step.MISS_SCHEDULE,
)


def fresh(edition):
    return Edition.objects.select_related("article__office__region__parent").get(pk=edition.pk)


def moved(edition, step, role, note="Alasan."):
    take_step(edition, step, by=someone(role, edition.article.office), note=note)
    return fresh(edition)


def corrected():
    """The first edition of an article whose second is published."""
    first = published()
    second = start_edition(first.article, by=someone(Role.MANAGER, regency_office()))
    Edition.objects.filter(pk=second.pk).update(correction="typo")
    for step, role in ((Step.SUBMIT, Role.MANAGER), (Step.APPROVE, Role.EDITOR), (Step.PUBLISH, Role.EDITOR)):
        moved(second, step, role)
    return fresh(first)


IN_STATE = {
    State.DRAFT: drafted,
    State.SUBMITTED: submitted,
    State.CHANGES_REQUESTED: lambda: moved(submitted(), Step.REQUEST_CHANGES, Role.EDITOR),
    State.APPROVED: approved,
    State.SCHEDULED: scheduled,
    State.PUBLISHED: published,
    State.WITHDRAWN: withdrawn,
    State.SUPERSEDED: corrected,
    State.REMOVED: lambda: moved(published(), Step.REMOVE, Role.MANAGER),
    State.DISCARDED: lambda: moved(drafted(), Step.DISCARD, Role.EDITOR),
}


def asked(step):
    """What a step asks for besides its people: a moment where it needs one."""
    return {"due_at": timezone.now() + timedelta(hours=1)} if TABLE[step].needs_due else {}


def made_for(step, source):
    """An edition in the state `source` from which `step` is possible."""
    return urgent() if step == Step.SECOND_CHECK else IN_STATE[source]()


@pytest.mark.parametrize("step", OFFERED)
def test_a_step_moves_the_edition_for_exactly_those_it_belongs_to(step):
    for source in TABLE[step].sources:
        edition = made_for(step, source)
        taken = set()
        for name, person in everybody(edition.submitted_by or edition.started_by).items():
            before = everything_stored()
            try:
                with transaction.atomic():
                    row = take_step(edition, step, by=person, note=" Alasan. ", version=edition.version, **asked(step))
                    after = fresh(edition)
                    transaction.set_rollback(True)
            except PermissionDenied:
                assert everything_stored() == before
            else:
                taken.add(name)
                assert (row.source, row.target, row.actor) == (source, TABLE[step].target, person)
                assert (row.note, row.edition, row.article) == ("Alasan.", edition, edition.article)
                assert (after.state, after.version) == (TABLE[step].target, edition.version + 1)
        assert (step, source, taken) == (step, source, MAY[step])
    assert len(SEATS) == 11


@pytest.mark.parametrize("state", IN_STATE)
@pytest.mark.parametrize("step", OFFERED)
def test_a_step_from_another_state_is_refused_and_changes_nothing(step, state):
    if state in TABLE[step].sources:
        return
    edition = IN_STATE[state]()
    manager = member(Role.MANAGER, regency_office())
    Edition.objects.filter(pk=edition.pk).update(submitted_by=manager)
    before = everything_stored()

    with pytest.raises(NotNow, match="tidak dapat dilakukan"):
        take_step(edition, step, by=manager, note="Alasan.")

    assert everything_stored() == before


@pytest.mark.parametrize("step", NEVER_TAKEN_HERE)
def test_steps_that_follow_from_others_are_never_taken_by_themselves(step):
    edition, manager = published(), member(Role.MANAGER, regency_office())
    before = everything_stored()

    with pytest.raises(NotNow):
        take_step(edition, step, by=manager, note="Alasan.")

    assert everything_stored() == before


@pytest.mark.parametrize("note", ["", "   \n\t", "x" * 1_001, "a\x00b"])
@pytest.mark.parametrize("step", sorted(NEEDS_REASON))
def test_a_reason_must_be_given_and_fit(step, note):
    edition = made_for(step, TABLE[step].sources[0])
    manager = someone(Role.MANAGER, regency_office())
    before = everything_stored()

    with pytest.raises(NotNow):
        take_step(edition, step, by=manager, note=note)

    assert everything_stored() == before


def test_a_note_that_does_not_fit_is_refused_where_none_is_asked_for():
    edition = drafted()

    with pytest.raises(NotNow):
        take_step(edition, Step.SUBMIT, by=edition.started_by, note="x" * 1_001)

    take_step(edition, Step.SUBMIT, by=edition.started_by, note="x" * 1_000)


@pytest.mark.parametrize("step", sorted(step for step in OFFERED if TABLE[step].needs_complete))
def test_what_is_incomplete_goes_no_further(step):
    edition, manager = IN_STATE[TABLE[step].sources[0]](), member(Role.MANAGER, regency_office())
    Edition.objects.filter(pk=edition.pk).update(deck="", rubric=None)
    before = everything_stored()

    with pytest.raises(NotComplete) as refusal:
        take_step(edition, step, by=manager, note="Alasan.", **asked(step))

    assert refusal.value.problems == ["Tulis ringkasan satu atau dua kalimat.", "Pilih rubrik."]
    assert str(refusal.value) == "Belum lengkap: Tulis ringkasan satu atau dua kalimat. Pilih rubrik."
    assert everything_stored() == before


@pytest.mark.parametrize("step", OFFERED)
def test_a_step_on_a_version_that_was_not_seen_is_refused(step):
    edition = made_for(step, TABLE[step].sources[0])
    manager = member(Role.MANAGER, regency_office())
    Edition.objects.filter(pk=edition.pk).update(submitted_by=manager)
    before = everything_stored()

    for seen in (edition.version - 1, edition.version + 1):
        with pytest.raises(StaleVersion):
            take_step(edition, step, by=manager, note="Alasan.", version=seen)

    assert everything_stored() == before


def test_the_door_looks_at_what_is_stored_and_not_at_what_it_is_given():
    edition = drafted()
    edition.state, edition.approved_digest, edition.headline = State.APPROVED, "1:x", "Palsu"

    with pytest.raises(NotNow):
        take_step(edition, Step.PUBLISH, by=member(Role.EDITOR, regency_office()))

    assert (fresh(edition).state, fresh(edition).headline == "Palsu") == ("draft", False)


def test_an_approval_names_its_approver_and_the_digest():
    edition = approved()

    row = edition.transitions.get(step=Step.APPROVE)
    assert (edition.approved_by, edition.approved_at) == (row.actor, row.at)
    assert edition.transitions.first().at == edition.started_at
    assert edition.approved_digest == row.digest != ""


@pytest.mark.parametrize("change", [{"headline": "Lain"}, {"body": "<p>Lain</p>"}, {"byline": "Lain"}])
def test_other_content_than_was_approved_is_not_published(change):
    edition = approved()
    Edition.objects.filter(pk=edition.pk).update(**change)
    before = everything_stored()

    with pytest.raises(NotNow, match="tidak sama dengan yang disetujui"):
        take_step(edition, Step.PUBLISH, by=edition.approved_by)

    assert everything_stored() == before


def test_requesting_changes_forgets_the_approval():
    edition = moved(approved(), Step.REQUEST_CHANGES, Role.EDITOR)

    assert (edition.approved_by, edition.approved_at, edition.approved_digest) == (None, None, "")


def test_the_approver_may_publish_and_so_may_a_contributor_after_the_approval():
    member(Role.EDITOR, regency_office())
    for publisher in (lambda e: e.approved_by, lambda e: e.started_by):
        edition = approved(by=member(Role.EDITOR, regency_office()))
        take_step(edition, Step.PUBLISH, by=publisher(edition))
        assert fresh(edition).state == "published"


def test_a_supervisor_approves_where_nobody_else_can_and_the_author_publishes():
    author = member(Role.MANAGER, regency_office())
    edition = submitted(by=author)

    take_step(edition, Step.APPROVE, by=member(Role.SUPERVISOR, province_office()))
    take_step(edition, Step.PUBLISH, by=author)

    assert fresh(edition).state == "published"


@pytest.mark.parametrize("live", [published, withdrawn])
def test_a_new_edition_replaces_the_live_one_in_one_act(live):
    first = live(at=datetime(2019, 12, 11, 3, 0, tzinfo=UTC)) if live is published else live()
    before = Article.objects.get(pk=first.article_id)
    editor = member(Role.EDITOR, regency_office())
    second = start_edition(first.article, by=editor)
    other = RubricFactory(name="Lain")
    Edition.objects.filter(pk=second.pk).update(
        correction="ralat", correction_note="Nama.", rubric=other, headline="Judul Perbaikan"
    )
    take_step(second, Step.SUBMIT, by=editor)
    take_step(second, Step.APPROVE, by=someone(Role.MANAGER, regency_office()))
    assert (fresh(first).state, Article.objects.get(pk=first.article_id).live_edition) == (first.state, first)

    row = take_step(second, Step.PUBLISH, by=editor)

    article = Article.objects.get(pk=first.article_id)
    assert (fresh(first).state, fresh(second).state) == ("superseded", "published")
    assert (article.live_edition, article.public_state, article.rubric) == (second, "live", other)
    assert (article.slug, article.first_published_at, article.published_on) == (
        before.slug,
        before.first_published_at,
        before.published_on,
    )
    assert article.updated_at == row.at > before.updated_at
    end = first.transitions.last()
    assert (end.step, end.source, end.target, end.actor) == ("supersede", first.state, "superseded", editor)


def test_an_article_that_was_removed_is_not_brought_back_by_an_edition_in_work():
    first = published()
    second = start_edition(first.article, by=someone(Role.MANAGER, regency_office()))
    Edition.objects.filter(pk=second.pk).update(correction="typo")
    moved(second, Step.SUBMIT, Role.MANAGER)
    moved(second, Step.APPROVE, Role.EDITOR)
    moved(first, Step.REMOVE, Role.MANAGER)
    before = everything_stored()

    with pytest.raises(NotNow, match="dihapus"):
        moved(second, Step.PUBLISH, Role.EDITOR)

    assert everything_stored() == before
    assert list(Article.objects.published()) == []


def test_discarding_makes_room_for_the_next_edition_and_leaves_the_live_one():
    article, editor = published().article, someone(Role.EDITOR, regency_office())
    moved(start_edition(article, by=editor), Step.DISCARD, Role.EDITOR)

    assert list(Article.objects.published()) == [article]
    assert [e.state for e in article.editions.order_by("number")] == ["published", "discarded"]
    assert start_edition(article, by=editor).number == 3


def test_the_steps_on_offer_follow_the_state_and_the_person():
    writer, editor = (someone(role, regency_office()) for role in (Role.WRITER, Role.EDITOR))
    manager, curator = someone(Role.MANAGER, regency_office()), member(Role.CURATOR, ministry())
    offers = {
        state: [[step.value for step in steps_open_to(p, edition)] for p in (writer, editor, manager, curator)]
        for state, edition in ((state, fresh(make())) for state, make in IN_STATE.items())
    }

    review = ["approve", "request_changes", "publish_urgently"]
    urgently = ["submit", "publish_urgently", "discard"]
    assert offers[State.DRAFT] == [["submit", "discard"], urgently, urgently, []]
    assert offers[State.SUBMITTED] == [["recall"], review, review, []]
    assert offers[State.APPROVED] == [[], *[["publish", "schedule", "request_changes"]] * 2, []]
    assert offers[State.SCHEDULED] == [[], ["unschedule"], ["unschedule"], []]
    assert offers[State.PUBLISHED] == [[], [], ["withdraw", "remove"], ["withdraw"]]
    assert offers[State.WITHDRAWN] == [[], [], ["reinstate", "remove"], ["reinstate"]]
    assert offers[State.REMOVED] == offers[State.SUPERSEDED] == offers[State.DISCARDED] == [[]] * 4


def test_a_backdated_step_says_so_and_an_ordinary_one_does_not():
    moment = datetime(2019, 12, 11, 3, 0, tzinfo=UTC)
    rows = published(at=moment).transitions.all()

    assert [(row.at, row.backdated) for row in rows] == [(moment, True)] * 4
    assert all(row.recorded_at > timezone.now() - timedelta(minutes=5) for row in rows)
    assert {row.backdated for row in published().transitions.all()} == {False}


def test_roles_of_a_backdated_step_are_those_of_its_local_day():
    edition = submitted(at=datetime(2018, 12, 1, tzinfo=UTC))
    late = datetime(2018, 12, 31, 16, 30, tzinfo=UTC)  # past midnight in Bantaeng
    person = MembershipFactory(
        office=regency_office(), role=Role.EDITOR, starts_on=date(2019, 1, 1), ends_on=date(2019, 6, 1)
    ).user

    for moment in (None, late - timedelta(hours=1), datetime(2019, 5, 31, 16, 0, tzinfo=UTC)):
        with pytest.raises(PermissionDenied):
            take_step(edition, Step.APPROVE, by=person, at=moment)

    assert take_step(edition, Step.APPROVE, by=person, at=late).at == late


def test_history_is_only_ever_added_to():
    edition = published()
    row, rows = edition.transitions.first(), list(Transition.objects.values())
    row.note = "Diubah"

    for attempt in (
        row.save,
        row.delete,
        Transition.objects.all().delete,
        edition.transitions.all().delete,
        lambda: Transition.objects.update(note="Diubah"),
        lambda: edition.transitions.filter(step="submit").update(note="Diubah"),
        lambda: Transition.objects.bulk_update([row], ["note"]),
        lambda: Transition.objects.update_or_create(pk=row.pk, defaults={"note": "Diubah"}),
    ):
        with pytest.raises(AppendOnlyError), transaction.atomic():
            attempt()

    assert list(Transition.objects.values()) == rows


PEOPLE = ("writer", "editor", "manager", "second editor")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([*OFFERED, "save", "edition"]), st.sampled_from(PEOPLE)), max_size=25))
def test_however_people_act_the_promises_hold(acts):
    office = regency_office()
    people = {name: someone(Role(name), office) for name in PEOPLE[:3]} | {"second editor": member(Role.EDITOR, office)}
    article = drafted(office).article
    for act, name in acts:
        act_on(article, act, people[name])
        assert_promises(Article.objects.get(pk=article.pk))
    assert connection.needs_rollback is False


def act_on(article, act, person):
    edition = fresh(article.editions.working().first() or article.editions.order_by("number").last())
    try:
        with transaction.atomic():
            if act == "save":
                Edition.objects.filter(pk=edition.pk).update(headline=f"Judul {edition.version}", correction="typo")
                save_content(edition, by=person, version=edition.version)
            elif act == "edition":
                start_edition(article, by=person)
            else:
                take_step(edition, act, by=person, note="Alasan.", version=edition.version, **asked(act))
    except (PermissionDenied, NotNow):
        pass


def assert_promises(article):
    editions = list(article.editions.all())
    for edition in editions:
        rows = list(edition.transitions.all())
        assert [row.source for row in rows] == ["", *(row.target for row in rows[:-1])]
        assert rows[-1].target == edition.state
        assert len(rows) <= edition.version
    live = [edition for edition in editions if edition.state in LIVE]
    assert len([edition for edition in editions if edition.state in WORKING]) <= 1
    assert len(live) <= 1
    public = Article.objects.published().filter(pk=article.pk).exists()
    assert public == (bool(live) and live[0].state == State.PUBLISHED)
    assert article.live_edition is None or not live or article.live_edition == live[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("version", [None, "seen"])
def test_of_two_who_publish_at_once_one_wins_and_the_other_is_told_not_now(version):
    edition = approved()
    people = [edition.approved_by, member(Role.MANAGER, regency_office())]
    seen = edition.version if version else None

    results = at_once(
        *(lambda p=person: take_step(edition, Step.PUBLISH, by=p, version=seen).target for person in people)
    )

    assert sorted(results, key=str) == sorted(["published", StaleVersion if version else NotNow], key=str)
    assert [row.step for row in edition.transitions.all()] == ["start", "submit", "approve", "publish"]
    assert list(Article.objects.published()) == [edition.article]


@pytest.mark.django_db(transaction=True)
def test_withdrawing_and_correcting_at_once_leave_one_live_edition():
    first = published()
    editor, manager = someone(Role.EDITOR, regency_office()), member(Role.MANAGER, regency_office())
    second = start_edition(first.article, by=manager)
    Edition.objects.filter(pk=second.pk).update(correction="typo")
    moved(second, Step.SUBMIT, Role.MANAGER)
    moved(second, Step.APPROVE, Role.EDITOR)

    results = at_once(
        lambda: take_step(second, Step.PUBLISH, by=editor).target,
        lambda: take_step(first, Step.WITHDRAW, by=manager, note="Keliru.").target,
    )

    assert "published" in results
    assert set(results) <= {"published", "withdrawn", NotNow}
    assert (fresh(first).state, fresh(second).state) == ("superseded", "published")
    assert_promises(Article.objects.get(pk=first.article_id))
