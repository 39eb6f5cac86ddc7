"""The Django app of the roof, with the newsroom's own admin site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class PortalConfig(AppConfig):
    name = "portal"
    default = True
    verbose_name = "Kabar Daerah"


class NewsroomAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "portal.admin_site.NewsroomSite"
