"""The sessions of a person, and the verbs that end those of one, of a leaver, and of everybody whose time is over."""

from django.db.models import QuerySet
from django.utils import timezone

from offices.models import Session, User


def running_sessions_of(user: User) -> QuerySet[Session]:
    """The sessions of `user` that are not over."""
    return Session.objects.filter(user=user, expire_date__gt=timezone.now())


def end_sessions_of(user: User, *, keep: str | None = None) -> int:
    """Sign `user` out everywhere, half-finished sign-ins included, but for the session with the key `keep`."""
    ended, _rows = Session.objects.filter(user=user).exclude(session_key=keep).delete()
    return ended


def end_sessions_of_leaver(user: User) -> int:
    """Sign `user` out everywhere if the account is closed or holds no membership any more.

    To be called by whatever ends a membership or closes an account. Somebody who keeps another role stays signed in
    and works with what is left from the next request on.
    """
    return 0 if User.objects.get(pk=user.pk).is_staff else end_sessions_of(user)


def sweep_sessions() -> int:
    """Delete the sessions that are over; the number of rows."""
    ended, _rows = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return ended
