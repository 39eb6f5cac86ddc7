"""How a person wants to be told: a mail at once, one a day, or none."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

DIGEST_HOUR = 7


class Channel(models.TextChoices):
    AT_ONCE = "at_once", _("Surel segera, satu untuk setiap pemberitahuan")
    DAILY = "daily", _("Satu ringkasan surel sehari")
    IN_APP = "in_app", _("Hanya di meja redaksi, tanpa surel")


class NoticePreference(models.Model):
    """What somebody has chosen; whoever has not gets a mail at once. The hour is on the clock of their office."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notice_preference"
    )
    channel = models.CharField(_("cara memberi tahu"), max_length=8, choices=Channel, default=Channel.AT_ONCE)
    digest_hour = models.PositiveSmallIntegerField(
        _("jam ringkasan"), default=DIGEST_HOUR, validators=[MaxValueValidator(23)]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_digest_goes_out_at_an_hour_of_the_day",
                condition=Q(digest_hour__lte=23),
                violation_error_message=_("Pilih jam antara 0 dan 23."),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_channel_display()}"
