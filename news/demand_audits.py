"""What must hold among demands, their steps and the editions that answer them: one sentence a violation."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Q, Subquery

from news.models import Demand, DemandTransition
from news.models.demands import PERSONAL, DemandState
from news.models.editions import PRESS_LAW


def demands_that_history_does_not_explain() -> Iterator[str]:
    """Replaying the steps of a demand ends in another state than the one it stands in."""
    last = DemandTransition.objects.filter(demand=OuterRef("pk")).order_by("-pk").values("target")[:1]
    demands = Demand.objects.before_the_newsroom().annotate(told=Subquery(last))
    for demand in demands.exclude(told__isnull=False, state=F("told")).iterator():
        yield f"Permintaan {demand.number} berstatus {demand.state}, riwayatnya berakhir pada {demand.told}."


def corrections_that_readers_were_not_told_of() -> Iterator[str]:
    """A demand is settled by an edition that never went out, or went out as no correction."""
    done = Demand.objects.filter(state=DemandState.CORRECTED)
    unseen = Q(correction__published_at=None) | ~Q(correction__correction__in=PRESS_LAW)
    for demand in done.filter(unseen).iterator():
        yield f"Permintaan {demand.number} selesai oleh edisi {demand.correction_id}, yang bukan koreksi terbit."


def people_not_forgotten() -> Iterator[str]:
    """A demand that was emptied still holds something its sender wrote."""
    kept = Q()
    for name in PERSONAL:
        kept |= ~Q(**{name: ""})
    for demand in Demand.objects.filter(kept, forgotten_at__isnull=False).iterator():
        yield f"Permintaan {demand.number} masih memuat data pribadi sesudah dihapus."


DEMAND_AUDITS = (
    demands_that_history_does_not_explain,
    corrections_that_readers_were_not_told_of,
    people_not_forgotten,
)
