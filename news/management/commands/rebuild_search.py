"""Write the index of search anew while the site is in use."""

from django.core.management.base import BaseCommand

from news.models import Article
from news.search.indexing import begin_anew, rebuild


class Command(BaseCommand):
    help = "Write every row of the search index anew, batch by batch; readers go on searching meanwhile."

    def add_arguments(self, parser):
        parser.add_argument("--resume", action="store_true", help="go on where an earlier run ended")

    def handle(self, *args, resume, **options):
        total = Article.objects.published().count()
        if not resume:
            begin_anew()
        done = rebuild(lambda done: self.stdout.write(f"{done} dari {total} berita", ending="\r"))
        self.stdout.write(f"{done} berita ditulis ulang ke indeks pencarian.")
