"""The switch between the offices one works for: it narrows what is shown first and widens nothing."""

import pytest
from django.urls import reverse

from offices.memberships import grant_membership
from offices.models import Membership
from offices.roles import Role
from tests.factories import EventFactory, drafted, member, ministry, province_office, regency_office
from tests.factories.offices import LONG_AGO

pytestmark = pytest.mark.django_db

LIST = "/admin/news/article/"


@pytest.fixture
def home():
    return regency_office("73.03")


@pytest.fixture
def second():
    return regency_office("73.71")


@pytest.fixture
def person(home, second, client):
    """An editor of two kabupaten, signed in."""
    user = member(Role.EDITOR, home)
    grant_membership(user, second, Role.WRITER, by=None, starts_on=LONG_AGO)
    client.force_login(user)
    return user


def switch(client, office, **data):
    return client.post(reverse("admin:switch_office"), {"office": getattr(office, "pk", office), **data})


def listed(client, query=""):
    return {article.office for article in client.get(LIST + query).context["cl"].result_list}


def test_a_list_shows_both_offices_until_one_is_chosen(client, person, home, second):
    drafted(home)
    drafted(second)
    assert listed(client) == {home, second}
    assert switch(client, second).status_code == 302
    assert listed(client) == {second}
    assert listed(client, f"?kantor={home.pk}") == {home}
    assert listed(client, "?kantor=semua") == {home, second}
    switch(client, "semua")
    assert listed(client) == {home, second}


def test_a_choice_hides_no_page_of_the_other_office(client, person, home, second):
    edition = drafted(home)
    switch(client, second)
    assert client.get(reverse("admin:news_article_change", args=[edition.article_id])).status_code == 200


def test_the_filter_of_a_list_widens_nothing(client, person, home):
    far = regency_office("11.01")
    drafted(far)
    drafted(home)
    assert listed(client, f"?kantor={far.pk}") == {home}
    assert listed(client, "?kantor=x") == {home}


@pytest.mark.parametrize("key", ["", "x", "0", "999999", "-1", "²"])
def test_an_office_that_is_not_ones_own_is_refused(client, person, home, key):
    assert switch(client, regency_office("11.01")).status_code == 403
    assert switch(client, key).status_code == 403
    assert "office" not in client.session


def test_a_choice_ends_with_the_membership(client, person, home, second):
    drafted(home)
    switch(client, second)
    Membership.objects.filter(user=person, office=second).update(ends_on="2001-01-01")
    assert listed(client) == {home}


def test_new_rows_belong_to_the_chosen_office(client, person, home, second):
    second.region.timezone = "Asia/Jayapura"
    second.region.save()
    switch(client, second)
    article = client.get(reverse("admin:news_article_add")).context["adminform"].form
    event = client.get(reverse("admin:news_event_add")).context["adminform"].form
    photo = client.get(reverse("admin:news_photo_add")).context["form"]
    assert (article.initial["office"], photo.initial["office"]) == (second.pk, second.pk)
    assert (event.initial["organiser"], event.initial["timezone"]) == (second.pk, "Asia/Jayapura")


def test_the_list_of_events_is_narrowed_by_the_organiser(client, person, home, second):
    own, other = EventFactory(organiser=home, state="published"), EventFactory(organiser=second, state="published")
    switch(client, home)
    events = client.get("/admin/news/event/").context["cl"].result_list
    assert (own in events, other in events) == (True, False)


def test_who_works_for_one_office_meets_no_switch(client, home):
    client.force_login(member(Role.EDITOR, home))
    page = client.get(LIST)
    assert reverse("admin:switch_office") not in page.content.decode()
    assert "kantor saya" not in page.content.decode().lower()


def test_oversight_is_no_place_of_work(client):
    person = member(Role.SUPERVISOR, province_office())
    grant_membership(person, ministry(), Role.CURATOR, by=None, starts_on=LONG_AGO)
    client.force_login(person)
    assert switch(client, province_office()).status_code == 403


def test_one_is_sent_back_to_where_one_was_and_nowhere_else(client, person, home):
    assert switch(client, home, next=LIST)["Location"] == LIST
    assert switch(client, home, next="https://elsewhere.example/")["Location"] == "/admin/"
    assert switch(client, home)["Location"] == "/admin/"


def test_a_get_changes_nothing(client, person, home):
    assert client.get(reverse("admin:switch_office"), {"office": home.pk}).status_code == 405
