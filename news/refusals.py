"""The three kinds of "no": not yours is Django's PermissionDenied; these are the other two."""

from django.utils.translation import gettext as _


class NotNow(Exception):
    """The step or the save is not possible at present; the message is a sentence for the person who asked."""


class StaleVersion(NotNow):
    """Somebody else changed the edition after it was loaded."""

    def __init__(self):
        super().__init__(_("Naskah ini sudah diubah sejak Anda membukanya. Muat ulang halaman, lalu coba lagi."))


class NotComplete(NotNow):
    """The checklist still holds blockers; `problems` are its sentences."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__(_("Belum lengkap: %(problems)s") % {"problems": " ".join(problems)})


class AddressTaken(NotNow):
    """Another article has or had the address, or this one had it before; `suggestion` is one that is free."""

    def __init__(self, suggestion: str):
        self.suggestion = suggestion
        super().__init__(_("Alamat itu sudah pernah dipakai, dan sebuah alamat tidak dipakai dua kali."))


class TooMuch(NotNow):
    """Somebody asks for more in a while than is taken."""
