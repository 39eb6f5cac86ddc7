"""The forms of signing in: codes that are counted and taken once, passkeys with a name, and a forgotten password."""

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offices.signin.second_factor import spend
from offices.signin.throttle import count_refusal, is_refused


class SignInForm(AdminAuthenticationForm):
    """Name and password of somebody who works here; says the same whatever was wrong."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "Nama pengguna atau kata sandi ini salah, atau akunnya tidak lagi bertugas. "
            "Periksa huruf besar dan kecilnya, lalu coba lagi."
        ),
    }


class CodeField:
    """Mixed into allauth's forms for a code: a label of our own, in place of a hint that vanishes when one types."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Kode")
        del field.widget.attrs["placeholder"]
        field.widget.attrs |= {"autofocus": True, "maxlength": 20}


class AppForm(CodeField, ActivateTOTPForm):
    """Shows that the app makes the right codes."""


class CountedCode(CodeField):
    """The same, where a wrong code counts like a wrong password and a right one works once."""

    def clean_code(self):
        username = self.user.get_username()
        if is_refused(context.request, username):
            raise get_adapter().validation_error("incorrect_code")
        try:
            return self._taken_once(super().clean_code())
        except ValidationError:
            count_refusal(context.request, username)
            raise

    def _taken_once(self, code):
        if self.authenticator.type == Authenticator.Type.TOTP and not spend(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(CountedCode, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(CountedCode, ReauthenticateForm):
    """Shows again, in a session, that it is you."""


class AddPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Nama kunci sandi"),
        required=False,
        max_length=60,
        help_text=_("Agar Anda mengenalinya kelak, misalnya “Ponsel dinas”."),
    )


class ForgottenForm(forms.Form):
    """Asks whose password was forgotten."""

    identity = forms.CharField(
        label=_("Nama pengguna atau surel"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}),
    )
