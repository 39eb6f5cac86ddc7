"""Offices, officials and staff in the newsroom, through the real addresses."""

from datetime import date

import pytest
from django.urls import reverse

from offices.models import Appointment, Membership, Official, SocialAccount, User
from offices.roles import Role
from tests.factories import (
    AppointmentFactory,
    OfficialFactory,
    PositionFactory,
    member,
    ministry,
    regency_office,
)

pytestmark = pytest.mark.django_db

PROFILE = {
    "official_name": "Dinas Komunikasi dan Informatika",
    "abbreviation": "Diskominfo",
    "address": "Jalan Contoh 1",
    "phone": "",
    "email": "",
    "website": "kominfo.example.org",
    "accounts-TOTAL_FORMS": 1,
    "accounts-INITIAL_FORMS": 0,
    "accounts-0-network": "instagram",
    "accounts-0-url": "https://instagram.example.org/kominfo",
}


def signed_in(client, role, office):
    user = member(role, office)
    client.force_login(user)
    return user


def office_url(office):
    return reverse("admin:offices_office_change", args=[office.pk])


def test_a_manager_keeps_the_profile_of_the_own_office(client):
    office = regency_office()
    signed_in(client, Role.MANAGER, office)
    assert client.get(office_url(office)).status_code == 200
    assert client.post(office_url(office), PROFILE).status_code == 302
    office.refresh_from_db()
    assert office.website == "https://kominfo.example.org"
    assert SocialAccount.objects.get().network == "instagram"


def test_only_the_centre_verifies_a_name_or_changes_an_address(client):
    office = regency_office()
    signed_in(client, Role.MANAGER, office)
    client.post(office_url(office), {**PROFILE, "name_verified": "on", "slug": "dirampas"})
    office.refresh_from_db()
    assert (office.name_verified, office.slug) == (False, "kantor-73-03")
    signed_in(client, Role.ADMINISTRATOR, ministry())
    central = {**PROFILE, "region": office.region_id, "name_verified": "on", "slug": "kab-bantaeng"}
    assert client.post(office_url(office), central).status_code == 200, "the account is recorded already"
    assert client.post(office_url(office), {**central, "accounts-TOTAL_FORMS": 0}).status_code == 302
    office.refresh_from_db()
    assert (office.name_verified, office.slug) == (True, "kab-bantaeng")


def test_an_official_is_added_with_a_first_term(client):
    office = regency_office()
    position = PositionFactory(office=office)
    signed_in(client, Role.MANAGER, office)
    add = reverse("admin:offices_official_add")
    form = {"name": "Rina Contoh", "known_as": "", "slug": "rina-contoh", "appointments-INITIAL_FORMS": 0}
    without = client.post(add, {**form, "appointments-TOTAL_FORMS": 0})
    assert "sekurangnya satu masa jabatan" in without.content.decode()
    term = {
        "appointments-TOTAL_FORMS": 1,
        "appointments-0-position": position.pk,
        "appointments-0-kind": "definitive",
        "appointments-0-held_from": "2020-01-01",
        "appointments-0-from_precision": "day",
        "appointments-0-until_precision": "day",
    }
    assert client.post(add, {**form, **term}).status_code == 302
    assert Appointment.objects.get().official == Official.objects.get(name="Rina Contoh")


def test_an_overlapping_term_is_refused_and_names_who_holds_it(client):
    office = regency_office()
    held = AppointmentFactory(position=PositionFactory(office=office), held_from=date(2019, 1, 1))
    newcomer = OfficialFactory()
    signed_in(client, Role.MANAGER, office)
    response = client.post(
        reverse("admin:offices_appointment_add"),
        {
            "official": newcomer.pk,
            "position": held.position_id,
            "kind": "definitive",
            "held_from": "2020-01-01",
            "from_precision": "day",
            "until_precision": "day",
        },
    )
    assert held.official.name in response.content.decode()
    assert Appointment.objects.count() == 1


def test_a_manager_adds_a_member_of_staff_with_a_role_of_the_own_newsroom(client):
    office = regency_office()
    signed_in(client, Role.MANAGER, office)
    account = {
        "username": "baru",
        "name": "Baru Rekaan",
        "email": "baru@example.org",
        "password1": "sandi yang panjang 7",
        "password2": "sandi yang panjang 7",
        "office": office.pk,
    }
    add = reverse("admin:offices_user_add")
    assert client.get(add).status_code == 200
    assert client.post(add, {**account, "role": "supervisor"}).status_code == 200
    assert not User.objects.filter(username="baru").exists()
    assert client.post(add, {**account, "role": "writer"}).status_code == 302
    assert Membership.objects.get(user__username="baru").role == Role.WRITER
    assert client.login(username="baru", password=account["password1"])


def test_a_manager_sets_the_password_of_own_staff_but_not_of_a_superior(client):
    office = ministry()
    writer, administrator = member(Role.WRITER, office), member(Role.ADMINISTRATOR, office)
    signed_in(client, Role.MANAGER, office)
    new = {"new_password1": "sandi yang panjang 7", "new_password2": "sandi yang panjang 7"}
    assert client.post(reverse("admin:offices_user_password", args=[writer.pk]), new).status_code == 302
    assert client.post(reverse("admin:offices_user_password", args=[administrator.pk]), new).status_code == 403
    writer.refresh_from_db()
    administrator.refresh_from_db()
    assert writer.check_password("sandi yang panjang 7")
    assert not administrator.check_password("sandi yang panjang 7")


def test_nobody_takes_the_password_of_somebody_else_away(client):
    """Django's form offers it, half in English; here an account is closed, or handed over, by pages of their own."""
    office = regency_office()
    writer = member(Role.WRITER, office)
    signed_in(client, Role.MANAGER, office)
    url = reverse("admin:offices_user_password", args=[writer.pk])
    page = client.get(url)
    assert list(page.context["form"].fields) == ["new_password1", "new_password2"]
    back = reverse("admin:offices_user_change", args=[writer.pk])
    assert page.content.decode().count(f'href="{back}"') == 2
    before = User.objects.get(pk=writer.pk).password
    assert client.post(url, {"usable_password": "false"}).status_code == 200
    assert User.objects.get(pk=writer.pk).password == before


def test_a_membership_of_a_higher_role_is_not_grantable(client):
    office = regency_office()
    manager = signed_in(client, Role.MANAGER, office)
    form = {"user": manager.pk, "office": office.pk, "role": "administrator", "starts_on": "2026-01-01"}
    assert client.post(reverse("admin:offices_membership_add"), form).status_code == 200
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(("role", "offered"), [(Role.MANAGER, 3), (Role.ADMINISTRATOR, 7)])
def test_the_form_offers_only_the_roles_one_may_grant(client, role, offered):
    signed_in(client, role, ministry())
    form = client.get(reverse("admin:offices_user_add")).context["adminform"].form
    assert len(form.fields["role"].choices) == offered


def term_form(position, prefix="", **changes):
    form = {
        "position": position.pk,
        "kind": "definitive",
        "held_from": "2020-06-20",
        "from_precision": "day",
        "held_until": "",
        "until_precision": "day",
        **changes,
    }
    return {f"{prefix}{name}": value for name, value in form.items()}


@pytest.mark.parametrize(
    "dates",
    [
        {"from_precision": "month"},
        {"from_precision": "year", "held_until": "2020-11-01", "until_precision": "year"},
    ],
)
def test_terms_are_compared_by_the_days_that_are_stored(client, dates):
    office = regency_office()
    signed_in(client, Role.MANAGER, office)
    position = PositionFactory(office=office)
    AppointmentFactory(position=position, held_from=date(2019, 1, 1), held_until=date(2020, 6, 15))
    form = term_form(position, official=OfficialFactory().pk, **dates)
    response = client.post(reverse("admin:offices_appointment_add"), form)
    assert (response.status_code, Appointment.objects.count()) == (200, 1)


def test_two_terms_entered_on_one_form_are_compared_with_each_other(client):
    office = regency_office()
    signed_in(client, Role.MANAGER, office)
    position = PositionFactory(office=office)
    form = {
        "name": "Ani",
        "known_as": "",
        "slug": "ani",
        "appointments-TOTAL_FORMS": 2,
        "appointments-INITIAL_FORMS": 0,
    }
    form |= term_form(position, "appointments-0-") | term_form(position, "appointments-1-")
    response = client.post(reverse("admin:offices_official_add"), form)
    assert (response.status_code, Official.objects.count()) == (200, 0)


@pytest.mark.parametrize(("office", "shown"), [("73.03", True), ("11.01", False)])
def test_the_way_to_the_history_is_shown_where_it_is_open(client, office, shown):
    signed_in(client, Role.WRITER, regency_office("73.03"))
    page = client.get(office_url(regency_office(office))).content.decode()
    assert ("historylink" in page) is shown


@pytest.mark.parametrize("page", ["offices_official", "offices_user", "news_article", "news_photo"])
def test_a_list_is_searched_for_the_first_words_of_however_many(client, page):
    signed_in(client, Role.MANAGER, regency_office())
    assert client.get(reverse(f"admin:{page}_changelist"), {"q": "kata " * 1_200}).status_code == 200
