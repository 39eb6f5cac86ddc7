"""Whatever people, the clock, workers and crashes do in whichever order, nothing hidden stands beside an article."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from news.models import Article, Edition, RelatedPick, RelatedRow
from news.refusals import NotNow
from news.related.audits import AUDITS
from news.related.choosing import inline_ids
from news.related.keeping import make_due_lists, make_list
from news.related.orphans import newest_orphans
from news.related.page import neighbours_of
from news.related.reasons import suggestions_for
from news.related.vetoes import lift_veto, veto
from news.states import Step
from news.workflow import locked, take_step
from news.writing import save_content
from offices.roles import Role
from tests.factories import published, regency_office
from tests.factories.news import someone
from tests.journeys.test_promises import Crash, Newsroom, crashes, crashing_after, people
from tests.offices.test_appointments import at_once

numbers = st.integers(0, 1)


class Neighbourhood(Newsroom):
    """The newsroom of the other promises with two published articles, and a third elsewhere that leads to the first."""

    @initialize()
    def open(self):
        super().open()
        office = self.articles[0].office
        self.articles = [published(office, tags=("humas",)).article for _number in range(2)]
        body = f'<p>Satu.</p><div class="baca-juga" data-article="{self.articles[0].pk}"></div>'
        self.third = published(regency_office("11.01"), tags=("humas",), body=body).article

    def work(self, crash, act):
        """What a worker does, in transactions of its own; a crash may come between them."""
        try:
            with crashing_after(crash):
                act()
        except Crash:
            pass

    @rule(number=numbers, crash=crashes)
    def the_step_is_committed(self, number, crash):
        self.work(crash, lambda: make_list(self.articles[number].pk))

    @rule(crash=st.one_of(st.none(), st.integers(0, 150)))
    def the_workers_come_by(self, crash):
        self.work(crash, make_due_lists)

    @rule(number=numbers, name=people, far=st.booleans(), lifts=st.booleans(), crash=crashes)
    def decide(self, number, name, far, lifts, crash):
        other = self.third if far else self.articles[1 - number]
        article = Article.objects.select_related("office__region").get(pk=self.articles[number].pk)
        verb = lift_veto if lifts else veto
        self.attempt(crash, lambda: verb(article, other.pk, by=self.people[name]))

    @rule(number=numbers, name=people, inline=st.booleans(), crash=crashes)
    def point(self, number, name, inline, crash):
        """Lead to the other article by hand, in the text or below it."""
        edition, other = self.edition(number), self.articles[1 - number]

        def act():
            locked(edition)
            if inline:
                body = f'<p>Versi {edition.version}.</p><div class="baca-juga" data-article="{other.pk}"></div>'
                Edition.objects.filter(pk=edition.pk).update(body=body, correction="typo")
            else:
                RelatedPick.objects.get_or_create(edition=edition, article=other)
            save_content(edition, by=self.people[name], version=edition.version)

        self.attempt(crash, act)

    @rule(number=numbers)
    def somebody_previews(self, number):
        edition = loaded(self.edition(number))
        self.nothing_hidden_is_beside(edition)
        assert {row.article.pk for row in suggestions_for(edition)} <= public() - {edition.article_id}

    @invariant()
    def promises_hold(self):
        """Instead of those that the other machine keeps."""
        for article in Article.objects.published().filter(live_edition__isnull=False):
            self.nothing_hidden_is_beside(loaded(article.live_edition))
        assert [sentence for audit in AUDITS for sentence in audit()] == []
        assert {orphan.pk for orphan in newest_orphans()} <= public()

    def nothing_hidden_is_beside(self, edition):
        beside = neighbours_of(edition)
        by_machine = {article.pk for article in [*beside.related, *beside.insets, *beside.elsewhere]}
        shown = by_machine | set(beside.inline) | {article.pk for article in beside.office_latest}
        assert shown <= public() - {edition.article_id}
        vetoed = set(edition.article.vetoes.values_list("neighbour", flat=True))
        by_hand = {*inline_ids(edition), *edition.picks.values_list("article", flat=True)}
        assert not by_machine & vetoed - by_hand


def public():
    return set(Article.objects.published().values_list("pk", flat=True))


def loaded(edition):
    return Edition.objects.with_content().select_related("article__office__region__parent").get(pk=edition.pk)


def walked(examples, steps):
    run_state_machine_as_test(
        Neighbourhood,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )


@pytest.mark.django_db(transaction=True)
def test_lists_are_made_while_their_articles_come_and_go_and_nobody_waits_in_a_circle(caplog):
    editions = [published(regency_office(f"73.{number}"), tags=("humas",)) for number in (11, 12, 13)]

    def come_and_go(edition):
        manager = someone(Role.MANAGER, edition.article.office)

        def act():
            for step in (Step.WITHDRAW, Step.REINSTATE) * 2:
                take_step(edition, step, by=manager, note="Alasan.")

        return act

    def change_ones_mind(edition, other):
        editor = someone(Role.EDITOR, edition.article.office)

        def act():
            for verb in (veto, lift_veto) * 2:
                try:
                    verb(edition.article, other.article_id, by=editor)
                except NotNow:
                    continue

        return act

    coming = [come_and_go(edition) for edition in editions]
    deciding = [change_ones_mind(editions[0], editions[1]), change_ones_mind(editions[1], editions[0])]
    results = at_once(*coming, *deciding, make_due_lists, make_due_lists)

    assert [result for result in results if isinstance(result, type)] == []
    make_due_lists()
    assert [sentence for audit in AUDITS for sentence in audit()] == []
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
    assert RelatedRow.objects.count() == 6


@pytest.mark.django_db
def test_nothing_unpublished_stands_beside_an_article_whatever_happens():
    walked(examples=5, steps=20)


@pytest.mark.drill
@pytest.mark.django_db
def test_nothing_unpublished_stands_beside_an_article_however_long_it_goes_on():
    walked(examples=80, steps=60)
