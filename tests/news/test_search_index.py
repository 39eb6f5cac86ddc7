"""The index of search: in step with what the public reads, on either database."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from news.announcements import take_event_step
from news.merging import merge
from news.models import Article, Edition, SearchBuild, SearchMonth, SearchRow, SearchWord, Tag
from news.models.events import EventState
from news.search import engines
from news.search.audits import AUDITS
from news.search.counts import AROUND, DECK, HEADLINE, IS_WORD, code_in, key_of, packed
from news.search.engines import All, Any
from news.search.following import follow_names
from news.search.indexing import VERSION, catch_up, index_articles
from news.search.similar import similar_articles
from news.states import Step
from news.stems import stem
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.models import Kind
from offices.roles import Role
from offices.trail import record
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    approved,
    drafted,
    member,
    ministry,
    published,
    regency_office,
    withdrawn,
)
from tests.factories.news import someone
from tests.offices.test_appointments import at_once

pytestmark = pytest.mark.django_db


def found(wanted) -> list[int]:
    return sorted(engines.matching(wanted).values_list("pk", flat=True))


def violations() -> list[str]:
    return [sentence for audit in AUDITS for sentence in audit()]


def test_a_published_article_is_found_by_its_stems_from_that_moment():
    edition = published(headline="Pembangunan pasar dimulai", body="<p>Warga menyambut baik.</p>")
    assert found(All(("bangun", "pasar", "sambut"))) == [edition.article_id]
    assert violations() == []


def test_a_draft_is_not_found():
    drafted(headline="Pembangunan pasar dimulai")
    assert found("pasar") == []


def test_withdrawing_takes_everything_out_and_reinstating_puts_it_back():
    edition = withdrawn(headline="Bendungan Karaloe", at=None)
    assert (found("karaloe"), SearchRow.objects.count(), SearchWord.objects.count()) == ([], 0, 0)
    take_step(edition, Step.REINSTATE, by=someone(Role.MANAGER, edition.article.office), note="Sudah benar.")
    assert found("karaloe") == [edition.article_id]
    assert violations() == []


def test_a_refused_publication_leaves_no_row():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        published(headline="Bendungan Karaloe")
        raise ZeroDivisionError
    assert (found("karaloe"), SearchWord.objects.count()) == ([], 0)


def test_a_token_of_the_headline_and_those_of_filters_find_too():
    edition = published(headline="Pasar sentral", tags=("humas",), at=datetime(2026, 10, 5, 23, tzinfo=UTC))
    published(regency_office("11.01"), headline="Jalan baru", body="<p>Jalan ke pasar.</p>")
    tag = Tag.objects.get()
    tokens = ("^pasar", f"@tag:{tag.pk}", f"@kantor:{edition.article.office_id}", "@provinsi:73", "@2026-10")
    for token in tokens:
        assert found(All(("pasar", token))) == [edition.article_id], token


def test_questions_are_understood_alike_by_both_databases():
    first, second, third = (
        published(headline=headline, body="<p>Isi.</p>").article_id
        for headline in ("Pasar sentral", "Pasar malam", "Malam puisi")
    )
    assert found(Any(("sentral", "malam"))) == [first, second, third]
    assert found(All(("pasar",), without=frozenset(("malam",)))) == [first]
    assert found(Any((All(("pasar", "malam")), "puisi"))) == [second, third]
    assert found(All((Any(("sentral", "puisi")), "pasar"))) == [first]


@pytest.mark.parametrize("token", ["AND", "a-b", "@provinsi:73", "^", "日本", "near", "*"])
def test_no_token_breaks_a_question(token):
    published()
    found(All((token, "x"), without=frozenset((token,))))


def test_a_corrected_edition_takes_the_place_of_the_one_before():
    edition = published(headline="Bendungan Karaloe")
    correct(edition, headline="Bendungan Pamukkulu")
    assert (found("karaloe"), found("pamukkulu")) == ([], [edition.article_id])
    assert violations() == []


def test_merging_tags_is_followed_by_the_clock():
    edition = published(tags=("vaksinasi",))
    target = Tag.objects.create(name="imunisasi", slug="imunisasi")
    merge(Tag.objects.get(name="vaksinasi"), target, by=member(Role.ADMINISTRATOR, ministry()))
    assert catch_up() >= 1
    assert found(f"@tag:{target.pk}") == found("imunisasi") == [edition.article_id]
    assert violations() == []


def changed(thing, **fields):
    """What the admin does: store, and write the audit trail, some minutes ago."""
    type(thing).objects.filter(pk=thing.pk).update(**fields)
    with time_machine.travel(timezone.now() - timedelta(minutes=5)):
        record(Kind.CHANGED, thing=thing)


def test_a_new_name_of_an_official_an_office_or_a_tag_is_followed_by_the_clock():
    term = AppointmentFactory(official__name="Suhardi", held_from=date(2020, 1, 1))
    edition = published(officials=(term.official,), tags=("vaksinasi",))
    catch_up()
    changed(term.official, name="Sumardi")
    changed(edition.article.office, official_name="Dinas Persandian")
    changed(Tag.objects.get(), name="imunisasi")
    assert (follow_names(), follow_names(), catch_up()) == (3, 0, 1)
    assert found(All(("sumard", "sandi", "imunisasi"))) == [edition.article_id]
    assert (found("suhard"), found("vaksinasi"), violations()) == ([], [], [])


def test_an_event_is_among_the_words_from_its_announcement_on():
    event = EventFactory(title="Jambore Pandu", state="submitted")
    edition = published(event=event)
    assert found("jambore") == []
    take_event_step(event, EventState.PUBLISHED, by=member(Role.EDITOR, event.organiser))
    assert catch_up() >= 1
    assert found("jambore") == [edition.article_id]
    assert violations() == []


def test_words_and_months_are_counted_once_for_every_article():
    for _ in range(3):
        published(body="<p>Pasar pasar pasarnya.</p>", at=datetime(2026, 11, 3, tzinfo=UTC))
    assert SearchWord.objects.get(text="pasar").uses == SearchWord.objects.get(text="pasarnya").uses == 3
    assert [(row.month.isoformat(), row.articles) for row in SearchMonth.objects.all()] == [("2026-11-01", 3)]


def test_an_index_that_is_missing_is_rebuilt_by_command():
    editions = [published(headline=f"Bendungan {name}") for name in ("Karaloe", "Pamukkulu")]
    lose_everything()
    assert len(violations()) == 2
    told = StringIO()
    call_command("rebuild_search", stdout=told)
    assert told.getvalue().endswith("2 berita ditulis ulang ke indeks pencarian.\n")
    assert found("bendungan") == [edition.article_id for edition in editions]
    assert violations() == []


def test_a_rebuild_goes_on_where_it_was_interrupted():
    first, second = published(), published()
    lose_everything()
    SearchBuild.objects.update_or_create(
        pk=1, defaults={"version": VERSION, "reached": first.article_id, "is_complete": False}
    )
    call_command("rebuild_search", "--resume", stdout=StringIO())
    assert list(SearchRow.objects.values_list("pk", flat=True)) == [second.article_id]


def test_the_clock_rebuilds_what_older_rules_wrote():
    edition = published()
    assert (catch_up(), catch_up()) == (1, 0)
    lose_everything()
    SearchBuild.objects.create(pk=1, version=VERSION - 1, reached=edition.article_id, is_complete=True)
    assert catch_up() == 1
    assert list(SearchRow.objects.values_list("pk", flat=True)) == [edition.article_id]


def test_a_row_of_something_that_is_not_public_is_told():
    edition = published()
    Article.objects.filter(pk=edition.article_id).update(**{"public_" + "state": "withdrawn"})
    assert [sentence for sentence in violations() if "padahal tidak terbit" in sentence]


def test_writing_a_row_again_changes_no_count():
    edition = published()
    before = list(SearchWord.objects.order_by("text").values_list("text", "uses"))
    index_articles([edition.article_id])
    assert list(SearchWord.objects.order_by("text").values_list("text", "uses")) == before


def test_counts_tell_where_a_stem_stands_and_whether_as_a_word():
    counts = packed(["pasar"], ["pasarnya"], ["pasar"] * 20, ["kota"])
    assert code_in(counts, key_of("pasar")) == 15 | IS_WORD | DECK | HEADLINE
    assert code_in(counts, key_of("=pasarnya")) == DECK
    assert code_in(counts, key_of("kota")) == AROUND | IS_WORD
    assert code_in(counts, key_of("desa")) == 0


def test_articles_that_share_rare_words_are_similar():
    own = published(headline="Rumput laut Bantaeng diekspor", body="<p>Petani rumput laut memanen di pesisir.</p>")
    near = published(
        regency_office("73.71"), headline="Harga rumput laut naik", body="<p>Petani pesisir menjual rumput laut.</p>"
    )
    far = published(headline="Lomba pidato", body="<p>Siswa berlomba di pesisir.</p>")
    likenesses = dict(similar_articles(own.article))
    assert next(iter(likenesses)) == near.article_id
    assert 0 < likenesses.get(far.article_id, 0) < likenesses[near.article_id] <= 1
    assert own.article_id not in likenesses


def test_what_is_not_public_is_similar_to_nothing_and_may_still_ask():
    words = {"headline": "Rumput laut diekspor", "body": "<p>Petani rumput laut memanen di pesisir.</p>"}
    withdrawn(**words)
    shown = published(**words)
    draft = drafted(**words)
    published(**words)
    assert [pk for pk, _likeness in similar_articles(draft)].count(shown.article_id) == 1
    assert len(similar_articles(draft)) == 2


def lose_everything():
    engines.drop([*SearchRow.objects.values_list("pk", flat=True)])
    for model in (SearchRow, SearchWord, SearchMonth, SearchBuild):
        model.objects.all().delete()


def correct(edition, **fields):
    """Publish a corrected edition through the real doors."""
    editor = someone(Role.EDITOR, edition.article.office)
    second = start_edition(edition.article, by=editor)
    words = {"correction": "ralat", "correction_note": "Nama keliru.", **fields}
    Edition.objects.filter(pk=second.pk).update(**words)
    second = save_content(second, by=editor, version=second.version)
    take_step(second, Step.PUBLISH_URGENTLY, by=editor, note="Nama keliru.")


@pytest.mark.django_db(transaction=True)
def test_publications_at_once_wait_for_each_other_and_all_are_found():
    words = "panen jagung padi kedelai kopi kakao lada pala"
    texts = (words, " ".join(reversed(words.split())), words, " ".join(reversed(words.split())))
    drafts = [approved(regency_office(f"7{number}.01"), body=f"<p>{text}</p>") for number, text in enumerate(texts, 1)]
    editors = [someone(Role.EDITOR, draft.article.office) for draft in drafts]

    results = at_once(
        *(partial(take_step, draft, Step.PUBLISH, by=editor) for draft, editor in zip(drafts, editors, strict=True))
    )

    assert [str(getattr(result, "step", result)) for result in results] == ["publish"] * 4
    assert found(All(tuple(map(stem, words.split())))) == sorted(draft.article_id for draft in drafts)
    assert SearchWord.objects.get(text="jagung").uses == 4
    assert violations() == []
