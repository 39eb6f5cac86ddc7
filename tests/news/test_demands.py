"""A demand of a reader: filed, confirmed, answered within two days, and forgotten when it has long been settled."""

import secrets
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from news.answering import answer, steps_open_to
from news.demand_audits import (
    DEMAND_AUDITS,
    corrections_that_readers_were_not_told_of,
    demands_that_history_does_not_explain,
    people_not_forgotten,
)
from news.demands import (
    ANSWER_WITHIN,
    MOST_A_DAY,
    MOST_AN_HOUR,
    confirm,
    demand_behind,
    file_demand,
    sweep_demands,
    token_of,
)
from news.models import Demand, DemandLetter, DemandTransition, Edition, Notice
from news.models.demands import PERSONAL, DemandStep
from news.models.editions import Correction
from news.readiness import problems
from news.refusals import NotNow, TooMuch
from news.states import Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.models import Entry
from offices.models.records import AppendOnlyError
from offices.roles import Role
from tests.factories import member, ministry, province_office, published, regency_office
from tests.factories.demands import WORDS, accepted, demanded, received
from tests.factories.news import someone
from tests.offices.test_appointments import at_once

pytestmark = pytest.mark.django_db


def letters_of(demand):
    return list(demand.letters.order_by("pk").values_list("kind", flat=True))


def steps_of(demand):
    return list(demand.transitions.values_list("step", "source", "target"))


def editor_of(demand):
    return someone(Role.EDITOR, demand.article.office)


def publish_correction(demand, **fields):
    """Write, approve and publish the edition that answers `demand`, by two editors."""
    edition = Edition.objects.get(pk=demand.correction_id)
    writer, checker = editor_of(demand), member(Role.EDITOR, demand.article.office)
    for name, value in {"correction_note": "Jumlah yang hadir dibetulkan.", **fields}.items():
        setattr(edition, name, value)
    edition.save()
    edition = save_content(edition, by=writer, version=edition.version)
    for step, person in ((Step.SUBMIT, writer), (Step.APPROVE, checker), (Step.PUBLISH, checker)):
        take_step(edition, step, by=person)
    demand.refresh_from_db()
    return edition


# Filing and confirming


def test_a_demand_waits_for_its_address_to_be_confirmed_and_nobody_is_told():
    demand = received()
    assert (demand.state, demand.due_at, letters_of(demand)) == ("received", None, ["confirm"])
    assert demand.number.startswith("HK-")
    assert not Notice.objects.filter(kind="demanded").exists()
    assert not DemandTransition.objects.exists()


def test_a_confirmed_demand_comes_before_the_newsroom_with_a_deadline():
    edition = published()
    office = edition.article.office
    editor, manager = someone(Role.EDITOR, office), member(Role.MANAGER, office)
    demand = demanded(edition)
    assert (demand.state, demand.due_at) == ("open", demand.opened_at + timedelta(hours=48))
    assert ANSWER_WITHIN == timedelta(hours=48)
    assert letters_of(demand) == ["confirm", "opened"]
    assert steps_of(demand) == [("open", "received", "open")]
    told = Notice.objects.filter(kind="demanded")
    assert {notice.recipient for notice in told} == {editor, manager}
    assert {(notice.demand, notice.headline) for notice in told} == {(demand, edition.headline)}


def test_confirming_twice_is_confirming_once():
    demand = demanded()
    assert confirm(demand).due_at == demand.due_at
    assert len(steps_of(demand)) == 1


def test_where_an_office_has_no_editor_the_supervisor_of_the_province_is_told():
    supervisor = member(Role.SUPERVISOR, province_office())
    edition = published()
    for person in edition.article.office.memberships.filter(role__in=["editor", "manager"]):
        person.user.is_active = False
        person.user.save()
    demanded(edition)
    assert [notice.recipient for notice in Notice.objects.filter(kind="demanded")] == [supervisor]


def test_somebody_with_a_telephone_alone_comes_before_the_newsroom_at_once():
    demand = received(email="", phone="0812 3456 7890")
    assert (demand.state, letters_of(demand)) == ("open", [])


def test_the_same_form_is_the_same_demand():
    edition, key = published(), secrets.token_hex(32)
    first = file_demand(edition, WORDS, form_key=key)
    assert file_demand(edition, {**WORDS, "name": "Orang lain"}, form_key=key) == first
    assert Demand.objects.count() == 1


@pytest.mark.parametrize(
    "words",
    [
        {"wrong": "a" * 2_001},
        {"right": "Nol \x00"},
        {"name": "\x00"},
        {"email": "bukan surel"},
        {"phone": "telepon saya"},
        {"evidence": "javascript:alert(1)"},
        {"kind": "hak_tolak"},
        {"email": "", "phone": ""},
    ],
)
def test_words_that_do_not_fit_are_not_kept(words):
    with pytest.raises((ValidationError, ValueError)):
        received(**words)
    assert not Demand.objects.exists()


def test_a_link_opens_its_demand_and_a_forged_one_nothing():
    demand, other = received(), received()
    assert demand_behind(token_of(demand)) == demand
    assert demand_behind(token_of(other)) == other
    for token in ("", "x" * 90, token_of(demand)[:-1], token_of(demand) + "A", "a:b:c"):
        assert demand_behind(token) is None


# Answering


def test_accepting_begins_an_edition_of_the_right_kind():
    for kind, correction in (("hak_jawab", Correction.HAK_JAWAB), ("hak_koreksi", Correction.KOREKSI)):
        demand = accepted(kind=kind)
        assert demand.state == "accepted"
        assert (demand.correction.correction, demand.correction.state) == (correction, "draft")
        assert demand.correction.number == 2
        assert demand.is_being_corrected
        assert steps_open_to(editor_of(demand), demand) == []


def test_accepting_takes_the_edition_that_is_being_written():
    edition = published()
    working = start_edition(edition.article, by=someone(Role.EDITOR, edition.article.office))
    demand = accepted(edition)
    assert demand.correction == working
    assert Edition.objects.get(pk=working.pk).correction == Correction.KOREKSI


def test_accepting_leaves_alone_an_edition_that_is_being_checked():
    edition = published()
    editor = someone(Role.EDITOR, edition.article.office)
    working = start_edition(edition.article, by=editor, correction=Correction.UPDATE)
    Edition.objects.filter(pk=working.pk).update(correction_note="Angka terbaru.")
    take_step(working, Step.SUBMIT, by=editor)
    demand = demanded(edition)
    with pytest.raises(NotNow, match="sedang diperiksa"):
        answer(demand, DemandStep.ACCEPT, by=editor)
    demand.refresh_from_db()
    assert (demand.state, demand.correction) == ("open", None)


def test_two_demands_can_be_answered_by_one_edition():
    edition = published()
    first, second = accepted(edition), accepted(edition, kind="hak_jawab")
    assert first.correction == second.correction
    publish_correction(first)
    assert set(Demand.objects.values_list("state", flat=True)) == {"corrected"}


def test_publishing_the_edition_ends_the_demand():
    demand = accepted()
    edition = publish_correction(demand)
    assert (demand.state, demand.correction) == ("corrected", edition)
    assert demand.settled_at == Edition.objects.get(pk=edition.pk).published_at
    assert letters_of(demand) == ["confirm", "opened", "corrected"]
    assert [step for step, _source, _target in steps_of(demand)] == ["open", "accept", "correct"]


def test_an_edition_that_answers_a_demand_says_so_to_readers():
    edition = accepted().correction
    sentence = "jenis perbaikannya Ralat, Koreksi, atau Hak jawab"
    edition.correction_note = "Catatan."
    for correction, is_refused in (("typo", True), ("update", True), ("ralat", False), ("hak_jawab", False)):
        edition.correction = correction
        assert any(sentence in problem for problem in problems(edition)) is is_refused


def test_discarding_the_edition_leaves_the_demand_to_be_answered_again():
    demand = accepted()
    take_step(demand.correction, Step.DISCARD, by=editor_of(demand))
    demand = Demand.objects.select_related("correction", "article__office__region").get(pk=demand.pk)
    assert steps_open_to(editor_of(demand), demand) == [DemandStep.ACCEPT, DemandStep.REFUSE, DemandStep.RESOLVE]
    again = answer(demand, DemandStep.ACCEPT, by=editor_of(demand))
    assert again.correction.number == 3


@pytest.mark.parametrize(("step", "state"), [(DemandStep.REFUSE, "refused"), (DemandStep.RESOLVE, "resolved")])
def test_a_demand_that_is_not_followed_needs_words_for_the_person(step, state):
    demand = demanded()
    with pytest.raises(NotNow, match="penjelasan"):
        answer(demand, step, by=editor_of(demand), note="   ")
    answered = answer(demand, step, by=editor_of(demand), note="Berita sudah benar menurut daftar hadir.")
    assert (answered.state, answered.answer) == (state, "Berita sudah benar menurut daftar hadir.")
    assert answered.settled_at
    assert letters_of(demand)[-1] == state


@pytest.mark.parametrize("note", ["\x00", "a" * 2_001])
def test_an_answer_that_cannot_be_stored_is_refused(note):
    demand = demanded()
    with pytest.raises(NotNow):
        answer(demand, DemandStep.REFUSE, by=editor_of(demand), note=f"Alasan {note}")
    demand.refresh_from_db()
    assert demand.state == "open"


@pytest.mark.parametrize("step", [DemandStep.OPEN, DemandStep.CORRECT, DemandStep.FORGET])
def test_steps_that_follow_from_others_are_not_taken_by_hand(step):
    demand = demanded()
    with pytest.raises(NotNow):
        answer(demand, step, by=editor_of(demand), note="Alasan.")


def test_what_is_settled_or_being_corrected_is_not_answered_again():
    demand = accepted()
    with pytest.raises(NotNow, match="sedang disiapkan"):
        answer(demand, DemandStep.REFUSE, by=editor_of(demand), note="Alasan.")
    publish_correction(demand)
    with pytest.raises(NotNow, match="Koreksi terbit"):
        answer(demand, DemandStep.REFUSE, by=editor_of(demand), note="Alasan.")


def test_a_demand_on_a_withdrawn_article_can_still_be_answered():
    edition = published()
    demand = demanded(edition)
    take_step(edition, Step.WITHDRAW, by=someone(Role.MANAGER, edition.article.office), note="Keliru.")
    assert answer(demand, DemandStep.ACCEPT, by=editor_of(demand)).state == "accepted"


def test_only_the_offices_editors_answer():
    demand = demanded()
    office = demand.article.office
    people = [
        member(Role.WRITER, office),
        member(Role.SUPERVISOR, province_office()),
        member(Role.EDITOR, regency_office("11.01")),
        *(member(role, ministry()) for role in (Role.CURATOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.MANAGER)),
    ]
    for person in people:
        assert steps_open_to(person, demand) == []
        with pytest.raises(PermissionDenied):
            answer(demand, DemandStep.REFUSE, by=person, note="Alasan.")
    assert answer(demand, DemandStep.REFUSE, by=member(Role.MANAGER, office), note="Alasan.").state == "refused"


# What is kept, and what is not


def test_the_audit_trail_knows_a_demand_by_its_number():
    demand = accepted(name="Nama Rahasia")
    entries = Entry.objects.filter(thing_model="news.demand").order_by("pk")
    assert [(entry.kind, entry.actor, entry.thing_name) for entry in entries] == [
        ("added", None, demand.number),
        ("changed", editor_of(demand), demand.number),
    ]
    assert {entry.office for entry in entries} == {demand.article.office}
    assert not any("Rahasia" in f"{entry.thing_name}{entry.note}" for entry in Entry.objects.all())


def test_the_record_of_a_demand_is_only_added_to():
    row = demanded().transitions.get()
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        DemandTransition.objects.all().delete()


def test_what_nobody_confirms_is_deleted_after_a_week():
    with time_machine.travel(timezone.now() - timedelta(days=8), tick=False):
        old = received()
    fresh = received()
    assert sweep_demands() > 0
    assert list(Demand.objects.all()) == [fresh]
    assert not DemandLetter.objects.filter(demand=old.pk).exists()


def test_long_after_its_end_a_demand_forgets_the_person_and_keeps_how_it_ended(settings):
    settings.DEMAND_KEPT_DAYS = 30
    demand = demanded()
    token = token_of(demand)
    answer(demand, DemandStep.REFUSE, by=editor_of(demand), note="Daftar hadir menyebut 400.")
    waiting = demanded()
    now = timezone.now()
    assert sweep_demands(now + timedelta(days=29)) == 0
    assert sweep_demands(now + timedelta(days=31)) == 1
    demand.refresh_from_db()
    assert {name: getattr(demand, name) for name in PERSONAL} == dict.fromkeys(PERSONAL, "")
    assert (demand.state, demand.answer) == ("refused", "Daftar hadir menyebut 400.")
    assert demand_behind(token) is None
    assert Demand.objects.get(pk=waiting.pk).name == WORDS["name"]
    assert sweep_demands(now + timedelta(days=31)) == 0


def test_the_mark_of_a_sender_is_kept_for_a_day():
    demand = file_demand(published(), WORDS, form_key=secrets.token_hex(32), sender="a" * 64)
    confirm(demand)
    sweep_demands(timezone.now() + timedelta(hours=23))
    assert Demand.objects.get().sender
    sweep_demands(timezone.now() + timedelta(hours=25))
    assert not Demand.objects.get().sender


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "refused", "settled_at": timezone.now()},
        {"state": "accepted"},
        {"state": "received"},
        {"due_at": None},
        {"settled_at": timezone.now()},
        {"email": "", "phone": ""},
    ],
)
def test_the_database_keeps_what_a_demand_promises(broken):
    demand = demanded()
    with pytest.raises(IntegrityError), transaction.atomic():
        Demand.objects.filter(pk=demand.pk).update(**broken)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twice_at_once_is_one_demand():
    edition, key = published(), secrets.token_hex(32)
    ready, found = threading.Barrier(2), []

    def send():
        ready.wait(timeout=10)
        found.append(file_demand(edition, WORDS, form_key=key).pk)
        connection.close()

    threads = [threading.Thread(target=send) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(found) == 2 and len(set(found)) == 1
    assert Demand.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("most", "senders", "mailboxes"), [(MOST_AN_HOUR, 1, 10), (MOST_A_DAY, 10, 1)], ids=["sender", "mailbox"]
)
def test_of_ten_forms_sent_at_once_no_more_are_taken_than_one_after_the_other(most, senders, mailboxes):
    edition = published()

    def sending(number):
        words = {**WORDS, "email": f"orang{number % mailboxes}@example.org"}
        return lambda: (
            file_demand(edition, words, form_key=secrets.token_hex(32), sender=f"{number % senders}" * 64).state
        )

    results = at_once(*map(sending, range(10)))

    assert (results.count("received"), results.count(TooMuch)) == (most, 10 - most)
    assert Demand.objects.count() == DemandLetter.objects.count() == most


# Audits


def test_the_audits_find_nothing_where_all_is_well():
    publish_correction(accepted())
    demand = demanded()
    answer(demand, DemandStep.REFUSE, by=editor_of(demand), note="Tidak.")
    received()
    sweep_demands(timezone.now() + timedelta(days=400))
    assert [sentence for audit in DEMAND_AUDITS for sentence in audit()] == []


@pytest.mark.parametrize(
    ("audit", "broken"),
    [
        (demands_that_history_does_not_explain, {"state": "open", "settled_at": None}),
        (corrections_that_readers_were_not_told_of, {"correction": None}),
        (people_not_forgotten, {"forgotten_at": timezone.now()}),
    ],
)
def test_an_audit_tells_what_is_broken(audit, broken):
    demand = accepted()
    publish_correction(demand)
    if "correction" in broken:
        broken = {"correction": demand.edition}
    Demand.objects.filter(pk=demand.pk).update(**broken)
    assert [demand.number in sentence for sentence in audit()] == [True]
