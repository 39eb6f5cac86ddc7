"""Accounts and memberships in the newsroom: a manager keeps the staff of the own office, nobody else's."""

from copy import deepcopy

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.admin import Group
from django.contrib.auth.forms import BaseUserCreationForm, SetPasswordForm
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices.admin.scoping import OfficeScopedAdmin, offices_to_write_for
from offices.admin.second_factors import SecondFactorPage
from offices.memberships import grant_membership, grantable_roles, refuse_closing
from offices.models import Kind, Membership, Office, User
from offices.roles import Role
from offices.scope import memberships_of
from offices.sessions import end_sessions_of_leaver
from offices.signin.alerts import clock_of, tell_owner
from offices.signin.passwords import after_new_password
from offices.templatetags.dates import short_date, short_time
from offices.trail import record

admin.site.unregister(Group)  # memberships are the only grant; Django's groups would be an empty promise
admin.site.unregister([EmailAddress, Authenticator])  # nobody reads what proves who somebody else is


class RoleAtOffice:
    """Mixed into a form with `office` and `role`: offers and takes the roles that the person who asks may grant."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            offices = [membership.office for membership in memberships_of(self.asked_by)]
            grantable = frozenset().union(*(grantable_roles(self.asked_by, office) for office in offices))
            self.fields["role"].choices = [(role.value, role.label) for role in Role if role in grantable]

    def clean(self):
        cleaned = super().clean()
        office, role = cleaned.get("office"), cleaned.get("role")
        if office and role and role not in grantable_roles(self.asked_by, office):
            self.add_error("role", _("Anda tidak dapat memberikan peran ini di kantor tersebut."))
        return cleaned


class MembershipForm(RoleAtOffice, forms.ModelForm):
    class Meta:
        model = Membership
        fields = ("user", "office", "role", "starts_on", "ends_on")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("user") == self.asked_by:
            self.add_error("user", _("Keanggotaan Anda sendiri diberikan oleh orang lain."))
        if self.instance.ends_on and cleaned.get("starts_on") and cleaned["starts_on"] > self.instance.ends_on:
            self.add_error("starts_on", _("Keanggotaan tidak dapat berakhir sebelum mulai."))
        has_begun = self.instance.pk and self.instance.starts_on <= timezone.localdate()
        if has_begun and cleaned.get("starts_on") and cleaned["starts_on"] > timezone.localdate():
            self.add_error("starts_on", _("Keanggotaan ini sudah berjalan. Akhiri dengan tombolnya sendiri."))
        return cleaned


class UserCreationForm(RoleAtOffice, BaseUserCreationForm):
    """A new account and its first membership, so that it belongs to somebody from the start."""

    office = forms.ModelChoiceField(label=_("Kantor"), queryset=Office.objects.none())
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices)

    class Meta(BaseUserCreationForm.Meta):
        model = User
        fields = ("username", "name", "email")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("office") and cleaned.get("role"):
            Membership(office=cleaned["office"], role=cleaned["role"]).clean()
        return cleaned


class AccountForm(forms.ModelForm):
    """An account is not closed by its own holder, nor while its office would be left without a manager."""

    def clean_is_active(self):
        stays_open = self.cleaned_data["is_active"]
        if self.instance.is_active and not stays_open:
            refuse_closing(self.instance, by=self.asked_by)
        return stays_open


class OneOffice:
    """Mixed into pages that ask for an office: where there is only one to write for, it is chosen already."""

    def get_changeform_initial_data(self, request):
        offices = list(offices_to_write_for(request.user, self.model)[:2])
        own = {"office": offices[0].pk} if len(offices) == 1 else {}
        return {**own, **super().get_changeform_initial_data(request)}


@admin.register(User)
class UserAdmin(OneOffice, SecondFactorPage, OfficeScopedAdmin):
    form = AccountForm
    list_display = ("name", "username", "email", "is_active", "signed_in")
    list_filter = ("is_active",)
    search_fields = ("name", "username", "email")
    change_form_template = "admin/offices/user/change_form.html"

    def lookup_allowed(self, lookup, value, request):
        """Not the password: a filter in the address would find out a hash piece by piece."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request):
        """With what each holds today, whose first office has the clock of the row."""
        held = Membership.objects.filter(Membership.held_on(timezone.localdate())).select_related("office__region")
        current = Prefetch("memberships", held.order_by("pk"), to_attr="current_memberships")
        return super().get_queryset(request).prefetch_related(current)

    @admin.display(description=_("masuk terakhir"), ordering="last_login")
    def signed_in(self, account):
        return short_time(account.last_login, clock_of(account)) or "–"

    def get_fields(self, request, obj=None):
        if obj is None:
            return ("username", "name", "email", "password1", "password2", "office", "role")
        return ("username", "name", "email", "is_active")

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None:
            form = super().get_form(request, obj, change=change, **kwargs)
            return type("AskedAccountForm", (form,), {"asked_by": request.user})
        form = type("AccountCreationForm", (UserCreationForm,), {"asked_by": request.user})
        office = deepcopy(form.base_fields["office"])  # the declared one is shared by all requests
        office.queryset = offices_to_write_for(request.user, User)
        form.base_fields["office"] = office
        return form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            office, role = form.cleaned_data["office"], Role(form.cleaned_data["role"])
            grant_membership(form.instance, office, role, by=request.user)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change:
            end_sessions_of_leaver(obj)
        if change and "email" in form.changed_data and form.initial["email"]:
            tell_owner(obj, _("Alamat surel diganti"), by=request.user, address=form.initial["email"])

    def get_urls(self):
        change_password = self.admin_site.admin_view(self.password_view)
        return [
            path("<int:user_id>/password/", change_password, name="offices_user_password"),
            *super().get_urls(),
        ]

    def password_view(self, request, user_id):
        """Set a new password for a member of the own staff."""
        user = self.get_object(request, str(user_id))
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        form = SetPasswordForm(user, request.POST or None)
        if request.method == "POST" and form.is_valid():
            form.save()
            after_new_password(user)
            tell_owner(user, _("Kata sandi diganti"), by=request.user)
            record(Kind.PASSWORD_CHANGED, by=request.user, about=user, request=request)
            LogEntry.objects.log_actions(request.user.pk, [user], CHANGE, _("Kata sandi diganti."), single_object=True)
            messages.success(request, _("Kata sandi %(name)s sudah diganti.") % {"name": user.name})
            return HttpResponseRedirect(reverse("admin:offices_user_change", args=[user.pk]))
        context = {**self.admin_site.each_context(request), "form": form, "account": user, "opts": self.opts}
        return TemplateResponse(
            request, "admin/offices/user/password.html", {**context, "title": _("Ganti kata sandi")}
        )


@admin.register(Membership)
class MembershipAdmin(OneOffice, OfficeScopedAdmin):
    form = MembershipForm
    list_display = ("user", "role", "office", "since", "until")
    list_filter = ("role",)
    list_select_related = ("user", "office__region")
    search_fields = ("user__name", "user__username", "office__region__name")
    autocomplete_fields = ("user",)
    recorded_by_verbs = frozenset({ADDITION})

    @admin.display(description=_("sejak"), ordering="starts_on")
    def since(self, membership):
        return short_date(membership.starts_on, None)

    @admin.display(description=_("sampai"), ordering="ends_on", empty_value="–")
    def until(self, membership):
        return short_date(membership.ends_on, None) or None

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type("AskedMembershipForm", (form,), {"asked_by": request.user})

    def get_readonly_fields(self, request, obj=None):
        return ("user", "office", "role", "ends_on") if obj else ()

    def has_change_permission(self, request, obj=None):
        """Not of the own one; role and end have verbs and pages of their own."""
        return super().has_change_permission(request, obj) and (obj is None or obj.user_id != request.user.pk)

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
            end_sessions_of_leaver(obj.user)
            return
        asked = form.cleaned_data
        role, days = Role(asked["role"]), {"starts_on": asked["starts_on"], "ends_on": asked["ends_on"]}
        obj.pk = grant_membership(asked["user"], asked["office"], role, by=request.user, **days).pk
