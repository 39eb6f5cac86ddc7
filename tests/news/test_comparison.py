"""Two editions side by side: every part of the content is compared, words are marked, nothing hidden is named."""

import random
from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.attachments import add_attachment
from news.changes import Mark
from news.comparison import compare
from news.contents import Content, Item, Passage, content_in_words
from news.digest import content_of
from news.models import Edition, EditionAttachment, EditionPhoto, Mention, Quote, RelatedPick
from news.writing import save_content, start_edition
from offices.roles import Role
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
from tests.factories.documents import pdf_file
from tests.factories.news import someone

EMPTY = Content(texts={"Judul": ""}, body_label="Isi", body=(), lists={"Tag": ()})


def body(*texts):
    return replace(EMPTY, body=tuple(Passage(text, f"<p>{text}</p>") for text in texts))


def sides(line):
    return "".join(c.text for c in line.old), "".join(c.text for c in line.new)


def only_row(old, new):
    [row] = compare(old, new).changed
    return row


def test_words_are_marked_on_their_own_side_alone():
    row = only_row(replace(EMPTY, texts={"Judul": "Rapat kerja"}), replace(EMPTY, texts={"Judul": "Rapat besar"}))

    [line] = row.lines
    assert row.label == "Judul"
    assert [(c.mark, c.text) for c in line.old] == [(Mark.SAME, "Rapat"), (Mark.DELETED, " kerja")]
    assert [(c.mark, c.text) for c in line.new] == [(Mark.SAME, "Rapat"), (Mark.INSERTED, " besar")]


def test_a_passage_put_between_two_others_shifts_none_of_them():
    row = only_row(
        body("Satu kata.", "Dua kata lagi.", "Tiga."), body("Satu kata.", "Baru sama sekali", "Dua kata lama.", "Tiga.")
    )

    assert [sides(line) for line in row.lines] == [
        ("Satu kata.", "Satu kata."),
        ("", "Baru sama sekali"),
        ("Dua kata lagi.", "Dua kata lama."),
        ("Tiga.", "Tiga."),
    ]


def test_a_changed_form_is_said_where_the_words_are_the_same():
    old, new = body("Satu kata."), replace(EMPTY, body=(Passage("Satu kata.", "<p><em>Satu</em> kata.</p>"),))

    [line] = only_row(old, new).lines
    assert line.only_form


def test_items_are_known_again_wherever_they_stand():
    old = replace(EMPTY, lists={"Tag": (Item(1, "humas"), Item(2, "rakornas"))})
    new = replace(EMPTY, lists={"Tag": (Item(2, "rakornas"), Item(3, "pin"))})

    assert [sides(line) for line in only_row(old, new).lines] == [("rakornas", "rakornas"), ("", "pin"), ("humas", "")]


def test_equal_contents_have_no_changed_part():
    comparison = compare(body("Satu."), body("Satu."))

    assert comparison.changed == []
    assert [row.label for row in comparison.unchanged] == ["Isi"]


def test_many_unchanged_passages_are_folded():
    texts = [f"Paragraf {n}." for n in range(6)]
    row = only_row(body(*texts, "Akhir."), body(*texts, "Penutup."))

    assert [(folded, len(lines)) for folded, lines in row.runs] == [(True, 6), (False, 2)]


def long_texts(seed, passages, words):
    chance = random.Random(seed)
    return [" ".join(f"kata{chance.randrange(4_000)}" for _word in range(words)) for _passage in range(passages)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (long_texts(1, 400, 50), long_texts(2, 400, 50)),
        (long_texts(1, 1, 20_000), long_texts(2, 1, 20_000)),
        (["a"] * 20_000, ["a", "b"] * 10_000),
        (["a b a b"] * 5_000, ["b a a b"] * 5_000),
    ],
)
def test_bodies_of_twenty_thousand_words_are_compared_in_bounded_time(old, new):
    began = process_time()
    comparison = compare(body(*old), body(*new))
    assert process_time() - began < 10
    assert comparison.changed


def test_a_comparison_that_had_to_be_coarse_says_so():
    chance = random.Random(3)
    texts = [" ".join(chance.choice("abc") for _word in range(5_000)) for _side in range(2)]

    assert compare(body(texts[0]), body(texts[1])).is_coarse
    assert not compare(body("a b"), body("b c")).is_coarse


# What the database holds, in words.


def loaded(edition):
    return Edition.objects.with_content().select_related("article__office__region__parent").get(pk=edition.pk)


def words_of(edition, reader=None):
    return content_in_words(loaded(edition), reader or edition.started_by)


def changed_labels(old, new, reader=None):
    return [row.label for row in compare(words_of(old, reader), words_of(new, reader)).changed]


def swapped_photo(edition):
    EditionPhoto.objects.filter(edition=edition).update(alt="Lain")


def with_a_document(edition):
    office = edition.article.office
    document = add_attachment(pdf_file(), office=office, by=someone(Role.WRITER, office), title="Pengumuman")
    EditionAttachment.objects.create(edition=edition, attachment=document, title="Pengumuman")


CHANGES = {
    "headline": ("Judul", lambda e: Edition.objects.filter(pk=e.pk).update(headline="Lain")),
    "deck": ("Ringkasan", lambda e: Edition.objects.filter(pk=e.pk).update(deck="Lain")),
    "dateline_place": ("Tempat titimangsa", lambda e: Edition.objects.filter(pk=e.pk).update(dateline_place="Lain")),
    "dateline_on": (
        "Tanggal titimangsa",
        lambda e: Edition.objects.filter(pk=e.pk).update(dateline_on=date(2019, 1, 1)),
    ),
    "body": ("Isi", lambda e: Edition.objects.filter(pk=e.pk).update(body="<p>Lain</p>")),
    "byline": ("Penulis", lambda e: Edition.objects.filter(pk=e.pk).update(byline="Lain")),
    "source": ("Sumber", lambda e: Edition.objects.filter(pk=e.pk).update(source="Lain")),
    "rubric": ("Rubrik", lambda e: Edition.objects.filter(pk=e.pk).update(rubric=RubricFactory(name="Lain"))),
    "event": ("Agenda", lambda e: Edition.objects.filter(pk=e.pk).update(event=EventFactory())),
    "correction": ("Jenis perbaikan", lambda e: Edition.objects.filter(pk=e.pk).update(correction="ralat")),
    "correction_note": ("Catatan perbaikan", lambda e: Edition.objects.filter(pk=e.pk).update(correction_note="Lain")),
    "tags": ("Tag", lambda e: e.tags.add("lain")),
    "photos": ("Foto", swapped_photo),
    "attachments": ("Lampiran", with_a_document),
    "mentions": ("Pejabat yang disebut", lambda e: Mention.objects.create(edition=e, official=OfficialFactory())),
    "quotes": ("Kutipan", lambda e: Quote.objects.filter(edition=e).update(text="Lain")),
    "picks": (
        "Artikel terkait pilihan",
        lambda e: RelatedPick.objects.create(edition=e, article=published(regency_office("11.01")).article),
    ),
}


@pytest.fixture
def pair(db):
    """A published edition with something of everything, and its successor with the same content."""
    office = regency_office()
    term = AppointmentFactory()
    first = published(
        office,
        tags=("humas",),
        photos=(PhotoFactory(office),),
        officials=(term.official,),
        quotes=({"number": 1, "text": "Kata.", "speaker": term},),
        picks=(published(regency_office("73.71")).article,),
        event=EventFactory(state="published"),
    )
    return first, start_edition(first.article, by=someone(Role.EDITOR, office))


def test_a_new_edition_holds_what_its_forerunner_holds(pair):
    assert changed_labels(*pair) == []


@pytest.mark.parametrize("part", CHANGES)
def test_a_change_of_any_part_is_shown_under_its_name(pair, part):
    first, second = pair
    label, change = CHANGES[part]
    change(second)

    assert changed_labels(first, second) == [label]


def test_the_parts_compared_are_those_that_an_approval_is_bound_to(pair):
    assert set(CHANGES) == set(content_of(pair[0]))


def test_links_lists_and_placeholders_are_put_into_words(db):
    other = published(headline="Berita tujuan")
    edition = drafted(
        body="<p>Baca <a href='https://contoh.go.id/?a=1&amp;b=2'>di sini</a>.</p><ul><li>Satu</li><li>Dua</li></ul>"
        f"<div class='baca-juga' data-article='{other.article_id}'></div><div class='kutipan' data-quote='3'></div>"
    )

    assert [passage.words for passage in words_of(edition).body] == [
        "Baca di sini [https://contoh.go.id/?a=1&b=2].",
        "Satu\nDua",
        "Baca juga: Berita tujuan",
        "[Tempat kutipan 3]",
    ]


def test_what_the_reader_may_not_know_is_not_named(db):
    far = regency_office("11.01")
    hidden, event = drafted(far, headline="Rahasia kantor lain"), EventFactory(organiser=far, title="Agenda rahasia")
    own = drafted(event=event, picks=(hidden.article,))
    Edition.objects.filter(pk=own.pk).update(
        body=f"<p>Isi.</p><div class='baca-juga' data-article='{hidden.article_id}'></div>"
    )

    content = words_of(own)

    assert content.body[1].words == f"Baca juga: Artikel {hidden.article_id} (tidak terbit)"
    assert content.texts["Agenda"] == f"Agenda {event.pk}"
    assert content.lists["Artikel terkait pilihan"][0].words == f"1. Artikel {hidden.article_id} (tidak terbit)"


def test_two_rows_of_one_photo_are_two_items(db):
    photo = PhotoFactory()
    items = words_of(drafted(photos=(photo, photo))).lists["Foto"]

    assert [item.key for item in items] == [(photo.pk, 1), (photo.pk, 2)]


# The page.


def compare_url(article, **query):
    return reverse("admin:news_article_compare", args=[article.pk], query=query or None)


@pytest.fixture
def editor(client):
    person = someone(Role.EDITOR, regency_office())
    client.force_login(person)
    return person


@pytest.mark.django_db
def test_the_page_shows_the_live_edition_beside_the_one_being_written(client, editor):
    live = published(headline="Rapat <kerja>")
    newer = start_edition(live.article, by=editor)
    newer.headline = "Rapat <besar>"
    newer.save()
    save_content(newer, by=editor, version=newer.version)

    response = client.get(compare_url(live.article))
    page = response.content.decode()

    assert response.status_code == 200
    assert (response.context["old"].pk, response.context["new"].pk) == (live.pk, newer.pk)
    assert "<del>" in page
    assert "<ins>" in page
    assert "<kerja>" not in page
    assert "no-store" in response["Cache-Control"]
    assert (
        f"compare/?from={live.pk}&amp;to={newer.pk}"
        in client.get(reverse("admin:news_article_change", args=[live.article_id])).content.decode()
    )


@pytest.mark.django_db
def test_a_single_edition_has_nothing_to_be_compared_with(client, editor):
    assert "baru mempunyai satu edisi" in client.get(compare_url(drafted().article)).content.decode()


@pytest.mark.django_db
def test_any_two_editions_of_the_article_are_compared_and_no_other(client, editor):
    live = published()
    newer, other = start_edition(live.article, by=editor), drafted()

    backwards = client.get(compare_url(live.article, **{"from": newer.pk, "to": live.pk}))
    assert (backwards.context["old"].pk, backwards.context["new"].pk) == (newer.pk, live.pk)
    for wrong in (other.pk, "", "x", "9" * 40, "0"):
        assert client.get(compare_url(live.article, to=wrong)).status_code == 404
        assert client.get(compare_url(live.article, **{"from": wrong})).status_code == 404


@pytest.mark.django_db
def test_the_page_changes_nothing_and_takes_no_post(client, editor):
    assert client.post(compare_url(published().article)).status_code == 405


def rich(office, rows):
    """A live edition in which every kind of row stands `rows` times, and its successor."""
    terms = [AppointmentFactory() for _row in range(rows)]
    live = published(
        office,
        tags=[f"tag{n}" for n in range(rows)],
        photos=[PhotoFactory(office) for _row in range(rows)],
        officials=[term.official for term in terms],
        quotes=[{"number": n, "text": "Kata.", "speaker": term} for n, term in enumerate(terms, start=1)],
        picks=[published(office).article for _row in range(rows)],
        event=EventFactory(organiser=office),
    )
    return live, start_edition(live.article, by=someone(Role.EDITOR, office))


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_two_contents_cost_the_same_however_much_they_hold(rows, django_assert_num_queries):
    office = regency_office()
    pair = [edition.pk for edition in rich(office, rows)]
    reader = someone(Role.EDITOR, office)

    with django_assert_num_queries(12):
        editions = Edition.objects.with_content().in_bulk(pair)
        compare(*(content_in_words(editions[pk], reader) for pk in pair))


@pytest.mark.django_db
def test_the_page_costs_the_same_however_much_is_compared(client, editor):
    costs = []
    for rows in (1, 3):
        live, _newer = rich(regency_office(), rows)
        with CaptureQueriesContext(connection) as captured:
            client.get(compare_url(live.article))
        costs.append(len(captured))

    assert costs[0] == costs[1] < 30
