"""A new draft with the content of another article."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from news.access import is_contributor
from news.digest import content_of
from news.duplicating import duplicate
from news.models import Article, Edition, Transition
from news.states import Step
from news.workflow import take_step
from offices.memberships import grant_membership
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    EventFactory,
    PhotoFactory,
    drafted,
    member,
    province_office,
    published,
    regency_office,
)
from tests.factories.news import someone
from tests.factories.offices import LONG_AGO

pytestmark = pytest.mark.django_db


def rich(office, make=published, **fields):
    term, other = AppointmentFactory(), published(regency_office("73.71"))
    return make(
        office,
        event=EventFactory(organiser=office, state="published"),
        tags=("humas", "rakornas"),
        officials=(term.official,),
        quotes=({"number": 1, "kind": "retold", "text": "Berita harus sampai.", "speaker": term},),
        photos=(PhotoFactory(office), PhotoFactory(office)),
        picks=(other.article,),
        **fields,
    )


def test_nobody_approves_a_copy_of_what_they_wrote_and_nobody_checked():
    office = regency_office()
    author, writer = member(Role.EDITOR, office), someone(Role.WRITER, office)
    copy = duplicate(drafted(office, by=author), by=writer)
    take_step(copy, Step.SUBMIT, by=writer)
    with pytest.raises(PermissionDenied):
        take_step(copy, Step.APPROVE, by=author)
    take_step(copy, Step.APPROVE, by=member(Role.EDITOR, office))


def test_what_somebody_else_has_approved_is_copied_without_its_writers():
    office = regency_office()
    _approver, author = someone(Role.EDITOR, office), member(Role.EDITOR, office)
    copy = duplicate(published(office, by=author), by=someone(Role.WRITER, office))
    assert not is_contributor(author, copy)


def of_two_offices():
    """A writer of two kabupaten."""
    writer = member(Role.WRITER, regency_office("73.03"))
    grant_membership(writer, regency_office("73.71"), Role.WRITER, by=None, starts_on=LONG_AGO)
    return writer


def test_the_copy_has_all_the_content_and_is_a_draft_of_its_own():
    office = regency_office()
    source, writer = rich(office), someone(Role.WRITER, office)
    before = content_of(source)
    copy = duplicate(source, by=writer)
    assert content_of(copy) == before == content_of(source)
    assert (copy.state, copy.number, copy.version, copy.started_by) == ("draft", 1, 1, writer)
    assert copy.article_id != source.article_id
    assert copy.article.office == office
    assert not set(copy.photos.values_list("pk", flat=True)) & set(source.photos.values_list("pk", flat=True))


def test_the_copy_has_no_address_no_approval_and_no_correction():
    source = published(correction="ralat", correction_note="Angka keliru.")
    copy = duplicate(source, by=source.started_by)
    article = Article.objects.get(pk=copy.article_id)
    assert (article.slug, article.public_state, article.first_published_at) == ("", "never", None)
    assert (copy.correction, copy.correction_note, copy.approved_by, copy.approved_digest) == ("", "", None, "")
    assert list(Transition.objects.filter(article=article).values_list("step", flat=True)) == ["start"]


def test_photos_stay_in_the_library_of_their_office():
    source, writer = rich(regency_office("73.03")), of_two_offices()
    copy = duplicate(source, by=writer, office=regency_office("73.71"))
    assert copy.article.office == regency_office("73.71")
    assert copy.photos.count() == 0
    assert (copy.quotes.count(), copy.mentions.count(), copy.picks.count()) == (1, 1, 1)


def test_only_those_who_write_at_both_offices_duplicate():
    source, target = published(regency_office("73.03")), regency_office("73.71")
    articles = Article.objects.count()
    for person, office in (
        (someone(Role.WRITER, source.article.office), target),
        (member(Role.WRITER, target), target),
        (member(Role.SUPERVISOR, province_office()), None),
    ):
        with pytest.raises(PermissionDenied):
            duplicate(source, by=person, office=office)
    assert Article.objects.count() == articles


def press(client, edition, **data):
    return client.post(reverse("admin:news_article_duplicate", args=[edition.article_id]), data)


def test_a_button_duplicates_and_leads_to_the_draft(client):
    source = published()
    client.force_login(source.started_by)
    page = client.get(reverse("admin:news_article_change", args=[source.article_id])).content.decode()
    assert reverse("admin:news_article_duplicate", args=[source.article_id]) in page
    response = press(client, source)
    copy = Edition.objects.get(state="draft")
    assert response["Location"] == reverse("admin:news_article_change", args=[copy.article_id])
    assert client.get(response["Location"]).status_code == 200


def test_a_person_of_two_offices_chooses_one_and_is_told_of_the_photos(client):
    source, target = rich(regency_office("73.03")), regency_office("73.71")
    client.force_login(of_two_offices())
    response = client.post(
        reverse("admin:news_article_duplicate", args=[source.article_id]), {"office": target.pk}, follow=True
    )
    assert Article.objects.order_by("pk").last().office == target
    assert "Foto tidak ikut" in response.content.decode()
    assert press(client, source, office=regency_office("11.01").pk).status_code == 403


def test_those_who_only_read_have_no_such_button(client):
    source = drafted()
    client.force_login(member(Role.SUPERVISOR, province_office()))
    page = client.get(reverse("admin:news_article_change", args=[source.article_id])).content.decode()
    assert reverse("admin:news_article_duplicate", args=[source.article_id]) not in page
