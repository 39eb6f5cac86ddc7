"""Bring public storage in step with what is published, and tell every difference there was."""

from django.core.management.base import BaseCommand, CommandError

from news.sweeping import sweep


class Command(BaseCommand):
    help = "Remove public files of what is not published and add missing ones; with --check only tell them."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where something differs")

    def handle(self, *args, check, **options):
        found = 0
        for sentence in sweep(change=not check):
            found += 1
            self.stdout.write(sentence)
        if check and found:
            raise CommandError(f"{found} perbedaan.")
        self.stdout.write(f"{found} perbedaan{'' if check or not found else ', sudah dibereskan'}.")
