"""Giving a text to another member of the office, beside its steps."""

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.urls import path
from django.utils.translation import gettext_lazy as _

from news.assigning import ASSIGNABLE, assignees, may_reassign, reassign
from news.models import Edition
from news.refusals import NotComplete, NotNow
from offices.models import User


class AssignForm(forms.Form):
    """Who keeps the text from now on, and why."""

    to = forms.ModelChoiceField(label=_("Kepada"), queryset=User.objects.none(), empty_label=_("Pilih orangnya"))
    note = forms.CharField(label=_("Catatan"), max_length=500, required=False)

    def __init__(self, *args, edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = assignees(edition)


class AssignViews:
    """Mixed into the article's admin."""

    def get_urls(self):
        assign_view = self.admin_site.admin_view(self.assign_view)
        return [path("<int:article_id>/assign/", assign_view, name="news_article_assign"), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.state in ASSIGNABLE:
            context["keeper"] = obj.assigned_to
            if may_reassign(request.user, obj):
                context["assign_form"] = AssignForm(edition=obj, auto_id="assign-%s")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def assign_view(self, request, article_id):
        """Give the working edition to a colleague; a refusal answers 403 or 409 with its sentence."""
        shown = self.edition_of(request, article_id)
        if request.method != "POST":
            raise BadRequest(_("Gunakan tombol pada halaman naskah."))
        if not may_reassign(request.user, shown):
            raise PermissionDenied
        form = AssignForm(request.POST, edition=shown)
        if not form.is_valid():
            sentences = [sentence for errors in form.errors.values() for sentence in errors]
            return self._refused(request, shown, NotComplete(sentences), status=400)
        try:
            reassign(shown, form.cleaned_data["to"], by=request.user, note=form.cleaned_data["note"])
        except NotNow as refusal:
            return self._refused(request, shown, refusal)
        messages.success(request, _("Naskah ini kini dipegang %s.") % form.cleaned_data["to"])
        return self._back_to(shown)
