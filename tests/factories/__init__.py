"""Rows for tests: regions and offices in a small tree, people with roles, and editions moved by the real door."""

from tests.factories.news import (
    EventFactory,
    PhotoFactory,
    RubricFactory,
    approved,
    drafted,
    published,
    submitted,
    withdrawn,
)
from tests.factories.offices import (
    AppointmentFactory,
    MembershipFactory,
    OfficeFactory,
    OfficialFactory,
    PositionFactory,
    RegionFactory,
    UserFactory,
    member,
    ministry,
    province_office,
    regency_office,
)

__all__ = [
    "AppointmentFactory",
    "EventFactory",
    "MembershipFactory",
    "OfficeFactory",
    "OfficialFactory",
    "PhotoFactory",
    "PositionFactory",
    "RegionFactory",
    "RubricFactory",
    "UserFactory",
    "approved",
    "drafted",
    "member",
    "ministry",
    "province_office",
    "published",
    "regency_office",
    "submitted",
    "withdrawn",
]
