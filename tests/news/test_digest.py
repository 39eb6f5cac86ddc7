"""The digest follows every kind of content and nothing else."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from news.digest import content_of, digest_of
from news.models import Edition, EditionPhoto, Mention, Photo, Quote, RelatedPick, Tag, TaggedEdition
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    OfficialFactory,
    PhotoFactory,
    RubricFactory,
    drafted,
    published,
    regency_office,
)
from tests.factories.offices import UserFactory

pytestmark = pytest.mark.django_db


def rich_draft():
    """A draft with one row of every kind."""
    return drafted(
        tags=("rakornas", "humas"),
        photos=(PhotoFactory(),),
        officials=(AppointmentFactory().official,),
        quotes=({"number": 1, "text": "Bukan hanya mengirim.", "attribution": "Warga"},),
        picks=(drafted().article,),
    )


def change(edition, **fields):
    Edition.objects.filter(pk=edition.pk).update(**fields)


def change_row(model, edition, **fields):
    model.objects.filter(edition=edition).update(**fields)


CHANGES = {
    "headline": lambda e: change(e, headline="Lain"),
    "deck": lambda e: change(e, deck="Lain"),
    "dateline place": lambda e: change(e, dateline_place="Lain"),
    "dateline day": lambda e: change(e, dateline_on=date(2020, 1, 1)),
    "no dateline day": lambda e: change(e, dateline_on=None),
    "body": lambda e: change(e, body="<p>Lain</p>"),
    "rubric": lambda e: change(e, rubric=RubricFactory(name="Lain")),
    "event": lambda e: change(e, event=EventFactory()),
    "byline": lambda e: change(e, byline="Lain"),
    "source": lambda e: change(e, source="Lain"),
    "kind of correction": lambda e: change(e, correction="ralat"),
    "correction note": lambda e: change(e, correction_note="Lain"),
    "another tag": lambda e: e.tags.add("lain"),
    "one tag less": lambda e: e.tags.remove("humas"),
    "a tag renamed": lambda e: Tag.objects.filter(name="humas").update(name="hubungan masyarakat"),
    "photo": lambda e: change_row(EditionPhoto, e, photo=PhotoFactory()),
    "photo caption": lambda e: change_row(EditionPhoto, e, caption="Lain"),
    "photo credit": lambda e: change_row(EditionPhoto, e, credit="Lain"),
    "photo alt": lambda e: change_row(EditionPhoto, e, alt="Lain"),
    "photo focus across": lambda e: change_row(EditionPhoto, e, focal_x=0.25),
    "photo focus down": lambda e: change_row(EditionPhoto, e, focal_y=0.75),
    "another photo": lambda e: EditionPhoto.objects.create(edition=e, photo=PhotoFactory(), position=1),
    "no photo": lambda e: e.photos.all().delete(),
    "another mention": lambda e: Mention.objects.create(edition=e, official=OfficialFactory()),
    "no mention": lambda e: e.mentions.all().delete(),
    "appointment of a mention": lambda e: change_row(
        Mention, e, appointment=AppointmentFactory(official=e.mentions.get().official)
    ),
    "quote text": lambda e: change_row(Quote, e, text="Lain"),
    "quote kind": lambda e: change_row(Quote, e, kind="retold"),
    "quote number": lambda e: change_row(Quote, e, number=2),
    "quote speaker": lambda e: change_row(Quote, e, speaker=AppointmentFactory(), attribution=""),
    "quote attribution": lambda e: change_row(Quote, e, attribution="Lain"),
    "no quote": lambda e: e.quotes.all().delete(),
    "another pick": lambda e: RelatedPick.objects.create(edition=e, article=drafted().article, position=1),
    "no pick": lambda e: e.picks.all().delete(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_content_changes_the_digest(name):
    edition = rich_draft()
    before = digest_of(edition)

    CHANGES[name](edition)

    assert digest_of(Edition.objects.get(pk=edition.pk)) != before


NO_CHANGES = {
    "state": lambda e: change(e, state="submitted", submitted_by=UserFactory()),
    "version": lambda e: change(e, version=77),
    "times": lambda e: change(e, saved_at=timezone.now() + timedelta(days=1)),
    "number": lambda e: change(e, number=9),
    "markup that is cleaned away": lambda e: change(e, body=f"{e.body}<script>x</script>\n\n<p></p>"),
    "caption in the library": lambda e: Photo.objects.update(caption="Lain", title="Lain", alt="Lain"),
    "order of the tags": lambda e: e.tags.set(["humas", "rakornas"], clear=True),
    "place of the photos in the table": lambda e: change_row(EditionPhoto, e, position=0),
    "name of the rubric": lambda e: type(e.rubric).objects.update(name="Nama baru"),
    "another edition's photo": lambda e: published(e.article.office, photos=(PhotoFactory(),)),
}


@pytest.mark.parametrize("name", NO_CHANGES)
def test_what_is_no_content_leaves_the_digest(name):
    edition = rich_draft()
    before = digest_of(edition)

    NO_CHANGES[name](edition)

    assert digest_of(Edition.objects.get(pk=edition.pk)) == before


def test_the_order_of_photos_and_picks_is_content():
    first, second = drafted().article, drafted().article
    edition = drafted(photos=(PhotoFactory(), PhotoFactory()), picks=(first, second))
    before = content_of(edition)

    for model in (EditionPhoto, RelatedPick):
        front = model.objects.filter(edition=edition).first()
        model.objects.filter(pk=front.pk).update(position=9)

    after = content_of(edition)
    assert [row[0] for row in after["photos"]] == [row[0] for row in before["photos"]][::-1]
    assert after["picks"] == [second.pk, first.pk]


def test_the_digest_carries_its_version_and_is_a_sha256():
    assert re.fullmatch(r"2:[0-9a-f]{64}", digest_of(rich_draft()))


def test_two_drafts_of_the_same_content_have_one_digest():
    first, second = (drafted(headline="Sama", tags=("b", "a")) for _number in range(2))

    assert digest_of(first) == digest_of(second)


def test_letters_of_every_script_are_content():
    assert digest_of(drafted(headline="Café — “ᨔᨘᨒᨕᨘ” 🇮🇩")) != digest_of(drafted(headline="Cafe"))


# What an edition is made of; a new field belongs to the content or is named here with the rest.
NOT_CONTENT = {
    "id", "article", "number", "state", "version", "started_by", "started_at", "saved_at", "submitted_by",
    "approved_by", "approved_at", "approved_digest", "published_at", "tagged_items", "assigned_to", "published_by",
    "is_urgent", "second_checked_by", "second_checked_at", "card",
}  # fmt: skip
HISTORY = {"transitions", "contributions", "schedules", "comments", "presences", "share_links", "answered_demands"}


def test_every_field_and_row_kind_of_an_edition_is_content_or_known_not_to_be():
    names = {field.name for field in Edition._meta.get_fields() if not field.name.startswith("+")}
    named = {name for name in names if name not in NOT_CONTENT | HISTORY | {"tagged"}}

    assert named == set(content_of(rich_draft()))


def test_rows_of_the_same_content_stored_in_another_order_give_one_digest():
    officials = [AppointmentFactory().official for _number in range(2)]
    first = drafted(regency_office(), headline="Sama", officials=officials)
    second = drafted(regency_office(), headline="Sama", officials=officials[::-1])

    assert digest_of(first) == digest_of(second)
    assert TaggedEdition.objects.count() == 0
