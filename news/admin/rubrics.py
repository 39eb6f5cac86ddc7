"""Rubrics in the newsroom: kept by the central administrator."""

from django.contrib import admin

from news.models import Rubric
from offices.admin.scoping import OfficeScopedAdmin


@admin.register(Rubric)
class RubricAdmin(OfficeScopedAdmin):
    list_display = ("name", "slug", "order")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if obj else ()
