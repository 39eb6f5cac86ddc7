"""Take a step on an article from the server, in the name of a member of staff, through the workflow's door."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime

from news.admin.forms import article_at
from news.models import Article, Edition
from news.refusals import NotNow
from news.states import Step
from news.workflow import OFFERED, take_step
from offices.models import User


class Command(BaseCommand):
    help = (
        "Take a step on the edition being worked on, else on the live one, of an article given by its number or "
        "address. The person named may do what their memberships allow; the step is recorded as theirs."
    )

    def add_arguments(self, parser):
        parser.add_argument("article", help="number or address of the article")
        parser.add_argument("step", choices=[step.value for step in OFFERED])
        parser.add_argument("--by", required=True, help="user name of the person in whose name it is taken")
        parser.add_argument("--note", default="", help="the reason or explanation, where the step asks for one")
        parser.add_argument("--due-at", default="", help="for schedule: 2026-12-11T08:00, on the clock of the office")
        parser.add_argument("--redirect-to", default="", help="for remove: the address of another article")
        parser.add_argument("--live", action="store_true", help="the live edition, though another is being worked on")

    def handle(self, *args, **options):
        person = User.objects.filter(username=options["by"]).first()
        if person is None:
            raise CommandError(f"Tidak ada akun bernama {options['by']}.")
        try:
            edition = _edition_of(options["article"], live=options["live"])
            target = article_at(options["redirect_to"]) if options["redirect_to"] else None
            due_at = _moment(options["due_at"], edition)
            taken = take_step(
                edition, Step(options["step"]), by=person, note=options["note"], due_at=due_at, redirect_to=target
            )
        except PermissionDenied as refusal:
            raise CommandError(f"Langkah ini bukan wewenang {person}.") from refusal
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        except NotNow as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{taken.get_step_display()}: {edition.headline} (sekarang {taken.get_target_display()}).")


def _edition_of(named: str, *, live: bool) -> Edition:
    article = Article.objects.filter(pk=int(named)).first() if named.isdecimal() else article_at(named)
    if article is None:
        raise CommandError(f"Tidak ada artikel bernomor {named}.")
    editions = article.editions.select_related("article__office__region__parent")
    working = None if live else editions.working().first()
    return working or editions.live().first() or editions.order_by("number").last()


def _moment(typed: str, edition: Edition):
    if not typed:
        return None
    moment = parse_datetime(typed)
    if moment is None:
        raise CommandError(f"{typed} bukan tanggal dan jam; tulis misalnya 2026-12-11T08:00.")
    return moment if moment.tzinfo else moment.replace(tzinfo=edition.article.office.region.zone)
