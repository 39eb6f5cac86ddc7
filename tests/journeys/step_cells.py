"""A cast of people for every role and relation, editions in every state, and by hand who may do what with them."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from news.models import Edition
from news.states import Step
from news.workflow import take_step
from news.writing import save_content, start_edition
from offices.models import Office, User
from offices.roles import Role
from tests.factories import drafted, member, ministry, province_office, regency_office

NEWSROOM = ("writer", "editor", "manager")
ABOVE = {"supervisor": province_office, "curator": ministry, "administrator": ministry, "auditor": ministry}
STATES = (
    "draft",
    "submitted",
    "changes_requested",
    "approved",
    "scheduled",
    "published",
    "urgent",
    "checked",
    "withdrawn",
    "superseded",
    "removed",
    "discarded",
    "stranded",
)
"""The states; "urgent" is published and awaits its second check, "checked" has had it, "stranded" is submitted at an
office whose only editors wrote it."""
TURNS = range(3)
"""In which of the three newsroom roles stand author and submitter, in turn."""

OWN_STATE = {"urgent": "published", "checked": "published", "stranded": "submitted"}
LEADS_FROM = {
    "submit": {"draft", "changes_requested"},
    "recall": {"submitted", "stranded"},
    "request_changes": {"submitted", "stranded", "approved"},
    "approve": {"submitted", "stranded"},
    "publish": {"approved"},
    "schedule": {"approved"},
    "unschedule": {"scheduled"},
    "publish_urgently": {"draft", "submitted", "stranded"},
    "second_check": {"urgent"},
    "withdraw": {"published", "urgent", "checked"},
    "reinstate": {"withdrawn"},
    "remove": {"published", "urgent", "checked", "withdrawn"},
    "discard": {"draft", "changes_requested"},
}
ASK_A_NOTE = ("request_changes", "publish_urgently", "withdraw", "reinstate", "remove")


@dataclass
class Person:
    user: User
    role: str
    where: str

    @property
    def edits(self) -> bool:
        return self.where == "own" and self.role in ("editor", "manager")


@dataclass
class Cell:
    """An edition in one state, the people around it, and what each has done to it."""

    state: str
    edition: Edition
    people: dict[str, Person]
    did: dict[str, set[str]] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)

    def has(self, person: str, deed: str) -> bool:
        return person in self.did.get(deed, ())

    def allows(self, step: str, name: str) -> bool:
        """Whether the product lets this person take this step from here; written out, never computed from the code."""
        return self.state in LEADS_FROM.get(step, ()) and self.is_theirs(step, name)

    def is_theirs(self, step: str, name: str) -> bool:
        person = self.people[name]
        wrote = self.has(name, "wrote")
        match step:
            case "submit":
                return person.where == "own" and person.role in NEWSROOM
            case "recall":
                return self.has(name, "submitted")
            case "request_changes" | "publish" | "schedule" | "unschedule" | "publish_urgently":
                return person.edits
            case "approve":
                stands_in = self.state == "stranded" and person.role == "supervisor"
                return not wrote and (person.edits or stands_in)
            case "second_check":
                return self._looks_afresh(name)
            case "withdraw":
                answers = self.state == "urgent" and self._looks_afresh(name)
                return answers or person.role == "curator" or (person.edits and person.role == "manager")
            case "reinstate":
                return person.role == "curator" or (person.edits and person.role == "manager")
            case "remove":
                return person.role == "administrator" or (person.edits and person.role == "manager")
            case "discard":
                return person.edits or self.has(name, "started")
        return False

    def _looks_afresh(self, name: str) -> bool:
        person = self.people[name]
        checks = person.edits or person.role in ("supervisor", "curator")
        return checks and not self.has(name, "wrote") and not self.has(name, "published")


def cell(state: str, turn: int) -> Cell:
    """An edition in `state`, where author and submitter have the roles whose turn it is."""
    if state == "stranded":
        return _stranded(turn)
    office = regency_office("73.03")
    people = _cast(office, turn)
    made = Cell(state, drafted(office, by=people["author"].user), people)
    made.did = {"started": {"author"}, "wrote": {"author"}}
    for role in NEWSROOM:
        name = f"contributing {role}"
        save_content(made.edition, by=people[name].user, version=_fresh(made.edition).version)
        made.did["wrote"].add(name)
    for act in WAYS[state]:
        act(made)
    made.edition = _fresh(made.edition)
    return made


def _cast(office: Office, turn: int) -> dict[str, Person]:
    own = NEWSROOM[turn:] + NEWSROOM[:turn]
    editors = ("editor", "manager") if turn % 2 else ("manager", "editor")
    roles = {"author": own[0], "submitter": own[1], "approver": editors[0], "publisher": editors[1]}
    roles |= {f"contributing {role}": role for role in NEWSROOM} | {f"colleague {role}": role for role in NEWSROOM}
    people = {name: Person(member(Role(role), office), role, "own") for name, role in roles.items()}
    return people | _others()


def _others() -> dict[str, Person]:
    elsewhere = {"next door": regency_office("73.71"), "province": province_office("73"), "ministry": ministry()}
    people = {
        f"{role} {where}": Person(member(Role(role), office), role, where)
        for where, office in elsewhere.items()
        for role in ("writer", "manager")
    }
    above = {role: Person(member(Role(role), place()), role, "above") for role, place in ABOVE.items()}
    far = member(Role.SUPERVISOR, province_office("74"))
    return people | above | {"supervisor elsewhere": Person(far, "far supervisor", "above")}


def _stranded(turn: int) -> Cell:
    office = regency_office(f"73.1{turn}")
    role = ("editor", "manager", "editor")[turn]
    people = {
        "author": Person(member(Role(role), office), role, "own"),
        "colleague writer": Person(member(Role.WRITER, office), "writer", "own"),
        **_others(),
    }
    made = Cell("stranded", drafted(office, by=people["author"].user), people)
    take_step(made.edition, Step.SUBMIT, by=people["author"].user)
    made.did = {"started": {"author"}, "wrote": {"author"}, "submitted": {"author"}}
    made.edition = _fresh(made.edition)
    return made


def _fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related("article__office__region__parent").get(pk=edition.pk)


def _by(step: str, name: str, deed: str = "", **asked: Any):
    def act(made: Cell) -> None:
        take_step(made.edition, Step(step), by=made.people[name].user, note="Alasan.", **asked)
        if deed:
            made.did.setdefault(deed, set()).add(name)

    return act


def _schedule(made: Cell) -> None:
    due_at = timezone.now() + timedelta(hours=1)
    take_step(made.edition, Step.SCHEDULE, by=made.people["publisher"].user, due_at=due_at)


def _replace(made: Cell) -> None:
    second = start_edition(made.edition.article, by=made.people["publisher"].user)
    Edition.objects.filter(pk=second.pk).update(correction="typo")
    for step, name in (("submit", "publisher"), ("approve", "approver"), ("publish", "approver")):
        take_step(second, Step(step), by=made.people[name].user)


SUBMIT, APPROVE = _by("submit", "submitter", "submitted"), _by("approve", "approver", "approved")
PUBLISH = _by("publish", "publisher", "published")
URGENT = _by("publish_urgently", "publisher", "published")
LIVE = (SUBMIT, APPROVE, PUBLISH)
WAYS = {
    "draft": (),
    "submitted": (SUBMIT,),
    "changes_requested": (SUBMIT, _by("request_changes", "approver")),
    "approved": (SUBMIT, APPROVE),
    "scheduled": (SUBMIT, APPROVE, _schedule),
    "published": LIVE,
    "urgent": (URGENT,),
    "checked": (URGENT, _by("second_check", "approver")),
    "withdrawn": (*LIVE, _by("withdraw", "colleague manager")),
    "superseded": (*LIVE, _replace),
    "removed": (*LIVE, _by("remove", "colleague manager")),
    "discarded": (_by("discard", "author"),),
}
