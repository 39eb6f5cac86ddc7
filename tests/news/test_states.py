"""The table of steps, compared row by row with the one the product describes."""

import pytest

from news.states import (
    BEING_WRITTEN,
    LIVE,
    TABLE,
    UNDER_REVIEW,
    WORKING,
    PublicState,
    Relation,
    Rule,
    State,
    Step,
)

WRITER_UP = {"writer", "editor", "manager"}
EDITOR_UP = {"editor", "manager"}

# step: from, to, who (and what they must be), whether a reason and a complete checklist are asked for
PRODUCT = {
    "start": ((), "draft", WRITER_UP, None, False, False),
    "submit": (("draft", "changes_requested"), "submitted", WRITER_UP, None, False, True),
    "recall": (("submitted",), "draft", WRITER_UP, "submitter", False, False),
    "request_changes": (("submitted", "approved"), "changes_requested", EDITOR_UP, None, True, False),
    "approve": (("submitted",), "approved", EDITOR_UP, "no_contributor", False, True),
    "void_approval": (("approved",), "submitted", set(), None, False, False),
    "publish": (("approved",), "published", EDITOR_UP, None, False, True),
    "schedule": (("approved",), "scheduled", EDITOR_UP, None, False, True),
    "publish_due": (("scheduled",), "published", set(), None, False, True),
    "miss_schedule": (("scheduled",), "approved", set(), None, False, False),
    "unschedule": (("scheduled",), "approved", EDITOR_UP, None, False, False),
    "publish_urgently": (("draft", "submitted"), "published", EDITOR_UP, None, True, True),
    "second_check": (
        ("published",),
        "published",
        EDITOR_UP | {"supervisor", "curator"},
        "fresh_eyes",
        False,
        False,
    ),
    "supersede": (("published", "withdrawn"), "superseded", set(), None, False, False),
    "correct": (("published", "withdrawn"), "draft", EDITOR_UP, None, False, False),
    "withdraw": (("published",), "withdrawn", {"manager", "curator"}, None, True, False),
    "reinstate": (("withdrawn",), "published", {"manager", "curator"}, None, True, False),
    "remove": (("published", "withdrawn"), "removed", {"manager", "administrator"}, None, True, False),
    "discard": (("draft", "changes_requested"), "discarded", WRITER_UP, "author_or_editor", False, False),
    "assign": (WORKING, "draft", set(), None, False, False),
    "merge_topic": (("approved", "scheduled"), "approved", set(), None, False, False),
}


@pytest.mark.parametrize("step", PRODUCT)
def test_a_step_is_as_the_product_describes_it(step):
    sources, target, roles, relation, needs_note, needs_complete = PRODUCT[step]
    stand_in = frozenset({"supervisor"}) if step == "approve" else frozenset()

    assert TABLE[Step(step)] == Rule(
        sources=tuple(State(source) for source in sources),
        target=State(target),
        roles=frozenset(roles),
        stand_in=stand_in,
        relation=relation and Relation(relation),
        needs_note=needs_note,
        needs_complete=needs_complete,
        needs_due=step == "schedule",
        answers_urgency=step == "second_check",
        may_answer=step == "withdraw",
    )


def test_the_table_holds_these_steps_and_no_others():
    assert set(TABLE) == set(Step) == set(PRODUCT)


def test_every_state_can_be_reached_and_only_three_are_final():
    reached = {rule.target for rule in TABLE.values()}
    left = {source for rule in TABLE.values() for source in rule.sources}

    assert reached == set(State)
    assert set(State) - left == {"superseded", "removed", "discarded"}


def test_every_state_is_worked_on_live_or_final():
    assert WORKING == ("draft", "submitted", "changes_requested", "approved", "scheduled")
    assert LIVE == ("published", "withdrawn")
    assert BEING_WRITTEN == ("draft", "changes_requested")
    assert UNDER_REVIEW == ("submitted", "approved")
    assert {*WORKING, *LIVE} | {"superseded", "removed", "discarded"} == set(State)


def test_nothing_leads_back_from_a_live_edition_to_work():
    back = {step for step, rule in TABLE.items() if {*rule.sources} & {*LIVE} and rule.target in WORKING}

    assert back == {"correct"}


def test_the_public_meets_four_states():
    assert dict(PublicState.choices) == {
        "never": "Belum pernah terbit",
        "live": "Terbit",
        "withdrawn": "Ditarik",
        "removed": "Dihapus",
    }


def test_states_and_steps_speak_indonesian():
    assert {State(value).label for value in ("draft", "withdrawn", "superseded")} == {
        "Draf",
        "Ditarik",
        "Digantikan edisi baru",
    }
    assert all(step.label and step.label != step.value for step in Step)
