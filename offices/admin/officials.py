"""Officials, positions and terms of office in the newsroom."""

from itertools import combinations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from offices.admin.scoping import CompleteFormSet, OfficeScopedAdmin, ScopedInline, offices_to_write_for
from offices.appointments import appoint, first_day, overlap, refuse_overlap
from offices.models import Appointment, Official, Position
from offices.models.officials import held_on
from offices.scope import rows_in_scope


class AppointmentForm(forms.ModelForm):
    """Refuses a definitive term that overlaps another one of the same position, and names who holds it."""

    class Meta:
        model = Appointment
        fields = "__all__"

    def clean(self):
        """Compares the days that will be stored: those of a date known in part are rounded first."""
        cleaned = super().clean()
        for day, precision in (("held_from", "from_precision"), ("held_until", "until_precision")):
            if cleaned.get(day) and cleaned.get(precision):
                cleaned[day] = first_day(cleaned[day], cleaned[precision])
        term = self.instance
        if cleaned.get("position") and cleaned.get("held_from"):
            term.position, term.kind = cleaned["position"], cleaned.get("kind", term.kind)
            term.held_from, term.held_until = cleaned["held_from"], cleaned.get("held_until")
            refuse_overlap(term)
        return cleaned


class AppointmentFormSet(CompleteFormSet):
    """A new official begins with a position, so that somebody is responsible for the page."""

    def clean(self):
        super().clean()
        kept = [f for f in self.forms if f.has_changed() and not f.cleaned_data.get("DELETE")]
        if self.instance._state.adding and not any(self.errors) and not kept:
            raise ValidationError(_("Isi sekurangnya satu masa jabatan."))
        if not any(self.errors) and any(overlap(a.instance, b.instance) for a, b in combinations(kept, 2)):
            raise ValidationError(_("Dua masa jabatan definitif di jabatan yang sama bertindih."))


def _positions_to_fill(request):
    """The positions at offices whose terms the person keeps."""
    offices = offices_to_write_for(request.user, Appointment)
    return Position.objects.filter(office__in=offices).select_related("office__region")


class AppointmentInline(ScopedInline, admin.StackedInline):
    model = Appointment
    form = AppointmentForm
    formset = AppointmentFormSet
    autocomplete_fields = ("position",)

    def choices_for(self, db_field, request):
        return _positions_to_fill(request) if db_field.name == "position" else super().choices_for(db_field, request)

    def get_queryset(self, request):
        """Terms elsewhere are seen on the public page and kept by the office where they were served."""
        own = super().get_queryset(request).filter(position__in=_positions_to_fill(request))
        return own.select_related("position__office__region", "official")

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Official)
class OfficialAdmin(OfficeScopedAdmin):
    list_display = ("name", "known_as")
    search_fields = ("name", "known_as")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (AppointmentInline,)

    def for_choices(self, rows):
        terms = Appointment.objects.filter(held_on(timezone.localdate())).select_related("position__office__region")
        return rows.prefetch_related(Prefetch("appointments", terms.order_by("position__rank", "pk"), "running_terms"))

    def choice_label(self, row):
        """With the position held today: many officials have one name."""
        held = [f"{term.title_as_held}, {term.position.office.region.name}" for term in row.running_terms[:1]]
        return " — ".join([str(row), *held])

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if obj else ()

    def save_formset(self, request, form, formset, change):
        for term in formset.save(commit=False):
            appoint(term)
        formset.save_m2m()


@admin.register(Position)
class PositionAdmin(OfficeScopedAdmin):
    list_display = ("title", "office", "rank")
    list_select_related = ("office__region",)
    search_fields = ("title", "office__region__name")
    autocomplete_fields = ("office",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("office__region")

    def get_readonly_fields(self, request, obj=None):
        return ("office",) if obj else ()


@admin.register(Appointment)
class AppointmentAdmin(OfficeScopedAdmin):
    form = AppointmentForm
    list_display = ("official", "title", "office", "held_from", "held_until")
    list_filter = ("kind",)
    list_select_related = ("official", "position__office__region")
    search_fields = (
        "official__name",
        "official__known_as",
        "position__title",
        "position__office__region__name",
    )
    autocomplete_fields = ("official", "position")

    @admin.display(description=_("jabatan"))
    def title(self, term):
        return term.title_as_held

    @admin.display(description=_("kantor"))
    def office(self, term):
        return term.position.office

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("official", "position__office__region")

    def choices_for(self, db_field, request):
        if db_field.name == "position":
            return _positions_to_fill(request)
        return rows_in_scope(request.user, Official.objects.all())

    def save_model(self, request, obj, form, change):
        appoint(obj)
