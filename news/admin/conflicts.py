"""A save on an older version of an edition: both texts part by part, to choose from, with neither lost."""

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.admin.parts import Parts
from news.comparison import Row, compare
from news.models import Edition
from news.refusals import NotNow, StaleVersion
from news.typed import DELETED, Raw, Rows
from news.unsaved import keep
from news.widgets import CKEditorBodyWidget
from offices.scope import EDIT, in_scope

SHOWN = "_shown"
"""Stands in a form that is to be shown again with what was typed, and not to be saved."""
MERGED_BY_HAND = ("headline", "deck", "dateline_place", "byline", "source", "correction_note", "tags")
LONG = ("deck", "correction_note")
_OVERTAKEN = gettext_lazy("Naskah ini sudah diubah sejak Anda membukanya.")
BESIDE_TYPED = ("version", "edition", "base")


@dataclass(frozen=True)
class Difference:
    """A part that differs: what is proposed ("mine", "theirs", "both" or nothing), and what may be chosen."""

    name: str
    label: str
    row: Row
    proposed: str
    by_both: bool
    may_combine: bool = False
    to_merge: str | None = None
    editor: str = ""

    @property
    def is_long(self) -> bool:
        return self.name in LONG


class ConflictPages:
    """Mixed into the page of an article: what cannot be saved as it was sent is never thrown away."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Django's form page; a stale save answers 409 with both texts, and nothing is stored."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if object_id is not None:
            if "_merge" in request.POST:
                request.POST = self._merged(request, self.edition_of(request, object_id))
            edition = self.edition_of(request, object_id)
            if not self.has_change_permission(request, edition):
                return self._closed(request, edition)
            if not _is_current(request.POST, edition):
                return self._conflict(request, edition, [_OVERTAKEN])
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            return self._shown_again(request, object_id, refusal.messages)
        except StaleVersion:
            return self._conflict(request, self.edition_of(request, object_id), [_OVERTAKEN])
        except NotNow as refusal:
            if object_id is None:
                return self._shown_again(request, None, [str(refusal)])
            return self._conflict(request, self.edition_of(request, object_id), [str(refusal)])

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Hand the form the marks of what it began from; where it is only shown again, find no fault with it yet."""
        formsets = [wrapped.formset for wrapped in context["inline_admin_formsets"]]
        context["is_unsaved"] = SHOWN in request.POST
        context["base"] = request.POST.get("base", "")
        if context["is_unsaved"]:
            _hush(context, [context["adminform"].form, *(form for formset in formsets for form in formset.forms)])
        if obj is not None and not context["base"] and self.has_change_permission(request, obj):
            is_bound = context["adminform"].form.is_bound
            parts = self.parts_of(request, obj) if is_bound else Parts(context["adminform"].form, formsets)
            context["base"] = json.dumps(parts.marks())
        return super().render_change_form(request, context, add, change, form_url, obj)

    def parts_of(self, request: HttpRequest, edition: Edition) -> Parts:
        """The form of `edition` as it stands in the database, built anew: a bound one has changed its instance."""
        form = self.get_form(request, edition, change=True)(instance=edition)
        formsets = [
            inline.get_formset(request, edition)(instance=edition, queryset=inline.get_queryset(request))
            for inline in self.get_inline_instances(request, edition)
        ]
        return Parts(form, formsets)

    def _shown_again(self, request: HttpRequest, object_id: str | None, sentences: list[str]) -> HttpResponse:
        """The form with all that was typed and the reason why it was not saved."""
        for sentence in sentences:
            self.message_user(request, sentence, "ERROR")
        request.POST = shown_again(request.POST)
        answer = super().changeform_view(request, object_id)
        answer.status_code = 409
        return answer

    def _closed(self, request: HttpRequest, edition: Edition) -> HttpResponse:
        """What was typed into a text that is no longer theirs to change, for copying; to others a plain 403."""
        if not in_scope(request.user, edition, EDIT) or "headline" not in request.POST:
            raise PermissionDenied
        sentence = _("Naskah ini sekarang “%(state)s” dan tidak dapat Anda ubah. Salin tulisan Anda bila perlu.")
        return self._conflict(request, edition, [sentence % {"state": edition.get_state_display()}], status=403)

    def _conflict(
        self, request: HttpRequest, edition: Edition, sentences: list[str], *, status: int = 409
    ) -> HttpResponse:
        may_save = self.has_change_permission(request, edition)
        typed = {name: value for name, value in request.POST.items() if not name.startswith(("_", "csrf"))}
        with suppress(NotNow):  # a form without a key keeps nothing
            keep(request.user, typed.get("unsaved_key", ""), [list(pair) for pair in typed.items()], edition)
        parts = self.parts_of(request, self.edition_of(request, edition.article_id)) if may_save else None
        differences = list(_differences(parts, typed)) if parts else []
        context = {
            **self.admin_site.each_context(request),
            "title": _("Dua tulisan untuk satu naskah") if may_save else _("Naskah belum tersimpan"),
            "opts": self.opts,
            "article": edition.article,
            "edition": edition,
            "region": edition.article.office.region,
            "sentences": sentences,
            "differences": differences,
            "typed": json.dumps(typed),
            "base": json.dumps(parts.marks()) if parts else "",
            "typed_texts": [] if may_save else _plainly(typed),
            "may_save": may_save,
            "media": CKEditorBodyWidget().media if any(d.editor for d in differences) else "",
        }
        status = 200 if SHOWN in request.POST and status == 409 else status
        return TemplateResponse(request, "admin/news/article/conflict.html", context, status=status)

    def _merged(self, request: HttpRequest, edition: Edition) -> QueryDict:
        """The form that the choices add up to, on the version that was compared."""
        if not self.has_change_permission(request, edition):
            raise PermissionDenied
        sent = request.POST
        typed, parts = _typed_in(sent), self.parts_of(request, edition)
        stored = parts.stored
        if any(f"choice-{one.name}" not in sent for one in _differences(parts, typed)):
            return as_post({**typed, "version": ""})  # asked again
        chosen = {**stored, **typed}
        for name in parts.names:
            choice = sent.get(f"choice-{name}", "")
            if choice == "theirs":
                chosen[name] = stored[name]
            elif choice == "merged":
                chosen[name] = sent.get(f"merged-{name}", "")
        for prefix in parts.rows:
            rows = _rows(parts, prefix, typed, stored)
            chosen = {name: value for name, value in chosen.items() if not name.startswith(f"{prefix}-")}
            ways = {"theirs": rows.all_theirs, "both": rows.both}
            chosen |= ways.get(sent.get(f"choice-{prefix}", ""), rows.all_mine)()
        chosen |= {name: sent.get(name, "") for name in BESIDE_TYPED}
        chosen[SHOWN if sent["_merge"] == "reopen" else "_continue"] = "1"
        return as_post(chosen)


def _hush(context: dict, forms: list) -> None:
    """Take the complaints from a form that nobody has sent yet."""
    context["errors"] = []
    for form in forms:
        form._errors = ErrorDict()
    for wrapped in context["inline_admin_formsets"]:
        wrapped.formset._non_form_errors = ErrorList()


def _is_current(sent: Raw, edition: Edition) -> bool:
    """Whether a form was loaded with this very edition in this very version."""
    return sent.get("version") == str(edition.version) and sent.get("edition", "") in ("", str(edition.pk))


def as_post(fields: Raw) -> QueryDict:
    post = QueryDict(mutable=True)
    post.update({name: value for name, value in fields.items() if value or not name.endswith(f"-{DELETED}")})
    return post


def shown_again(sent: Raw) -> QueryDict:
    """The same form, to be shown and not saved."""
    return as_post({**dict(sent.items()), SHOWN: "1"})


def _typed_in(sent: Raw) -> dict[str, str]:
    try:
        typed = json.loads(sent.get("typed", ""))
    except (ValueError, RecursionError) as error:
        raise BadRequest from error
    if not isinstance(typed, dict) or not all(isinstance(value, str) for value in typed.values()):
        raise BadRequest
    return typed


def _marks(typed: Raw) -> dict[str, Any]:
    """The marks that the form began from, as far as it brought them along."""
    try:
        marks = json.loads(typed.get("base", ""))
    except (ValueError, RecursionError):
        return {}
    return marks if isinstance(marks, dict) else {}


def _rows(parts: Parts, prefix: str, typed: Raw, stored: Raw) -> Rows:
    rows = _marks(typed).get("rows")
    base = rows.get(prefix) if isinstance(rows, dict) else {}
    theirs = parts.typed_rows(prefix, stored)
    mine = parts.typed_rows(prefix, typed) if f"{prefix}-TOTAL_FORMS" in typed else theirs  # it says nothing of them
    return Rows(prefix, theirs, mine, base if isinstance(base, dict) else {})


def _differences(parts: Parts, typed: Raw):
    """The parts in which what was typed differs from what is stored now, in the order of the form."""
    stored = parts.stored
    typed = {**{name: stored[name] for name in parts.names if name not in typed}, **typed}
    rows = {row.label: row for row in compare(parts.in_words(stored), parts.in_words(typed)).rows}
    base = _marks(typed)
    for name in parts.names:
        theirs, mine = parts.mark(name, stored), parts.mark(name, typed)
        if theirs == mine:
            continue
        proposed = {theirs: "mine", mine: "theirs"}.get(str(base.get(name)), "")
        yield Difference(
            name,
            parts.label(name),
            rows[name],
            proposed,
            by_both=not proposed,
            to_merge=typed[name] if name in MERGED_BY_HAND else None,
            editor=_editor(typed[name], beside=parts.form.instance.article_id) if name == "body" else "",
        )
    for prefix in parts.rows:
        yield from _row_difference(parts, _rows(parts, prefix, typed, stored), rows[prefix])


def _row_difference(parts: Parts, rows: Rows, row: Row):
    if rows.are_same:
        return
    if not rows.changed_by_them:
        proposed = "mine"
    elif not rows.changed_by_me:
        proposed = "theirs"
    else:
        proposed = "" if rows.collides else "both"
    both = rows.changed_by_me and rows.changed_by_them
    yield Difference(rows.prefix, parts.label(rows.prefix), row, proposed, by_both=both, may_combine=True)


def _editor(body: str, *, beside: int) -> str:
    return CKEditorBodyWidget().render("merged-body", body, {"id": "id_merged-body", "data-beside": str(beside)})


def _plainly(typed: Raw) -> list[tuple[str, str]]:
    """What was typed, for copying: all that is not empty and not of the form's own making."""
    named = {name: str(Edition._meta.get_field(name).verbose_name) for name in (*MERGED_BY_HAND, "body")}
    texts = [(label.capitalize(), typed[name]) for name, label in named.items() if typed.get(name)]
    of_rows = [value for name, value in typed.items() if name.endswith(("-text", "-caption", "-attribution"))]
    return texts + [(_("Foto dan kutipan"), value) for value in of_rows if value]
