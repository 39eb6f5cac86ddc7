"""The switch between the offices one works for, and what it does to lists and forms."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from offices.workplace import ALL, choose_office, chosen_office, workplaces


@require_POST
def switch_view(request: HttpRequest) -> HttpResponse:
    """Choose the office one works for now; 403 for an office that is not one's own."""
    if not choose_office(request, request.POST.get("office", "")):
        raise PermissionDenied
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe else reverse("admin:index"))


class WorkplaceFilter(admin.SimpleListFilter):
    """A list of the chosen office, unless its address asks for another one or for all."""

    title = _("kantor saya")
    parameter_name = "kantor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        offices = workplaces(request.user)
        self.chosen, self.office_lookup = chosen_office(request), model_admin.model.scope.office
        return [(str(office.pk), str(office)) for office in offices] if len(offices) > 1 else []

    def value(self) -> str:
        asked = super().value()
        return asked or (str(self.chosen.pk) if self.chosen else ALL)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        mine = {key for key, _name in self.lookup_choices}
        return queryset.filter(**{self.office_lookup: self.value()}) if self.value() in mine else queryset

    def choices(self, changelist: Any) -> Any:
        for key, name in [(ALL, _("Semua")), *self.lookup_choices]:
            yield {
                "selected": self.value() == key,
                "query_string": changelist.get_query_string({self.parameter_name: key}),
                "display": name,
            }
