"""What stands beside an article, whether its list has been made, is about to be, or the article is being previewed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article, Edition, RelatedRow, TaggedEdition
from news.related.choosing import MOST_PER_OFFICE, MOST_RELATED, inline_and_room
from news.related.keeping import make_list
from news.related.page import neighbours_of
from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    PhotoFactory,
    approved,
    drafted,
    member,
    ministry,
    published,
    regency_office,
    withdrawn,
)
from tests.factories.news import someone

pytestmark = pytest.mark.django_db


def loaded(edition: Edition) -> Edition:
    return Edition.objects.with_content().select_related("article__office__region__parent").get(pk=edition.pk)


def beside(edition: Edition):
    """The neighbours on the page of a published edition, once its list has been made."""
    make_list(edition.article_id)
    return neighbours_of(loaded(edition))


def headlines(articles) -> list[str]:
    return [article.headline for article in articles]


def days_ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_an_article_alone_has_no_neighbours():
    neighbours = beside(published())
    assert (neighbours.related, neighbours.elsewhere, neighbours.insets, neighbours.office_latest) == ([], [], [], [])


def test_only_what_is_published_stands_beside_an_article():
    other = regency_office("73.71")
    shown = published(other, tags=("humas",))
    withdrawn(other, tags=("humas",))
    drafted(other, tags=("humas",))
    edition = published(tags=("humas",))
    assert headlines(neighbours_of(loaded(edition)).related) == [shown.headline]
    assert headlines(beside(edition).related) == [shown.headline]


def test_a_withdrawn_neighbour_is_gone_at_once_though_its_lists_are_not_yet_made_anew():
    other = published(regency_office("73.71"), tags=("humas",))
    edition = published(tags=("humas",))
    assert headlines(beside(edition).related) == [other.headline]
    take_step(other, Step.WITHDRAW, by=someone(Role.MANAGER, other.article.office), note="Keliru.")
    assert RelatedRow.objects.filter(neighbour=other.article).exists()
    assert neighbours_of(loaded(edition)).related == []


def test_hand_picked_articles_come_first_and_in_their_order():
    first, second = published(regency_office("11.01")), published(regency_office("12.01"))
    same_topic = published(regency_office("13.01"), tags=("humas",))
    edition = published(tags=("humas",), picks=(second.article, first.article))
    assert headlines(beside(edition).related) == [second.headline, first.headline, same_topic.headline]


def test_the_same_event_outweighs_a_shared_tag_and_a_rare_tag_a_common_one():
    event = EventFactory(organiser=regency_office("73.01"), state="published")
    by_event = published(regency_office("11.01"), event=event, headline="Alfa")
    by_rare_tag = published(regency_office("12.01"), tags=("langka",), headline="Beta")
    common = [published(regency_office(f"13.{n:02}"), tags=("umum",), headline=f"Umum{n}") for n in range(1, 6)]
    edition = published(event=event, tags=("langka", "umum"), headline="Sesuatu")
    found = headlines(beside(edition).related)
    assert found[:2] == [by_event.headline, by_rare_tag.headline]
    assert set(found[2:]) < {e.headline for e in common}


def test_shared_officials_raise_an_article():
    term = AppointmentFactory()
    plain = published(regency_office("11.01"))
    about_him = published(regency_office("12.01"), officials=(term.official,))
    edition = published(officials=(term.official,))
    assert headlines(beside(edition).related) == [about_him.headline, plain.headline]


def test_the_nearer_region_comes_first():
    own = published(regency_office("73.03"), at=days_ago(3))
    province = published(regency_office("73.71"), at=days_ago(2))
    far = published(regency_office("11.01"), at=days_ago(1))
    edition = published(regency_office("73.03"), headline="Tentang hal lain")
    assert headlines(beside(edition).related) == [own.headline, province.headline, far.headline]


def test_no_office_fills_more_than_two_places():
    crowd = regency_office("73.71")
    for _n in range(5):
        published(crowd, tags=("humas",))
    lone = published(regency_office("11.01"))
    related = beside(published(tags=("humas",))).related
    assert [a.office_id for a in related].count(crowd.pk) == MOST_PER_OFFICE
    assert lone.headline in headlines(related)


@pytest.mark.parametrize("is_made", [True, False])
def test_the_list_is_full_at_six_and_equal_on_every_request(is_made):
    for n in range(1, 8):
        published(regency_office(f"11.{n:02}"), at=days_ago(n))
    edition = published()
    related = (beside(edition) if is_made else neighbours_of(loaded(edition))).related
    assert len(related) == MOST_RELATED
    assert [a.pk for a in neighbours_of(loaded(edition)).related] == [a.pk for a in related]


def test_a_list_that_has_become_short_is_filled_with_what_is_new():
    edition = published()
    assert beside(edition).related == []
    for n in range(1, 7):
        published(regency_office(f"73.{n + 10}"), headline=f"Kabar {n}")
    assert len(neighbours_of(loaded(edition)).related) == MOST_RELATED


def test_elsewhere_shows_other_provinces_once_each():
    for code in ("11.01", "12.01", "13.01", "14.01", "14.02", *(f"73.{n}" for n in range(11, 17))):
        published(regency_office(code))
    neighbours = beside(published(regency_office("73.03")))
    provinces = [a.province_id for a in neighbours.elsewhere]
    assert len(provinces) == len(set(provinces)) == 4
    assert "73" not in provinces


def test_elsewhere_is_filled_up_from_few_provinces():
    for n in range(1, 12):
        published(regency_office(f"11.{n:02}"))
    assert len(beside(published(regency_office("73.03"))).elsewhere) == 4


@pytest.mark.parametrize("is_made", [True, False])
def test_elsewhere_reaches_other_provinces_past_everything_that_the_own_one_publishes(is_made):
    far = published(regency_office("11.01"), at=days_ago(900))
    for n in range(11, 24):
        published(regency_office(f"73.{n:02}"), tags=("humas",))
    edition = published(regency_office("73.03"), tags=("humas",))
    neighbours = beside(edition) if is_made else neighbours_of(loaded(edition))
    assert headlines(neighbours.elsewhere) == [far.headline]
    assert far.headline not in headlines(neighbours.related)


def test_the_first_article_of_another_province_is_shown_beside_lists_made_before():
    for n in range(11, 24):
        published(regency_office(f"73.{n:02}"), tags=("humas",))
    edition = published(regency_office("73.03"), tags=("humas",))
    assert beside(edition).elsewhere == []
    far = published(regency_office("11.01"), headline="Lain sama sekali", body="<p>Lain.</p>")
    assert headlines(neighbours_of(loaded(edition)).elsewhere) == [far.headline]


def test_where_all_that_others_published_stands_on_the_page_it_is_named_once_more():
    far = published(regency_office("11.01"))
    neighbours = beside(published(regency_office("73.03"), picks=(far.article,)))
    assert headlines(neighbours.related) == headlines(neighbours.elsewhere) == [far.headline]


def test_the_ministry_is_no_other_region():
    for _n in (1, 2, 3):
        published(ministry())
    assert beside(published(regency_office("73.03"))).elsewhere == []


def test_beside_an_article_of_the_ministry_every_province_is_another():
    published(regency_office("73.03"))
    assert len(beside(published(ministry())).elsewhere) == 1


def test_an_inline_block_resolves_to_a_published_article_only():
    target, hidden = published(regency_office("11.01")), drafted(regency_office("12.01"))
    body = (
        f'<p>Satu.</p><div class="baca-juga" data-article="{target.article_id}"></div>'
        f'<div class="baca-juga" data-article="{hidden.article_id}"></div>'
        '<div class="baca-juga" data-article="999999"></div>'
    )
    neighbours = beside(published(body=body))
    assert list(neighbours.inline) == [target.article_id]
    assert neighbours.insets == []
    assert target.headline not in headlines(neighbours.related)


@pytest.mark.parametrize(("paragraphs", "insets"), [(2, 0), (3, 1), (6, 1), (7, 2), (20, 2)])
def test_insets_are_offered_as_far_as_the_text_has_room(paragraphs, insets):
    assert inline_and_room(Edition(body="<p>Satu.</p>" * paragraphs)) == ((), insets)


def test_insets_are_none_of_those_below_the_text():
    for n in range(1, 9):
        published(regency_office(f"11.{n:02}"), at=days_ago(n))
    neighbours = beside(published(body="<p>Satu.</p>" * 7))
    assert len(neighbours.insets) == 2
    assert not set(headlines(neighbours.insets)) & set(headlines(neighbours.related))


def test_the_latest_of_the_office_are_its_newest_and_not_the_article_itself():
    office = regency_office()
    editions = [published(office, at=days_ago(n)) for n in (4, 3, 2, 1)]
    assert headlines(beside(editions[-1]).office_latest) == headlines(editions[2::-1])


def test_a_draft_being_previewed_has_neighbours_and_is_not_among_them():
    published(regency_office("73.71"))
    draft = drafted()
    assert len(neighbours_of(loaded(draft)).related) == 1


def test_the_preview_shows_what_the_page_will():
    term, event = AppointmentFactory(), EventFactory(state="published")
    for n in range(1, 10):
        office = regency_office(f"{n + 10}.01")
        extra = {"event": event} if n % 5 == 0 else {"officials": (term.official,)} if n % 4 == 0 else {}
        published(office, tags=("humas", f"tag{n % 3}"), headline=f"Bendungan {n} dan padi", at=days_ago(n), **extra)
    draft = approved(tags=("humas", "tag1"), event=event, officials=(term.official,), headline="Padi dan bendungan")
    before = neighbours_of(loaded(draft))
    take_step(draft, Step.PUBLISH, by=someone(Role.EDITOR, draft.article.office))
    after = beside(draft)
    for part in ("related", "insets", "elsewhere", "office_latest"):
        assert headlines(getattr(before, part)) == headlines(getattr(after, part)), part
    assert len(after.related) == MOST_RELATED


@pytest.mark.parametrize("is_made", [True, False])
@pytest.mark.parametrize("rows", [1, 3])
def test_neighbours_cost_one_query(django_assert_num_queries, rows, is_made):
    for n in range(1, rows + 1):
        published(regency_office(f"11.{n:02}"))
    edition = published()
    if is_made:
        make_list(edition.article_id)
    edition = loaded(edition)
    with django_assert_num_queries(1):
        neighbours_of(edition)


@pytest.mark.postgres
def test_postgresql_finds_the_few_keys_before_it_joins_anything():
    edition = loaded(published())
    with CaptureQueriesContext(connection) as asked:
        neighbours_of(edition)
    assert '"news_article"."id" = ANY(ARRAY(' in asked.captured_queries[-1]["sql"]


def test_a_rich_article_costs_one_query_as_well(django_assert_num_queries):
    term = AppointmentFactory()
    event = EventFactory(state="published")
    office = regency_office("11.01")
    member(Role.EDITOR, office)
    photo = PhotoFactory(office)
    other = published(office, tags=("humas",), event=event, officials=(term.official,), photos=(photo,))
    edition = published(tags=("humas",), event=event, officials=(term.official,), picks=(other.article,))
    make_list(edition.article_id)
    edition = loaded(edition)
    with django_assert_num_queries(1):
        neighbours = neighbours_of(edition)
        assert neighbours.related[0].lead.photo == photo


def test_the_use_of_a_tag_by_others_is_counted():
    published(tags=("humas",))
    edition = published(regency_office("11.01"), tags=("humas", "langka"))
    uses = {row.tag.name: row.uses for row in loaded(edition).tagged.all()}
    assert uses == {"humas": 1, "langka": 0}
    assert TaggedEdition.objects.count() == 3
    assert Article.objects.published().count() == 2
