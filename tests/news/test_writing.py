"""Beginning articles and editions, and the one verb that saves content."""

import time
from datetime import UTC, date, datetime
from threading import Event

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from news.digest import content_of
from news.models import Article, Contribution, Edition, EditionPhoto, Mention, Quote, RelatedPick, Transition
from news.refusals import NotNow, StaleVersion
from news.states import State, Step
from news.workflow import locked, take_step
from news.writing import save_content, start_article, start_edition
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    MembershipFactory,
    OfficialFactory,
    PhotoFactory,
    RubricFactory,
    approved,
    drafted,
    member,
    ministry,
    province_office,
    published,
    regency_office,
    submitted,
    urgent,
    withdrawn,
)
from tests.factories.news import someone
from tests.news.test_digest import CHANGES, NO_CHANGES, rich_draft
from tests.offices.test_appointments import at_once

pytestmark = pytest.mark.django_db


def fresh(edition):
    return Edition.objects.select_related("article__office__region__parent").get(pk=edition.pk)


def steps(edition):
    return list(edition.transitions.values_list("step", "source", "target", "actor"))


def save(edition, by, **fields):
    """What a form does: lock, store the fields, then complete the save, in one transaction."""
    with transaction.atomic():
        locked(edition)
        Edition.objects.filter(pk=edition.pk).update(**fields)
        return save_content(edition, by=by, version=edition.version)


def test_the_first_edition_is_a_draft_of_its_author():
    writer = member(Role.WRITER, regency_office())

    edition = start_article(regency_office(), Edition(headline="Rakornas"), by=writer)

    assert (edition.number, edition.state, edition.version) == (1, "draft", 1)
    assert (edition.started_by, edition.saved_at) == (writer, edition.started_at)
    assert (edition.article.office, edition.article.public_state) == (regency_office(), "never")
    assert steps(edition) == [("start", "", "draft", writer.pk)]
    assert list(Contribution.objects.values_list("edition", "user")) == [(edition.pk, writer.pk)]


@pytest.mark.parametrize(
    "stranger",
    [
        lambda: member(Role.WRITER, regency_office("73.05")),
        lambda: member(Role.MANAGER, province_office("73")),
        lambda: member(Role.SUPERVISOR, province_office("73")),
        lambda: member(Role.ADMINISTRATOR, ministry()),
        lambda: member(Role.MANAGER, regency_office("73.03"), is_active=False),
    ],
)
def test_nobody_begins_an_article_of_an_office_they_do_not_write_for(stranger):
    with pytest.raises(PermissionDenied):
        start_article(regency_office("73.03"), Edition(headline="Rakornas"), by=stranger())

    assert Article.objects.count() == Transition.objects.count() == 0


@pytest.mark.parametrize(
    "fields",
    [{"headline": ""}, {"headline": "x" * 161}, {"headline": "a\x00b"}, {"headline": "a", "deck": "x" * 301}],
)
def test_a_draft_that_no_database_should_hold_leaves_nothing_behind(fields):
    with pytest.raises(ValidationError):
        start_article(regency_office(), Edition(**fields), by=member(Role.WRITER, regency_office()))

    assert Article.objects.count() == Edition.objects.count() == 0


def test_a_draft_cannot_be_started_in_another_state():
    edition = Edition(headline="Rakornas", state=State.PUBLISHED, number=7)

    start_article(regency_office(), edition, by=member(Role.WRITER, regency_office()))

    assert (fresh(edition).state, fresh(edition).number) == ("draft", 1)


def test_saving_counts_the_version_and_names_the_contributor_once():
    edition, helper = drafted(), member(Role.WRITER, regency_office())

    saved = save(save(edition, helper, headline="Satu"), helper, headline="Dua")

    assert (saved.version, saved.headline, saved.state) == (edition.version + 2, "Dua", "draft")
    assert saved.saved_at > edition.saved_at
    contributors = Contribution.objects.filter(edition=edition).values_list("user", flat=True)
    assert sorted(contributors) == sorted([edition.started_by_id, helper.pk])


@pytest.mark.parametrize("seen", [-1, 1])
def test_a_save_of_another_version_is_refused_and_taken_back(seen):
    edition = drafted(headline="Asli")

    with pytest.raises(StaleVersion, match="sudah diubah sejak"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(headline="Tertimpa")
        save_content(edition, by=edition.started_by, version=edition.version + seen)

    assert (fresh(edition).headline, fresh(edition).version) == ("Asli", edition.version)


def test_two_writers_who_opened_the_same_version_do_not_overwrite_each_other():
    opened = drafted(headline="Asli")
    save(opened, opened.started_by, headline="Pertama")

    with pytest.raises(StaleVersion):
        save(opened, member(Role.WRITER, regency_office()), headline="Kedua")

    assert fresh(opened).headline == "Pertama"


@pytest.mark.parametrize(
    ("made", "role", "refusal"),
    [
        (submitted, Role.WRITER, NotNow),
        (approved, Role.WRITER, NotNow),
        (published, Role.MANAGER, NotNow),
        (withdrawn, Role.MANAGER, NotNow),
        (drafted, Role.SUPERVISOR, PermissionDenied),
        (drafted, Role.CURATOR, PermissionDenied),
        (drafted, Role.ADMINISTRATOR, PermissionDenied),
    ],
)
def test_a_save_that_is_not_theirs_or_not_now_is_taken_back(made, role, refusal):
    edition = made(headline="Asli")
    office = {Role.SUPERVISOR: province_office, Role.CURATOR: ministry, Role.ADMINISTRATOR: ministry}

    with pytest.raises(refusal):
        save(edition, member(role, office.get(role, regency_office)()), headline="Tertimpa")

    assert (fresh(edition).headline, fresh(edition).version) == ("Asli", edition.version)


def test_an_editor_saves_what_waits_for_them_and_it_keeps_waiting():
    edition, editor = submitted(), member(Role.EDITOR, regency_office())

    saved = save(edition, editor, headline="Lebih baik")

    assert (saved.state, saved.headline) == ("submitted", "Lebih baik")
    assert Contribution.objects.filter(edition=edition, user=editor).exists()


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_content_voids_the_approval_by_a_recorded_step(name):
    edition = rich_draft()
    office, editor = edition.article.office, member(Role.EDITOR, edition.article.office)
    take_step(edition, Step.SUBMIT, by=edition.started_by)
    take_step(edition, Step.APPROVE, by=editor)
    edition = fresh(edition)

    CHANGES[name](edition)
    saved = save_content(edition, by=editor, version=edition.version)

    assert (saved.state, saved.approved_by, saved.approved_at, saved.approved_digest) == ("submitted", None, None, "")
    assert saved.version == fresh(saved).version
    assert steps(saved)[-1] == ("void_approval", "approved", "submitted", editor.pk)
    with pytest.raises(NotNow):
        take_step(saved, Step.PUBLISH, by=someone(Role.EDITOR, office))


@pytest.mark.parametrize("name", ["caption in the library", "markup that is cleaned away", "name of the rubric"])
def test_what_is_no_content_leaves_the_approval(name):
    edition = rich_draft()
    editor = member(Role.EDITOR, edition.article.office)
    take_step(edition, Step.SUBMIT, by=edition.started_by)
    take_step(edition, Step.APPROVE, by=editor)
    edition = fresh(edition)

    NO_CHANGES[name](edition)
    saved = save_content(edition, by=editor, version=edition.version)

    assert (saved.state, saved.approved_by) == ("approved", editor)
    take_step(saved, Step.PUBLISH, by=editor)


def test_an_approved_edition_whose_contributor_changed_it_needs_somebody_else():
    edition = approved()
    editor = someone(Role.EDITOR, regency_office())

    saved = save(edition, editor, headline="Lain")

    with pytest.raises(PermissionDenied):
        take_step(saved, Step.APPROVE, by=editor)
    take_step(saved, Step.APPROVE, by=member(Role.EDITOR, regency_office()))


def test_photos_and_picks_are_numbered_from_nought():
    edition = drafted(photos=(PhotoFactory(), PhotoFactory()), picks=(drafted().article, drafted().article))
    before = content_of(edition)
    for model in (EditionPhoto, RelatedPick):
        for row in model.objects.filter(edition=edition):
            model.objects.filter(pk=row.pk).update(position=row.position * 10 + 3)

    saved = save_content(edition, by=edition.started_by, version=edition.version)

    assert content_of(saved) == before
    assert [row.position for row in saved.photos.all()] == [row.position for row in saved.picks.all()] == [0, 1]


def test_the_position_held_on_the_datelines_day_is_filled_in_and_a_chosen_one_kept():
    then = AppointmentFactory(held_from=date(2019, 6, 1), held_until=date(2020, 1, 1))
    AppointmentFactory(official=then.official, held_from=date(2020, 1, 1))
    never, another = OfficialFactory(), OfficialFactory()
    chosen = AppointmentFactory(official=another, held_from=date(2021, 1, 1))
    edition = drafted(officials=(then.official, never), dateline_on=date(2019, 12, 11))
    Mention.objects.create(edition=edition, official=another, appointment=chosen)

    saved = save_content(edition, by=edition.started_by, version=edition.version)

    assert {m.official: m.appointment for m in saved.mentions.all()} == {
        then.official: then,
        never: None,
        another: chosen,
    }


def test_the_appointment_of_somebody_else_is_refused():
    edition = drafted(officials=(OfficialFactory(),))
    Mention.objects.update(appointment=AppointmentFactory())

    with pytest.raises(ValidationError, match="dipegang orang lain"):
        save_content(edition, by=edition.started_by, version=edition.version)


def test_photos_of_another_office_are_refused():
    edition = drafted()
    EditionPhoto.objects.create(edition=edition, photo=PhotoFactory(regency_office("73.05")))

    with pytest.raises(ValidationError):
        save_content(edition, by=edition.started_by, version=edition.version)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "row",
    [
        lambda e: EditionPhoto(edition=e, photo=PhotoFactory(), caption="x" * 401),
        lambda e: Quote(edition=e, number=1, text="x" * 1_501, attribution="Warga"),
        lambda e: Quote(edition=e, number=1, text="x", attribution="x" * 161),
    ],
)
def test_rows_that_sqlite_alone_would_keep_are_refused(row):
    edition = drafted()
    row(edition).save()

    with pytest.raises(ValidationError):
        save_content(edition, by=edition.started_by, version=edition.version)


def test_a_body_that_is_too_long_is_refused():
    edition = drafted()

    with pytest.raises(ValidationError):
        save(edition, edition.started_by, body=f"<p>{'a' * 200_001}</p>")

    assert fresh(edition).body == edition.body


@pytest.mark.parametrize("live", [published, withdrawn])
def test_a_new_edition_begins_with_all_that_the_public_reads(live):
    quote = {"number": 1, "text": "Bukan hanya mengirim.", "speaker": AppointmentFactory()}
    first = live(
        tags=("rakornas", "humas"),
        photos=(PhotoFactory(), PhotoFactory()),
        officials=(AppointmentFactory().official, OfficialFactory()),
        quotes=(quote, {"number": 2, "text": "x", "kind": "retold", "attribution": "Warga"}),
        picks=(drafted().article, drafted().article),
        byline="Penulis",
        source="Humas",
    )
    before, editor = content_of(first), someone(Role.EDITOR, regency_office())

    second = start_edition(first.article, by=editor)

    assert content_of(fresh(second)) == before
    assert content_of(fresh(first)) == before
    assert (second.number, second.state, second.started_by) == (2, "draft", editor)
    assert steps(second) == [("correct", "", "draft", editor.pk)]
    assert [model.objects.filter(edition=second).count() for model in (EditionPhoto, Mention, Quote)] == [2, 2, 2]
    assert list(Contribution.objects.filter(edition=second).values_list("user", flat=True)) == [editor.pk]
    assert Article.objects.get(pk=first.article_id).live_edition == first


def test_who_wrote_what_went_out_unchecked_does_not_approve_its_correction():
    """The next edition ends the wait for a second check, so it must be one."""
    office = regency_office()
    author, starter = member(Role.EDITOR, office), member(Role.EDITOR, office)
    live = urgent(office, by=author, publisher=author)
    second = start_edition(live.article, by=starter, correction="typo")
    take_step(second, Step.SUBMIT, by=starter)
    for involved in (author, starter):
        with pytest.raises(PermissionDenied):
            take_step(second, Step.APPROVE, by=involved)
    take_step(second, Step.APPROVE, by=member(Role.EDITOR, office))


def test_who_wrote_what_was_checked_afterwards_approves_its_correction():
    office = regency_office()
    author, starter = member(Role.EDITOR, office), member(Role.EDITOR, office)
    live = urgent(office, by=author, publisher=author)
    take_step(live, Step.SECOND_CHECK, by=starter)
    second = start_edition(live.article, by=starter, correction="typo")
    take_step(second, Step.SUBMIT, by=starter)
    assert take_step(second, Step.APPROVE, by=author)


def test_a_correction_is_not_copied_into_the_next_edition():
    first = published()
    editor = someone(Role.EDITOR, regency_office())
    second = save(start_edition(first.article, by=editor), editor, correction="ralat", correction_note="Nama.")
    for step, by in (
        (Step.SUBMIT, editor),
        (Step.APPROVE, member(Role.EDITOR, regency_office())),
        (Step.PUBLISH, editor),
    ):
        take_step(second, step, by=by)

    third = start_edition(first.article, by=editor)

    assert (third.number, third.correction, third.correction_note) == (3, "", "")


def test_only_one_edition_is_worked_on_at_a_time():
    article, editor = published().article, someone(Role.EDITOR, regency_office())
    second = start_edition(article, by=editor)

    with pytest.raises(NotNow, match="sedang dikerjakan"):
        start_edition(article, by=editor)

    take_step(second, Step.DISCARD, by=editor)
    assert start_edition(article, by=editor).number == 3


@pytest.mark.parametrize("made", [drafted, submitted, approved])
def test_what_was_never_published_gets_no_new_edition(made):
    article = made().article

    with pytest.raises(NotNow, match="terbit atau ditarik"):
        start_edition(article, by=someone(Role.EDITOR, regency_office()))

    assert article.editions.count() == 1


@pytest.mark.parametrize("made", [drafted, published, withdrawn])
@pytest.mark.parametrize(
    "who",
    [
        lambda: member(Role.WRITER, regency_office()),
        lambda: member(Role.EDITOR, regency_office("73.05")),
        lambda: member(Role.SUPERVISOR, province_office()),
        lambda: member(Role.CURATOR, ministry()),
    ],
)
def test_only_the_offices_editors_begin_a_correction(made, who):
    article = made().article

    with pytest.raises(PermissionDenied):
        start_edition(article, by=who())

    assert article.editions.count() == 1


FORMER_DAY = datetime(2019, 12, 11, 3, 0, tzinfo=UTC)


def test_a_backdated_start_and_save_are_recorded_as_such():
    edition = drafted(at=FORMER_DAY)

    start = edition.transitions.get()
    assert (start.at, start.backdated) == (FORMER_DAY, True)
    assert start.recorded_at.year > 2019
    assert (edition.article.created_at, edition.started_at, edition.saved_at) == (FORMER_DAY,) * 3
    assert edition.contributions.get().first_at == FORMER_DAY
    assert drafted().transitions.get().backdated is False


def test_roles_are_judged_on_the_local_day_of_a_backdated_save():
    office = regency_office("73.03")  # WITA: 16.30 UTC on the last day of the year is the new year's first day
    moment = datetime(2018, 12, 31, 16, 30, tzinfo=UTC)
    former = MembershipFactory(
        office=office, role=Role.EDITOR, starts_on=date(2019, 1, 1), ends_on=date(2019, 6, 1)
    ).user

    edition = drafted(office, by=former, at=moment)
    take_step(edition, Step.SUBMIT, by=former, at=moment)
    take_step(edition, Step.APPROVE, by=member(Role.MANAGER, office), at=moment)
    take_step(edition, Step.PUBLISH, by=former, at=moment)

    assert start_edition(edition.article, by=former, at=moment).started_at == moment
    with pytest.raises(PermissionDenied):
        start_article(office, Edition(headline="Lain", rubric=RubricFactory()), by=former)


def test_a_backdated_save_after_the_membership_ended_is_refused():
    office, edition = regency_office(), drafted()
    former = MembershipFactory(office=office, ends_on=date(2019, 1, 1)).user

    with pytest.raises(PermissionDenied):
        save_content(edition, by=former, version=edition.version, at=datetime(2019, 1, 1, 3, tzinfo=UTC))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_one_version_at_once_one_is_told_to_reload():
    edition = drafted(headline="Asli")
    people = [edition.started_by, member(Role.WRITER, regency_office())]

    results = at_once(*(lambda p=person: save(edition, p, headline=f"Dari {p.pk}").headline for person in people))

    assert sorted(results, key=str)[0] is StaleVersion
    assert [result for result in results if result is not StaleVersion] == [fresh(edition).headline]
    assert fresh(edition).version == edition.version + 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_a_correction_at_once_one_is_told_not_now():
    article = published().article
    people = [someone(Role.EDITOR, regency_office()), member(Role.MANAGER, regency_office())]

    results = at_once(*(lambda p=person: start_edition(article, by=p).number for person in people))

    assert sorted(results, key=str) == sorted([2, NotNow], key=str)
    assert article.editions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_step_waits_for_a_save_that_locked_before_it_stored():
    edition = submitted()
    editor, manager = member(Role.EDITOR, regency_office()), member(Role.MANAGER, regency_office())
    begun = Event()

    def save_slowly():
        with transaction.atomic():
            locked(edition)
            Edition.objects.filter(pk=edition.pk).update(headline="Pertama")
            begun.set()
            time.sleep(0.5)
            return save_content(edition, by=editor, version=edition.version).headline

    def approve_meanwhile():
        begun.wait(30)
        return take_step(edition, Step.APPROVE, by=manager).target

    assert at_once(save_slowly, approve_meanwhile) == ["Pertama", "approved"]
    assert (fresh(edition).headline, fresh(edition).state) == ("Pertama", "approved")
