"""Tags: free words, one for every way of writing them."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from news.models import Edition, Tag, TaggedEdition
from news.models.editions import tags_with_uses
from tests.factories import drafted, published

pytestmark = pytest.mark.django_db


def test_capital_letters_make_no_other_tag():
    first, second = drafted(tags=("Rakornas",)), drafted(tags=("rakornas", "RAKORNAS"))

    assert [tag.name for tag in Tag.objects.all()] == ["Rakornas"]
    assert list(first.tags.all()) == list(second.tags.all())


def test_a_tag_has_a_readable_address():
    drafted(tags=("Satu Data Indonesia", "Café", "Hari Jadi ke-765"))

    assert sorted(Tag.objects.values_list("slug", flat=True)) == ["cafe", "hari-jadi-ke-765", "satu-data-indonesia"]
    assert Tag.objects.get(name="Café").get_absolute_url() == "/tag/cafe/"


def test_words_that_give_the_same_address_get_two():
    drafted(tags=("Cafe", "Café"))

    assert sorted(Tag.objects.values_list("slug", flat=True)) == ["cafe", "cafe_1"]


def test_a_tag_stands_once_on_an_edition():
    edition = drafted(tags=("rakornas",))
    edition.tags.add("Rakornas")

    assert TaggedEdition.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        TaggedEdition.objects.create(tag=Tag.objects.get(), content_object=edition)


def test_a_tag_in_use_cannot_be_deleted_and_an_unused_one_can():
    published(tags=("rakornas",))
    unused = Tag.objects.create(name="tak terpakai")

    with pytest.raises(ProtectedError), transaction.atomic():
        Tag.objects.get(name="rakornas").delete()
    unused.delete()

    assert [tag.name for tag in Tag.objects.all()] == ["rakornas"]


def test_editions_are_found_by_their_tag():
    tagged, _other = drafted(tags=("rakornas", "humas")), drafted(tags=("humas",))

    assert list(Edition.objects.filter(tags__name="rakornas")) == [tagged]


def test_each_tag_tells_how_many_other_public_articles_carry_it():
    published(tags=("humas",))
    draft, public = drafted(tags=("rakornas", "humas")), published(tags=("rakornas", "humas"))
    uses = {
        row: [(tag.tag.name, tag.uses) for tag in tags_with_uses().filter(content_object=row)]
        for row in (draft, public)
    }
    assert uses == {draft: [("humas", 2), ("rakornas", 1)], public: [("humas", 1), ("rakornas", 0)]}
