"""Questions about second factors: who must have one, who has one, and whether this session has shown one."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from offices.models import User
from offices.roles import Role
from offices.scope import memberships_of
from offices.sessions import end_sessions_of

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def unknown_roles() -> list[str]:
    """What `REQUIRE_SECOND_FACTOR_FOR` names that is no role, and would be required of nobody."""
    return sorted(set(settings.REQUIRE_SECOND_FACTOR_FOR) - set(Role.values))


def must_have_factor(user: Any) -> bool:
    """Whether a role that `user` holds today may not be used without a second factor."""
    required = settings.REQUIRE_SECOND_FACTOR_FOR
    return bool(required) and any(membership.role in required for membership in memberships_of(user))


def has_factor(user: User) -> bool:
    """Whether `user` has set one up; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def has_shown_factor(request: HttpRequest) -> bool:
    """Whether the person of this session has passed a second factor in it."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def take_factors_away(user: User) -> int:
    """Remove every second factor of `user` with the recovery codes, and sign them out everywhere.

    For a telephone that is lost. Whoever holds a role that requires a factor is led to set-up at the next sign-in.
    """
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    end_sessions_of(user)
    return removed


def spend(authenticator: Authenticator, code: str) -> bool:
    """Whether the valid `code` of an app is later than every one that was taken before; RFC 6238 asks for it."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret = decrypt(row.data["secret"])
        counter = next(
            (
                counter
                for counter in yield_hotp_counters_from_time()
                if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter)))
            ),
            None,
        )
        if counter is None or counter <= row.data.get("spent", 0):
            return False
        row.data["spent"] = counter
        row.save(update_fields=["data"])
        authenticator.data = row.data
        return True
