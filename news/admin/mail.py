"""The record of mail in the newsroom: what went out to whom, and why something did not."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models import MailLog
from offices.admin.scoping import OfficeScopedAdmin
from offices.templatetags.dates import short_time


@admin.register(MailLog)
class MailLogAdmin(OfficeScopedAdmin):
    """Addresses are shown in part: who may read the record may not read every account."""

    list_display = ("moment", "recipient", "masked_address", "subject", "outcome", "reason", "office")
    list_display_links = ("moment",)
    list_filter = ("outcome",)
    list_select_related = ("recipient", "office__region")
    search_fields = ("recipient__name", "subject")
    fields = ("moment", "recipient", "masked_address", "subject", "outcome", "reason", "office")
    readonly_fields = ("moment", "masked_address")

    def lookup_allowed(self, lookup, value, request):
        """Not the address: a filter would find it out piece by piece."""
        return not lookup.startswith("address") and super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("pada"), ordering="at")
    def moment(self, row):
        return short_time(row.at, row.office.region if row.office else timezone.get_default_timezone())

    @admin.display(description=_("alamat surel"))
    def masked_address(self, row):
        """ "s•••@example.org"."""
        name, at, host = row.address.rpartition("@")
        return f"{name[:1]}•••{at}{host}" if at else "–"
