"""Leaving in the newsroom, by membership or whole account: who takes over is asked before anything happens."""

from collections.abc import Mapping

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news.admin.trail import DayInput
from news.handover import Load, approvals_lost, hand_over, headline_of, loads_of, still_in_hand
from news.refusals import NotNow
from offices.admin.accounts import AccountForm, MembershipAdmin, UserAdmin
from offices.memberships import grantable_roles, may_keep
from offices.models import Membership, User
from offices.roles import Role
from offices.templatetags.dates import long_date

MOST_SINGLE = 50


class LeavingForm(forms.Form):
    """For every duty who takes it; single texts may go to somebody else."""

    def __init__(self, *args, loads: list[Load], **kwargs):
        super().__init__(*args, **kwargs)
        self.people: dict[str, User] = {}
        self.duties = [self._duty(load) for load in loads]

    def _duty(self, load: Load) -> dict:
        """What the page shows of one duty, with the names of its fields."""
        heirs = {str(heir.pk): heir for heir in load.heirs}
        self.people |= heirs
        choices = [(key, f"{heir.name} ({heir.username})") for key, heir in heirs.items()]
        if heirs:
            self.fields[load.key] = forms.ChoiceField(
                label=load.duty.title,
                choices=[("", _("Pilih penerusnya")), *choices],
                error_messages={"required": _("pilih penerusnya.")},
            )
        rows = []
        for row in load.rows[:MOST_SINGLE]:
            name = f"{load.key}-{row.pk}"
            if heirs and len(load.rows) > 1:
                label = _("Penerus “%s”") % headline_of(row)
                self.fields[name] = forms.ChoiceField(
                    label=label,
                    choices=[("", _("Seperti di atas")), *choices],
                    required=False,
                    widget=forms.Select(attrs={"aria-label": label}),
                )
            rows.append({"row": row, "article": _article_of(row), "headline": headline_of(row), "field": name})
        return {"load": load, "rows": rows, "more": len(load.rows) - len(rows), "has_heirs": bool(heirs)}

    def shown(self) -> list[dict]:
        """The duties with their fields bound, as the template draws them."""
        return [
            {
                **duty,
                "field": self[duty["load"].key] if duty["has_heirs"] else None,
                "rows": [
                    {**row, "field": self[row["field"]] if row["field"] in self.fields else None}
                    for row in duty["rows"]
                ],
            }
            for duty in self.duties
        ]

    def heirs(self) -> Mapping[str, User]:
        return {name: self.people[value] for name, value in self.cleaned_data.items() if value in self.people}


def _article_of(row) -> int:
    return getattr(row, "edition", row).article_id


class EndForm(LeavingForm):
    on = forms.DateField(
        label=_("Hari pertama tidak lagi berlaku"),
        widget=DayInput,
        initial=timezone.localdate,
        help_text=_("Pekerjaannya dialihkan sekarang juga, walau keanggotaannya berakhir nanti."),
    )


class RoleForm(LeavingForm):
    role = forms.ChoiceField(widget=forms.HiddenInput, choices=Role.choices)


class ClosingForm(AccountForm):
    """An account is not closed over the head of whoever would have to go on with its work."""

    def clean_is_active(self):
        stays_open = super().clean_is_active()
        busy = still_in_hand(self.instance) if self.instance.is_active and not stays_open else []
        if busy:
            raise ValidationError(_busy(busy))
        return stays_open


def _busy(memberships: list[Membership]) -> SafeString:
    """The sentence that leads to the handover of each of `memberships`."""
    ends = [
        (reverse("admin:offices_membership_end", args=[held.pk]), held.get_role_display(), held.office)
        for held in memberships
    ]
    sentence = _("Masih ada naskah atau jadwal di tangannya. Akhiri keanggotaannya dahulu dan pilih penerusnya:")
    return format_html("{} {}.", sentence, format_html_join(" · ", '<a href="{}">{}, {}</a>', ends))


admin.site.unregister([User, Membership])  # registered again below, because these pages of theirs know of editions


@admin.register(User)
class KeptUserAdmin(UserAdmin):
    form = ClosingForm


@admin.register(Membership)
class KeptMembershipAdmin(MembershipAdmin):
    change_form_template = "admin/offices/membership/change_form.html"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:membership_id>/end/", wrap(self.end_view), name="offices_membership_end"),
            path("<int:membership_id>/role/", wrap(self.role_view), name="offices_membership_role"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_end"] = obj is not None and _is_running(obj) and may_keep(request.user, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def end_view(self, request, membership_id):
        """GET lists what is left and asks who takes it; POST ends the membership and hands it on."""
        return self._leaving(request, self._to_keep(request, membership_id), None)

    def role_view(self, request, membership_id):
        """The same for another role, which GET asks for first."""
        membership = self._to_keep(request, membership_id)
        offered = grantable_roles(request.user, membership.office) - {membership.role}
        asked = request.POST.get("role") or request.GET.get("role")
        if asked in offered:
            return self._leaving(request, membership, Role(asked))
        context = {**self._page(request, membership), "roles": [role for role in Role if role in offered]}
        status = 400 if asked else 200
        return TemplateResponse(request, "admin/offices/membership/role.html", context, status=status)

    def _to_keep(self, request: HttpRequest, membership_id: int) -> Membership:
        membership = self.get_object(request, str(membership_id))
        if not may_keep(request.user, membership):
            raise PermissionDenied
        return membership

    def _leaving(self, request: HttpRequest, membership: Membership, role: Role | None) -> HttpResponse:
        data = request.POST if request.method == "POST" else None
        form = _form(membership, role, data)
        if data is None:
            return self._asked(request, membership, role, form, status=200)
        if not form.is_valid():
            return self._asked(request, membership, role, form, status=400)
        day = form.cleaned_data.get("on")
        try:
            ended = hand_over(membership, form.heirs(), by=request.user, on=day, role=role)
        except (NotNow, ValidationError) as refusal:
            form.add_error(None, refusal.messages if isinstance(refusal, ValidationError) else str(refusal))
            return self._asked(request, membership, role, form, status=409)
        words = {"name": ended.user, "role": ended.get_role_display(), "day": long_date(ended.ends_on, None)}
        done = _("%(name)s kini %(role)s.") if role else _("Keanggotaan %(name)s (%(role)s) berakhir %(day)s.")
        messages.success(request, done % words)
        return HttpResponseRedirect(reverse("admin:offices_membership_changelist"))

    def _asked(
        self, request: HttpRequest, membership: Membership, role: Role | None, form: LeavingForm, status: int
    ) -> HttpResponse:
        context = {
            **self._page(request, membership),
            "form": form,
            "duties": form.shown(),
            "lost": list(approvals_lost(membership, role=role)[:MOST_SINGLE]),
            "new_role": role,
            "is_running": _is_running(membership),
        }
        return TemplateResponse(request, "admin/offices/membership/leaving.html", context, status=status)

    def _page(self, request: HttpRequest, membership: Membership) -> dict:
        return {
            **self.admin_site.each_context(request),
            "title": str(membership),
            "opts": self.opts,
            "membership": membership,
        }


def _form(membership: Membership, role: Role | None, data: Mapping | None) -> LeavingForm:
    """With the heirs of the day that was sent, which may not be those of today."""
    if role:
        return RoleForm(data, loads=loads_of(membership, role=role), initial={"role": role})
    sent = EndForm(data, loads=[])
    day = sent.cleaned_data["on"] if sent.is_valid() else None
    return EndForm(data, loads=loads_of(membership, on=day))


def _is_running(membership: Membership) -> bool:
    return membership.ends_on is None or membership.ends_on > timezone.localdate()
