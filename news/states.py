"""The states of an edition, the steps between them, and who may take each: one table of data."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from offices.roles import EDITORS, NEWSROOM, Role


class State(TextChoices):
    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", _("Menunggu pemeriksaan")
    CHANGES_REQUESTED = "changes_requested", _("Perlu perbaikan")
    APPROVED = "approved", _("Disetujui")
    SCHEDULED = "scheduled", _("Terjadwal")
    PUBLISHED = "published", _("Terbit")
    WITHDRAWN = "withdrawn", _("Ditarik")
    SUPERSEDED = "superseded", _("Digantikan edisi baru")
    REMOVED = "removed", _("Dihapus dari publik")
    DISCARDED = "discarded", _("Dibuang")


WORKING = (State.DRAFT, State.SUBMITTED, State.CHANGES_REQUESTED, State.APPROVED, State.SCHEDULED)
LIVE = (State.PUBLISHED, State.WITHDRAWN)
SPENT = (State.SUPERSEDED, State.REMOVED)  # once live, and never again: no step leads out of them
BEING_WRITTEN = (State.DRAFT, State.CHANGES_REQUESTED)
UNDER_REVIEW = (State.SUBMITTED, State.APPROVED)


class PublicState(TextChoices):
    """What the public meets at an article's address."""

    NEVER = "never", _("Belum pernah terbit")
    LIVE = "live", _("Terbit")
    WITHDRAWN = "withdrawn", _("Ditarik")
    REMOVED = "removed", _("Dihapus")


class Step(TextChoices):
    START = "start", _("Mulai menulis")
    SUBMIT = "submit", _("Kirim untuk diperiksa")
    RECALL = "recall", _("Ambil kembali")
    REQUEST_CHANGES = "request_changes", _("Minta perbaikan")
    APPROVE = "approve", _("Setujui")
    VOID_APPROVAL = "void_approval", _("Batalkan persetujuan karena isi berubah")
    PUBLISH = "publish", _("Terbitkan")
    SCHEDULE = "schedule", _("Jadwalkan")
    UNSCHEDULE = "unschedule", _("Batalkan jadwal")
    PUBLISH_DUE = "publish_due", _("Terbit sesuai jadwal")
    MISS_SCHEDULE = "miss_schedule", _("Jadwal gagal")
    PUBLISH_URGENTLY = "publish_urgently", _("Terbitkan mendesak")
    SECOND_CHECK = "second_check", _("Nyatakan sudah diperiksa")
    SUPERSEDE = "supersede", _("Digantikan edisi baru")
    CORRECT = "correct", _("Buat edisi perbaikan")
    WITHDRAW = "withdraw", _("Tarik")
    REINSTATE = "reinstate", _("Terbitkan kembali")
    REMOVE = "remove", _("Hapus dari publik")
    DISCARD = "discard", _("Buang")
    ASSIGN = "assign", _("Alihkan")
    MERGE_TOPIC = "merge_topic", _("Tag atau rubrik disatukan")


class Relation(TextChoices):
    """What a person must, or must not, be to an edition beyond holding a role."""

    NO_CONTRIBUTOR = "no_contributor"
    SUBMITTER = "submitter"
    AUTHOR_OR_EDITOR = "author_or_editor"
    FRESH_EYES = "fresh_eyes"


@dataclass(frozen=True)
class Rule:
    """One row of the table: where a step leads from and to, whose it is, and what it asks for.

    `stand_in` are roles that may take the step only where the office has no eligible editor of its own. `needs_note`
    asks for a written reason, `needs_complete` for an empty list of blockers, `needs_due` for a moment ahead. A step
    that `answers_urgency` is possible only while an urgent publication awaits its second check; one that `may_answer`
    is open to whoever may give that check, too, for as long. A step without roles is never offered: it follows from
    another one, or from the clock. `ASSIGN` and `MERGE_TOPIC` leave an edition in the state in which it is.
    """

    sources: tuple[State, ...]
    target: State
    roles: frozenset[Role] = frozenset()
    stand_in: frozenset[Role] = frozenset()
    relation: Relation | None = None
    needs_note: bool = False
    needs_complete: bool = False
    needs_due: bool = False
    answers_urgency: bool = False
    may_answer: bool = False


SUPERVISOR, CURATOR, ADMINISTRATOR = Role.SUPERVISOR, Role.CURATOR, Role.ADMINISTRATOR

TABLE: dict[Step, Rule] = {
    Step.START: Rule((), State.DRAFT, NEWSROOM),
    Step.SUBMIT: Rule(BEING_WRITTEN, State.SUBMITTED, NEWSROOM, needs_complete=True),
    Step.RECALL: Rule((State.SUBMITTED,), State.DRAFT, NEWSROOM, relation=Relation.SUBMITTER),
    Step.REQUEST_CHANGES: Rule(UNDER_REVIEW, State.CHANGES_REQUESTED, EDITORS, needs_note=True),
    Step.APPROVE: Rule(
        (State.SUBMITTED,),
        State.APPROVED,
        EDITORS,
        stand_in=frozenset({SUPERVISOR}),
        relation=Relation.NO_CONTRIBUTOR,
        needs_complete=True,
    ),
    Step.VOID_APPROVAL: Rule((State.APPROVED,), State.SUBMITTED),
    Step.PUBLISH: Rule((State.APPROVED,), State.PUBLISHED, EDITORS, needs_complete=True),
    Step.SCHEDULE: Rule((State.APPROVED,), State.SCHEDULED, EDITORS, needs_complete=True, needs_due=True),
    Step.UNSCHEDULE: Rule((State.SCHEDULED,), State.APPROVED, EDITORS),
    Step.PUBLISH_DUE: Rule((State.SCHEDULED,), State.PUBLISHED, needs_complete=True),
    Step.MISS_SCHEDULE: Rule((State.SCHEDULED,), State.APPROVED),
    Step.PUBLISH_URGENTLY: Rule(
        (State.DRAFT, State.SUBMITTED), State.PUBLISHED, EDITORS, needs_note=True, needs_complete=True
    ),
    Step.SECOND_CHECK: Rule(
        (State.PUBLISHED,),
        State.PUBLISHED,
        EDITORS | {SUPERVISOR, CURATOR},
        relation=Relation.FRESH_EYES,
        answers_urgency=True,
    ),
    Step.SUPERSEDE: Rule(LIVE, State.SUPERSEDED),
    Step.CORRECT: Rule(LIVE, State.DRAFT, EDITORS),
    Step.WITHDRAW: Rule(
        (State.PUBLISHED,),
        State.WITHDRAWN,
        frozenset({Role.MANAGER, CURATOR}),
        needs_note=True,
        may_answer=True,
    ),
    Step.REINSTATE: Rule((State.WITHDRAWN,), State.PUBLISHED, frozenset({Role.MANAGER, CURATOR}), needs_note=True),
    Step.REMOVE: Rule(LIVE, State.REMOVED, frozenset({Role.MANAGER, ADMINISTRATOR}), needs_note=True),
    Step.DISCARD: Rule(BEING_WRITTEN, State.DISCARDED, NEWSROOM, relation=Relation.AUTHOR_OR_EDITOR),
    Step.ASSIGN: Rule(WORKING, State.DRAFT),
    Step.MERGE_TOPIC: Rule((State.APPROVED, State.SCHEDULED), State.APPROVED),
}

PUBLICATIONS = (Step.PUBLISH, Step.PUBLISH_DUE, Step.PUBLISH_URGENTLY)
"""The steps by which an edition goes before the public for the first time."""
