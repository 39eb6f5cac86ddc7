"""The addresses of signing in; of allauth's pages only those that are used, the others do not exist."""

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.webauthn.views import ListWebAuthnView
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView, TemplateView

from offices.signin import views

FORGOTTEN, SECURITY, AGAIN = _("Lupa kata sandi"), _("Keamanan akun"), _("Buktikan bahwa ini Anda")
APP, PASSKEYS, CODES = _("Aplikasi autentikasi"), _("Kunci sandi"), _("Kode cadangan")


def page(address, view, name, title, **options):
    """One page, drawn by the template of its own name under `offices/signin/`."""
    template = options.pop("template", "")
    drawn = view.as_view(**options, **({"template_name": f"offices/signin/{template}"} if template else {}))
    return path(address, views.in_the_newsroom(drawn, title), name=name)


urlpatterns = [
    path("masuk/", RedirectView.as_view(pattern_name="admin:login", query_string=True), name="account_login"),
    page("masuk/kode/", AuthenticateView, "mfa_authenticate", _("Langkah kedua"), template="code.html"),
    page("buktikan/", ReauthenticateView, "account_reauthenticate", AGAIN, template="password_again.html"),
    page("buktikan/kode/", CodeAgainView, "mfa_reauthenticate", AGAIN, template="code_again.html"),
    page("buktikan/kunci/", views.PasskeyAgainView, "mfa_reauthenticate_webauthn", AGAIN),
    page("lupa/", views.ForgottenView, "admin_password_reset", FORGOTTEN),
    page("lupa/terkirim/", TemplateView, "password_asked", FORGOTTEN, template="asked.html"),
    page("lupa/<str:uidb64>/<str:token>/", views.SetPasswordView, "password_set", _("Kata sandi baru")),
    page("keamanan/", views.SecurityView, "mfa_index", SECURITY),
    path("keamanan/keluar/", views.sign_out_everywhere, name="sign_out_everywhere"),
    page("keamanan/aplikasi/", views.AddAppView, "mfa_activate_totp", APP),
    page("keamanan/aplikasi/lepas/", views.RemoveAppView, "mfa_deactivate_totp", APP),
    page("keamanan/kunci/", ListWebAuthnView, "mfa_list_webauthn", PASSKEYS, template="passkeys.html"),
    page("keamanan/kunci/tambah/", views.AddPasskeyView, "mfa_add_webauthn", PASSKEYS),
    page("keamanan/kunci/<int:pk>/lepas/", views.RemovePasskeyView, "mfa_remove_webauthn", PASSKEYS),
    page("keamanan/kode/", ViewRecoveryCodesView, "mfa_view_recovery_codes", CODES, template="codes.html"),
    page("keamanan/kode/baru/", views.NewCodesView, "mfa_generate_recovery_codes", CODES),
    page("keamanan/kode/unduh/", views.DownloadCodesView, "mfa_download_recovery_codes", CODES, template="codes.txt"),
]
