"""Import the official list of regions."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from offices.importers.regions import BUNDLED, import_regions
from offices.importers.rows import RefusedTable


class Command(BaseCommand):
    help = "Import regions from a CSV file (the bundled one by default). Safe to repeat; one bad row changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", type=Path, default=BUNDLED)

    def handle(self, *args, **options):
        try:
            tally = import_regions(options["path"])
        except RefusedTable as refusal:
            raise CommandError(f"Tidak ada yang diubah.\n{refusal}") from refusal
        self.stdout.write(f"Wilayah: {tally}.")
