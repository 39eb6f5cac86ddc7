"""The verbs that begin and end terms of office, and the question who held which position on a day."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from offices.models import Appointment, Official, Position, Term
from offices.models.officials import Precision, held_on


def held_by(official: Official, day: date) -> QuerySet[Appointment]:
    """The terms `official` was serving on `day`, definitive ones first."""
    return _running(Appointment.objects.filter(official=official), day)


def held_at(office_ids: Iterable[int], day: date) -> QuerySet[Appointment]:
    """The terms running at the offices on `day`, in the order of their positions."""
    terms = Appointment.objects.filter(held_on(day), position__office__in=office_ids)
    return terms.select_related("official", "position").order_by("position__rank", "position__title", "pk")


def _running(terms: QuerySet[Appointment], day: date) -> QuerySet[Appointment]:
    found = terms.filter(held_on(day)).select_related("official", "position__office__region")
    return found.order_by("kind", "-held_from", "pk")


def overlapping(term: Appointment) -> QuerySet[Appointment]:
    """The other definitive terms of the same position that share a day with `term`; none where `term` is acting."""
    if term.kind != Term.DEFINITIVE:
        return Appointment.objects.none()
    others = Appointment.objects.filter(position=term.position, kind=Term.DEFINITIVE).exclude(pk=term.pk)
    before_end = Q(held_from__lt=term.held_until) if term.held_until else Q()
    return others.filter(before_end).filter(Q(held_until=None) | Q(held_until__gt=term.held_from))


def overlap(one: Appointment, other: Appointment) -> bool:
    """Whether both are definitive terms of the same position that share a day."""
    if one.position_id != other.position_id or {one.kind, other.kind} != {Term.DEFINITIVE}:
        return False
    later = max(one.held_from, other.held_from)
    return all(end is None or later < end for end in (one.held_until, other.held_until))


def appoint(term: Appointment) -> Appointment:
    """Store `term`, new or changed, holding the position's lock while the other terms are compared.

    A date known in part is stored as its first day. Raises `ValidationError` where its fields are wrong or another
    definitive term of the position overlaps.
    """
    term.clean_fields()
    term.held_from = first_day(term.held_from, term.from_precision)
    term.held_until = term.held_until and first_day(term.held_until, term.until_precision)
    term.full_clean()
    with transaction.atomic():
        Position.objects.select_for_update().get(pk=term.position_id)
        refuse_overlap(term)
        term.save()
    return term


def first_day(day: date, precision: str) -> date:
    """The first day of the year or month in which `day` lies, or `day` itself where it is known to the day."""
    if precision == Precision.DAY:
        return day
    return day.replace(day=1, month=1) if precision == Precision.YEAR else day.replace(day=1)


def refuse_overlap(term: Appointment) -> None:
    """Raise `ValidationError`, naming who holds the position, where `term` overlaps another definitive term."""
    other = overlapping(term).select_related("official").first()
    if other:
        raise ValidationError(
            _("%(position)s sudah dijabat definitif oleh %(name)s pada masa itu. Akhiri dahulu masa jabatannya.")
            % {"position": term.position, "name": other.official.name}
        )


def end_appointment(term: Appointment, *, on: date) -> Appointment:
    """End `term`; `on` is the first day it is no longer held."""
    term.held_until = on
    return appoint(term)
