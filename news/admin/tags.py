"""Tags in the newsroom: spelled by the central administrator, used by everybody."""

from django.contrib import admin
from taggit.models import Tag as UnusedTag

from news.models import Tag
from offices.admin.scoping import OfficeScopedAdmin

if admin.site.is_registered(UnusedTag):
    admin.site.unregister(UnusedTag)


@admin.register(Tag)
class TagAdmin(OfficeScopedAdmin):
    list_display = ("name", "slug")
    search_fields = ("name",)

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if obj else ()
