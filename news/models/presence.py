"""Who has the form of an edition open at this moment."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.editions import Edition


class Presence(models.Model):
    """Somebody has been at the form of an edition since `since` and was last heard of at `seen_at`."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("kehadiran")
        verbose_name_plural = _("kehadiran")
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="somebody_is_present_once")]

    def __str__(self):
        return f"{self.user} → {self.edition}"
