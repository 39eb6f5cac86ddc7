"""The verbs for a forgotten password: who may get a link by mail, how often, and what a new password ends."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django_tasks import task

from offices.models import PasswordRequest, User
from offices.sessions import end_sessions_of
from offices.signin.throttle import forget_refusals

LIMITED_FOR = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)


def may_ask(address: str | None) -> bool:
    """Whether fewer requests than the limit came from `address` in the last hour."""
    return _asked_lately(address=address, user=None) < settings.PASSWORD_RESET_LIMITS["address"]


def ask_for_password(identity: str, *, address: str | None, site: str) -> None:
    """Have a link mailed to the accounts that `identity`, a user name or an e-mail address, stands for.

    `site` is the portal's address as the link shall begin. Nobody learns from the outside whether there was one: the
    accounts are looked up in the background, so that the answer takes as long for a name that nobody has.
    """
    PasswordRequest.objects.filter(asked_at__lt=timezone.now() - KEPT_FOR).delete()
    PasswordRequest.objects.create(address=address)
    find_accounts.enqueue(identity, site)


@task()
def find_accounts(identity: str, site: str) -> None:
    """Have a link mailed to every account that is meant, unless it was sent enough of them lately."""
    for user in accounts_for(identity):
        if _asked_lately(user=user) < settings.PASSWORD_RESET_LIMITS["account"]:
            PasswordRequest.objects.create(user=user)
            mail_password_link.enqueue(user.pk, site)


def accounts_for(identity: str) -> list[User]:
    """The accounts with this user name or e-mail address that have an address and somebody who works here today."""
    named = User.objects.filter(Q(username=identity) | Q(email__iexact=identity), is_active=True).exclude(email="")
    return [user for user in named.order_by("pk") if user.is_staff]


def _asked_lately(**of_whom) -> int:
    return PasswordRequest.objects.filter(asked_at__gt=timezone.now() - LIMITED_FOR, **of_whom).count()


def password_link(user: User, *, site: str) -> str:
    """An address at which `user` sets a password: for `PASSWORD_RESET_TIMEOUT` seconds, and once."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return site.rstrip("/") + reverse("password_set", args=[key, token])


@task()
def mail_password_link(user_id: int, site: str) -> None:
    """Mail the link; a task for each account, so that a mailbox that refuses it keeps no other from getting theirs."""
    user = User.objects.get(pk=user_id)
    context = {
        "user": user,
        "link": password_link(user, site=site),
        "site_name": settings.SITE_NAME,
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        "minutes": settings.PASSWORD_RESET_TIMEOUT % 3600 // 60,
    }
    subject = _("Kata sandi baru untuk %(site)s") % {"site": settings.SITE_NAME}
    send_mail(subject, render_to_string("offices/signin/password_mail.txt", context), None, [user.email])


def after_new_password(user: User, *, keep: str | None = None) -> None:
    """What a new password brings with it: other sessions end, and earlier mistakes are forgotten."""
    end_sessions_of(user, keep=keep)
    forget_refusals(user.get_username())
