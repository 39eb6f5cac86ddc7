"""Rows of the foundation."""

from datetime import date

import factory

from offices.memberships import grant_membership
from offices.models import Appointment, Membership, Office, Official, Position, Region, User
from offices.roles import Role

LONG_AGO = date(2000, 1, 1)


class RegionFactory(factory.django.DjangoModelFactory):
    """A kabupaten of South Sulawesi unless told otherwise."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"73.{n + 50:02}"[:5])
    parent = factory.LazyFunction(lambda: province_region("73"))
    level = Region.Level.REGENCY
    name = factory.LazyAttribute(lambda o: f"Kabupaten {o.code.replace('.', '-')}")
    short_name = factory.LazyAttribute(lambda o: o.name.replace("Kabupaten", "Kab."))
    timezone = "Asia/Makassar"
    island_group = "Sulawesi"


def nation() -> Region:
    return RegionFactory(
        code="00", parent=None, level="nation", name="Indonesia", short_name="Indonesia", timezone="Asia/Jakarta"
    )


def province_region(code: str) -> Region:
    return RegionFactory(
        code=code, parent=nation(), level="province", name=f"Provinsi {code}", short_name=f"Provinsi {code}"
    )


class OfficeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Office
        django_get_or_create = ("region",)

    region = factory.SubFactory(RegionFactory)
    official_name = "Dinas Komunikasi dan Informatika"
    abbreviation = "Diskominfo"
    slug = factory.LazyAttribute(lambda o: f"kantor-{o.region.code.replace('.', '-')}")


def ministry() -> Office:
    """The root office."""
    return OfficeFactory(region=nation(), official_name="Kementerian", abbreviation="Kementerian", slug="pusat")


def province_office(code: str = "73") -> Office:
    return OfficeFactory(region=province_region(code))


def regency_office(code: str = "73.03") -> Office:
    """The office of a kabupaten below the province whose code its own begins with."""
    return OfficeFactory(region=RegionFactory(code=code, parent=province_region(code[:2])))


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"orang{n}")
    name = factory.Sequence(lambda n: f"Orang Rekaan {n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@example.org")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    office = factory.SubFactory(OfficeFactory)
    role = Role.WRITER
    starts_on = LONG_AGO


def member(role: Role, office: Office, **fields) -> User:
    """A person who has held `role` at `office` for a long time."""
    user = UserFactory(**fields)
    grant_membership(user, office, role, by=None, starts_on=LONG_AGO)
    return user


class OfficialFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Official

    name = factory.Sequence(lambda n: f"Pejabat Contoh {n}")
    slug = factory.Sequence(lambda n: f"pejabat-contoh-{n}")


class PositionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Position

    office = factory.SubFactory(OfficeFactory)
    title = factory.Sequence(lambda n: f"Kepala Bidang {n}")


class AppointmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appointment

    official = factory.SubFactory(OfficialFactory)
    position = factory.SubFactory(PositionFactory)
    held_from = LONG_AGO
