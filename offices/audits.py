"""What must hold among people and offices, and cannot all be said as a constraint: one sentence a violation."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from offices.models import Appointment, Membership, Region, Term
from offices.roles import NATIONAL, Role


def overlapping_terms() -> Iterator[str]:
    """Two definitive terms of one position share a day."""
    others = Appointment.objects.filter(
        Q(held_until=None) | Q(held_until__gt=OuterRef("held_from")),
        position=OuterRef("position"),
        kind=Term.DEFINITIVE,
        held_from__lte=OuterRef("held_from"),
    ).exclude(pk=OuterRef("pk"))
    doubled = Appointment.objects.filter(Exists(others), kind=Term.DEFINITIVE)
    for term in doubled.select_related("official", "position__office__region"):
        yield f"Masa jabatan definitif {term} (mulai {term.held_from}) bertumpang tindih dengan yang lain."


def misplaced_roles() -> Iterator[str]:
    """A role is held at an office of the wrong level."""
    supervisors = Q(role=Role.SUPERVISOR) & ~Q(office__region__level=Region.Level.PROVINCE)
    national = Q(role__in=NATIONAL) & ~Q(office__region__parent=None)
    for membership in Membership.objects.filter(supervisors | national).select_related("user", "office__region"):
        yield f"Keanggotaan {membership} tidak sesuai dengan tingkat kantornya."


def regions_in_no_tree() -> Iterator[str]:
    """A kabupaten or kota stands below another province than its code says."""
    local = Region.objects.filter(level__in=[Region.Level.REGENCY, Region.Level.CITY])
    for region in local.exclude(code__startswith=F("parent_id")):
        yield f"Wilayah {region.code} {region.name} berinduk {region.parent_id}."


AUDITS = (overlapping_terms, misplaced_roles, regions_in_no_tree)
