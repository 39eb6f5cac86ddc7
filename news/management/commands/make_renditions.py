"""Make the renditions of photos that the background worker still owes, and tell how many."""

from django.core.management.base import BaseCommand

from news.renditions import make_owed_renditions, owe_again


class Command(BaseCommand):
    help = "Make AVIF and JPEG of the photos that have none yet; with --again also of those that were given up."

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="try once more what broke too often")

    def handle(self, *args, again, **options):
        if again:
            owe_again()
        self.stdout.write(f"{make_owed_renditions()} foto.")
