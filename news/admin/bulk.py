"""Steps on several rows of the list of articles: choose, confirm, and read what became of each."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.bulk import MOST_ROWS, OFFERED, editions_for, take_steps
from news.models import Edition
from news.states import TABLE, Step
from offices.scope import memberships_of

LABELS = {Step.WITHDRAW: gettext_lazy("Penjelasan, dibaca publik")}


class NoteForm(forms.Form):
    """The one reason that is recorded on every row, as long as a step's reason may be."""

    note = forms.CharField(max_length=1_000, required=False)


class BulkSteps:
    """Mixed into the article's admin: the list offers the steps that the person's roles can take somewhere."""

    def get_actions(self, request: HttpRequest) -> dict[str, tuple[Callable, str, Any]]:
        if IS_POPUP_VAR in request.GET:
            return {}
        held = {membership.role for membership in memberships_of(request.user)}
        steps = [step for step in OFFERED if held & (TABLE[step].roles | TABLE[step].stand_in)]
        return {step.value: (partial(_answer, step=step), step.value, step.label) for step in steps}

    def get_action_choices(self, request: HttpRequest, default_choices: Any = None) -> list[tuple[str, str]]:
        steps = [(name, label) for _function, name, label in self.get_actions(request).values()]
        return [("", _("Pilih langkah")), *steps]

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Django's, for row numbers that can exist: others would break the query."""
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            if not (key.isascii() and key.isdigit() and len(key) < 19):
                raise BadRequest
        return super().response_action(request, queryset)


def _answer(model_admin: Any, request: HttpRequest, queryset: QuerySet, step: Step) -> HttpResponse | None:
    """First the rows and the reason that is asked for; with the answer, what became of each row."""
    articles = list(queryset[: MOST_ROWS + 1])
    if len(articles) > MOST_ROWS:
        many = _("Pilih paling banyak %(most)d naskah sekali jalan.") % {"most": MOST_ROWS}
        model_admin.message_user(request, many, messages.WARNING)
        return None
    editions = editions_for(step, articles)
    missing = len(set(request.POST.getlist(ACTION_CHECKBOX_NAME)) - {str(article.pk) for article in articles})
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "step": step,
        "missing": 0 if request.POST.get("select_across") == "1" else missing,
        "back": request.get_full_path(),
    }
    form = NoteForm(request.POST)
    if "confirmed" in request.POST and form.is_valid():
        return _result(request, context, editions, step, form.cleaned_data["note"])
    return _question(request, context, editions, step, form if "confirmed" in request.POST else None)


def _question(
    request: HttpRequest, context: dict, editions: list[Edition], step: Step, form: NoteForm | None
) -> HttpResponse:
    context |= {
        "title": _("%(step)s: %(count)d naskah") % {"step": step.label, "count": len(editions)},
        "editions": editions,
        "needs_note": TABLE[step].needs_note,
        "note_label": LABELS.get(step, _("Alasan")),
        "note": form.data.get("note", "") if form else "",
        "sentences": [sentence for errors in form.errors.values() for sentence in errors] if form else [],
    }
    return TemplateResponse(request, "admin/news/article/bulk_question.html", context, status=400 if form else 200)


def _result(request: HttpRequest, context: dict, editions: list[Edition], step: Step, note: str) -> HttpResponse:
    """409 where not one row could be changed."""
    versions = dict(_seen(request.POST.getlist("seen")))
    outcomes = take_steps(editions, step, by=request.user, note=note, versions=versions)
    taken = sum(outcome.is_taken for outcome in outcomes)
    context |= {
        "title": _("%(step)s: hasilnya") % {"step": step.label},
        "outcomes": sorted(outcomes, key=lambda outcome: outcome.is_taken),
        "taken": taken,
        "summary": _("%(taken)d berhasil, %(refused)d ditolak.") % {"taken": taken, "refused": len(outcomes) - taken},
    }
    return TemplateResponse(request, "admin/news/article/bulk_result.html", context, status=200 if taken else 409)


def _seen(pairs: list[str]) -> Any:
    """The editions and versions that were on the screen, written as 12:3."""
    for pair in pairs[:MOST_ROWS]:
        edition, _colon, version = pair.partition(":")
        if all(part.isascii() and part.isdigit() and len(part) < 19 for part in (edition, version)):
            yield int(edition), int(version)
