"""The pages of signing in: the password, the second factor, a forgotten password, and one's own security."""

from functools import wraps

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView, GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.contrib import admin, messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, PasswordChangeView, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from offices.links import absolute
from offices.models import Kind
from offices.sessions import end_sessions_of, running_sessions_of
from offices.signin.addresses import client_address
from offices.signin.alerts import clock_of, tell_owner
from offices.signin.forms import ForgottenForm
from offices.signin.passwords import after_new_password, ask_for_password, may_ask
from offices.signin.second_factor import has_factor, must_have_factor
from offices.signin.throttle import count_refusal, is_refused
from offices.trail import record


def in_the_newsroom(view, title=""):
    """Give a page the newsroom's frame; allauth's own `site` would hide ours."""

    @never_cache
    @wraps(view)
    def framed(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if getattr(response, "context_data", None) is not None:
            response.context_data.pop("site", None)
            response.context_data |= {**admin.site.each_context(request), "title": title}
        response["X-Robots-Tag"] = "noindex"
        return response

    return framed


class SignInView(LoginView):
    """The password; then allauth leads whoever has a second factor to it, and signs everybody else in."""

    def form_valid(self, form):
        user = form.get_user()
        record_authentication(self.request, user, method="password", reauthenticated=True)
        return perform_login(self.request, Login(user=user, redirect_url=self.get_success_url()))


class NewPasswordView(PasswordChangeView):
    """Changes one's own password and ends one's other sessions; a wrong old one counts like one at the door."""

    def post(self, request, *args, **kwargs):
        if is_refused(request, request.user.get_username()):
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form):
        if "old_password" in form.errors:
            count_refusal(self.request, self.request.user.get_username())
        return super().form_invalid(form)

    def form_valid(self, form):
        response = super().form_valid(form)
        user = self.request.user
        after_new_password(user, keep=self.request.session.session_key)
        record(Kind.PASSWORD_CHANGED, by=user, about=user, request=self.request)
        tell_owner(user, _("Kata sandi diganti"), by=user)
        return response


class ForgottenView(FormView):
    """Asks whose password was forgotten, and answers the same whether or not there is such an account."""

    form_class = ForgottenForm
    template_name = "offices/signin/forgotten.html"
    success_url = reverse_lazy("password_asked")

    def form_valid(self, form):
        address = client_address(self.request)
        if not may_ask(address):
            return self._too_many(form)
        ask_for_password(form.cleaned_data["identity"], address=address, site=absolute(self.request, "/"))
        return super().form_valid(form)

    def _too_many(self, form):
        form.add_error(None, _("Terlalu banyak permintaan dari jaringan ini. Coba lagi dalam satu jam."))
        return self.render_to_response(self.get_context_data(form=form), status=429)


class SetPasswordView(PasswordResetConfirmView):
    """Sets a password from the link in the mail; the link is dead afterwards."""

    template_name = "offices/signin/set_password.html"
    success_url = reverse_lazy("admin:login")

    def form_valid(self, form):
        response = super().form_valid(form)
        after_new_password(self.user)
        record(Kind.PASSWORD_RESET, about=self.user, request=self.request)
        tell_owner(self.user, _("Kata sandi diganti lewat tautan dalam surel"))
        messages.success(self.request, _("Kata sandi Anda sudah diganti. Silakan masuk."))
        return response


class Recorded:
    """Mixed into allauth's pages that change one's factors: what was done stands in the audit trail."""

    deed: str

    def form_valid(self, form):
        response = super().form_valid(form)
        user = self.request.user
        record(Kind.SECOND_FACTOR, by=user, about=user, note=self.deed, request=self.request)
        tell_owner(user, self.deed, by=user)
        return response


class ShownAtOnce(Recorded):
    """Mixed into those that add one: adding it shows it in this session, and ends the others."""

    factor: str

    def form_valid(self, form):
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type=self.factor, reauthenticated=True)
        end_sessions_of(self.request.user, keep=self.request.session.session_key)
        return response


class AddAppView(ShownAtOnce, ActivateTOTPView):
    factor, deed = Authenticator.Type.TOTP, _("Aplikasi autentikasi dipasang")
    template_name = "offices/signin/app_add.html"


class RemoveAppView(Recorded, DeactivateTOTPView):
    deed = _("Aplikasi autentikasi dilepas")
    template_name = "offices/signin/app_remove.html"


class AddPasskeyView(ShownAtOnce, AddWebAuthnView):
    factor, deed = Authenticator.Type.WEBAUTHN, _("Kunci sandi ditambahkan")
    template_name = "offices/signin/passkey_add.html"


class RemovePasskeyView(Recorded, RemoveWebAuthnView):
    deed = _("Kunci sandi dilepas")
    template_name = "offices/signin/passkey_remove.html"


class PasskeyAgainView(ReauthenticateWebAuthnView):
    template_name = "offices/signin/passkey_again.html"

    def form_invalid(self, form):
        """Ask again, where allauth would lead to the sign-in page."""
        return self.render_to_response(self.get_context_data(form=form))


class NewCodesView(Recorded, GenerateRecoveryCodesView):
    deed = _("Kode cadangan dibuat ulang")
    template_name = "offices/signin/codes_new.html"


class DownloadCodesView(DownloadRecoveryCodesView):
    """The codes as a file that says of itself, in the name and in the first line, what it opens."""

    def render_to_response(self, context, **response_kwargs):
        response = super().render_to_response(context, **response_kwargs)
        response["Content-Disposition"] = 'attachment; filename="kode-cadangan.txt"'
        return response


class SecurityView(IndexView):
    """One's own factors, and the sessions one is signed in with."""

    template_name = "offices/signin/security.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return {
            **super().get_context_data(**kwargs),
            "must_have_factor": must_have_factor(user),
            "has_factor": has_factor(user),
            "clock": clock_of(user),
            "sessions": sum(SESSION_KEY in session.get_decoded() for session in running_sessions_of(user)),
        }


@require_POST
@login_required
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of one's own, this one too."""
    record(Kind.SESSIONS_ENDED, by=request.user, about=request.user, request=request)
    end_sessions_of(request.user)
    request.session.flush()
    messages.success(request, _("Anda sudah keluar dari semua perangkat."))
    return HttpResponseRedirect(reverse("admin:login"))
