"""Create the first central administrator of a new installation."""

from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from offices.memberships import grant_membership
from offices.models import Office, User
from offices.models.regions import ROOT_CODE
from offices.roles import Role


class Command(BaseCommand):
    help = "Create an account with the role of central administrator; asks for the password."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("name")
        parser.add_argument("--email", default="")

    def handle(self, *args, **options):
        ministry = Office.objects.filter(region=ROOT_CODE).first()
        if ministry is None:
            raise CommandError("Impor wilayah dan kantor dahulu: import_regions, lalu import_offices.")
        password = getpass("Kata sandi: ")
        try:
            validate_password(password)
            with transaction.atomic():
                user = User.objects.create_user(
                    options["username"], name=options["name"], email=options["email"], password=password
                )
                grant_membership(user, ministry, Role.ADMINISTRATOR, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Akun {user.username} dibuat sebagai admin pusat.")
