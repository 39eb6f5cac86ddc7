"""Announcements of the centre: written by curators and administrators, put away by whoever has read them."""

from datetime import UTC, datetime

from django import forms
from django.contrib import admin
from django.core.exceptions import BadRequest
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.admin.forms import name_halves
from news.broadcast import announcements_for, put_away, tell_announcements
from news.models import Announcement
from news.refusals import NotNow
from offices.admin.scoping import OfficeScopedAdmin
from offices.models import Region
from offices.templatetags.dates import short_time


class AnnouncementForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_halves(self, "starts_at", "ends_at")


NOT_BEFORE = MinValueValidator(datetime(1945, 1, 1, tzinfo=UTC), _("Tahun ini terlalu awal."))


@admin.register(Announcement)
class AnnouncementAdmin(OfficeScopedAdmin):
    formfield_overrides = {models.DateTimeField: {"validators": [NOT_BEFORE]}}
    form = AnnouncementForm
    list_display = ("title", "severity", "begins", "stops", "created_by")
    list_filter = ("severity",)
    list_select_related = ("created_by",)
    search_fields = ("title",)
    fields = ("title", "text", "severity", "starts_at", "ends_at", "provinces")

    @admin.display(description=_("mulai tampil"), ordering="starts_at")
    def begins(self, announcement):
        return short_time(announcement.starts_at, timezone.get_default_timezone())

    @admin.display(description=_("berhenti tampil"), ordering="ends_at")
    def stops(self, announcement):
        return short_time(announcement.ends_at, timezone.get_default_timezone())

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        provinces = Region.objects.filter(level=Region.Level.PROVINCE)
        return super().formfield_for_manytomany(
            db_field, request, queryset=provinces, widget=forms.CheckboxSelectMultiple, **kwargs
        )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Provinces are ticked here, not added."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "provinces":
            field.widget.can_add_related = False
        return field

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """One that has begun is told at once, when its provinces are known; the others by the worker."""
        super().save_related(request, form, formsets, change)
        tell_announcements()

    def get_urls(self):
        dismiss = self.admin_site.admin_view(self.dismiss_view)
        return [
            path("<int:announcement_id>/dismiss/", dismiss, name="news_announcement_dismiss"),
            *super().get_urls(),
        ]

    def dismiss_view(self, request, announcement_id):
        """Put an announcement away, for whoever it stands on the desk of."""
        announcement = get_object_or_404(announcements_for(request.user), pk=announcement_id)
        if request.method != "POST":
            raise BadRequest(_("Gunakan tombol pada meja redaksi."))
        try:
            put_away(announcement, by=request.user)
        except NotNow as refusal:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Belum dapat dilakukan"),
                "back": reverse("admin:index"),
                "sentences": [str(refusal)],
            }
            return TemplateResponse(request, "admin/news/refused.html", context, status=409)
        return HttpResponseRedirect(reverse("admin:index"))
