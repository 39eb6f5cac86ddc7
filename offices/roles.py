"""The roles a member of staff can hold, and how far each one reaches."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    WRITER = "writer", _("Penulis")
    EDITOR = "editor", _("Redaktur")
    MANAGER = "manager", _("Pengelola kantor")
    SUPERVISOR = "supervisor", _("Pembina provinsi")
    CURATOR = "curator", _("Kurator pusat")
    ADMINISTRATOR = "administrator", _("Admin pusat")
    AUDITOR = "auditor", _("Pemantau")


EVERY_ROLE = frozenset(Role)
NEWSROOM = frozenset({Role.WRITER, Role.EDITOR, Role.MANAGER})
EDITORS = frozenset({Role.EDITOR, Role.MANAGER})
NATIONAL = frozenset({Role.CURATOR, Role.ADMINISTRATOR, Role.AUDITOR})
OVERSEERS = NATIONAL | {Role.SUPERVISOR}
