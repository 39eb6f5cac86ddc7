"""The steps of an edition in the newsroom: the bar of buttons beside the form, and the addresses they are sent to."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.access import is_contributor, may, may_write
from news.admin.editorial import OFFICE
from news.admin.forms import StepForm
from news.admin.schedules import schedules_beside
from news.models import Demand, Edition, Transition
from news.pointers import pointing_at
from news.readiness import problems, warnings
from news.refusals import NotComplete, NotNow, StaleVersion
from news.states import TABLE, PublicState, State, Step
from news.workflow import SOONEST, steps_open_to, take_step
from news.writing import start_edition
from offices.scope import rows_in_scope

ASKED = ("note", "version", "due_at", "redirect_to")
NOTE_LABELS = {
    Step.REQUEST_CHANGES: _("Apa yang perlu diperbaiki"),
    Step.PUBLISH_URGENTLY: _("Mengapa tidak dapat menunggu pemeriksaan"),
    Step.WITHDRAW: _("Penjelasan, dibaca publik"),
}


class StepViews:
    """Mixed into the article's admin: what stands beside the form, and the pages that take a step."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:article_id>/step/<str:step>/", wrap(self.step_view), name="news_article_step"),
            path("<int:article_id>/correct/", wrap(self.correct_view), name="news_article_correct"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context.update(self._desk(request, obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _desk(self, request: HttpRequest, edition: Edition) -> dict:
        """What stands beside the form: the steps open to this person, and the checklist."""
        steps = steps_open_to(request.user, edition)
        live = _live_beside(edition)
        public_steps = steps_open_to(request.user, live) if live else []
        return {
            "edition": edition,
            "article": edition.article,
            "region": edition.article.office.region,
            "steps": [*_buttons(steps, edition), *_buttons(public_steps, live)],
            "schedules": schedules_beside(edition, live),
            "withdrawable": _withdrawable(edition, steps) or _withdrawable(live, public_steps),
            "soonest": f"{_soonest(edition):%Y-%m-%dT%H:%M}",
            "problems": list(problems(edition)) if edition.is_working else [],
            "warnings": list(warnings(edition)) if edition.is_working else [],
            "may_correct": edition.is_live and may(request.user, Step.CORRECT, edition),
            "awaits_second_check": edition.awaits_second_check or bool(live and live.awaits_second_check),
            "is_approved": edition.state == State.APPROVED,
            "is_own_work": edition.state == State.SUBMITTED
            and may_write(request.user, edition)
            and is_contributor(request.user, edition),
            "returned": _last_return(edition),
            "demands": _answered_by(request.user, edition),
            "is_public": edition.article.public_state == PublicState.LIVE,
            "last_steps": edition.article.transitions.select_related("actor").order_by("-pk")[:5],
            "pointing_here": list(pointing_at(edition.article)) if Step.WITHDRAW in (*steps, *public_steps) else [],
            "may_submit_too": Step.SUBMIT in steps and may_write(request.user, edition),
        }

    def step_view(self, request, article_id, step):
        """Take one step; a refusal answers 403 or 409 with its sentences, and nothing has changed."""
        shown = self.edition_of(request, article_id)
        form = StepForm(request.POST, zone=shown.article.office.region.zone)
        if request.method != "POST" or step not in Step.values or not form.is_valid():
            return self._not_understood(request, shown, form)
        asked = form.cleaned_data
        edition = shown.article.editions.filter(pk=asked["edition"]).select_related(OFFICE).first()
        try:
            if edition is None:
                raise StaleVersion
            taken = take_step(edition, Step(step), by=request.user, **{name: asked[name] for name in ASKED})
        except NotNow as refusal:
            return self._refused(request, shown, refusal)
        messages.success(request, _("“%(step)s” tercatat.") % {"step": taken.get_step_display()})
        return self._back_to(edition)

    def _not_understood(self, request: HttpRequest, edition: Edition, form: StepForm) -> HttpResponse:
        """The sentences of a step's form as a page; where the form was not ours at all, 400."""
        named = {name: errors for name, errors in form.errors.items() if name in ("due_at", "redirect_to", "note")}
        if request.method != "POST" or not named or len(named) < len(form.errors):
            raise BadRequest(_("Langkah ini tidak lengkap; muat ulang halaman dan coba lagi."))
        sentences = [sentence for errors in named.values() for sentence in errors]
        return self._refused(request, edition, NotComplete(sentences), status=400)

    def _refused(self, request: HttpRequest, edition: Edition, refusal: NotNow, status: int = 409) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Belum dapat dilakukan"),
            "opts": self.opts,
            "back": reverse("admin:news_article_change", args=[edition.article_id]),
            "sentences": refusal.problems if isinstance(refusal, NotComplete) else [str(refusal)],
            "typed": request.POST.get("note", ""),
        }
        return TemplateResponse(request, "admin/news/refused.html", context, status=status)

    @staticmethod
    def _back_to(edition: Edition) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[edition.article_id]))

    def correct_view(self, request, article_id):
        """Begin a new edition of a published article; the public keeps reading the live one."""
        edition = self.edition_of(request, article_id)
        if request.method != "POST":
            raise BadRequest(_("Gunakan tombol pada halaman naskah."))
        try:
            start_edition(edition.article, by=request.user)
        except NotNow as refusal:
            return self._refused(request, edition, refusal)
        messages.success(request, _("Edisi baru dimulai. Pembaca tetap melihat edisi yang terbit."))
        return self._back_to(edition)


def _buttons(steps: list[Step], edition: Edition | None) -> list[dict]:
    return [
        {
            "step": step,
            "rule": TABLE[step],
            "edition": edition,
            "asks": TABLE[step].needs_note or TABLE[step].needs_due or step == Step.REMOVE,
            "note_label": NOTE_LABELS.get(step, _("Alasan")),
        }
        for step in steps
    ]


def _soonest(edition: Edition) -> datetime:
    """When it can be published by schedule at the soonest, on the clock of its office."""
    return timezone.localtime(timezone.now() + 2 * SOONEST, edition.article.office.region.zone)


def _withdrawable(edition: Edition | None, steps: list[Step]) -> Edition | None:
    """`edition`, where withdrawing it is open: then it can be set for a date, too."""
    return edition if Step.WITHDRAW in steps else None


def _live_beside(edition: Edition) -> Edition | None:
    """The live edition while `edition` is its successor in the making: it can still be withdrawn or removed."""
    live = edition.article.editions.live().first() if edition.is_working else None
    if live:
        live.article = edition.article
    return live


def _answered_by(user: Any, edition: Edition) -> list[Demand]:
    """The demands of readers that `edition` will end, for those who may read them."""
    if not edition.is_working or edition.number == 1:
        return []
    return list(rows_in_scope(user, Demand.objects.awaited()).filter(correction=edition).order_by("due_at"))


def _last_return(edition: Edition) -> Transition | None:
    """The step that sent `edition` back to its writer, while it is there."""
    if edition.state != State.CHANGES_REQUESTED:
        return None
    return edition.transitions.filter(step=Step.REQUEST_CHANGES).select_related("actor").last()
