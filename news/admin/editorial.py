"""An admin page that is addressed by an article and edits its working edition."""

from copy import deepcopy
from functools import partial
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import flatten_fieldsets
from django.db import transaction
from django.forms import modelform_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from news.access import may_write
from news.admin.addresses import AddressPages
from news.admin.conflicts import ConflictPages
from news.admin.forms import CONTENT, EditionForm
from news.admin.inlines import EDITION_INLINES
from news.admin.order import WrittenInOrder, writing_order
from news.admin.presence import PresencePages
from news.admin.recovery import RecoveryPages
from news.admin.suggestions import SuggestionPages, back_to_suggestions
from news.admin.tagging import TagSuggestions
from news.models import Article, Edition
from news.refusals import NotNow
from news.states import State, Step
from news.unsaved import forget
from news.workflow import locked, take_step
from news.writing import save_content, start_article
from offices.admin.scoping import OfficeScopedAdmin, offices_to_write_for
from offices.scope import EDIT, in_scope, rows_in_scope
from offices.workplace import first_office

OFFICE = "article__office__region__parent"
EDITOR_CSP = {
    "script-src-attr": [UNSAFE_INLINE],
    "style-src": [UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}
"""What CKEditor 4 needs beyond the strict policy: handler attributes and style attributes that it writes itself."""


class WorkingEditionAdmin(
    TagSuggestions,
    SuggestionPages,
    AddressPages,
    PresencePages,
    RecoveryPages,
    ConflictPages,
    WrittenInOrder,
    OfficeScopedAdmin,
):
    """Shows the edition being worked on, else the live one, under its article's id, so that bookmarks survive.

    Django's admin page is kept whole; where it asks for an object, a form or inlines it is given the edition's.
    """

    def edition_of(self, request: HttpRequest, article_id: Any) -> Edition:
        """The working edition of an article in the person's scope, else the live one, else the last; or 404."""
        scoped = rows_in_scope(request.user, Edition.objects.all()).select_related(OFFICE)
        try:
            editions = list(scoped.filter(article=int(article_id)))
        except (ValueError, OverflowError) as error:
            raise Http404 from error
        if not editions:
            raise Http404
        return max(editions, key=lambda e: (e.is_working, e.is_live, e.number))

    def get_object(self, request, object_id, from_field=None):
        return self.edition_of(request, object_id)

    def has_change_permission(self, request, obj=None):
        if isinstance(obj, Edition):
            return in_scope(request.user, obj, EDIT) and may_write(request.user, obj)
        return super().has_change_permission(request, obj)

    def get_fieldsets(self, request, obj=None):
        if obj is not None and not self.has_change_permission(request, obj):
            return [(None, {"fields": ("headline", "deck", "rubric", "dateline_place", "dateline_on", "event")})]
        return writing_order(obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        fieldsets = flatten_fieldsets(self.get_fieldsets(request, obj))
        form = modelform_factory(
            Edition,
            form=EditionForm,
            fields=[name for name in CONTENT if name in fieldsets],
            formfield_callback=partial(self.formfield_for_dbfield, request=request),
        )
        if obj is None:
            office = deepcopy(form.base_fields["office"])  # the declared one is shared by all requests
            office.queryset = offices_to_write_for(request.user, Article)
            form.base_fields["office"] = office
        return form

    def get_changeform_initial_data(self, request):
        """A new text is about today, on the clock of the office that will be chosen unless another is."""
        office = first_office(request)
        today = timezone.localdate(timezone=office.region.zone) if office else None
        return {"dateline_on": today, **super().get_changeform_initial_data(request)}

    def get_autocomplete_fields(self, request):
        return ("event",)

    def get_inline_instances(self, request, obj=None):
        return [inline(Edition, self.admin_site) for inline in EDITION_INLINES]

    @method_decorator(csp_update(EDITOR_CSP))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if change:
            locked(obj)
            obj.save(update_fields=[name for name in form.changed_data if name in CONTENT and name != "tags"])
        else:
            start_article(form.cleaned_data["office"], obj, by=request.user)

    def save_related(self, request, form, formsets, change):
        """Complete the save; whoever pressed the button without changing anything has contributed nothing."""
        super().save_related(request, form, formsets, change)
        is_picked = self.take_suggestion(request, form.instance)
        if change and not (is_picked or form.has_changed() or any(formset.has_changed() for formset in formsets)):
            return
        edition = form.instance
        if "slug" in form.changed_data:
            Article.objects.filter(pk=edition.article_id, first_published_at=None).update(
                slug=form.cleaned_data["slug"]
            )
        version = form.cleaned_data["version"] if change else edition.version
        stored = save_content(edition, by=request.user, version=version)
        if edition.state == State.APPROVED != stored.state:
            voided = _("Isi berubah, jadi persetujuan batal dan naskah kembali menunggu pemeriksaan.")
            self.message_user(request, voided, messages.WARNING)

    def name_in_the_trail(self, row):
        return row.editions.order_by("-number").values_list("headline", flat=True)[0]

    def log_addition(self, request, obj, message):
        return self._under_its_headline(super().log_addition(request, obj.article, message), obj)

    def log_change(self, request, obj, message):
        return self._under_its_headline(super().log_change(request, obj.article, message), obj)

    @staticmethod
    def _under_its_headline(entry: LogEntry, edition: Edition) -> LogEntry:
        """A text that never was public is remembered by its headline too, not by its article's number."""
        entry.object_repr = edition.headline
        entry.save(update_fields=["object_repr"])
        return entry

    def response_add(self, request, obj, post_url_continue=None):
        return self._saved(request, obj)

    def response_change(self, request, obj):
        return self._saved(request, obj)

    def submit_after_saving(self, request: HttpRequest, edition: Edition) -> HttpResponse:
        """Send what was just stored to be checked; where the checklist refuses, the save stands and says so."""
        try:
            with transaction.atomic():
                take_step(edition, Step.SUBMIT, by=request.user)
            self.message_user(request, _("Naskah tersimpan dan dikirim untuk diperiksa."), messages.SUCCESS)
        except NotNow as refusal:
            self.message_user(request, _("Naskah tersimpan, belum dikirim. %s") % refusal, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[edition.article_id]))

    def _saved(self, request: HttpRequest, edition: Edition) -> HttpResponse:
        forget(request.user, request.POST.get("unsaved_key", ""))
        if "_submit_too" in request.POST:
            return self.submit_after_saving(request, edition)
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("admin:news_article_preview", args=[edition.article_id]))
        self.message_user(request, _("Naskah tersimpan."), messages.SUCCESS)
        if "_pick" in request.POST:
            return back_to_suggestions(edition)
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[edition.article_id]))
