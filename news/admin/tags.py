"""Tags in the newsroom: spelled by the central administrator, used by everybody."""

from django.contrib import admin
from taggit.admin import Tag as UnusedTag

from news.models import Tag
from offices.admin.scoping import OfficeScopedAdmin

admin.site.unregister(UnusedTag)  # after its registration: that admin has a page which merges tags for whoever asks


@admin.register(Tag)
class TagAdmin(OfficeScopedAdmin):
    list_display = ("name", "slug")
    search_fields = ("name",)

    readonly_fields = ("slug",)
