"""The page on which a lost second factor of a member of the own staff is taken away."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from offices.models import Kind
from offices.signin.alerts import tell_owner
from offices.signin.second_factor import has_factor, take_factors_away
from offices.trail import record

DEED = _("Langkah kedua dilepas")


class SecondFactorPage:
    """Mixed into the pages of accounts. One's own factor is taken down where one shows it first, never here."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.second_factor_view)
        return [path("<int:user_id>/second-factor/", page, name="offices_user_second_factor"), *super().get_urls()]

    def second_factor_view(self, request, user_id):
        """Ask, and take away every factor of the account; 409 where there is none."""
        user = self.get_object(request, str(user_id))
        if user == request.user or not self.has_change_permission(request, user):
            raise PermissionDenied
        there = has_factor(user)
        if request.method == "POST" and there:
            self._take_away(request, user)
            return HttpResponseRedirect(reverse("admin:offices_user_change", args=[user.pk]))
        context = {**self.admin_site.each_context(request), "account": user, "opts": self.opts, "there": there}
        status = 409 if request.method == "POST" else 200
        template = "admin/offices/user/second_factor.html"
        return TemplateResponse(request, template, {**context, "title": _("Lepas langkah kedua")}, status=status)

    @staticmethod
    def _take_away(request, user):
        take_factors_away(user)
        record(Kind.SECOND_FACTOR, by=request.user, about=user, note=DEED, request=request)
        LogEntry.objects.log_actions(request.user.pk, [user], CHANGE, DEED, single_object=True)
        tell_owner(user, DEED, by=request.user)
        messages.success(request, _("Langkah kedua %(name)s sudah dilepas.") % {"name": user.name})
