"""The list of articles in the newsroom: its rows, filters, search, and what they cost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import ReadCount
from news.states import State, Step
from news.workflow import take_step
from news.writing import start_edition
from offices.roles import Role
from tests.factories import (
    approved,
    drafted,
    member,
    ministry,
    published,
    regency_office,
    scheduled,
    submitted,
    urgent,
    withdrawn,
)
from tests.factories.news import someone
from tests.factories.unseen import removed

pytestmark = pytest.mark.django_db

LIST = "/admin/news/article/"
MAKERS = {
    "draft": drafted,
    "submitted": submitted,
    "approved": approved,
    "scheduled": scheduled,
    "published": published,
    "withdrawn": withdrawn,
    "removed": removed,
}


def rows(client, query=""):
    return [article.pk for article in client.get(LIST + query).context["cl"].result_list]


@pytest.fixture
def editor(client):
    person = someone(Role.EDITOR, regency_office())
    client.force_login(person)
    return person


def test_each_state_finds_its_articles(client, editor):
    made = {state: make().article_id for state, make in MAKERS.items()}
    discarded = drafted()
    take_step(discarded, Step.DISCARD, by=editor)
    made["discarded"] = discarded.article_id
    assert {state: rows(client, f"?status={state}") for state in made} == {state: [pk] for state, pk in made.items()}
    assert rows(client, "?status=changes_requested") == []
    assert sorted(rows(client, "?status=x")) == sorted(made.values())


def test_a_published_article_that_is_being_rewritten_is_found_by_its_new_edition(client, editor):
    article = published().article
    start_edition(article, by=editor)
    assert (rows(client, "?status=draft"), rows(client, "?status=published")) == ([article.pk], [])


def test_a_discarded_new_edition_leaves_the_row_published(client, editor):
    article = published(headline="Tetap").article
    newer = start_edition(article, by=editor)
    take_step(newer, Step.DISCARD, by=editor)
    assert rows(client, "?status=published") == [article.pk]
    assert rows(client, "?status=discarded") == []
    assert 'state--published">Terbit' in client.get(LIST).content.decode()


def test_the_filter_offers_every_state_that_a_row_can_show(client, editor):
    page = client.get(LIST).content.decode()
    assert [state for state in State.values if f"?status={state}" not in page] == ["superseded"]


def test_a_search_finds_every_word_in_the_headlines_and_no_row_twice(client, editor):
    article = published(headline="Pasar Bantaeng dibuka").article
    start_edition(article, by=editor)
    drafted(headline="Pasar lain")
    assert rows(client, "?q=bantaeng+PASAR") == [article.pk]
    assert rows(client, "?q=%25") == []
    assert len(rows(client, "?q=pasar")) == 2


def test_a_search_reads_no_headline_elsewhere(client, editor):
    drafted(regency_office("11.01"), headline="Rahasia")
    assert rows(client, "?q=rahasia") == []


def test_the_row_shows_how_often_it_was_read_lately(client, editor):
    article, today = published().article, timezone.localdate()
    for days, reads in ((0, 1_000), (6, 234), (7, 9_999)):
        ReadCount.objects.create(article=article, day=today - timedelta(days=days), reads=reads)
    page = client.get(LIST).content.decode()
    assert '<td class="field-read">1.234</td>' in page
    assert [drafted().article_id, article.pk] == rows(client)
    assert '<td class="field-read">–</td>' in client.get(LIST).content.decode()


def test_the_office_is_named_to_those_who_read_several(client, editor):
    published()
    assert "field-office" not in client.get(LIST).content.decode()
    client.force_login(member(Role.AUDITOR, ministry()))
    assert "field-office" in client.get(LIST).content.decode()


ADDRESSES = ["", "?status=published", "?status=draft", "?q=judul", "?status=published&q=judul"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_whatever_is_there(client, editor, django_assert_num_queries, count, address):
    for _ in range(count):
        published()
        drafted()
        urgent()
    with django_assert_num_queries(10):
        assert len(rows(client, address)) >= count


def test_the_list_of_the_nation_takes_the_same(client, django_assert_num_queries):
    client.force_login(member(Role.AUDITOR, ministry()))
    for code in ("73.03", "11.01"):
        published(regency_office(code))
    with django_assert_num_queries(8):
        assert len(rows(client)) == 2
