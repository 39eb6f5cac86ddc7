"""What allauth asks of a project: how to sign somebody in, how to prove who one is, and how secrets are kept."""

import base64
import re

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sites.requests import RequestSite
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices.signin.addresses import client_address

DIGITS = re.compile(r"\D")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_password": gettext_lazy("Kata sandi ini salah. Periksa huruf besar dan kecilnya, lalu coba lagi."),
    }

    def get_login_stages(self):
        return ["allauth.mfa.stages.AuthenticateStage"]

    def login(self, request, user):
        """Sign `user` in, unless the account was closed while the second factor was being passed."""
        if not user.is_staff:
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("admin:login")))
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")

    def post_login(self, request, user, *, redirect_url, **kwargs):
        """Go on without allauth's greeting."""
        return HttpResponseRedirect(redirect_url or reverse("admin:index"))

    def get_client_ip(self, request):
        return client_address(request) or "0.0.0.0"  # noqa: S104 - a name for "unknown"; nothing listens there

    def get_reauthentication_methods(self, user):
        """With a second factor only that: a password alone must not be enough to take the factor away."""
        methods = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] != "reauthenticate"] or methods


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "Kode ini tidak berlaku. Setiap kode hanya dapat dipakai sekali; tunggu kode berikutnya, lalu coba lagi."
        ),
    }

    def get_totp_issuer(self):
        return settings.SITE_NAME

    def _get_site_name(self):
        return settings.SITE_NAME

    def _get_user_identifier(self, user):
        return user.get_username()

    def get_public_key_credential_rp_entity(self):
        return {"id": RequestSite(context.request).domain.partition(":")[0], "name": settings.SITE_NAME}

    def generate_authenticator_name(self, user, type):
        return _("Kunci sandi")

    def encrypt(self, text):
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _vault().decrypt(encrypted_text.encode()).decode()


def _vault() -> MultiFernet:
    """Encrypts with the first key and opens with each: `SECOND_FACTOR_KEYS`, else what is derived from `SECRET_KEY`."""
    keys = settings.SECOND_FACTOR_KEYS or [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (salted_hmac(__name__, "vault", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
