"""Merging tags and rubrics: what moves, what stays as it was, where old addresses lead, and who is refused."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.audits import AUDITS
from news.digest import digest_of
from news.merging import effect_of, merge
from news.models import Article, Edition, FormerTag, Rubric, Tag, TaggedEdition, Transition
from news.refusals import NotNow
from news.states import Step
from news.workflow import take_step
from offices.models import Entry, Kind
from offices.roles import Role
from tests.factories import RubricFactory, approved, drafted, member, ministry, published, regency_office
from tests.factories.news import someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return member(Role.ADMINISTRATOR, ministry())


def tag(name):
    return Tag.objects.get_or_create(name=name)[0]


def names(edition):
    return sorted(edition.tagged.values_list("tag__name", flat=True))


def violations():
    return [sentence for audit in AUDITS for sentence in audit()]


def test_every_edition_carries_the_tag_that_stays(administrator):
    live, draft = published(tags=("rakor", "humas")), drafted(tags=("rakor",))
    assert merge(tag("rakor"), tag("rakornas"), by=administrator) == 2
    assert (names(live), names(draft)) == (["humas", "rakornas"], ["rakornas"])
    assert not Tag.objects.filter(name="rakor").exists()


def test_an_edition_with_both_carries_one(administrator):
    both, other = drafted(tags=("rakor", "rakornas")), drafted(tags=("rakornas",))
    assert merge(tag("rakor"), tag("rakornas"), by=administrator) == 1
    assert (names(both), names(other)) == (["rakornas"], ["rakornas"])


def test_every_article_and_edition_stands_in_the_rubric_that_stays(administrator):
    old, new = RubricFactory(name="Warta"), RubricFactory(name="Berita")
    live, draft, elsewhere = published(rubric=old), drafted(rubric=old), published(rubric=RubricFactory())
    assert merge(old, new, by=administrator) == 2
    assert set(Edition.objects.filter(rubric=new)) == {live, draft}
    assert set(Article.objects.filter(rubric=new)) == {live.article}
    assert Article.objects.get(pk=elsewhere.article_id).rubric == elsewhere.rubric
    assert not Rubric.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("kind", ["tag", "rubric"])
def test_an_approval_stays_bound_to_its_text_and_can_still_be_published(administrator, kind):
    old, new = (tag("rakor"), tag("rakornas")) if kind == "tag" else (RubricFactory(name="A"), RubricFactory(name="B"))
    edition = approved(tags=("rakor",)) if kind == "tag" else approved(rubric=old)
    merge(old, new, by=administrator)
    edition = Edition.objects.select_related("article__office__region__parent").get(pk=edition.pk)
    assert (edition.state, edition.approved_digest) == ("approved", digest_of(edition))
    step = Transition.objects.filter(edition=edition).last()
    assert (step.step, step.source, step.target, step.actor, step.digest) == (
        Step.MERGE_TOPIC,
        "approved",
        "approved",
        administrator,
        edition.approved_digest,
    )
    assert "disatukan" in step.note
    take_step(edition, Step.PUBLISH, by=someone(Role.EDITOR, edition.article.office))
    assert violations() == []


def test_an_approval_that_was_already_broken_is_not_mended(administrator):
    edition = approved(tags=("rakor",))
    Edition.objects.filter(pk=edition.pk).update(headline="Diubah diam-diam")
    merge(tag("rakor"), tag("rakornas"), by=administrator)
    stored = Edition.objects.select_related("article__office__region__parent").get(pk=edition.pk)
    assert stored.approved_digest == edition.approved_digest
    assert not Transition.objects.filter(step=Step.MERGE_TOPIC).exists()
    with pytest.raises(NotNow, match="tidak sama"):
        take_step(stored, Step.PUBLISH, by=someone(Role.EDITOR, edition.article.office))


def test_what_was_published_keeps_the_digest_that_was_approved_and_no_step_is_added(administrator):
    live = published(tags=("rakor",))
    before = list(Transition.objects.values_list("pk", flat=True))
    merge(tag("rakor"), tag("rakornas"), by=administrator)
    assert Edition.objects.get(pk=live.pk).approved_digest == live.approved_digest
    assert list(Transition.objects.values_list("pk", flat=True)) == before
    assert violations() == []


def test_old_addresses_lead_to_the_present_one_however_often_it_was_merged(client, administrator):
    published(tags=("satu", "dua", "tiga"))
    merge(tag("satu"), tag("dua"), by=administrator)
    merge(tag("dua"), tag("tiga"), by=administrator)
    for slug in ("satu", "dua"):
        for page in ("tag_detail", "tag_feed"):
            response = client.get(reverse(page, args=[slug]))
            assert (response.status_code, response["Location"]) == (301, reverse(page, args=["tiga"]))
    assert client.get("/tag/tiga/").status_code == 200
    assert FormerTag.objects.filter(tag__name="tiga").count() == 2


def test_a_rubric_leads_on_too_and_so_do_filters(client, administrator):
    old, new = RubricFactory(name="Warta"), RubricFactory(name="Berita")
    published(rubric=old, headline="Judul yang dicari", tags=("rakor",))
    merge(old, new, by=administrator)
    merge(tag("rakor"), tag("rakornas"), by=administrator)
    for page in ("rubric_detail", "rubric_feed"):
        response = client.get(reverse(page, args=["warta"]))
        assert (response.status_code, response["Location"]) == (301, reverse(page, args=["berita"]))
    for query in ({"rubrik": "warta"}, {"tag": "rakor"}):
        response = client.get(reverse("article_list"), query)
        assert "Judul yang dicari" in response.content.decode()
        assert list(query.values())[0] not in response.context["canonical_url"].split("=")


def test_an_old_address_of_a_tag_that_stands_on_nothing_public_is_not_found(client, administrator):
    drafted(tags=("rakor",))
    merge(tag("rakor"), tag("rakornas"), by=administrator)
    assert client.get("/tag/rakor/").status_code == 404
    assert client.get(reverse("article_list"), {"tag": "rakor"}).status_code == 404


def test_an_address_taken_again_by_the_tag_that_stays_does_not_turn_in_a_circle(client, administrator):
    published(tags=("satu", "dua"))
    merge(tag("satu"), tag("dua"), by=administrator)
    Tag.objects.create(name="satu")
    merge(tag("dua"), tag("satu"), by=administrator)
    assert client.get("/tag/satu/").status_code == 200
    assert client.get("/tag/dua/")["Location"] == "/tag/satu/"


def test_a_name_that_was_merged_away_means_the_tag_that_stays(administrator):
    merge(tag("Rakor"), tag("rakornas"), by=administrator)
    edition = drafted(tags=("RAKOR", "humas"))
    assert names(edition) == ["humas", "rakornas"]
    edition.tags.set(["rakor", "rakornas"])
    assert names(edition) == ["rakornas"]


def test_a_merge_is_recorded(administrator):
    drafted(tags=("rakor",))
    merge(tag("rakor"), tag("rakornas"), by=administrator)
    entry = Entry.objects.get(kind=Kind.MERGED)
    assert (entry.actor, entry.office, entry.thing_name) == (administrator, None, "rakor → rakornas")


@pytest.mark.parametrize("role", ["writer", "editor", "manager", "curator", "auditor"])
def test_only_an_administrator_merges(role):
    person = member(Role(role), ministry())
    with pytest.raises(PermissionDenied):
        merge(tag("rakor"), tag("rakornas"), by=person)
    assert Tag.objects.count() == 2


def test_nothing_is_merged_into_itself_nor_a_tag_into_a_rubric_nor_what_is_gone(administrator):
    rakor, gone = tag("rakor"), tag("hilang")
    Tag.objects.filter(pk=gone.pk).delete()
    with pytest.raises(NotNow, match="Pilih yang lain"):
        merge(rakor, rakor, by=administrator)
    for target in (RubricFactory(), gone):
        with pytest.raises(PermissionDenied):
            merge(rakor, target, by=administrator)
    assert tag("rakor") == rakor


def test_a_merge_that_fails_changes_nothing(administrator, monkeypatch):
    edition = approved(tags=("rakor",))
    monkeypatch.setattr(Tag, "delete", lambda self: (_ for _ in ()).throw(RuntimeError))
    with pytest.raises(RuntimeError):
        merge(tag("rakor"), tag("rakornas"), by=administrator)
    assert names(edition) == ["rakor"]
    assert Edition.objects.get(pk=edition.pk).approved_digest == edition.approved_digest
    assert not FormerTag.objects.exists()


def test_the_number_of_statements_does_not_grow_with_the_archive(administrator):
    counts = []
    assert administrator.current_memberships
    for size in (1, 4):
        tag(f"tujuan-{size}")
        for _number in range(size):
            published(tags=("rakor", f"sisa-{size}"))
        with CaptureQueriesContext(connection) as queries:
            merge(tag("rakor"), tag(f"tujuan-{size}"), by=administrator)
        counts.append(len(queries))
        assert TaggedEdition.objects.filter(tag__name=f"tujuan-{size}").count() == size
        FormerTag.objects.all().delete()
    assert counts[0] == counts[1]


def test_the_effect_is_what_happens(administrator):
    published(tags=("rakor",)), drafted(tags=("rakor", "rakornas")), approved(tags=("rakor",))
    effect = effect_of(tag("rakor"), tag("rakornas"))
    told = (effect.editions, effect.public, effect.working, effect.approved, effect.doubled, len(effect.sample))
    assert told == (3, 1, 2, 1, 1, 1)
    assert merge(tag("rakor"), tag("rakornas"), by=administrator) == effect.editions


def test_the_pages_ask_show_and_merge_only_when_confirmed(client, administrator):
    client.force_login(administrator)
    live = published(tags=("rakor",), headline="Yang akan berubah")
    source, target = tag("rakor"), tag("rakornas")
    url = reverse("admin:news_tag_merge", args=[source.pk])
    assert url in client.get(reverse("admin:news_tag_change", args=[source.pk])).content.decode()
    assert "Disatukan ke" in client.get(url).content.decode()
    shown = client.get(url, {"target": target.pk}).content.decode()
    assert "Yang akan berubah" in shown
    assert client.get(url, {"target": source.pk}).status_code == 400
    assert client.post(url, {"target": target.pk}).status_code == 400
    assert names(live) == ["rakor"]
    response = client.post(url, {"target": target.pk, "sure": "on"})
    assert (response.status_code, response["Location"]) == (302, reverse("admin:news_tag_change", args=[target.pk]))
    assert names(live) == ["rakornas"]
    assert client.post(url, {"target": target.pk, "sure": "on"}).status_code == 404


def test_a_name_or_address_that_leads_on_is_not_given_again(client, administrator):
    client.force_login(administrator)
    merge(tag("Rakor"), tag("rakornas"), by=administrator)
    merge(RubricFactory(name="Warta"), RubricFactory(name="Berita"), by=administrator)
    response = client.post(reverse("admin:news_tag_add"), {"name": "rakor"})
    assert "sudah disatukan" in response.content.decode()
    response = client.post(reverse("admin:news_rubric_add"), {"name": "Warta", "slug": "warta", "order": 1})
    assert "sudah menuju" in response.content.decode()
    assert (Tag.objects.count(), Rubric.objects.count()) == (1, 1)


def test_a_manager_of_the_ministry_finds_no_merge(client):
    client.force_login(member(Role.MANAGER, ministry()))
    source, target = tag("rakor"), tag("rakornas")
    url = reverse("admin:news_tag_merge", args=[source.pk])
    assert client.get(url).status_code == 403
    assert client.post(url, {"target": target.pk, "sure": "on"}).status_code == 403
    assert Tag.objects.count() == 2


def test_offices_keep_their_tags_apart_from_nobody(administrator):
    """A merge reaches the texts of every office, as a tag does."""
    there = drafted(regency_office("11.01"), tags=("rakor",))
    merge(tag("rakor"), tag("rakornas"), by=administrator)
    assert names(there) == ["rakornas"]
