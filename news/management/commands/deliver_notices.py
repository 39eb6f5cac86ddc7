"""Send the mail that is owed now, without waiting for the background worker."""

from typing import Any

from django.core.management.base import BaseCommand

from news.broadcast import tell_announcements
from news.delivery import deliver_owed_mail
from news.digests import owe_daily_digests
from news.models.mail import Outcome


class Command(BaseCommand):
    help = (
        "Writes the notices of announcements that have begun, owes the daily digests whose hour has come, and sends "
        "the mail that is due. The worker does the same by itself; safe to run beside it."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--limit", type=int, default=500, help="how many mails at most")

    def handle(self, *args: Any, **options: Any) -> None:
        tell_announcements()
        owe_daily_digests()
        outcomes = deliver_owed_mail(options["limit"])
        for outcome in Outcome:
            self.stdout.write(f"{outcome.label}: {outcomes[outcome]}")
