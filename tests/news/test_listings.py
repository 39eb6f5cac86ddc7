"""The lists by tag and by official: kept in step with what the public reads, and shown year by year."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from news import years
from news.audits import articles_listed_otherwise_than_they_are
from news.listings import beside, of_tag, of_term
from news.merging import merge
from news.models import Article, ListedOfficial, ListedTag, Tag
from news.states import Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.roles import Role
from tests.factories.news import EventFactory, RubricFactory, approved, published, someone
from tests.factories.offices import (
    AppointmentFactory,
    OfficialFactory,
    PositionFactory,
    member,
    ministry,
    regency_office,
)
from tests.factories.unseen import hidden_articles, shows_none_of

pytestmark = pytest.mark.django_db

NOON = datetime(2025, 11, 3, 4, tzinfo=UTC)
SILVESTER = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)  # half past midnight of the new year in Makassar


def listed(name):
    return [place.article_id for place in of_tag(Tag.objects.get(name=name))]


def moved(edition, step, role=Role.MANAGER):
    take_step(edition, step, by=someone(role, edition.article.office), note="Keliru.")


def test_what_is_public_is_listed_under_its_tags_and_its_officials():
    hidden_articles(tags=("humas",))
    term = AppointmentFactory(position=PositionFactory(office=regency_office()))
    unknown = OfficialFactory()
    edition = published(tags=("humas", "rakornas"), officials=(term.official, unknown))
    assert listed("humas") == listed("rakornas") == [edition.article_id]
    assert [place.article_id for place in of_term(term.official, term)] == [edition.article_id]
    assert [place.article_id for place in of_term(unknown, None)] == [edition.article_id]


def test_what_was_withdrawn_is_listed_again_once_it_is_reinstated():
    edition = published(tags=("humas",), officials=(OfficialFactory(),))
    moved(edition, Step.WITHDRAW)
    assert (ListedTag.objects.count(), ListedOfficial.objects.count()) == (0, 0)
    moved(edition, Step.REINSTATE)
    assert (ListedTag.objects.count(), ListedOfficial.objects.count()) == (1, 1)
    moved(edition, Step.REMOVE)
    assert (ListedTag.objects.count(), ListedOfficial.objects.count()) == (0, 0)


def test_a_correction_moves_an_article_to_other_lists_without_changing_its_place():
    office = regency_office()
    first, writer = published(office, tags=("humas", "rakornas"), at=NOON), someone(Role.MANAGER, office)
    place = ListedTag.objects.get(tag__name="rakornas")
    newer = start_edition(first.article, by=writer)
    newer.tags.set(["rakornas", "bantaeng"])
    newer.correction, newer.correction_note = "koreksi", "Tag keliru."
    newer.save()
    newer = save_content(newer, by=writer, version=newer.version)
    take_step(newer, Step.SUBMIT, by=writer)
    assert ListedTag.objects.filter(tag__name="humas").exists()
    take_step(newer, Step.APPROVE, by=someone(Role.EDITOR, office))
    take_step(newer, Step.PUBLISH, by=someone(Role.EDITOR, office))
    assert (listed("humas"), listed("rakornas"), listed("bantaeng")) == ([], [first.article_id], [first.article_id])
    assert ListedTag.objects.get(tag__name="rakornas") == place


def test_merging_a_tag_moves_its_places():
    both, one = published(tags=("humas", "kehumasan")), published(tags=("humas",))
    approved(tags=("humas",))
    source, target = (Tag.objects.get(name=name) for name in ("humas", "kehumasan"))
    merge(source, target, by=member(Role.ADMINISTRATOR, ministry()))
    assert sorted(listed("kehumasan")) == [both.article_id, one.article_id]
    call_command("audit", verbosity=0)


@pytest.mark.parametrize("kind", [ListedTag, ListedOfficial])
def test_the_audit_finds_a_place_that_is_missing_or_too_much(kind):
    here = published(tags=("humas",), officials=(OfficialFactory(),)).article
    elsewhere = published().article
    assert list(articles_listed_otherwise_than_they_are()) == []
    kind.objects.filter(article=here).update(article=elsewhere)
    assert len(list(articles_listed_otherwise_than_they_are())) == 2


def test_the_audit_finds_an_article_under_a_wrong_event():
    Article.objects.filter(pk=published().article_id).update(event=EventFactory())
    assert len(list(articles_listed_otherwise_than_they_are())) == 1


def test_tags_that_stand_beside_a_tag_more_than_once_are_told(client):
    for tags in (("humas", "rakornas", "bantaeng"), ("humas", "rakornas"), ("bantaeng",)):
        published(tags=tags)
    hidden_articles(tags=("humas", "bantaeng"))
    humas = Tag.objects.get(name="humas")
    assert [tag.name for tag in beside(humas)] == ["rakornas"]
    assert client.get(humas.get_absolute_url()).context["beside"] == beside(humas)


@pytest.mark.parametrize("topic", ["/rubrik/ekonomi/", "/tag/humas/"])
def test_a_topic_tells_its_years_by_local_day_and_shows_each(client, topic, monkeypatch):
    rubric = RubricFactory(name="Ekonomi")
    for moment in (NOON, NOON, SILVESTER, NOON.replace(year=2019)):
        published(at=moment, tags=("humas",), rubric=rubric, headline=f"Berita {moment:%Y-%m}")
    hidden = hidden_articles(tags=("humas",), rubric=rubric)
    years_of = [("2026", "1", f"{topic}2026/"), ("2025", "2", f"{topic}2025/"), ("2019", "1", f"{topic}2019/")]
    assert client.get(topic).context["years"] == years_of
    response = client.get(f"{topic}2025/")
    assert [article.headline for article in response.context["articles"]] == ["Berita 2025-11"] * 2
    assert shows_none_of(response, hidden)
    assert [a.headline for a in client.get(f"{topic}2026/").context["articles"]] == ["Berita 2025-12"]
    assert response.context["canonical_url"] == f"http://testserver{topic}2025/"
    assert response.context["robots"] == ""
    for year in ("2018", "2024", "0000", "9999", "1944"):
        assert client.get(f"{topic}{year}/").status_code == 404
    monkeypatch.setattr(years, "MOST", 1)
    assert [count for _year, count, _address in client.get(topic).context["years"]] == ["1", "1+", "1"]


def test_a_year_of_a_topic_merged_away_leads_to_the_present_one(client):
    published(tags=("humas", "kehumasan"), at=NOON)
    merge(*Tag.objects.order_by("name"), by=member(Role.ADMINISTRATOR, ministry()))
    assert client.get("/tag/humas/2025/").headers["Location"] == "/tag/kehumasan/2025/"


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/rubrik/ekonomi/2025/", 6), ("/tag/humas/2025/", 7)])
def test_a_year_of_a_topic_takes_the_same_few_queries(client, django_assert_num_queries, path, queries, rows):
    for _ in range(rows):
        published(rubric=RubricFactory(name="Ekonomi"), tags=("humas", "rakornas"), at=NOON)
    with django_assert_num_queries(queries):
        assert len(client.get(path).context["articles"]) == rows
