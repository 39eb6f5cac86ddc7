"""The record of what hubs were told in the newsroom: which feed, when, and why it failed."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models import Ping
from offices.admin.scoping import OfficeScopedAdmin
from offices.templatetags.dates import short_time


@admin.register(Ping)
class PingAdmin(OfficeScopedAdmin):
    list_display = ("moment", "feed", "hub", "result", "attempts", "failure", "office")
    list_display_links = ("moment",)
    list_filter = ("result",)
    list_select_related = ("office__region",)
    search_fields = ("feed",)
    fields = ("moment", "feed", "hub", "result", "attempts", "failure", "office")
    readonly_fields = ("moment",)

    @admin.display(description=_("pada"), ordering="created_at")
    def moment(self, row):
        return short_time(row.created_at, row.office.region if row.office else timezone.get_default_timezone())
