"""Make the pictures that the background worker still owes, and tell how many."""

from django.core.management.base import BaseCommand

from news.pictures import WORKS
from news.renditions import RENDITIONS, given_up
from news.sharecards import owe_all_cards


class Command(BaseCommand):
    help = "Draw the cards for links, and make AVIF and JPEG of photos, as far as they are still owed."

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="try once more the photos that broke too often")
        parser.add_argument("--cards", action="store_true", help="draw the card of every public article anew")

    def handle(self, *args, again, cards, **options):
        if again:
            RENDITIONS.owe(given_up())
        if cards:
            owe_all_cards()
        self.stdout.write(f"{sum(work.catch_up() for work in WORKS)} gambar.")
