"""The verbs by which a newsroom answers a demand: prepare a correction, refuse it, or settle it in another way."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from news.demands import TABLE, locked, move
from news.models import Demand, Edition
from news.models.demands import DemandKind, DemandStep
from news.models.editions import Correction
from news.refusals import NotNow
from news.states import BEING_WRITTEN
from news.writing import start_edition
from offices.roles import EDITORS
from offices.scope import roles_over

OFFERED = (DemandStep.ACCEPT, DemandStep.REFUSE, DemandStep.RESOLVE)
"""The steps a newsroom takes, the natural one first."""
LONGEST_ANSWER = 2_000
ANSWERS = {DemandKind.REPLY: Correction.HAK_JAWAB, DemandKind.CORRECTION: Correction.KOREKSI}


def may_answer(user: Any, demand: Demand) -> bool:
    """The editors and managers of the office that published the article; nobody answers in their place."""
    return bool(roles_over(user, demand.article.office) & EDITORS)


def steps_open_to(user: Any, demand: Demand) -> list[DemandStep]:
    """What `user` can do about `demand` now; while a correction is being written, finishing or discarding that."""
    if not may_answer(user, demand) or demand.is_being_corrected:
        return []
    return [step for step in OFFERED if demand.state in TABLE[step].sources]


def answer(demand: Demand, step: DemandStep, *, by: Any, note: str = "") -> Demand:
    """Take `step` on `demand`; `note` is what the person will read.

    Accepting begins a new edition of the article, or takes the one that is being written. Raises `PermissionDenied`
    where it is not theirs, `NotNow` with a sentence where it is not possible now. A refusal changes nothing.
    """
    note = note.strip()
    with transaction.atomic():
        demand = locked(demand)
        if not may_answer(by, demand):
            raise PermissionDenied
        _refuse(demand, step, note)
        if step == DemandStep.ACCEPT:
            demand.correction = _correction_of(demand, by)
        move(demand, step, by=by, note=note)
    return demand


def _refuse(demand: Demand, step: DemandStep, note: str) -> None:
    if step not in OFFERED:
        raise NotNow(_("Langkah ini tidak tersedia."))
    if demand.is_being_corrected:
        raise NotNow(_("Koreksinya sedang disiapkan. Terbitkan edisi itu, atau buang dahulu."))
    if TABLE[step].needs_note and not note:
        raise NotNow(_("Tulis dahulu penjelasan bagi peminta."))
    if len(note) > LONGEST_ANSWER:
        raise NotNow(_("Penjelasan paling panjang %(most)d huruf.") % {"most": LONGEST_ANSWER})
    if "\x00" in note:
        raise NotNow(_("Penjelasan memuat karakter yang tidak dapat disimpan."))


def _correction_of(demand: Demand, by: Any) -> Edition:
    """The edition that will answer `demand`, marked as what it is."""
    kind = ANSWERS[DemandKind(demand.kind)]
    working = demand.article.editions.working().first()
    if working is None:
        return start_edition(demand.article, by=by, correction=kind)
    if working.state not in BEING_WRITTEN:
        raise NotNow(_("Edisi baru berita ini sedang diperiksa atau dijadwalkan. Selesaikan edisi itu dahulu."))
    if not working.correction:
        Edition.objects.filter(pk=working.pk).update(correction=kind)
    return working
