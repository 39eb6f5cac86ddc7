"""The page behind the link of an invitation: accept it with one's account, or open one."""

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.forms import BaseUserCreationForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from offices.invitations import accept, accept_with_new_account, accounts_of, invitation_behind
from offices.models import Invitation, User


class NewAccountForm(BaseUserCreationForm):
    """The name to sign in with and a password; name and mailbox stand in the invitation."""

    class Meta(BaseUserCreationForm.Meta):
        model = User
        fields = ("username",)
        error_messages = {"username": {"unique": _("Nama pengguna ini sudah dipakai. Pilih yang lain.")}}

    def __init__(self, *args, invitation: Invitation, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.instance.name, self.instance.email = invitation.name, invitation.email

    def accept(self, request: HttpRequest) -> None:
        asked = self.cleaned_data
        accept_with_new_account(self.invitation, username=asked["username"], password=asked["password1"])


class OwnAccountForm(forms.Form):
    """Which of the accounts with the invited mailbox, and its password."""

    account = forms.ModelChoiceField(label=_("Akun Anda"), queryset=User.objects.none(), empty_label=None)
    password = forms.CharField(
        label=_("Kata sandi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, invitation: Invitation, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["account"].queryset = accounts_of(invitation)
        self.fields["account"].label_from_instance = lambda user: f"{user.name} ({user.username})"

    def accept(self, request: HttpRequest) -> None:
        asked = self.cleaned_data
        user = authenticate(request, username=asked["account"].username, password=asked["password"])
        if user is None:
            raise ValidationError(_("Kata sandi ini tidak cocok."))
        accept(self.invitation, user)


@never_cache
@sensitive_post_parameters()
def invitation_detail(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites, to what, and the form that accepts; one and the same answer for every link that opens nothing."""
    invitation = invitation_behind(token)
    if invitation is None:
        return _private(render(request, "offices/invitation_gone.html", status=404))
    form_class = OwnAccountForm if accounts_of(invitation).exists() else NewAccountForm
    form = form_class(request.POST if request.method == "POST" else None, invitation=invitation)
    if request.method == "POST" and form.is_valid() and _accepted(request, form):
        messages.success(request, _("Undangan diterima. Silakan masuk."))
        return HttpResponseRedirect(reverse("admin:login"))
    context = {"invitation": invitation, "form": form, "is_new": form_class is NewAccountForm}
    return _private(render(request, "offices/invitation.html", context, status=400 if form.errors else 200))


def _accepted(request: HttpRequest, form: NewAccountForm | OwnAccountForm) -> bool:
    try:
        form.accept(request)
    except PermissionDenied:
        form.add_error(None, _("Undangan ini tidak dapat dipenuhi lagi. Minta undangan baru kepada pengelola kantor."))
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
    return not form.errors


def _private(response: HttpResponse) -> HttpResponse:
    """The address opens a door: it goes into no index and to no other site.

    Not `no-referrer`: browsers then send the form with the origin "null", which the check against forged forms refuses.
    """
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
