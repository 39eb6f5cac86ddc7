"""Whose an open form is: the account's that opened it, whoever else signs in meanwhile in the same browser."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

ACCOUNT = "_account"
"""The field in which the form of an article says which account opened it."""


def refusal_of_anothers(request: HttpRequest, account: Any) -> str:
    """The sentence that refuses what the form of another `account` sends; empty for the own, or where it names none."""
    if account in (None, "") or str(account) == str(request.user.pk):
        return ""
    sentence = _(
        "Formulir ini dibuka dengan akun lain; yang kini masuk adalah %(name)s. Tidak ada yang disimpan. "
        "Masuk lagi dengan akun semula di tab lain, lalu kembali kemari."
    )
    return sentence % {"name": request.user.name}
