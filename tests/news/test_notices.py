"""Who is told of each step, walked row by row, and who is not."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.assigning import reassign
from news.models import Edition, Notice, Schedule, Transition
from news.notices import TABLE
from news.refusals import NotNow
from news.scheduling import carry_out, schedule_withdrawal
from news.states import Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.models import Membership, User
from offices.roles import Role
from tests.factories import drafted, member, ministry, province_office, regency_office

pytestmark = pytest.mark.django_db

CAST = {
    "author": (Role.WRITER, "kab"),
    "writer": (Role.WRITER, "kab"),
    "editor": (Role.EDITOR, "kab"),
    "second": (Role.EDITOR, "kab"),
    "manager": (Role.MANAGER, "kab"),
    "supervisor": (Role.SUPERVISOR, "province"),
    "p_editor": (Role.EDITOR, "province"),
    "curator": (Role.CURATOR, "ministry"),
    "administrator": (Role.ADMINISTRATOR, "ministry"),
    "auditor": (Role.AUDITOR, "ministry"),
    "far_editor": (Role.EDITOR, "far"),
    "far_supervisor": (Role.SUPERVISOR, "far_province"),
}


@pytest.fixture
def offices(db):
    return {
        "kab": regency_office("73.03"),
        "province": province_office("73"),
        "ministry": ministry(),
        "far": regency_office("11.01"),
        "far_province": province_office("11"),
    }


@pytest.fixture
def people(offices):
    return {name: member(role, offices[place], username=name) for name, (role, place) in CAST.items()}


class Story:
    """An edition of the kabupaten by its author, and the people who take its steps."""

    def __init__(self, people, offices):
        self.people = people
        self.edition = drafted(offices["kab"], by=people["author"], headline="Pasar baru")

    def take(self, step, name, **words):
        """Take `step` in the name of `name`; the transition."""
        return take_step(self.fresh(), step, by=self.people[name], **words)

    def write(self, name):
        """Let `name` change the content."""
        edition = self.fresh()
        edition.deck = f"Ringkasan dari {name}."
        edition.save(update_fields=["deck"])
        save_content(edition, by=self.people[name], version=edition.version)

    def fresh(self):
        return Edition.objects.select_related("article__office__region__parent").get(pk=self.edition.pk)

    def approved(self, by="editor", submitter="author"):
        self.take(Step.SUBMIT, submitter)
        return self.take(Step.APPROVE, by)

    def scheduled(self, by="second"):
        self.approved()
        self.take(Step.SCHEDULE, by, due_at=timezone.now() + timedelta(hours=1))

    def due(self):
        """Let the moment of the schedule come; the last transition."""
        Schedule.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        carry_out(Schedule.objects.get().pk)
        return self.last()

    def last(self):
        return Transition.objects.filter(edition=self.edition).last()

    def published(self, by="editor"):
        self.approved()
        return self.take(Step.PUBLISH, by)


@pytest.fixture
def story(people, offices):
    return Story(people, offices)


def told(transition):
    """Who was told of a step, and what."""
    rows = Notice.objects.filter(transition=transition).values_list("recipient__username", "kind")
    assert len(rows) == len(dict(rows)), "somebody was told twice"
    return dict(rows)


def each(names, kind):
    return dict.fromkeys(names.split(), kind)


# The table, row by row.


def submit(story):
    return story.take(Step.SUBMIT, "author")


def submit_by_an_editor(story):
    return story.take(Step.SUBMIT, "editor")


def submit_where_all_editors_wrote(story):
    for name in ("editor", "second", "manager"):
        story.write(name)
    return story.take(Step.SUBMIT, "author")


def recall(story):
    submit(story)
    return story.take(Step.RECALL, "author")


def request_changes(story):
    submit(story)
    return story.take(Step.REQUEST_CHANGES, "editor", note="Sebutkan pasarnya.")


def request_changes_from_another_submitter(story):
    story.take(Step.SUBMIT, "writer")
    return story.take(Step.REQUEST_CHANGES, "editor", note="Sebutkan pasarnya.")


def approve(story):
    return story.approved()


def approve_by_the_supervisor(story):
    submit_where_all_editors_wrote(story)
    return story.take(Step.APPROVE, "supervisor")


def void_approval(story):
    story.approved()
    story.write("second")
    return story.last()


def publish(story):
    return story.published(by="second")


def publish_by_the_approver(story):
    return story.published(by="editor")


def schedule(story):
    story.scheduled()
    return story.last()


def unschedule(story):
    story.scheduled()
    return story.take(Step.UNSCHEDULE, "manager")


def publish_due(story):
    story.scheduled()
    return story.due()


def miss_schedule(story):
    story.scheduled()
    Edition.objects.filter(pk=story.edition.pk).update(headline="Lain")
    return story.due()


def publish_urgently(story):
    return story.take(Step.PUBLISH_URGENTLY, "editor", note="Banjir.")


def publish_urgently_what_another_editor_wrote_in(story):
    story.write("second")
    return publish_urgently(story)


def second_check(story):
    publish_urgently(story)
    return story.take(Step.SECOND_CHECK, "second")


def withdraw(story):
    story.published()
    return story.take(Step.WITHDRAW, "curator", note="Keliru.")


def withdraw_by_the_manager(story):
    story.published()
    return story.take(Step.WITHDRAW, "manager", note="Keliru.")


def reinstate(story):
    withdraw(story)
    return story.take(Step.REINSTATE, "curator", note="Sudah diperiksa.")


def remove(story):
    story.published()
    return story.take(Step.REMOVE, "administrator", note="Salah alamat.")


def discard(story):
    return story.take(Step.DISCARD, "editor")


def discard_by_the_author(story):
    return story.take(Step.DISCARD, "author")


def assign(story):
    return reassign(story.fresh(), story.people["writer"], by=story.people["editor"], note="Sakit.")


def request_changes_from_who_keeps_it_now(story):
    """The text belongs to whoever began it and to whoever took it over."""
    assign(story)
    story.take(Step.SUBMIT, "writer")
    return story.take(Step.REQUEST_CHANGES, "editor", note="Sebutkan pasarnya.")


ROWS = [
    (submit, each("editor second manager", "submitted")),
    (submit_by_an_editor, each("second manager", "submitted")),
    (submit_where_all_editors_wrote, each("editor second manager supervisor", "submitted")),
    (recall, {}),
    (request_changes, {"author": "returned"}),
    (request_changes_from_another_submitter, each("author writer", "returned")),
    (approve, {"author": "approved"}),
    (approve_by_the_supervisor, {"author": "approved"}),
    (void_approval, each("author editor", "approval_voided")),
    (publish, each("author editor", "published")),
    (publish_by_the_approver, {"author": "published"}),
    (schedule, each("author editor", "scheduled")),
    (unschedule, each("author second", "unscheduled")),
    (publish_due, each("author editor second", "published")),
    (miss_schedule, each("editor second manager", "schedule_failed")),
    (publish_urgently, {**each("second manager supervisor curator", "check_waiting"), "author": "published"}),
    (
        publish_urgently_what_another_editor_wrote_in,
        {**each("manager supervisor curator", "check_waiting"), "author": "published"},
    ),
    (second_check, each("author editor", "checked")),
    (withdraw, each("author manager", "withdrawn")),
    (withdraw_by_the_manager, {"author": "withdrawn"}),
    (reinstate, each("author manager", "reinstated")),
    (remove, each("author manager", "removed")),
    (discard, {"author": "discarded"}),
    (discard_by_the_author, {}),
    (assign, {"writer": "assigned"}),
    (request_changes_from_who_keeps_it_now, each("author writer", "returned")),
]


@pytest.mark.parametrize(("happens", "expected"), ROWS, ids=[row[0].__name__ for row in ROWS])
def test_a_step_is_told_to_those_it_concerns_and_to_nobody_else(story, happens, expected):
    assert told(happens(story)) == expected


def test_every_step_has_its_row():
    assert set(Step) == set(TABLE)


def test_every_step_that_tells_something_was_walked():
    walked = {function.__name__ for function, _expected in ROWS}
    assert {step.value for step, rows in TABLE.items() if rows} - walked == set()


def test_beginning_superseding_and_correcting_are_no_news(story):
    story.published()
    before = Notice.objects.count()
    start_edition(story.fresh().article, by=story.people["editor"])
    assert Notice.objects.count() == before
    story.edition = story.fresh().article.editions.get(state="draft")
    Edition.objects.filter(pk=story.edition.pk).update(correction="typo")
    story.approved(by="second")
    last = story.take(Step.PUBLISH, "second")
    assert told(last) == each("author editor", "published")
    superseded = Transition.objects.get(step=Step.SUPERSEDE)
    assert told(superseded) == {}


# Besides the table.


def test_a_notice_carries_the_headline_and_the_reason(story):
    notice = Notice.objects.get(transition=request_changes(story))
    assert (notice.headline, notice.detail, notice.actor) == (
        "Pasar baru",
        "Sebutkan pasarnya.",
        story.people["editor"],
    )
    assert (notice.article, notice.edition) == (story.edition.article, story.edition)


def test_who_left_or_is_inactive_is_not_told(story):
    submit(story)
    User.objects.filter(username="author").update(is_active=False)
    assert told(story.take(Step.REQUEST_CHANGES, "editor", note="x")) == {}
    Membership.objects.filter(user__username="second").update(ends_on="2020-01-01")
    User.objects.filter(username="author").update(is_active=True)
    story.people["author"] = User.objects.get(username="author")
    assert told(story.take(Step.SUBMIT, "author")) == each("editor manager", "submitted")


def test_a_backdated_step_is_no_news(story):
    story.take(Step.SUBMIT, "author", at=timezone.now() - timedelta(days=30))
    assert not Notice.objects.exists()


def test_a_step_that_is_rolled_back_told_nobody(story):
    with pytest.raises(RuntimeError), transaction.atomic():
        submit(story)
        assert Notice.objects.exists()
        raise RuntimeError
    assert not Notice.objects.exists()


def test_a_refused_step_told_nobody(story):
    with pytest.raises(NotNow):
        story.take(Step.PUBLISH, "editor")
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("step", "actor"), [(Step.WITHDRAW, "manager"), (Step.REMOVE, "manager")])
def test_offices_that_point_to_what_vanishes_are_told(story, people, offices, step, actor):
    story.published()
    target = story.fresh().article
    far = Story(people, offices)
    far.edition = drafted(offices["far"], by=member(Role.WRITER, offices["far"]), headline="Jauh", picks=(target,))
    take_step(far.fresh(), Step.SUBMIT, by=far.edition.started_by)
    far.take(Step.APPROVE, "far_editor")
    far.take(Step.PUBLISH, "far_editor")
    own = Story(people, offices)
    block = f'<p>Isi.</p><div class="baca-juga" data-article="{target.pk}"></div>'
    own.edition = drafted(offices["kab"], by=people["writer"], headline="Dekat", body=block)
    own.approved(submitter="writer")
    own.take(Step.PUBLISH, "editor")
    last = story.take(step, actor, note="Keliru.")
    lost = Notice.objects.filter(transition=last, kind="target_lost")
    assert set(lost.values_list("recipient__username", "headline", "article")) == {
        ("far_editor", "Jauh", far.edition.article_id),
        ("editor", "Dekat", own.edition.article_id),
        ("second", "Dekat", own.edition.article_id),
    }
    assert {notice.detail for notice in lost} == {"Yang dirujuk: “Pasar baru”."}


def test_a_withdrawal_that_cannot_happen_is_told(story, people):
    story.published()
    due = timezone.now() + timedelta(hours=1)
    schedule_withdrawal(story.fresh(), by=people["manager"], due_at=due, note="Sudah lewat.")
    Membership.objects.filter(user=people["manager"]).update(ends_on="2020-01-01")
    before = Notice.objects.count()
    story.due()
    failed = Notice.objects.filter(kind="schedule_failed")
    assert {notice.recipient.username for notice in failed} == {"editor", "second"}
    assert Notice.objects.count() == before + 2
    assert "tidak lagi berwenang" in failed[0].detail


@pytest.mark.parametrize("editors", [1, 3])
def test_telling_costs_four_queries_however_many_are_told(story, offices, editors):
    """Who checks, whether one of them may, who of them reads it, and the notices."""
    for _n in range(editors):
        member(Role.EDITOR, offices["kab"])
    with CaptureQueriesContext(connection) as asked:
        submit(story)
    about = [q["sql"] for q in asked if "news_notice" in q["sql"] or "offices_membership" in q["sql"]]
    assert len(about) == 4
