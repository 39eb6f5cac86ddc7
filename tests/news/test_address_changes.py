"""Another address for a published article: the old one leads to it, and none is used twice."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from news.addresses import change_address
from news.models import Address, AddressChange, Article
from news.refusals import AddressTaken, NotNow
from news.states import Step
from news.workflow import take_step
from offices.models.records import AppendOnlyError
from offices.roles import Role
from tests.factories import drafted, member, ministry, published, regency_office, withdrawn
from tests.factories.news import someone
from tests.news.test_article_admin import signed_in
from tests.offices.test_appointments import at_once

pytestmark = pytest.mark.django_db


def address_of(edition) -> str:
    return Article.objects.get(pk=edition.article_id).get_absolute_url()


def editor():
    return someone(Role.EDITOR, regency_office())


def test_the_old_address_leads_to_the_new_one_for_good(client):
    edition = published(headline="Rakornas di Jakrta")
    old = address_of(edition)

    change = change_address(edition.article, "rakornas-di-jakarta", by=editor())

    new = address_of(edition)
    assert (change.former, change.current, change.actor) == ("rakornas-di-jakrta", "rakornas-di-jakarta", editor())
    assert new == old.replace("jakrta", "jakarta")
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_a_second_change_leads_both_old_addresses_straight_to_the_last(client):
    edition = published(headline="Satu")
    addresses = [address_of(edition)]
    for slug in ("dua", "tiga"):
        change_address(edition.article, slug, by=editor())
        addresses.append(address_of(edition))

    assert [client.get(old)["Location"] for old in addresses[:2]] == [addresses[2]] * 2
    assert Address.objects.filter(article=edition.article).count() == 3


def test_a_withdrawn_article_changes_its_address_too(client):
    edition = withdrawn(headline="Satu")
    old = address_of(edition)

    change_address(edition.article, "dua", by=editor())

    assert client.get(old)["Location"] == address_of(edition)


@pytest.mark.parametrize(
    "slug",
    ["", "2026", "feed", "agenda", "a b", "a/b", "Rakornas", "a--b", "-a", "a_", "é", "a\x00b", "x" * 111, "rakornas-"],
)
def test_what_can_be_no_address_is_refused(slug):
    edition = published(headline="Satu")

    with pytest.raises(NotNow):
        change_address(edition.article, slug, by=editor())

    assert (Article.objects.get().slug, Address.objects.count(), AddressChange.objects.count()) == ("satu", 1, 0)


def test_an_address_of_somebody_else_is_taken_and_the_suffixed_one_is_offered():
    published(headline="HUT RI")
    own = published(headline="Perayaan")

    with pytest.raises(AddressTaken) as refusal:
        change_address(own.article, "hut-ri", by=editor())

    assert refusal.value.suggestion == "hut-ri-kantor-73-03"
    change_address(own.article, refusal.value.suggestion, by=editor())
    assert address_of(own).endswith("/hut-ri-kantor-73-03/")


def test_an_article_never_goes_back_to_an_address_it_had():
    """Browsers remember that the old one leads to the new one: going back would send readers in a circle."""
    edition = published(headline="Satu")
    change_address(edition.article, "dua", by=editor())

    with pytest.raises(AddressTaken):
        change_address(edition.article, "satu", by=editor())

    assert address_of(edition).endswith("/dua/")


def test_what_was_never_public_or_is_removed_has_no_address_to_change():
    draft, gone = drafted(), withdrawn()
    take_step(gone, Step.REMOVE, by=someone(Role.MANAGER, regency_office()), note="Keliru.")

    for edition in (draft, gone):
        with pytest.raises(NotNow):
            change_address(edition.article, "baru", by=editor())


@pytest.mark.parametrize("role", [Role.WRITER, Role.CURATOR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_others_than_the_offices_editors_change_no_address(role):
    edition = published(headline="Satu")
    office = regency_office() if role == Role.WRITER else ministry()

    with pytest.raises(PermissionDenied):
        change_address(edition.article, "dua", by=member(role, office))


def test_the_record_of_a_change_is_only_ever_added():
    edition = published(headline="Satu")
    change = change_address(edition.article, "dua", by=editor())

    with pytest.raises(AppendOnlyError):
        change.save()
    with pytest.raises(AppendOnlyError):
        change.delete()
    with pytest.raises(AppendOnlyError):
        AddressChange.objects.update(former="x")


@pytest.mark.django_db(transaction=True)
def test_two_articles_that_want_one_address_at_once_do_not_both_get_it():
    first, second = published(headline="Satu"), published(headline="Dua")
    by = editor()

    def wanting(edition):
        def attempt():
            try:
                return change_address(edition.article, "tiga", by=by).current
            except AddressTaken:
                return "taken"

        return attempt

    assert sorted(at_once(wanting(first), wanting(second))) == ["taken", "tiga"]


# The page.


def page_of(edition) -> str:
    return reverse("admin:news_article_address", args=[edition.article_id])


def test_an_editor_types_confirms_and_finds_the_change_in_the_history(client):
    edition = published(headline="Rakornas di Jakrta")
    signed_in(client, Role.EDITOR)
    assert (
        page_of(edition) in client.get(reverse("admin:news_article_change", args=[edition.article_id])).content.decode()
    )
    assert 'value="rakornas-di-jakrta"' in client.get(page_of(edition)).content.decode()

    asked = client.post(page_of(edition), {"slug": "rakornas-di-jakarta"})
    assert (asked.status_code, Article.objects.get().slug) == (200, "rakornas-di-jakrta")
    assert 'name="confirmed"' in asked.content.decode()
    assert client.post(page_of(edition), {"slug": "rakornas-di-jakarta", "confirmed": "on"}).status_code == 302

    assert Article.objects.get().slug == "rakornas-di-jakarta"
    history = client.get(reverse("admin:news_article_history", args=[edition.article_id])).content.decode()
    assert "rakornas-di-jakrta → rakornas-di-jakarta" in history


def test_a_taken_address_answers_409_with_a_free_one(client):
    published(headline="HUT RI")
    edition = published(headline="Perayaan")
    signed_in(client, Role.EDITOR)

    answer = client.post(page_of(edition), {"slug": "hut-ri", "confirmed": "on"})

    assert answer.status_code == 409
    assert 'value="hut-ri-kantor-73-03"' in answer.content.decode()
    assert "masih bebas" in answer.content.decode()


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("12345", "hanya terdiri dari angka"),
        ("feed", "dipakai halaman lain"),
        ("Halo Dunia!!", "hanya memuat huruf kecil"),
        ("perayaan", "sama dengan yang sekarang"),
        ("hut-ri", "masih bebas"),
    ],
)
def test_what_cannot_be_used_is_refused_before_it_is_confirmed(client, slug, sentence):
    published(headline="HUT RI")
    edition = published(headline="Perayaan")
    signed_in(client, Role.EDITOR)

    first = client.post(page_of(edition), {"slug": slug})
    second = client.post(page_of(edition), {"slug": slug, "confirmed": "on"})

    assert first.status_code == second.status_code == 409
    assert first.context["refusal"] == second.context["refusal"]
    html = first.content.decode()
    assert sentence in html and 'name="confirmed"' not in html


@pytest.mark.parametrize("slug", ["feed", "2026", "a b", "SATU"])
def test_a_refused_address_answers_409_with_its_sentence(client, slug):
    edition = published(headline="Satu")
    signed_in(client, Role.EDITOR)

    assert client.post(page_of(edition), {"slug": slug, "confirmed": "on"}).status_code == 409
    assert client.post(page_of(edition), {"slug": "", "confirmed": "on"}).status_code == 200
    assert AddressChange.objects.count() == 0
