"""Admin pages that show and change only what the scope function allows."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.utils import NotRelationField, get_fields_from_path, unquote
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import BadRequest, FieldDoesNotExist, PermissionDenied, ValidationError
from django.db import models
from django.db.models import ForeignKey, Model, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.forms import BaseInlineFormSet, ModelForm
from django.http import Http404, HttpRequest, HttpResponse

from offices.admin.workplaces import WorkplaceFilter
from offices.models import Kind, Office
from offices.roles import NEWSROOM
from offices.scope import EDIT, in_scope, may_add, memberships_of, reach_of, rows_in_scope, within_reach
from offices.trail import record
from offices.workplace import first_office

MOST_WORDS = 8
ASKED = {"exact", "gte", "isnull", "lt"}  # in which ways filters ask for a column
KEPT_AS = {ADDITION: Kind.ADDED, CHANGE: Kind.CHANGED}


def offices_to_write_for(user: Any, model: type[Model]) -> QuerySet[Office]:
    """The offices at which `user` may create rows of `model`."""
    return Office.objects.filter(reach_of(user, model.scope.editors).as_q("self")).select_related("region")


class PossibleKeys:
    """Mixed into a search-as-you-type field: what can be no key is never looked up, which would raise an error."""

    def optgroups(self, name: str, value: list[str], attr: dict | None = None) -> list:
        return super().optgroups(name, [key for key in value if not key or self._is_possible(key)], attr)

    def _is_possible(self, key: str) -> bool:
        try:
            found = self.choices.queryset.model._meta.pk.clean(key, None)
        except ValidationError:
            return False
        return not isinstance(found, int) or found.bit_length() < 64  # more than any column holds


class SearchSelectMultiple(PossibleKeys, AutocompleteSelectMultiple):
    """Django's field for several choices."""


class SearchSelect(PossibleKeys, AutocompleteSelect):
    """Django's search-as-you-type field; its empty choice, which HTML wants labelled, is always there."""

    def optgroups(self, name: str, value: list[str], attr: dict | None = None) -> list:
        groups = super().optgroups(name, value, attr)
        first = groups[0][1]
        if not any(option["value"] == "" for option in first):
            first.insert(0, self.create_option(name, "", "", not any(value), 0))
        for option in first:
            if option["value"] == "":
                option["attrs"]["label"] = "—"
        return groups


class ScopedPermissions:
    """Answers Django's permission questions from the model's `scope`; nothing is ever deleted from the admin."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if obj is not None:
            return in_scope(request.user, obj)
        scope = self.model.scope
        held = memberships_of(request.user)
        return bool(held) and (scope.shared is not None or any(m.role in scope.readers for m in held))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_add(request.user, self.model)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if obj is not None:
            return in_scope(request.user, obj, EDIT)
        return may_add(request.user, self.model)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ScopedChoices:
    """Limits every choice of a foreign row to what the person may see; "office" to where they may write."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        target = db_field.remote_field.model
        if "queryset" not in kwargs and hasattr(target, "scope"):
            kwargs["queryset"] = self.choices_for(db_field, request)
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SearchSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SearchSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def choices_for(self, db_field: ForeignKey, request: HttpRequest) -> QuerySet:
        """The rows that may be chosen for `db_field`."""
        target = db_field.remote_field.model
        own = getattr(db_field.model, "scope", None)
        if target is Office and own is not None and db_field.name == own.office:
            return offices_to_write_for(request.user, db_field.model)
        return rows_in_scope(request.user, target._default_manager.all())


class OfficeScopedAdmin(ScopedPermissions, ScopedChoices, admin.ModelAdmin):
    """The base of every admin page: lists, details, choices and saves stay inside the scope; others answer 404."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    recorded_by_verbs: frozenset[int] = frozenset()
    """The acts (`ADDITION`, `CHANGE`) that the verb behind this page writes into the audit trail itself."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return rows_in_scope(request.user, super().get_queryset(request))

    def get_list_filter(self, request: HttpRequest) -> list:
        """With the switch between one's offices first, where the rows are written in newsrooms."""
        own = [WorkplaceFilter] if self._is_written_in_newsrooms() else []
        return [*own, *super().get_list_filter(request)]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new row belongs to the office one works for now, unless another is chosen."""
        office = first_office(request) if self._is_written_in_newsrooms() else None
        own = {self.model.scope.office: office.pk} if office else {}
        return {**own, **super().get_changeform_initial_data(request)}

    def _is_written_in_newsrooms(self) -> bool:
        return bool(self.model.scope.office) and self.model.scope.editors >= NEWSROOM

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model:
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Django's, for the ways in which filters ask for a list's own columns, and what they lead to.

        What points here may lie where this person reads nothing; and other ways to ask may take as long as one likes.
        """
        path, _separator, way = lookup.rpartition(LOOKUP_SEP)
        try:
            first = get_fields_from_path(self.model, path if way in ASKED else lookup)[0]
        except (FieldDoesNotExist, NotRelationField):
            return not path and super().lookup_allowed(lookup, value, request)
        points_here = first.auto_created and not first.concrete
        return not points_here and super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request, extra_context=None):
        """Django's, and 400 for a day that no clock here can show."""
        try:
            return super().changelist_view(request, extra_context)
        except OverflowError as error:
            raise BadRequest from error

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Django's, but a row is never saved as a new one: no page offers it, and Django obeys any form that asks."""
        if "_saveasnew" in request.POST:
            raise BadRequest
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Django's, for as many words as somebody types: conditions for a thousand are more than SQLite can nest."""
        return super().get_search_results(request, queryset, " ".join(search_term.split()[:MOST_WORDS]))

    def for_choices(self, rows: QuerySet) -> QuerySet:
        """`rows` with what `choice_label` needs."""
        return rows

    def choice_label(self, row: Model) -> str:
        """How a row is offered where somebody searches for it."""
        return str(row)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_see_history"] = obj is not None and within_reach(request.user, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def view_on_site(self, obj: Model) -> str | None:
        """The row's own page: Django's redirect by number is not routed."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Django's page, for those who reach the row: who worked on it is not among what all staff may read."""
        if not within_reach(request.user, self.get_object(request, unquote(object_id))):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        return self._kept(super().log_addition(request, obj, message), request, obj)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        return self._kept(super().log_change(request, obj, message), request, obj)

    def _kept(self, entry: LogEntry, request: HttpRequest, row: Model) -> LogEntry:
        """Django's note of what was saved stands in the audit trail too, with the names of the changed fields."""
        if entry.action_flag in self.recorded_by_verbs:
            return entry
        kind, note = KEPT_AS[entry.action_flag], entry.get_change_message()
        record(kind, by=request.user, thing=row, name=self.name_in_the_trail(row), note=note, request=request)
        return entry

    def name_in_the_trail(self, row: Any) -> str:
        return str(row)


class CompleteFormSet(BaseInlineFormSet):
    """Compares new and changed rows with the stored ones too: Django leaves constraints that name the parent out."""

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            if form.is_valid() and form.has_changed() and not self._should_delete_form(form):
                self._check(form)

    @staticmethod
    def _check(form: ModelForm) -> None:
        try:
            form.instance.validate_constraints()
        except ValidationError as error:
            form.add_error(None, error.messages)


class ScopedInline(ScopedChoices):
    """Rows that are part of their parent: who may change the parent may change them."""

    extra = 0
    formset = CompleteFormSet

    def _may_change_parent(self, request: HttpRequest, parent: Model | None) -> bool:
        parent_admin = self.admin_site.get_model_admin(self.parent_admin_model or self.parent_model)
        if parent is None or parent.pk is None:
            return parent_admin.has_add_permission(request)
        return parent_admin.has_change_permission(request, parent)

    parent_admin_model: type[Model] | None = None

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_change_parent(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_change_parent(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_change_parent(request, obj)
