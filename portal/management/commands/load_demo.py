"""Fill the portal with the demo's stories, events and accounts."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from offices.importers.rows import RefusedTable
from portal.demo import accounts
from portal.demo.content import BadContent, read_content
from portal.demo.load import Report, load
from portal.demo.pictures import SIZE
from portal.demo.shelves import offices_of
from portal.settings.environment import PRODUCTION, VAR_DIR


def size(text: str) -> tuple[int, int]:
    width, height = text.split("x")
    return int(width), int(height)


class Command(BaseCommand):
    help = "Load the demo: visibly fictional news, people and accounts with well-known passwords. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--yes-really", action="store_true", help="Load it under production settings too.")
        parser.add_argument("--accounts", type=Path, default=VAR_DIR / "demo-accounts.json", metavar="FILE")
        parser.add_argument("--picture-size", type=size, default=SIZE, metavar="WIDTHxHEIGHT")

    def handle(self, *args, **options):
        if PRODUCTION and not options["yes_really"]:
            raise CommandError(
                "Data contoh membawa akun dengan kata sandi yang diketahui umum: tidak dimuat di produksi. "
                "Tambahkan --yes-really bila memang itu maksudnya."
            )
        try:
            content = read_content()
            report = load(content, picture_size=options["picture_size"], say=self.stdout.write)
        except (BadContent, RefusedTable) as refusal:
            raise CommandError(f"Data contoh tidak dimuat.\n{refusal}") from refusal
        except KeyboardInterrupt as interruption:
            raise CommandError("Terhenti. Jalankan lagi untuk melanjutkan.") from interruption
        accounts.write(content.staff, offices_of(content), options["accounts"])
        self.tell(report)
        if report.failures:
            raise CommandError("\n".join(["Tidak semua dapat dimuat.", *self.sentences(report)]))
        self.welcome(content, options["accounts"])

    def tell(self, report: Report) -> None:
        added = [f"{count} {kind}" for kind, count in report.added.items() if count]
        self.stdout.write(f"Ditambahkan: {', '.join(added)}." if added else "Semua sudah ada; tidak ada yang diubah.")

    def sentences(self, report: Report) -> list[str]:
        return [f"{entry}: {reason}" for entry, reason in report.failures.items()]

    def welcome(self, content, path: Path) -> None:
        """Say where the portal is to be found, and who can sign in."""
        site = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/"
        self.stdout.write(f"\nPortal:        {site}\nRuang redaksi: {site}admin/\nDasbor Pusat:  {site}pusat/")
        self.stdout.write("\nAkun untuk mencoba:\n\n")
        for line in accounts.table(content.staff, offices_of(content)):
            self.stdout.write(line)
        self.stdout.write(f"\nAkun ini hanya untuk mencoba: kata sandinya diketahui umum. Selengkapnya di {path}.")
