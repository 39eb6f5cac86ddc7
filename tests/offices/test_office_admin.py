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
    new = {"usable_password": "true", "password1": "sandi yang panjang 7", "password2": "sandi yang panjang 7"}
    assert client.post(reverse("admin:offices_user_password", args=[writer.pk]), new).status_code == 302
    assert client.post(reverse("admin:offices_user_password", args=[administrator.pk]), new).status_code == 403
    writer.refresh_from_db()
    administrator.refresh_from_db()
    assert writer.check_password("sandi yang panjang 7")
    assert not administrator.check_password("sandi yang panjang 7")


def test_a_membership_of_a_higher_role_is_not_grantable(client):
    office = regency_office()
    manager = signed_in(client, Role.MANAGER, office)
    form = {"user": manager.pk, "office": office.pk, "role": "administrator", "starts_on": "2026-01-01"}
    assert client.post(reverse("admin:offices_membership_add"), form).status_code == 200
    assert Membership.objects.count() == 1
