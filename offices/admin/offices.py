"""Offices in the newsroom: their managers keep name, contact, logo and social accounts."""

import uuid

from django import forms
from django.contrib import admin
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from offices.admin.scoping import OfficeScopedAdmin, ScopedInline
from offices.images import clean_picture
from offices.models import Office, SocialAccount
from offices.roles import Role
from offices.scope import roles_over

NAMES = ("region", "official_name", "name_verified", "abbreviation", "slug", "logo")
CONTACT = ("address", "phone", "email", "website")
PPID = ("ppid_email", "ppid_phone", "ppid_address", "ppid_website")
MANAGED_CENTRALLY = ("region", "slug", "name_verified")


class OfficeForm(forms.ModelForm):
    """The logo goes through the picture guard: re-encoded, with a generated name."""

    class Meta:
        field_classes = {"logo": forms.FileField}

    def clean_logo(self):
        logo = self.cleaned_data["logo"]
        if "logo" not in self.changed_data or not logo:
            return logo
        picture = clean_picture(logo, min_side=64)
        return ContentFile(picture.content, name=f"{uuid.uuid4().hex}.{picture.extension}")


class SocialAccountInline(ScopedInline, admin.StackedInline):
    model = SocialAccount


@admin.register(Office)
class OfficeAdmin(OfficeScopedAdmin):
    form = OfficeForm
    list_display = ("official_name", "region", "abbreviation", "name_verified")
    list_filter = ("name_verified", "region__island_group")
    list_select_related = ("region",)
    search_fields = ("official_name", "abbreviation", "region__name", "region__code")
    autocomplete_fields = ("region",)
    inlines = (SocialAccountInline,)
    fieldsets = (
        (None, {"fields": NAMES}),
        (_("Kontak kantor"), {"fields": CONTACT}),
        (
            _("Layanan informasi publik (PPID)"),
            {"fields": PPID, "description": _("Ke mana warga meminta informasi publik; tampil di halaman Kontak.")},
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("region")

    def has_add_permission(self, request):
        return any(m.role == Role.ADMINISTRATOR for m in request.user.current_memberships)

    def get_readonly_fields(self, request, obj=None):
        if obj and Role.ADMINISTRATOR not in roles_over(request.user, obj):
            return MANAGED_CENTRALLY
        return ()
