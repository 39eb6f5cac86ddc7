"""Many at once: one wins, every other is told why, nothing is written twice, and nobody meets a locked database."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Contribution, Edition, Schedule, Transition
from news.scheduling import carry_out
from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from tests.factories import approved, drafted, member, regency_office, scheduled
from tests.factories.news import someone
from tests.offices.test_appointments import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def posting(person, edition, step, version):
    browser = browser_of(person)
    url = reverse("admin:news_article_step", args=[edition.article_id, step])
    data = {"edition": edition.pk, "version": version, "note": "Alasan."}

    def act():
        answer = browser.post(url, data)
        return step, answer.status_code, answer.status_code == 302 or 'role="alert"' in answer.content.decode()

    return act


def test_of_ten_who_publish_and_ten_who_withdraw_one_publishes_and_one_withdraws_at_most():
    edition = approved()
    office = edition.article.office
    publishing = [posting(member(Role.EDITOR, office), edition, "publish", edition.version) for _number in range(10)]
    withdrawing = [
        posting(member(Role.MANAGER, office), edition, "withdraw", edition.version + 1) for _number in range(10)
    ]

    results = at_once(*publishing, *withdrawing)

    assert len(results) == 20
    assert {status for _step, status, _said in results} <= {302, 409}
    assert all(said for _step, _status, said in results)
    assert results.count(("publish", 302, True)) == 1
    assert results.count(("withdraw", 302, True)) <= 1
    rows = list(edition.transitions.all())
    assert [row.source for row in rows] == ["", *(row.target for row in rows[:-1])]
    state = Edition.objects.get(pk=edition.pk).state
    assert rows[-1].target == state
    assert Article.objects.published().exists() == (state == "published")


def test_ten_clocks_publish_a_due_edition_once():
    edition = scheduled()
    Schedule.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    pk = Schedule.objects.get().pk

    results = at_once(*[lambda: carry_out(pk).status for _number in range(10)])

    assert results == ["done"] * 10
    assert Transition.objects.filter(edition=edition, step=Step.PUBLISH_DUE).count() == 1


def test_calling_off_and_publishing_on_time_at_once_do_one_of_both():
    edition = scheduled()
    Schedule.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    pk, editor = Schedule.objects.get().pk, someone(Role.EDITOR, regency_office())

    at_once(
        lambda: carry_out(pk).status,
        lambda: take_step(edition, Step.UNSCHEDULE, by=editor).target,
    )

    last = edition.transitions.last()
    assert (last.step, Schedule.objects.get().status) in (("publish_due", "done"), ("unschedule", "cancelled"))


def test_two_removals_that_point_at_each_other_leave_no_circle():
    first, second = (published_by_door() for _number in range(2))
    manager = someone(Role.MANAGER, regency_office())

    results = at_once(
        lambda: take_step(first, Step.REMOVE, by=manager, note="x", redirect_to=second.article).target,
        lambda: take_step(second, Step.REMOVE, by=manager, note="x", redirect_to=first.article).target,
    )

    assert sorted(str(result) for result in results).count("removed") == 1
    assert Article.objects.exclude(redirect_to=None).count() == 1


def published_by_door():
    edition = approved()
    take_step(edition, Step.PUBLISH, by=edition.approved_by)
    return Edition.objects.select_related("article__office__region__parent").get(pk=edition.pk)


def test_eight_writers_at_once_lose_nothing_and_meet_no_locked_database():
    drafts = [drafted(by=member(Role.WRITER, regency_office())) for _number in range(8)]

    results = at_once(*[writing(draft, times=6) for draft in drafts])

    assert results == [[302] * 6] * 8
    assert [Edition.objects.get(pk=draft.pk).deck for draft in drafts] == ["Ringkasan ke-5."] * 8
    assert Contribution.objects.count() == 8


def writing(draft, times):
    browser = browser_of(draft.started_by)
    url = reverse("admin:news_article_change", args=[draft.article_id])
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}

    def act():
        answers = []
        page = browser.get(url)
        prefixes = [formset.formset.prefix for formset in page.context["inline_admin_formsets"]]
        rows = {f"{prefix}-{name}": value for prefix in prefixes for name, value in empty.items()}
        for number in range(times):
            stored = Edition.objects.get(pk=draft.pk)
            fields = {name: getattr(stored, name) for name in ("headline", "dateline_place", "dateline_on", "body")}
            fields |= {"rubric": stored.rubric_id, "version": stored.version, "deck": f"Ringkasan ke-{number}."}
            answers.append(browser.post(url, {**rows, **fields}).status_code)
        return answers

    return act
