"""Walk the data and print what breaks a rule that no constraint can keep."""

from django.core.management.base import BaseCommand, CommandError

from news.audits import AUDITS as NEWS_AUDITS
from offices.audits import AUDITS as OFFICE_AUDITS


class Command(BaseCommand):
    help = "Print every violation of the data's invariants; exits 1 where there is one."

    def handle(self, *args, **options):
        found = 0
        for audit in (*OFFICE_AUDITS, *NEWS_AUDITS):
            for sentence in audit():
                found += 1
                self.stdout.write(f"{audit.__name__}: {sentence}")
        if found:
            raise CommandError(f"{found} pelanggaran.")
        self.stdout.write(f"{len((*OFFICE_AUDITS, *NEWS_AUDITS))} pemeriksaan, tidak ada pelanggaran.")
