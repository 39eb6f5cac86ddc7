"""Letters to the owner of an account about what was done to its locks."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from offices.models import User
from offices.templatetags.dates import long_time


def tell_owner(user: User, deed: str, *, by: User | None = None, address: str = "") -> None:
    """Have `user` told by mail, in the background, that `deed` was done; `by` where a colleague did it.

    The letter goes to `address` where the account's own is what was changed.
    """
    if address or user.email:
        somebody = by.name if by is not None and by != user else ""
        mail_alert.enqueue(user.pk, str(deed), somebody, long_time(timezone.now(), clock_of(user)), address)


@task()
def mail_alert(user_id: int, deed: str, by: str, when: str, address: str = "") -> None:
    """Mail what was done, when, and what to do if it was somebody else."""
    user = User.objects.get(pk=user_id)
    context = {"user": user, "deed": deed, "by": by, "when": when, "site_name": settings.SITE_NAME}
    subject = _("Keamanan akun Anda di %(site)s") % {"site": settings.SITE_NAME}
    send_mail(subject, render_to_string("offices/signin/alert_mail.txt", context), None, [address or user.email])


def clock_of(user: User) -> object:
    """The clock of the office that somebody works in, or of the ministry where there is none."""
    held = user.current_memberships
    return held[0].office.region if held else timezone.get_default_timezone()
