"""Invitations in the newsroom: sent, sent again and taken back by whoever keeps the staff."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from offices.admin.accounts import OneOffice, RoleAtOffice
from offices.admin.scoping import OfficeScopedAdmin
from offices.invitations import invite, refuse_invitation, resend, revoke, send_letter
from offices.models import Invitation
from offices.roles import Role
from offices.templatetags.dates import short_time


class InvitationForm(RoleAtOffice, forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ("name", "email", "office", "role")

    def clean(self):
        cleaned = super().clean()
        if self.instance._state.adding and not self.errors:
            refuse_invitation(cleaned["email"], cleaned["office"], by=self.asked_by)
        return cleaned


@admin.register(Invitation)
class InvitationAdmin(OneOffice, OfficeScopedAdmin):
    form = InvitationForm
    list_display = ("name", "email", "role", "office", "standing", "deadline")
    list_filter = ("role",)
    list_select_related = ("office__region",)
    search_fields = ("name", "email")
    change_form_template = "admin/offices/invitation/change_form.html"
    recorded_by_verbs = frozenset({ADDITION})

    def lookup_allowed(self, lookup, value, request):
        """Not the nonce: a filter in the address would find it out piece by piece."""
        return not lookup.startswith("nonce") and super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("status"))
    def standing(self, invitation):
        if invitation.accepted_at:
            return _("Diterima")
        if invitation.revoked_at:
            return _("Dicabut")
        return _("Menunggu jawaban") if invitation.is_open else _("Lewat waktu")

    @admin.display(description=_("diundang"), ordering="invited_at")
    def moment(self, invitation):
        return short_time(invitation.invited_at, invitation.office.region)

    @admin.display(description=_("berlaku sampai"), ordering="expires_at")
    def deadline(self, invitation):
        return short_time(invitation.expires_at, invitation.office.region)

    @admin.display(description=_("diterima oleh"))
    def accepter(self, invitation):
        return invitation.accepted_by or "–"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("office__region", "invited_by", "accepted_by")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """The office is chosen here, not changed: without Django's icons beside it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "office":
            field.widget.can_change_related = field.widget.can_view_related = False
        return field

    def get_fields(self, request, obj=None):
        given = ("name", "email", "office", "role")
        return given if obj is None else (*given, "standing", "invited_by", "moment", "deadline", "accepter")

    def get_readonly_fields(self, request, obj=None):
        return () if obj is None else self.get_fields(request, obj)[1:]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_unanswered)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type("AskedInvitationForm", (form,), {"asked_by": request.user})

    def save_model(self, request, obj, form, change):
        if change:
            return super().save_model(request, obj, form, change)
        request.invited = invite(obj.name, obj.email, obj.office, Role(obj.role), by=request.user)
        obj.pk = request.invited.pk
        return None

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Django's page; the letter leaves after its transaction."""
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if hasattr(request, "invited"):
            self._send(request, request.invited, _("Undangan dikirim ke %s.") % request.invited.email)
        return response

    def _send(self, request: HttpRequest, invitation: Invitation, done: str) -> None:
        if send_letter(invitation, request):
            messages.success(request, done)
        else:
            messages.error(request, _("Undangan tersimpan, tetapi suratnya tidak terkirim. Coba kirim ulang nanti."))

    def response_add(self, request, obj, post_url_continue=None):
        return HttpResponseRedirect(reverse("admin:offices_invitation_changelist"))

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:invitation_id>/resend/", wrap(self.resend_view), name="offices_invitation_resend"),
            path("<int:invitation_id>/revoke/", wrap(self.revoke_view), name="offices_invitation_revoke"),
            *super().get_urls(),
        ]

    def resend_view(self, request, invitation_id):
        return self._answered(request, invitation_id, resend, _("Undangan dikirim ulang; tautan lama tidak berlaku."))

    def revoke_view(self, request, invitation_id):
        return self._answered(request, invitation_id, revoke, _("Undangan dicabut."))

    def _answered(self, request, invitation_id, verb, done):
        """Use `verb` on an invitation of the own office; what is not possible any more is said and changes nothing."""
        invitation = self.get_object(request, str(invitation_id))
        if request.method != "POST":
            raise BadRequest(_("Gunakan tombol pada halaman undangan."))
        if not OfficeScopedAdmin.has_change_permission(self, request, invitation):
            raise PermissionDenied
        try:
            stored = verb(invitation, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            if verb is resend:
                self._send(request, stored, done)
            else:
                messages.success(request, done)
        return HttpResponseRedirect(reverse("admin:offices_invitation_changelist"))
