"""The door before every page for staff: who has left is signed out, who must show a second factor is led to it."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from offices.signin.second_factor import has_factor, has_shown_factor, must_have_factor, unknown_roles


class StaffDoor:
    """Middleware for the addresses in `STAFF_ADDRESSES`; readers' pages ask for no session and get none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        if unknown := unknown_roles():
            raise ImproperlyConfigured(f"REQUIRE_SECOND_FACTOR_FOR names no role: {', '.join(unknown)}.")
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(settings.STAFF_ADDRESSES) and request.user.is_authenticated:
            return self._admit(request) or self.get_response(request)
        return self.get_response(request)

    def _admit(self, request: HttpRequest) -> HttpResponse | None:
        if not request.user.is_staff:
            logout(request)
            return None
        request.session.keep_alive()
        return None if self._stands_outside(request) else self._led_to_factor(request)

    @staticmethod
    def _stands_outside(request: HttpRequest) -> bool:
        return request.path_info.startswith(settings.ACCOUNT_ADDRESS) or request.path == reverse("admin:logout")

    @staticmethod
    def _led_to_factor(request: HttpRequest) -> HttpResponse | None:
        if not must_have_factor(request.user):
            return None
        if not has_factor(request.user):
            return HttpResponseRedirect(reverse("mfa_index"))
        if has_shown_factor(request):
            return None
        back = request.get_full_path() if request.method == "GET" else reverse("admin:index")
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: back})}")
