"""Take away the second factor of somebody whom nobody else may help."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from offices.models import Kind, User
from offices.signin.alerts import tell_owner
from offices.signin.second_factor import take_factors_away
from offices.trail import record


class Command(BaseCommand):
    help = "Takes away the second factor and the recovery codes of an account, for an administrator who lost both."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"Tidak ada akun {options['username']}.")
        if not take_factors_away(user):
            raise CommandError(f"{user.username} tidak memasang langkah kedua.")
        deed = _("Langkah kedua dilepas")
        record(Kind.SECOND_FACTOR, about=user, note=deed)
        tell_owner(user, deed)
        self.stdout.write(f"{user.username} kini masuk dengan kata sandi saja.")
