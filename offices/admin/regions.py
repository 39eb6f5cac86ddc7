"""Regions in the newsroom: read by all staff, kept by the central administrator."""

from django.contrib import admin

from offices.admin.scoping import OfficeScopedAdmin
from offices.models import Region


@admin.register(Region)
class RegionAdmin(OfficeScopedAdmin):
    list_display = ("code", "name", "level", "timezone", "island_group")
    list_filter = ("level", "island_group", "timezone")
    search_fields = ("code", "name", "short_name")
    autocomplete_fields = ("parent",)

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()
