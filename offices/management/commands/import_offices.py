"""Create the office of every region that has none."""

from django.core.management.base import BaseCommand, CommandError

from offices.importers.offices import import_offices
from offices.importers.rows import RefusedTable


class Command(BaseCommand):
    help = "Create the ministry's office and one for every region; offices that exist keep what was edited."

    def handle(self, *args, **options):
        try:
            tally = import_offices()
        except RefusedTable as refusal:
            raise CommandError(f"Tidak ada yang diubah.\n{refusal}") from refusal
        self.stdout.write(f"Kantor: {tally}.")
