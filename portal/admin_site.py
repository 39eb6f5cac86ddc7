"""The newsroom: Django's admin under the portal's own name, open to whoever holds a membership today."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class NewsroomSite(admin.AdminSite):
    site_header = _("Meja redaksi")
    site_title = _("Meja redaksi")
    index_title = _("Meja redaksi")
    site_url = "/"
    enable_nav_sidebar = True
