"""What must hold among articles, editions and their history: one sentence a violation."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Subquery

from news.demand_audits import DEMAND_AUDITS
from news.models import Address, Article, Contribution, Edition, ListedOfficial, ListedTag, Schedule, Transition
from news.related.audits import AUDITS as RELATED_AUDITS
from news.search.audits import AUDITS as SEARCH_AUDITS
from news.states import PublicState, State, Step

SHOWN = {PublicState.LIVE: State.PUBLISHED, PublicState.WITHDRAWN: State.WITHDRAWN, PublicState.REMOVED: State.REMOVED}


def states_that_history_does_not_explain() -> Iterator[str]:
    """Replaying the transitions of an edition ends in another state than the one it stands in."""
    last = Transition.objects.filter(edition=OuterRef("pk")).order_by("-pk").values("target")[:1]
    for edition in Edition.objects.annotate(told=Subquery(last)).exclude(state=F("told")).iterator():
        yield f"Edisi {edition.pk} berstatus {edition.state}, riwayatnya berakhir pada {edition.told}."


def steps_that_do_not_follow() -> Iterator[str]:
    """A transition leaves another state than the one the transition before it led to."""
    before = Transition.objects.filter(edition=OuterRef("edition"), pk__lt=OuterRef("pk")).order_by("-pk")
    steps = Transition.objects.annotate(before=Subquery(before.values("target")[:1]))
    for step in steps.exclude(Q(before=None, source="") | Q(before=F("source"))).iterator():
        yield f"Langkah {step.pk} ({step.step}) bermula dari {step.source or 'awal'}, padahal keadaan saat itu lain."


def articles_shown_otherwise_than_their_edition() -> Iterator[str]:
    """What the public meets does not agree with the state of the live edition."""
    for public, state in SHOWN.items():
        for article in Article.objects.filter(public_state=public).exclude(live_edition__state=state).iterator():
            yield f"Artikel {article.pk} bagi publik {public}, edisinya tidak {state}."
    hidden = Article.objects.filter(public_state=PublicState.NEVER, editions__state__in=[*SHOWN.values()])
    for article in hidden.distinct().iterator():
        yield f"Artikel {article.pk} mempunyai edisi terbit, tetapi tidak tampil."


def approvals_by_contributors() -> Iterator[str]:
    """Somebody approved an edition they contributed to before."""
    own = Contribution.objects.filter(edition=OuterRef("edition"), user=OuterRef("actor"), first_at__lte=OuterRef("at"))
    for step in Transition.objects.filter(Exists(own), step=Step.APPROVE).iterator():
        yield f"Edisi {step.edition_id} disetujui oleh penyumbang isinya (langkah {step.pk})."


def publications_without_approval() -> Iterator[str]:
    """An edition went public without an approval of the same content and without being marked urgent."""
    given = Transition.objects.filter(step__in=[Step.APPROVE, Step.MERGE_TOPIC])
    approval = given.filter(edition=OuterRef("edition"), digest=OuterRef("digest"))
    due = Transition.objects.filter(~Exists(approval), step__in=[Step.PUBLISH, Step.PUBLISH_DUE])
    for step in due.iterator():
        yield f"Edisi {step.edition_id} terbit tanpa persetujuan atas isi yang sama."


def urgent_publications_without_reason() -> Iterator[str]:
    """An edition went public urgently and nobody wrote why, or an edition is marked urgent and never was."""
    for step in Transition.objects.filter(step=Step.PUBLISH_URGENTLY, note="").iterator():
        yield f"Edisi {step.edition_id} terbit mendesak tanpa alasan."
    urgently = Transition.objects.filter(edition=OuterRef("pk"), step=Step.PUBLISH_URGENTLY)
    for edition in Edition.objects.filter(~Exists(urgently), is_urgent=True).iterator():
        yield f"Edisi {edition.pk} bertanda mendesak, padahal riwayatnya tidak."


def second_checks_by_people_involved() -> Iterator[str]:
    """An urgent publication was declared checked by whoever published it or contributed to it."""
    own = Contribution.objects.filter(edition=OuterRef("edition"), user=OuterRef("actor"))
    involved = Q(Exists(own)) | Q(actor=F("edition__published_by"))
    for step in Transition.objects.filter(involved, step=Step.SECOND_CHECK).iterator():
        yield f"Edisi {step.edition_id} dinyatakan diperiksa oleh orang yang terlibat (langkah {step.pk})."


def schedules_that_do_not_match_their_edition() -> Iterator[str]:
    """A scheduled edition waits for no moment, or an edition that is not scheduled waits for its publication."""
    waiting = Schedule.objects.waiting().filter(edition=OuterRef("pk"), kind=Schedule.Kind.PUBLISH)
    for edition in Edition.objects.filter(~Exists(waiting), state=State.SCHEDULED).iterator():
        yield f"Edisi {edition.pk} terjadwal tanpa waktu."
    for edition in Edition.objects.filter(Exists(waiting)).exclude(state=State.SCHEDULED).iterator():
        yield f"Edisi {edition.pk} menunggu waktu terbit, padahal {edition.state}."
    gone = Schedule.objects.waiting().filter(kind=Schedule.Kind.WITHDRAW).exclude(edition__state=State.PUBLISHED)
    for schedule in gone.iterator():
        yield f"Edisi {schedule.edition_id} menunggu waktu ditarik, padahal tidak terbit."


def public_articles_without_address() -> Iterator[str]:
    """An article that was published does not own the address it shows."""
    own = Address.objects.filter(article=OuterRef("pk"), slug=OuterRef("slug"), year=OuterRef("published_on__year"))
    for article in Article.objects.exclude(public_state=PublicState.NEVER).filter(~Exists(own)).iterator():
        yield f"Artikel {article.pk} tidak memiliki alamat {article.slug}."


def articles_listed_otherwise_than_they_are() -> Iterator[str]:
    """A public article lacks a place under a tag, an official or an event of its live edition, or has one too many."""
    live = Article.objects.published().order_by()
    tagged = live.filter(live_edition__tagged__isnull=False).values_list("pk", "live_edition__tagged__tag")
    for article, tag in tagged.difference(ListedTag.objects.values_list("article", "tag")):
        yield f"Artikel {article} tidak tercantum di bawah tag {tag}."
    for article, tag in ListedTag.objects.values_list("article", "tag").difference(tagged):
        yield f"Artikel {article} tercantum di bawah tag {tag}, padahal tidak terbit dengan tag itu."
    term = "live_edition__mentions__official", "live_edition__mentions__appointment"
    mentions = live.filter(live_edition__mentions__isnull=False).values_list("pk", *term)
    listed = ListedOfficial.objects.values_list("article", "official", "appointment")
    for article, official, _term in mentions.difference(listed):
        yield f"Artikel {article} tidak tercantum pada masa jabatan pejabat {official}."
    for article, official, _term in listed.difference(mentions):
        yield f"Artikel {article} tercantum pada pejabat {official}, padahal tidak terbit dengan sebutan itu."
    for article in live.exclude(event=F("live_edition__event")).exclude(event=None, live_edition__event=None):
        yield f"Artikel {article.pk} tercantum pada agenda {article.event_id}, edisinya lain."


AUDITS = (
    states_that_history_does_not_explain,
    steps_that_do_not_follow,
    articles_shown_otherwise_than_their_edition,
    approvals_by_contributors,
    publications_without_approval,
    urgent_publications_without_reason,
    second_checks_by_people_involved,
    schedules_that_do_not_match_their_edition,
    public_articles_without_address,
    articles_listed_otherwise_than_they_are,
    *SEARCH_AUDITS,
    *RELATED_AUDITS,
    *DEMAND_AUDITS,
)
