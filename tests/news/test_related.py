"""What stands beside an article."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Article, Edition, TaggedEdition
from news.related import MOST_PER_OFFICE, MOST_RELATED, neighbours_of
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    drafted,
    member,
    ministry,
    published,
    regency_office,
    withdrawn,
)

pytestmark = pytest.mark.django_db


def loaded(edition: Edition) -> Edition:
    return Edition.objects.with_content().select_related("article__office__region__parent").get(pk=edition.pk)


def headlines(articles) -> list[str]:
    return [article.headline for article in articles]


def days_ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_an_article_alone_has_no_neighbours():
    neighbours = neighbours_of(loaded(published()))
    assert (neighbours.related, neighbours.elsewhere, neighbours.insets, neighbours.office_latest) == ([], [], [], [])


def test_only_what_is_published_stands_beside_an_article():
    other = regency_office("73.71")
    shown = published(other, tags=("humas",))
    withdrawn(other, tags=("humas",))
    drafted(other, tags=("humas",))
    neighbours = neighbours_of(loaded(published(tags=("humas",))))
    assert headlines(neighbours.related) == [shown.headline]


def test_hand_picked_articles_come_first_and_in_their_order():
    first, second = published(regency_office("11.01")), published(regency_office("12.01"))
    same_topic = published(regency_office("13.01"), tags=("humas",))
    edition = published(tags=("humas",), picks=(second.article, first.article))
    assert headlines(neighbours_of(loaded(edition)).related) == [second.headline, first.headline, same_topic.headline]


def test_the_same_event_outweighs_a_shared_tag_and_a_rare_tag_a_common_one():
    event = EventFactory(organiser=regency_office("73.01"), state="published")
    by_event = published(regency_office("11.01"), event=event, headline="Alfa")
    by_rare_tag = published(regency_office("12.01"), tags=("langka",), headline="Beta")
    common = [published(regency_office(f"13.{n:02}"), tags=("umum",), headline=f"Umum{n}") for n in range(1, 6)]
    edition = published(event=event, tags=("langka", "umum"), headline="Sesuatu")
    found = headlines(neighbours_of(loaded(edition)).related)
    assert found[:2] == [by_event.headline, by_rare_tag.headline]
    assert set(found[2:]) < {e.headline for e in common}


def test_shared_officials_raise_an_article():
    term = AppointmentFactory()
    plain = published(regency_office("11.01"))
    about_him = published(regency_office("12.01"), officials=(term.official,))
    edition = published(officials=(term.official,))
    assert headlines(neighbours_of(loaded(edition)).related) == [about_him.headline, plain.headline]


def test_no_office_fills_more_than_two_places():
    crowd = regency_office("73.71")
    for _n in range(5):
        published(crowd, tags=("humas",))
    lone = published(regency_office("11.01"))
    related = neighbours_of(loaded(published(tags=("humas",)))).related
    assert [a.office_id for a in related].count(crowd.pk) == MOST_PER_OFFICE
    assert lone.headline in headlines(related)


def test_the_list_is_full_at_six_and_equal_on_every_request():
    for n in range(1, 12):
        published(regency_office(f"11.{n:02}"), at=days_ago(n))
    edition = loaded(published())
    related = neighbours_of(edition).related
    assert len(related) == MOST_RELATED
    assert [a.pk for a in neighbours_of(edition).related] == [a.pk for a in related]


def test_elsewhere_shows_other_provinces_once_each():
    for province in ("11", "12", "13", "14", "15", "16", "17"):
        for n in (1, 2, 3):
            published(regency_office(f"{province}.{n:02}"))
    neighbours = neighbours_of(loaded(published(regency_office("73.03"))))
    provinces = [a.province_id for a in neighbours.elsewhere]
    assert len(provinces) == len(set(provinces)) > 0
    assert "73" not in provinces


def test_the_ministry_is_no_other_region():
    for _n in (1, 2, 3):
        published(ministry())
    assert neighbours_of(loaded(published(regency_office("73.03")))).elsewhere == []


def test_an_inline_block_resolves_to_a_published_article_only():
    target, hidden = published(regency_office("11.01")), drafted(regency_office("12.01"))
    body = (
        f'<p>Satu.</p><div class="baca-juga" data-article="{target.article_id}"></div>'
        f'<div class="baca-juga" data-article="{hidden.article_id}"></div>'
        '<div class="baca-juga" data-article="999999"></div>'
    )
    neighbours = neighbours_of(loaded(published(body=body)))
    assert list(neighbours.inline) == [target.article_id]
    assert neighbours.insets == []
    assert target.headline not in headlines(neighbours.related)


def test_insets_are_offered_where_the_writer_placed_none():
    for n in range(1, 12):
        published(regency_office(f"11.{n:02}"), at=days_ago(n))
    neighbours = neighbours_of(loaded(published()))
    assert len(neighbours.insets) == 2
    assert not set(headlines(neighbours.insets)) & set(headlines(neighbours.related))


def test_a_draft_being_previewed_has_neighbours_and_is_not_among_them():
    published(regency_office("11.01"))
    draft = drafted()
    assert len(neighbours_of(loaded(draft)).related) == 1


def test_an_article_without_tags_officials_and_event_asks_two_queries(django_assert_num_queries):
    for n in range(1, 4):
        published(regency_office(f"11.{n:02}"))
    edition = loaded(published())
    with django_assert_num_queries(2):
        neighbours_of(edition)


def test_a_rich_article_asks_two_queries_as_well(django_assert_num_queries):
    term = AppointmentFactory()
    event = EventFactory(state="published")
    office = regency_office("11.01")
    member(Role.EDITOR, office)
    other = published(office, tags=("humas",), event=event, officials=(term.official,))
    edition = loaded(published(tags=("humas",), event=event, officials=(term.official,), picks=(other.article,)))
    with django_assert_num_queries(2):
        neighbours_of(edition)


def test_the_use_of_a_tag_is_counted():
    published(tags=("humas",))
    edition = published(regency_office("11.01"), tags=("humas", "langka"))
    uses = {row.tag.name: row.uses for row in loaded(edition).tagged.all()}
    assert uses == {"humas": 2, "langka": 1}
    assert TaggedEdition.objects.count() == 3
    assert Article.objects.published().count() == 2
