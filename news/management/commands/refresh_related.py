"""Make the list of neighbours of every public article anew while the site is in use."""

from django.core.management.base import BaseCommand

from news.models import RelatedList, SearchBuild
from news.related.keeping import begin_anew, make_due_lists


class Command(BaseCommand):
    help = "Make every list of related articles anew, one by one; readers go on seeing the old ones meanwhile."

    def add_arguments(self, parser):
        parser.add_argument("--resume", action="store_true", help="go on where an earlier run ended")

    def handle(self, *args, resume, **options):
        if not SearchBuild.objects.filter(is_complete=True).exists():
            self.stderr.write("Indeks pencarian belum lengkap; jalankan rebuild_search dahulu agar kata ikut dihitung.")
        total = RelatedList.objects.filter(is_due=True).count() if resume else begin_anew()
        made = make_due_lists(tell=lambda made: self.stdout.write(f"{made} dari {total} daftar", ending="\r"))
        self.stdout.write(f"{made} daftar berita terkait disusun ulang.")
        if left := RelatedList.objects.filter(is_due=True).count():
            self.stderr.write(f"{left} daftar belum tersusun; sebabnya tercatat di log.")
