"""The lists of neighbours: made after a step, refreshed where it is news, and never behind what the public may read."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from news.merging import merge
from news.models import Article, Orphan, Pointer, RelatedList, RelatedRow, SearchBuild, Tag
from news.related import keeping
from news.related.audits import AUDITS
from news.related.keeping import begin_anew, enqueue_related, make_due_lists, make_list, make_lists
from news.states import Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.roles import Role
from tests.factories import drafted, member, ministry, published, regency_office, withdrawn
from tests.factories.news import someone

pytestmark = pytest.mark.django_db


def listed(edition) -> set[int]:
    return set(RelatedRow.objects.filter(article=edition.article).values_list("neighbour", flat=True))


def due() -> set[int]:
    return set(RelatedList.objects.filter(is_due=True).values_list("pk", flat=True))


def keys(*editions) -> set[int]:
    return {edition.article_id for edition in editions}


def violations() -> list[str]:
    return [sentence for audit in AUDITS for sentence in audit()]


def corrected(edition, **changes):
    """A new edition of a published article goes out with `changes`."""
    office = edition.article.office
    following = start_edition(edition.article, by=someone(Role.EDITOR, office))
    for name, value in {"correction": "typo", **changes}.items():
        setattr(following, name, value)
    following.save()
    save_content(following, by=someone(Role.EDITOR, office), version=following.version)
    take_step(following, Step.SUBMIT, by=someone(Role.EDITOR, office))
    take_step(following, Step.APPROVE, by=someone(Role.MANAGER, office))
    take_step(following, Step.PUBLISH, by=someone(Role.MANAGER, office))
    return following


def test_publication_owes_a_list_and_makes_it_once_committed(django_capture_on_commit_callbacks):
    other = published(regency_office("73.71"), tags=("humas",))
    with django_capture_on_commit_callbacks(execute=True):
        edition = published(tags=("humas",))
        assert edition.article_id in due()
    assert edition.article_id not in due()
    assert listed(edition) == keys(other)


def test_a_refused_publication_owes_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        published()
        raise ZeroDivisionError
    assert RelatedList.objects.count() == 0


def test_a_new_article_enters_the_lists_of_its_neighbours_once_they_are_told():
    old = published(regency_office("73.71"), tags=("humas",))
    make_due_lists()
    new = published(tags=("humas",))
    make_list(new.article_id)
    assert listed(old) == set()
    assert due() == keys(old)
    make_due_lists()
    assert listed(old) == keys(new)
    assert due() == set()


def test_what_is_told_is_told_no_further():
    first = published(regency_office("73.71"))
    make_due_lists()
    published()
    make_due_lists()
    assert due() == set()
    assert not RelatedList.objects.filter(is_news=True).exists()
    RelatedList.objects.filter(article=first.article).update(is_due=True)
    make_list(first.article_id)
    assert due() == set()


def test_a_withdrawn_article_leaves_all_lists_and_keeps_none():
    gone, left = published(regency_office("73.71"), tags=("humas",)), published(tags=("humas",))
    make_due_lists()
    assert listed(left) == keys(gone)
    take_step(gone, Step.WITHDRAW, by=someone(Role.MANAGER, gone.article.office), note="Keliru.")
    assert violations() == []
    make_due_lists()
    assert listed(left) == listed(gone) == set()
    take_step(gone, Step.REINSTATE, by=someone(Role.MANAGER, gone.article.office), note="Ternyata benar.")
    make_due_lists()
    assert (listed(left), listed(gone)) == (keys(gone), keys(left))
    assert violations() == []


def test_a_correction_brings_the_lists_of_old_and_new_neighbours_up_to_date():
    office = regency_office("73.71")
    about = [published(office, headline=f"Judul {n}") for n in range(3)]
    make_due_lists()
    corrected(about[0], headline="Judul baru")
    assert due() == keys(about[0])
    make_list(about[0].article_id)
    assert due() == keys(about[1], about[2])


def test_merging_tags_brings_the_lists_of_their_articles_up_to_date(django_capture_on_commit_callbacks):
    one, other = published(tags=("humas",)), published(regency_office("73.71"), tags=("kehumasan",))
    plain = published(regency_office("73.72"))
    make_due_lists()
    source, target = Tag.objects.get(name="kehumasan"), Tag.objects.get(name="humas")
    with django_capture_on_commit_callbacks(execute=True):
        merge(source, target, by=member(Role.ADMINISTRATOR, ministry()))
    assert due() == keys(one, other)
    make_due_lists()
    assert RelatedRow.objects.get(article=one.article, neighbour=other.article).tags > 0
    assert listed(plain) == keys(one, other)


def test_a_list_holds_at_most_twenty_and_is_shown_from_its_top():
    for n in range(1, 23):
        published(regency_office(f"{n + 10}.01"), at=timezone.now() - timedelta(days=n))
    edition = published()
    make_list(edition.article_id)
    rows = RelatedRow.objects.filter(article=edition.article).order_by("-score")
    assert rows.count() == 20
    assert all(row.is_shown for row in rows[:6])
    for row in rows:
        assert row.score == pytest.approx(row.words + row.event + row.officials + row.tags + row.place + row.time)


def test_what_changes_while_a_list_is_made_makes_it_once_more(monkeypatch):
    other = published(regency_office("73.71"))
    edition = published()
    make, times = keeping._made, []

    def made_while_it_is_withdrawn(key):
        making = make(key)
        if key == edition.article_id and not times:
            times.append(key)
            take_step(edition, Step.WITHDRAW, by=someone(Role.MANAGER, edition.article.office), note="Keliru.")
        return making

    monkeypatch.setattr(keeping, "_made", made_while_it_is_withdrawn)
    make_list(edition.article_id)
    assert times == [edition.article_id]
    assert listed(edition) == set()
    assert keys(other) <= due()


def test_a_neighbour_withdrawn_while_a_list_is_made_is_not_stored(monkeypatch):
    other = published(regency_office("73.71"))
    edition = published()
    make = keeping._made

    def made_while_another_is_withdrawn(key):
        making = make(key)
        if key == edition.article_id:
            take_step(other, Step.WITHDRAW, by=someone(Role.MANAGER, other.article.office), note="Keliru.")
        return making

    monkeypatch.setattr(keeping, "_made", made_while_another_is_withdrawn)
    make_list(edition.article_id)
    assert listed(edition) == set()


def test_one_list_that_cannot_be_made_keeps_no_other_back(monkeypatch):
    broken, fine = published(), published(regency_office("73.71"))
    make = keeping._made
    monkeypatch.setattr(keeping, "_made", lambda key: make(key) if key != broken.article_id else 1 // 0)
    assert make_due_lists() == 1
    assert keys(broken) <= due()
    assert listed(fine) == keys(broken)


def test_the_clock_hands_due_lists_on_once_search_is_complete():
    edition = published()
    assert not enqueue_related()
    SearchBuild.objects.create(version=1, is_complete=True)
    assert enqueue_related()
    assert not enqueue_related()
    assert DBTaskResult.objects.count() == 1
    assert make_lists.func() == 1
    assert due() == set()
    assert not enqueue_related()
    assert listed(edition) == set()


def test_every_list_can_be_made_anew_at_once():
    one, other = published(tags=("humas",)), published(regency_office("73.71"), tags=("humas",))
    make_due_lists()
    RelatedRow.objects.all().delete()
    RelatedList.objects.filter(article=one.article).delete()
    assert violations() != []
    assert begin_anew() == 2
    make_due_lists()
    assert (listed(one), listed(other)) == (keys(other), keys(one))
    assert violations() == []


def test_where_a_text_leads_by_hand_is_kept_from_the_step_that_publishes_it():
    target, picked, draft = published(), published(), drafted()
    body = "".join(f'<div class="baca-juga" data-article="{t.article_id}"></div><p>Teks.</p>' for t in (target, draft))
    edition = published(regency_office("73.71"), body=f'{body}<div class="baca-juga" data-article="9"></div>')
    assert set(Pointer.objects.values_list("article", "target")) == {
        (edition.article_id, key) for key in keys(target, draft)
    }
    corrected(edition, body=f'<div class="baca-juga" data-article="{picked.article_id}"></div><p>Teks.</p>')
    assert set(Pointer.objects.values_list("target", flat=True)) == keys(picked)
    assert violations() == []
    take_step(
        edition.article.editions.get(number=2),
        Step.WITHDRAW,
        by=someone(Role.MANAGER, edition.article.office),
        note="Keliru.",
    )
    assert Pointer.objects.count() == 0


def test_an_article_nothing_leads_to_is_an_orphan_until_something_does():
    edition = published()
    make_due_lists()
    assert set(Orphan.objects.values_list("pk", flat=True)) == keys(edition)
    other = published(regency_office("73.71"))
    make_due_lists()
    assert Orphan.objects.count() == 0
    take_step(other, Step.WITHDRAW, by=someone(Role.MANAGER, other.article.office), note="Keliru.")
    make_due_lists()
    assert set(Orphan.objects.values_list("pk", flat=True)) == keys(edition)
    assert violations() == []


def test_a_text_that_no_longer_leads_to_an_article_leaves_it_an_orphan(django_capture_on_commit_callbacks):
    target = published(ministry(), at=timezone.now() - timedelta(days=900))
    link = f'<div class="baca-juga" data-article="{target.article_id}"></div><p>Teks.</p>'
    edition = published(body=link)
    make_due_lists()
    RelatedRow.objects.all().delete()
    assert target.article_id not in set(Orphan.objects.values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        corrected(edition, body="<p>Tanpa tautan.</p>")
    [settle] = [c for c in callbacks if getattr(c, "func", None) is keeping.settle_orphans and c.args != (set(),)]
    settle()
    assert target.article_id in set(Orphan.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("breaking", "finding"),
    [
        (lambda one, other: Article.objects.filter(pk=other.pk).update(public_state="withdrawn"), "yang tidak terbit"),
        (lambda one, other: RelatedList.objects.filter(article=one).delete(), "tidak mempunyai daftar terkait"),
        (lambda one, other: Pointer.objects.create(article=one, target=other), "menunjuk artikel lain"),
        (lambda one, other: RelatedRow.objects.all().delete(), "tidak tercatat demikian"),
        (
            lambda one, other: Orphan.objects.create(
                article=one, office=one.office, first_published_at=one.first_published_at
            ),
            "padahal ada yang menunjuknya",
        ),
    ],
)
def test_the_audit_finds_lists_that_were_broken_past_the_verbs(breaking, finding):
    one, other = published(), published(regency_office("73.71"))
    make_due_lists()
    assert violations() == []
    breaking(one.article, other.article)
    assert any(finding in sentence for sentence in violations())


def test_nothing_is_kept_of_what_was_never_public():
    drafted()
    withdrawn()
    make_due_lists()
    assert RelatedRow.objects.count() == 0
