"""Articles kept at the top of their office's front page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from news.models import Pin
from news.pinning import MOST_DAYS, pin_article, unpin_article
from news.refusals import NotNow
from news.states import Step
from news.workflow import take_step
from offices.roles import Role
from tests.factories import PhotoFactory, drafted, member, ministry, province_office, published, regency_office
from tests.factories.news import someone

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)
PAGE = "/kantor/kantor-73-03/"


def today():
    return regency_office().local_day(timezone.now())


def pinned(headline, days=7, **fields):
    article = published(headline=headline, **fields).article
    pin_article(article, by=someone(Role.EDITOR, regency_office()), last_day=today() + timedelta(days=days))
    return article


def shown(client, address=PAGE):
    context = client.get(address).context
    return [article.headline for article in [context["lead_article"], *context["articles"]] if article]


def test_a_pinned_article_leads_the_office_page_and_stands_there_once(client):
    pinned("Lama", at=NOON)
    published(headline="Baru")
    assert shown(client) == ["Lama", "Baru"]
    assert "Disematkan" in client.get(PAGE).content.decode()


def test_the_last_pinned_stands_first(client):
    pinned("Satu")
    pinned("Dua")
    published(headline="Baru")
    assert shown(client) == ["Dua", "Satu", "Baru"]


def test_a_pin_runs_out_by_itself(client):
    article = pinned("Lama", at=NOON)
    published(headline="Baru")
    Pin.objects.filter(article=article).update(last_day=today())
    assert shown(client) == ["Lama", "Baru"]
    Pin.objects.filter(article=article).update(last_day=today() - timedelta(days=1))
    assert shown(client) == ["Baru", "Lama"]


def test_a_pinned_article_that_is_withdrawn_vanishes(client):
    article = pinned("Lama", at=NOON)
    published(headline="Baru")
    take_step(article.editions.get(), Step.WITHDRAW, by=someone(Role.MANAGER, article.office), note="Keliru.")
    assert shown(client) == ["Baru"]


def test_a_pin_moves_nothing_on_other_pages(client):
    pinned("Lama", at=NOON)
    published(headline="Baru")
    assert [article.headline for article in client.get("/berita/").context["articles"]] == ["Baru", "Lama"]


def test_a_fourth_pin_is_refused_until_one_is_let_go_or_runs_out():
    first, *_others = (pinned(f"Berita {number}") for number in range(3))
    fourth, fifth = published().article, published().article
    editor = someone(Role.EDITOR, regency_office())
    with pytest.raises(NotNow, match="Sudah ada 3"):
        pin_article(fourth, by=editor, last_day=today())
    unpin_article(first, by=editor)
    pin_article(fourth, by=editor, last_day=today())
    Pin.objects.filter(article=fourth).update(last_day=today() - timedelta(days=1))
    pin_article(fifth, by=editor, last_day=today())
    assert Pin.objects.count() == 3
    assert not Pin.objects.filter(article=fourth).exists()


def test_pinning_again_changes_the_day():
    article = pinned("Lama")
    pin_article(article, by=someone(Role.EDITOR, regency_office()), last_day=today())
    assert Pin.objects.get().last_day == today()


@pytest.mark.parametrize("days", [-1, MOST_DAYS + 1])
def test_a_day_that_is_past_or_far_is_refused(days):
    with pytest.raises(NotNow, match="Pilih hari"):
        pinned("Lama", days=days)
    assert Pin.objects.count() == 0


def test_what_is_not_public_is_not_pinned():
    article = drafted().article
    with pytest.raises(NotNow, match="terbit"):
        pin_article(article, by=someone(Role.EDITOR, article.office), last_day=today())


@pytest.mark.parametrize(
    ("role", "office"),
    [(Role.WRITER, regency_office), (Role.EDITOR, province_office), (Role.SUPERVISOR, province_office)],
)
def test_only_the_offices_editors_pin(role, office):
    article = published().article
    stranger = member(role, office())
    with pytest.raises(PermissionDenied):
        pin_article(article, by=stranger, last_day=today())
    with pytest.raises(PermissionDenied):
        unpin_article(article, by=member(Role.CURATOR, ministry()))


@pytest.mark.parametrize("place", [0, 4])
def test_the_database_knows_three_places(place):
    article = published().article
    with pytest.raises(IntegrityError), transaction.atomic():
        Pin.objects.create(
            office=article.office,
            place=place,
            article=article,
            last_day=today(),
            pinned_by=someone(Role.EDITOR, article.office),
            pinned_at=timezone.now(),
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_pins_cost_the_office_page_two_queries(client, django_assert_num_queries, rows):
    for number in range(rows):
        pinned(f"Berita {number}", photos=(PhotoFactory(),))
        published(photos=(PhotoFactory(),))
    with django_assert_num_queries(12):
        client.get(PAGE)


# The buttons on the article's page


def press(client, article, verb, **data):
    return client.post(reverse(f"admin:news_article_{verb}", args=[article.pk]), data)


def test_an_editor_pins_and_lets_go_with_two_buttons(client):
    article = published().article
    client.force_login(someone(Role.EDITOR, article.office))
    url = reverse("admin:news_article_change", args=[article.pk])
    assert reverse("admin:news_article_pin", args=[article.pk]) in client.get(url).content.decode()
    assert press(client, article, "pin", last_day=today().isoformat()).status_code == 302
    assert Pin.objects.get().article == article
    assert reverse("admin:news_article_unpin", args=[article.pk]) in client.get(url).content.decode()
    assert press(client, article, "unpin").status_code == 302
    assert Pin.objects.count() == 0
    assert [str(entry) for entry in LogEntry.objects.filter(object_id=article.pk)] != []


def test_a_refusal_answers_with_its_sentence(client):
    article = published().article
    client.force_login(someone(Role.EDITOR, article.office))
    response = press(client, article, "pin", last_day="2001-01-01")
    assert (response.status_code, "Pilih hari" in response.content.decode()) == (409, True)
    assert press(client, article, "pin", last_day="besok").status_code == 400


def test_a_writer_and_a_draft_have_no_such_button(client):
    article, draft = published().article, drafted().article
    for role, shown_article in ((Role.WRITER, article), (Role.EDITOR, draft)):
        client.force_login(someone(role, article.office))
        page = client.get(reverse("admin:news_article_change", args=[shown_article.pk])).content.decode()
        assert reverse("admin:news_article_pin", args=[shown_article.pk]) not in page
