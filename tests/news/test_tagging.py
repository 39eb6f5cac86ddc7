"""Tags while they are chosen: existing spellings first."""

import pytest
from django.urls import reverse

from news.models import Contribution, Tag
from news.tagging import settled, suggested
from offices.roles import Role
from tests.factories import drafted, member, ministry, submitted
from tests.factories.news import someone
from tests.news.test_article_admin import change_url, content, signed_in

pytestmark = pytest.mark.django_db


def names(term):
    return [tag.name for tag in suggested(term, Tag.objects.all())]


def test_what_begins_with_the_term_comes_first_and_then_what_is_used_most():
    for tags in (("Satu Data", "data desa"), ("data desa", "data terbuka"), ("data desa", "humas")):
        drafted(tags=tags)

    assert names("DATA") == ["data desa", "data terbuka", "Satu Data"]
    assert [tag.uses for tag in suggested("data", Tag.objects.all())] == [3, 1, 1]


def test_a_term_is_found_by_its_address_too():
    drafted(tags=("Café Literasi",))

    assert names("cafe lit") == ["Café Literasi"]


@pytest.mark.parametrize("term", ["", "   ", "\x00", "%", "_", "x" * 5_000])
def test_a_strange_term_breaks_nothing(term):
    drafted(tags=tuple(f"tag {number}" for number in range(12)))

    assert len(names(term)) == (0 if term.strip(" \x00") else 10)


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        (["rakornas"], ["Rakornas"]),
        (["RAKORNAS", "rakornas"], ["Rakornas"]),
        (["hut-ri", "HUT  RI"], ["HUT RI"]),
        (["Café"], ["Café"]),
        (["café", "rakornas", "baru"], ["Café", "Rakornas", "baru"]),
        (["C++", "c"], ["C++", "c"]),
        (["Baru", "baru"], ["Baru"]),
        (["日本"], ["日本"]),
        ([], []),
    ],
)
def test_a_tag_takes_the_spelling_that_is_in_use(typed, chosen):
    drafted(tags=("Rakornas", "HUT RI", "Café"))

    assert settled(typed) == chosen


def test_the_form_takes_the_spelling_that_is_in_use(client):
    drafted(tags=("Rakornas",))
    signed_in(client)
    edition = drafted()

    client.post(change_url(edition), content(version=edition.version, tags="rakornas, Kabar Desa"))

    assert sorted(edition.tags.names()) == ["Kabar Desa", "Rakornas"]
    assert Tag.objects.count() == 2


def test_another_spelling_of_the_same_tags_is_no_change(client):
    edition = submitted(tags=("Rakornas", "HUT RI"))
    editor = signed_in(client, Role.EDITOR)
    kept = {name: getattr(edition, name) for name in ("headline", "deck", "dateline_place", "byline", "source", "body")}
    same = content(
        version=edition.version, **kept, dateline_on=edition.dateline_on.isoformat(), tags="hut-ri, rakornas"
    )

    assert client.post(change_url(edition), same).status_code == 302
    assert not Contribution.objects.filter(edition=edition, user=editor).exists()


def test_the_suggestions_come_with_their_counts(client, django_assert_num_queries):
    drafted(tags=("Rakornas", "humas"))
    drafted(tags=("Rakornas",))
    signed_in(client)
    client.get(reverse("admin:news_article_tags"))

    answer = client.get(reverse("admin:news_article_tags"), {"term": "ra"})

    assert answer.json() == {"tags": [{"name": "Rakornas", "uses": 2}]}


def test_whoever_writes_nowhere_gets_no_suggestions(client):
    client.force_login(member(Role.AUDITOR, ministry()))
    assert client.get(reverse("admin:news_article_tags")).status_code == 403
    client.force_login(someone(Role.WRITER, ministry()))
    assert client.get(reverse("admin:news_article_tags")).status_code == 200
