"""Terms of office: who held which position on a day, and what may not overlap."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from offices.appointments import appoint, end_appointment, held_at, held_by, overlapping
from offices.models import Appointment, Term
from tests.factories import AppointmentFactory, OfficialFactory, PositionFactory, regency_office

pytestmark = pytest.mark.django_db

YEAR_2019, YEAR_2020, YEAR_2021 = date(2019, 1, 1), date(2020, 1, 1), date(2021, 1, 1)


def term(position, held_from, held_until=None, kind=Term.DEFINITIVE, **fields):
    fields = {"official": OfficialFactory(), **fields}
    return Appointment(position=position, held_from=held_from, held_until=held_until, kind=kind, **fields)


def at_once(*acts):
    """What each of the acts, begun in the same moment on a connection of its own, returned or raised, in any order."""
    barrier, results = Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            results.append(act())
        except Exception as refusal:  # whatever it is, the test compares it
            results.append(type(refusal))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_a_second_definitive_holder_is_refused_by_the_name_of_the_first():
    position = PositionFactory()
    appoint(term(position, YEAR_2019, official=OfficialFactory(name="Syahrul Bayan")))

    with pytest.raises(ValidationError, match="Syahrul Bayan"):
        appoint(term(position, YEAR_2020))

    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    ("held_from", "held_until"),
    [
        (YEAR_2019, None),
        (date(2018, 1, 1), date(2019, 1, 2)),
        (date(2020, 12, 31), None),
        (date(2019, 6, 1), date(2019, 6, 2)),
        (date(2018, 1, 1), date(2030, 1, 1)),
        (YEAR_2019, YEAR_2021),
    ],
)
def test_definitive_terms_that_share_a_day_are_refused(held_from, held_until):
    position = PositionFactory()
    AppointmentFactory(position=position, held_from=YEAR_2019, held_until=YEAR_2021)

    with pytest.raises(ValidationError):
        appoint(term(position, held_from, held_until))


@pytest.mark.parametrize(
    ("held_from", "held_until"),
    [(YEAR_2021, None), (date(2018, 1, 1), YEAR_2019), (date(2021, 1, 1), date(2021, 1, 2))],
)
def test_a_term_may_begin_on_the_day_another_is_no_longer_held(held_from, held_until):
    position = PositionFactory()
    AppointmentFactory(position=position, held_from=YEAR_2019, held_until=YEAR_2021)

    assert appoint(term(position, held_from, held_until)).pk


@pytest.mark.parametrize("kind", [Term.PLT, Term.PLH, Term.PJ, Term.PJS])
def test_an_acting_term_may_overlap(kind):
    position = PositionFactory()
    AppointmentFactory(position=position, held_from=YEAR_2019)

    acting = appoint(term(position, YEAR_2020, kind=kind))

    assert list(overlapping(acting)) == []
    assert Appointment.objects.count() == 2


def test_two_positions_have_their_own_holders():
    AppointmentFactory(position=PositionFactory(), held_from=YEAR_2019)

    assert appoint(term(PositionFactory(), YEAR_2019)).pk


def test_a_changed_term_does_not_overlap_with_itself():
    changed = appoint(term(PositionFactory(), YEAR_2019))
    changed.held_from = YEAR_2020

    assert appoint(changed).held_from == YEAR_2020


@pytest.mark.parametrize(
    "change",
    [{"held_from": date(2020, 6, 1)}, {"kind": Term.DEFINITIVE, "held_from": date(2020, 6, 1)}],
)
def test_changed_terms_are_compared_again(change):
    position = PositionFactory()
    AppointmentFactory(position=position, held_from=YEAR_2019, held_until=YEAR_2021)
    changed = appoint(term(position, YEAR_2021))
    for name, value in change.items():
        setattr(changed, name, value)

    with pytest.raises(ValidationError):
        appoint(changed)

    changed.refresh_from_db()
    assert changed.held_from == YEAR_2021


def test_an_acting_term_made_definitive_is_compared():
    position = PositionFactory()
    AppointmentFactory(position=position, held_from=YEAR_2019)
    acting = appoint(term(position, YEAR_2020, kind=Term.PLT))
    acting.kind = Term.DEFINITIVE

    with pytest.raises(ValidationError):
        appoint(acting)


def test_a_term_moved_to_another_position_is_compared_there():
    taken = PositionFactory()
    AppointmentFactory(position=taken, held_from=YEAR_2019)
    moved = appoint(term(PositionFactory(), YEAR_2019))
    moved.position = taken

    with pytest.raises(ValidationError):
        appoint(moved)


def test_ending_a_term_makes_room_for_the_next():
    position = PositionFactory()
    first = appoint(term(position, YEAR_2019))

    end_appointment(first, on=YEAR_2020)
    second = appoint(term(position, YEAR_2020))

    assert list(held_by(first.official, date(2019, 12, 31))) == [first]
    assert list(held_by(first.official, YEAR_2020)) == []
    assert list(held_by(second.official, YEAR_2020)) == [second]


@pytest.mark.parametrize("end", [YEAR_2019, date(2018, 12, 31)])
def test_a_term_ends_after_it_begins(end):
    first = appoint(term(PositionFactory(), YEAR_2019))

    with pytest.raises(ValidationError):
        end_appointment(first, on=end)

    first.refresh_from_db()
    assert first.held_until is None


def test_a_term_without_a_position_is_refused_with_a_sentence():
    with pytest.raises(ValidationError) as refusal:
        appoint(Appointment(official=OfficialFactory(), held_from=YEAR_2019))

    assert list(refusal.value.message_dict) == ["position"]


@pytest.mark.parametrize(
    ("given", "precision", "stored"),
    [
        (date(2020, 6, 15), "year", date(2020, 1, 1)),
        (date(2020, 6, 15), "month", date(2020, 6, 1)),
        (date(2020, 6, 15), "day", date(2020, 6, 15)),
    ],
)
def test_a_date_known_in_part_is_stored_as_its_first_day(given, precision, stored):
    begun = appoint(term(PositionFactory(), given, from_precision=precision))
    ended = appoint(term(PositionFactory(), YEAR_2019, given, until_precision=precision))

    begun.refresh_from_db()
    ended.refresh_from_db()
    assert (begun.held_from, begun.from_precision) == (stored, precision)
    assert (ended.held_until, ended.until_precision) == (stored, precision)


def test_a_predecessor_until_some_year_leaves_room_for_a_successor_since_that_year():
    position = PositionFactory()

    appoint(term(position, YEAR_2019, date(2020, 3, 3), until_precision="year"))

    assert appoint(term(position, date(2020, 9, 9), from_precision="year")).held_from == YEAR_2020


def test_a_term_within_one_year_known_by_the_year_only_is_refused_with_a_sentence():
    with pytest.raises(ValidationError):
        appoint(
            term(
                PositionFactory(),
                date(2020, 2, 2),
                date(2020, 9, 9),
                from_precision="year",
                until_precision="year",
            )
        )


def test_definitive_terms_come_first_among_those_held_on_a_day():
    official = OfficialFactory()
    acting = appoint(term(PositionFactory(), YEAR_2020, kind=Term.PLT, official=official))
    definitive = appoint(term(PositionFactory(), YEAR_2019, official=official))
    appoint(term(PositionFactory(), YEAR_2019, YEAR_2020, official=official))

    assert list(held_by(official, date(2020, 5, 5))) == [definitive, acting]


def test_the_terms_at_offices_come_in_the_order_of_their_positions():
    here, there = regency_office("73.03"), regency_office("73.05")
    clerk = AppointmentFactory(position=PositionFactory(office=here, rank=20, title="Sekretaris"))
    head = AppointmentFactory(position=PositionFactory(office=here, rank=10, title="Kepala Dinas"))
    AppointmentFactory(position=PositionFactory(office=there))
    AppointmentFactory(position=PositionFactory(office=here), held_until=YEAR_2019)

    assert list(held_at([here.pk], YEAR_2020)) == [head, clerk]


def test_the_title_carries_its_acting_prefix():
    position = PositionFactory(title="Kepala Dinas")
    titles = [term(position, YEAR_2019, kind=kind).title_as_held for kind in Term]

    assert titles == [
        "Kepala Dinas",
        "Plt. Kepala Dinas",
        "Plh. Kepala Dinas",
        "Pj. Kepala Dinas",
        "Pjs. Kepala Dinas",
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_definitive_terms_entered_at_once_one_is_refused():
    position = PositionFactory()
    rivals = [term(position, YEAR_2019), term(position, YEAR_2020)]

    results = at_once(*(lambda rival=rival: appoint(rival).pk for rival in rivals))

    assert results.count(ValidationError) == 1
    assert Appointment.objects.filter(pk__in=[pk for pk in results if pk != ValidationError]).count() == 1
    assert Appointment.objects.count() == 1
