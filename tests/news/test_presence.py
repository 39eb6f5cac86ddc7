"""Who else has a form open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import Contribution, Edition, Presence
from news.presence import GONE_AFTER, LINGERS, be_present, leave, others_at
from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from tests.factories import drafted, member, regency_office
from tests.factories.news import someone
from tests.news.test_article_admin import change_url, signed_in

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def draft():
    return drafted()


@pytest.fixture
def people(draft):
    return someone(Role.WRITER, draft.article.office), someone(Role.EDITOR, draft.article.office)


def seen(draft, user, at):
    return [(row.user, row.since) for row in others_at(draft, user, at=at)]


def test_the_second_one_is_told_who_was_first_and_since_when(draft, people):
    first, second = people
    be_present(draft, first, at=NOON)
    be_present(draft, first, at=NOON + 20 * SECOND)

    assert seen(draft, second, NOON + 30 * SECOND) == [(first, NOON)]
    assert seen(draft, first, NOON + 30 * SECOND) == []


def test_whoever_is_silent_for_a_minute_is_gone_and_comes_anew(draft, people):
    first, second = people
    be_present(draft, first, at=NOON)

    assert seen(draft, second, NOON + GONE_AFTER) == [(first, NOON)]
    assert seen(draft, second, NOON + GONE_AFTER + SECOND) == []
    be_present(draft, first, at=NOON + 10 * GONE_AFTER)
    assert seen(draft, second, NOON + 10 * GONE_AFTER) == [(first, NOON + 10 * GONE_AFTER)]


def test_whoever_leaves_lapses_in_some_seconds_unless_the_form_opens_again(draft, people):
    first, second = people
    be_present(draft, first, at=NOON)
    leave(draft, first, at=NOON + SECOND)
    assert seen(draft, second, NOON + LINGERS) == [(first, NOON)]
    assert seen(draft, second, NOON + LINGERS + 2 * SECOND) == []

    be_present(draft, first, at=NOON + 2 * SECOND)
    assert seen(draft, second, NOON + 50 * SECOND) == [(first, NOON)]


def test_old_visits_are_swept_by_the_next_one(draft, people):
    first, second = people
    be_present(draft, first, at=NOON)
    be_present(draft, second, at=NOON + 5 * GONE_AFTER)

    assert [row.user for row in Presence.objects.all()] == [second]


def beat(client, edition, **data):
    return client.post(reverse("admin:news_article_presence", args=[edition.article_id]), data)


def test_the_form_says_who_is_there_and_the_beat_who_comes_later(client, draft, people):
    writer, editor = people
    be_present(draft, editor)
    client.force_login(writer)

    page = client.get(change_url(draft)).content.decode()
    assert f"{editor} juga membuka naskah ini sejak" in page
    assert "Lihat saja" in page

    answer = beat(client, draft).json()
    assert len(answer["others"]) == 1
    assert (answer["edition"], answer["version"]) == (draft.pk, draft.version)
    client.force_login(editor)
    assert str(writer) in beat(client, draft).json()["others"][0]
    beat(client, draft, leaving="1")
    assert not Contribution.objects.filter(user=editor).exists()


def test_a_look_at_the_form_is_no_presence(client, draft, people):
    signed_in(client)
    client.get(change_url(draft))

    assert not Presence.objects.exists()
    assert client.get(reverse("admin:news_article_presence", args=[draft.article_id])).status_code == 405


def test_a_form_is_no_presence_of_whoever_signed_in_meanwhile(client, draft, people):
    writer, editor = people
    for person in (editor, member(Role.EDITOR, regency_office("73.71"))):
        client.force_login(person)
        refused = beat(client, draft, account=writer.pk)
        assert refused.status_code == 409
        assert f"kini masuk adalah {person.name}" in refused.json()["sentence"]
    assert not Presence.objects.exists()

    be_present(draft, editor)
    client.force_login(editor)
    assert beat(client, draft, account=writer.pk, leaving="1").status_code == 409
    assert seen(draft, writer, timezone.now() + LINGERS + 2 * SECOND)
    assert beat(client, draft, account=editor.pk).status_code == 200


def test_the_beat_tells_of_a_newer_version(client, draft):
    signed_in(client)
    Edition.objects.filter(pk=draft.pk).update(version=draft.version + 1)

    answer = beat(client, draft).json()

    assert answer["version"] == draft.version + 1
    assert "disandingkan" in answer["newer"]


def test_whoever_may_not_write_there_is_not_present(client, draft, people):
    take_step(draft, Step.SUBMIT, by=draft.started_by)
    client.force_login(people[0])
    assert beat(client, draft).status_code == 403
    client.force_login(member(Role.EDITOR, regency_office("73.71")))
    assert beat(client, draft).status_code == 404
    assert not Presence.objects.exists()
