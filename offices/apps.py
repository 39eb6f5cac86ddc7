"""The Django app of the foundation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficesConfig(AppConfig):
    name = "offices"
    verbose_name = _("Kantor, pejabat, dan staf")

    def ready(self) -> None:
        from offices import checks  # noqa: F401 - registers them; settings are complete only now
        from offices.signins import listen  # the tables it writes exist only now

        listen()
