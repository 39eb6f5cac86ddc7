"""The article form: the order of its parts, and what it hands to the hints."""

import re

import pytest
from django.urls import reverse

from news.readiness import warnings
from news.readiness.headlines import LONG_DECK, LONG_HEADLINE, deck_too_long, hints, in_capitals, too_long
from news.writing import start_edition
from offices.roles import Role
from tests.factories import drafted, published
from tests.factories.news import someone
from tests.news.test_article_admin import change_url, content, signed_in

pytestmark = pytest.mark.django_db

ORDER = ["headline", "deck", "rubric", "photos", "dateline_place", "dateline_on", "body", "quotes", "mentions"]
ORDER += ["attachments", "tags", "event", "picks", "byline", "source"]


def places(page: str, names: list[str]) -> list[int]:
    return [re.search(rf'name="{name}(?:-TOTAL_FORMS)?"', page).start() for name in names]


def test_the_parts_of_the_form_stand_in_the_order_in_which_people_write(client):
    signed_in(client)
    for url in (reverse("admin:news_article_add"), change_url(drafted())):
        found = places(client.get(url).content.decode(), [*ORDER, "slug"])
        assert found == sorted(found)


def test_a_published_article_keeps_the_order_and_says_what_is_corrected(client):
    edition = published()
    editor = someone(Role.EDITOR, edition.article.office)
    start_edition(edition.article, by=editor)
    client.force_login(editor)
    page = client.get(change_url(edition)).content.decode()
    found = places(page, [*ORDER[:-2], "correction", *ORDER[-2:]])
    assert found == sorted(found)
    assert 'name="slug"' not in page


def test_who_only_reads_sees_the_text_and_its_rows(client):
    edition = published()
    signed_in(client)
    page = client.get(change_url(edition)).content.decode()
    assert edition.headline in page
    assert 'id="photos-group"' in page
    assert 'name="headline"' not in page


def test_the_hints_and_the_checklist_speak_in_the_same_sentences(client):
    loud = drafted(headline="BUPATI HADIR " * 10, deck="kata " * 41)
    assert [one for one in warnings(loud) if one in (too_long(), in_capitals(), deck_too_long())] == [
        too_long(),
        in_capitals(),
        deck_too_long(),
    ]
    signed_in(client)
    page = client.get(change_url(loud)).content.decode()
    for attributes in hints().values():
        for name, value in attributes.items():
            assert f'{name}="{value}"' in page
    assert f'data-most="{LONG_HEADLINE}"' in page
    assert f'data-most="{LONG_DECK}"' in page


@pytest.mark.parametrize(
    ("headline", "deck"),
    [("x" * LONG_HEADLINE, "x" * LONG_DECK), ("APBD 2026", ""), ("Bupati BERTEMU wakil di Bantaeng", "Satu.")],
)
def test_an_ordinary_headline_raises_no_doubt(headline, deck):
    sentences = {too_long(), in_capitals(), deck_too_long()}
    assert sentences.isdisjoint(warnings(drafted(headline=headline, deck=deck)))


@pytest.mark.parametrize(("slug", "refused"), [("2026", True), ("feed", True), ("rakornas-2026", False), ("", False)])
def test_a_wished_address_that_no_article_can_have_is_refused_at_once(client, slug, refused):
    edition = drafted()
    signed_in(client)
    response = client.post(change_url(edition), content(version=edition.version, slug=slug))
    assert (response.status_code == 200) == refused
    edition.article.refresh_from_db()
    assert edition.article.slug == ("" if refused else slug)
