"""Articles: what the public meets of them, in which order, at which address."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from news.models import Address, Article, Edition
from news.pointers import pointing_at
from news.states import PublicState, Step
from news.workflow import take_step
from news.writing import start_edition
from offices.roles import Role
from tests.factories import (
    PhotoFactory,
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
from tests.factories.news import BODY, someone

pytestmark = pytest.mark.django_db


def removed():
    edition = published()
    take_step(edition, Step.REMOVE, by=someone(Role.MANAGER, edition.article.office), note="Keliru.")
    return edition


def test_the_public_reads_what_is_published_and_nothing_else():
    public = [published().article for _number in range(2)]
    for make in (drafted, submitted, approved, withdrawn, removed):
        make()

    assert Article.objects.count() == 7
    assert sorted(Article.objects.published(), key=lambda article: article.pk) == public


def test_the_public_goes_on_reading_the_live_edition_while_the_next_is_written():
    first = published(headline="Yang Terbit")
    editor = someone(Role.EDITOR, regency_office())
    second = start_edition(first.article, by=editor)
    Edition.objects.filter(pk=second.pk).update(headline="Yang Ditulis", correction="typo")

    for step, by in ((Step.SUBMIT, editor), (Step.APPROVE, member(Role.EDITOR, regency_office()))):
        take_step(second, step, by=by)
        assert [article.headline for article in Article.objects.published()] == ["Yang Terbit"]
    take_step(second, Step.PUBLISH, by=editor)

    assert [article.headline for article in Article.objects.published()] == ["Yang Ditulis"]


def test_a_correction_keeps_the_place_in_the_public_order():
    now = timezone.now()
    older, newer = (published(at=now - timedelta(days=days)).article for days in (3, 2))
    editor = someone(Role.EDITOR, regency_office())
    second = start_edition(older, by=editor)
    Edition.objects.filter(pk=second.pk).update(correction="update", correction_note="Jumlah peserta.")
    take_step(second, Step.SUBMIT, by=editor)
    take_step(second, Step.APPROVE, by=member(Role.EDITOR, regency_office()))
    take_step(second, Step.PUBLISH, by=editor)

    assert list(Article.objects.published().newest_first()) == [newer, older]


def test_what_appeared_at_the_same_moment_has_one_order():
    moment = timezone.now()
    articles = [published(at=moment).article for _number in range(3)]

    assert list(Article.objects.published().newest_first()) == articles[::-1]


def test_the_address_holds_year_month_and_slug():
    article = published(headline="Rakornas 2019", at=datetime(2019, 2, 3, 3, 0, tzinfo=UTC)).article

    assert article.get_absolute_url() == reverse("article_detail", args=[2019, "02", "rakornas-2019"])
    assert article.get_absolute_url() == "/berita/2019/02/rakornas-2019/"
    assert str(Address.objects.get()) == "/berita/2019/02/rakornas-2019/"
    assert drafted().article.get_absolute_url() == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_cards_come_in_two_queries_however_many(rows, django_assert_num_queries):
    for _number in range(rows):
        published(photos=(PhotoFactory(), PhotoFactory()))

    with django_assert_num_queries(2):
        cards = [
            (
                article.headline,
                article.deck,
                article.rubric.name,
                article.office.region.parent.name,
                article.lead.photo.token,
                article.get_absolute_url(),
            )
            for article in Article.objects.published().newest_first().for_cards()
        ]

    assert len(cards) == rows


def test_nothing_published_can_be_deleted():
    edition = published()

    for row in (edition, edition.article, edition.article.office, edition.rubric, edition.started_by):
        with pytest.raises(ProtectedError), transaction.atomic():
            row.delete()

    assert Edition.objects.count() == Article.objects.published().count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"public_state": PublicState.LIVE},
        {"public_state": PublicState.REMOVED},
        {"public_state": PublicState.LIVE, "first_published_at": timezone.now(), "published_on": date(2026, 1, 1)},
    ],
)
def test_the_database_refuses_a_public_article_without_its_dates_and_edition(fields):
    article = drafted().article

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**fields)


@pytest.mark.parametrize("missing", ["live_edition", "rubric", "published_on", "first_published_at", "updated_at"])
def test_the_database_keeps_what_a_live_article_needs(missing):
    article = published().article

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**{missing: None})


@pytest.mark.parametrize(("state", "constraint"), [("published", "one_live"), ("withdrawn", "one_live")])
def test_the_database_holds_one_live_edition_of_an_article(state, constraint):
    first = published()
    second = start_edition(first.article, by=someone(Role.EDITOR, regency_office()))

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Edition.objects.filter(pk=second.pk).update(state=state, is_urgent=True)

    assert connection.vendor == "sqlite" or constraint in str(refusal.value)


def test_the_database_wants_an_approval_or_urgency_for_what_is_live():
    edition = drafted()

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(state="published")

    assert "what_is_live_was_approved_or_is_urgent" in str(refusal.value)


def test_the_database_holds_one_edition_in_work_of_an_article():
    first = published()
    start_edition(first.article, by=someone(Role.EDITOR, regency_office()))

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=first.pk).update(state="draft")


@pytest.mark.parametrize("state", ["approved", "scheduled"])
def test_the_database_wants_an_approver_for_what_is_approved(state):
    edition = drafted()

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(state=state)


def test_publication_writes_on_the_article_what_the_public_order_reads():
    moment = datetime(2019, 12, 11, 3, 0, tzinfo=UTC)
    edition = published(at=moment)

    article = edition.article
    assert (article.public_state, article.live_edition) == (PublicState.LIVE, edition)
    assert (article.first_published_at, article.published_on) == (moment, date(2019, 12, 11))
    assert (article.updated_at, edition.published_at) == (moment, moment)
    assert (article.rubric, article.province_id) == (edition.rubric, "73")


@pytest.mark.parametrize(("office", "province"), [(ministry, None), (province_office, "73"), (regency_office, "73")])
def test_an_article_belongs_to_the_province_of_its_office(office, province):
    assert published(office()).article.province_id == province


def test_withdrawing_and_reinstating_change_what_the_public_meets_and_not_the_edition():
    edition = published()
    article = edition.article

    for step, state, visible in (
        (Step.WITHDRAW, "withdrawn", []),
        (Step.REINSTATE, "live", [article]),
        (Step.REMOVE, "removed", []),
    ):
        take_step(edition, step, by=someone(Role.MANAGER, regency_office()), note="Alasan.")
        article.refresh_from_db()
        assert (article.public_state, article.live_edition) == (state, edition)
        assert list(Article.objects.published()) == visible


def test_an_article_that_points_here_by_hand_or_inline_is_found_while_it_is_public():
    target = published().article
    inline = f'{BODY}<div class="baca-juga" data-article="{{}}"></div>'
    by_hand, by_block = published(picks=(target,)).article, published(body=inline.format(target.pk)).article
    both = published(picks=(target,), body=inline.format(target.pk)).article
    published(body=inline.format(f"{target.pk}0"))
    drafted(picks=(target,), body=inline.format(target.pk))
    withdrawn(picks=(target,))

    assert sorted(article.pk for article in pointing_at(target)) == [by_hand.pk, by_block.pk, both.pk]
