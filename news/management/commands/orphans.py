"""Print the public articles to which no other public article leads."""

from django.core.management.base import BaseCommand, CommandError

from news.models import RelatedList
from news.related.orphans import newest_orphans
from offices.models import Office


class Command(BaseCommand):
    help = (
        "Print the public articles nothing leads to, newest first: not by hand, in a text, nor under another article."
    )

    def add_arguments(self, parser):
        parser.add_argument("--office", metavar="SLUG", help="only those of one office, such as kab-bantaeng")
        parser.add_argument("--limit", type=int, default=100, help="at most so many (100)")

    def handle(self, *args, office, limit, **options):
        rows = newest_orphans()
        if office:
            rows = rows.filter(office=_office(office))
        found = list(rows[: max(0, limit) + 1])
        for row in found[: max(0, limit)]:
            day, article = row.article.published_on, row.article
            self.stdout.write(f"{day}  {article.pk:>8}  {row.office.slug}  {article.headline}")
            self.stdout.write(f"            {article.get_absolute_url()}")
        more = ", dan masih ada lagi" if len(found) > limit else ""
        self.stdout.write(f"{min(len(found), limit)} berita tanpa tautan{more}.")
        if due := RelatedList.objects.filter(is_due=True).count():
            self.stderr.write(f"{due} daftar terkait masih menunggu disusun; sesudahnya isi laporan ini dapat berubah.")


def _office(slug: str) -> Office:
    if not (office := Office.objects.filter(slug=slug).first()):
        raise CommandError("Tidak ada kantor dengan alamat itu.")
    return office
