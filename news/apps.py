"""The Django app of the main floor."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("Redaksi")

    def ready(self) -> None:
        from news import checks  # noqa: F401 - registers them; settings are complete only now
