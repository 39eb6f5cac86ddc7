"""Events in the newsroom: form on the clock of the place, and the steps of the announcement."""

from csp.decorators import csp_update
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from news.admin.editorial import EDITOR_CSP
from news.admin.forms import name_halves, on_the_clock
from news.announcements import (
    NEEDS_REASON,
    keep_year,
    may_announce,
    note_change,
    start_event,
    take_event_step,
    targets_open_to,
)
from news.models import Event, EventSeries
from news.models.events import EventState
from news.refusals import NotNow
from offices.admin.scoping import OfficeScopedAdmin
from offices.models.regions import ZONES
from offices.scope import rows_in_scope
from offices.templatetags.dates import long_time
from offices.workplace import first_office

FIELDS = (
    "organiser",
    "title",
    "series",
    "place",
    "timezone",
    "starts_at",
    "ends_at",
    "description",
    "participants",
    "slug",
)
LABELS = {
    EventState.SUBMITTED: _("Kirim untuk diperiksa"),
    EventState.PUBLISHED: _("Terbitkan"),
    EventState.POSTPONED: _("Tunda"),
    EventState.CANCELLED: _("Batalkan"),
}


class EventForm(forms.ModelForm):
    """Start and end are typed and shown on the clock of the chosen zone."""

    class Meta:
        model = Event
        fields = FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("starts_at", "ends_at"):
                self.initial[name] = timezone.make_naive(getattr(self.instance, name), self.instance.zone)
        name_halves(self, "starts_at", "ends_at")

    def clean(self):
        cleaned = super().clean()
        zone = Event(timezone=cleaned["timezone"]).zone if cleaned.get("timezone") in ZONES else None
        for name in ("starts_at", "ends_at"):
            if zone and cleaned.get(name):
                cleaned[name] = on_the_clock(cleaned[name], zone)
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if self.instance.starts_at and self.instance.timezone:
            keep_year(self.instance)
            self._refuse_taken_address()

    def _refuse_taken_address(self):
        taken = Event.objects.filter(year=self.instance.year, slug=self.instance.slug).exclude(pk=self.instance.pk)
        if taken.exists():
            self.add_error("slug", _("Alamat ini sudah dipakai agenda lain pada tahun yang sama."))


@admin.register(EventSeries)
class EventSeriesAdmin(OfficeScopedAdmin):
    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields


@admin.register(Event)
class EventAdmin(OfficeScopedAdmin):
    form = EventForm
    change_form_template = "admin/news/event/change_form.html"
    list_display = ("title", "state_label", "organiser", "place", "time_label")
    list_filter = ("state",)
    list_select_related = ("organiser__region",)
    search_fields = ("title", "place")
    fields = (*FIELDS[:5], ("starts_at", "ends_at"), *FIELDS[7:])
    autocomplete_fields = ("series", "participants")
    prepopulated_fields = {"slug": ("title",)}

    def choice_label(self, row):
        """With its day and place: many events have one name."""
        return f"{row} — {row.time_label}, {row.place}"

    @admin.display(description=_("status"), ordering="state")
    def state_label(self, event):
        return format_html('<span class="state state--{}">{}</span>', event.state, event.get_state_display())

    @admin.display(description=_("waktu"), ordering="starts_at")
    def time_label(self, event):
        return event.time_label

    @admin.display(description=_("mulai"))
    def begins(self, event):
        return long_time(event.starts_at, event)

    @admin.display(description=_("selesai"))
    def ends(self, event):
        return long_time(event.ends_at, event)

    @admin.display(description=_("keterangan"))
    def text(self, event):
        return event.description_html

    def get_fields(self, request, obj=None):
        """Whoever may only read it reads its hours on its own clock and its text without tags."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fields
        return (*FIELDS[:5], ("begins", "ends"), "text", *FIELDS[8:])

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_changeform_initial_data(self, request):
        """A new event takes place on the clock of the first office one writes for, unless another is chosen.

        Its hours are typed and never taken from the address, where they would be text that no clock can read.
        """
        office = first_office(request)
        own = {"timezone": office.region.timezone} if office else {}
        named = super().get_changeform_initial_data(request)
        return {**own, **{name: value for name, value in named.items() if name not in ("starts_at", "ends_at")}}

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return ()
        return ("organiser", "slug") if obj.is_public else ("organiser",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organiser__region__parent")

    @method_decorator(csp_update(EDITOR_CSP))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["event_steps"] = [
                {"target": target, "label": LABELS[target], "needs_note": target in NEEDS_REASON}
                for target in targets_open_to(request.user, obj)
            ]
            steps = rows_in_scope(request.user, obj.transitions.select_related("actor"))
            context["event_history"] = steps.order_by("-pk")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if change:
            self._refuse_overtaken(request, obj)
            changed = [name for name in form.changed_data if name in FIELDS and name != "participants"]
            obj.save(update_fields=[*changed, "year", *note_change(obj)])
        else:
            start_event(obj, by=request.user)

    def _refuse_overtaken(self, request, obj):
        """Lock the event; a step taken while the form was being checked would be undone or slipped past."""
        stored = Event.objects.select_for_update(of=("self",)).select_related("organiser__region").get(pk=obj.pk)
        if stored.state != obj.state or not self.has_change_permission(request, stored):
            raise PermissionDenied

    def has_change_permission(self, request, obj=None):
        """An announced event is changed by those who may announce it."""
        allowed = super().has_change_permission(request, obj)
        if allowed and obj is not None and obj.is_public:
            return may_announce(request.user, EventState.PUBLISHED, obj)
        return allowed

    def get_urls(self):
        step = self.admin_site.admin_view(self.step_view)
        return [path("<int:event_id>/step/<str:target>/", step, name="news_event_step"), *super().get_urls()]

    def step_view(self, request, event_id, target):
        """Take one step of the announcement; a refusal answers 403 or 409 with its sentence."""
        event = self.get_object(request, str(event_id))
        if request.method != "POST" or target not in EventState.values:
            raise BadRequest(_("Langkah ini tidak lengkap; muat ulang halaman dan coba lagi."))
        try:
            taken = take_event_step(event, EventState(target), by=request.user, note=request.POST.get("note", ""))
        except NotNow as refusal:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Belum dapat dilakukan"),
                "opts": self.opts,
                "sentences": [str(refusal)],
                "typed": request.POST.get("note", ""),
                "back": reverse("admin:news_event_change", args=[event.pk]),
            }
            return TemplateResponse(request, "admin/news/refused.html", context, status=409)
        messages.success(request, _("Agenda sekarang “%(state)s”.") % {"state": taken.get_target_display()})
        return HttpResponseRedirect(reverse("admin:news_event_change", args=[event.pk]))
