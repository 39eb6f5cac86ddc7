"""Merging in the newsroom: choose what a tag or a rubric is merged into, see what that changes, confirm."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from news.merging import Topic, effect_of, merge
from news.refusals import NotNow


class TargetForm(forms.Form):
    """The topic that stays."""

    target = forms.ModelChoiceField(label=_("Disatukan ke"), queryset=None)

    def __init__(self, *args, source: Topic, widget: forms.Widget | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        if widget:
            field.widget = widget
        field.queryset = type(source).objects.exclude(pk=source.pk)
        field.error_messages["invalid_choice"] = _("Pilih dari daftar.")


class ConfirmForm(TargetForm):
    sure = forms.BooleanField(label=_("Saya mengerti bahwa ini tidak dapat dibatalkan."))


class MergeAdmin:
    """Mixed into the admin of a topic."""

    change_form_template = "admin/news/topic/change_form.html"

    def get_urls(self):
        merge_view = self.admin_site.admin_view(self.merge_view)
        name = f"news_{self.opts.model_name}_merge"
        return [path("<int:topic_id>/merge/", merge_view, name=name), *super().get_urls()]

    def target_widget(self) -> forms.Widget | None:
        """The widget that finds the topic to merge into; None for a plain list."""
        return None

    def merge_view(self, request, topic_id):
        """GET asks for the target and shows what would change; POST does it once it has been confirmed."""
        source = self.get_object(request, str(topic_id))
        if not self.has_change_permission(request, source):
            raise PermissionDenied
        if request.method == "POST":
            return self._merged(request, source)
        return self._asked(request, source, TargetForm(self._chosen(request), **self._fields(source)))

    def _fields(self, source: Topic) -> dict:
        return {"source": source, "widget": self.target_widget()}

    @staticmethod
    def _chosen(request: HttpRequest) -> dict | None:
        return request.GET if "target" in request.GET else None

    def _merged(self, request: HttpRequest, source: Topic) -> HttpResponse:
        form = ConfirmForm(request.POST, **self._fields(source))
        if not form.is_valid():
            return self._asked(request, source, form, status=400)
        target = form.cleaned_data["target"]
        try:
            rows = merge(source, target, by=request.user)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self._asked(request, source, form, status=409)
        words = {"old": source, "new": target, "rows": rows}
        self.message_user(request, _("“%(old)s” sudah disatukan ke “%(new)s” pada %(rows)d edisi.") % words)
        return HttpResponseRedirect(reverse(f"admin:news_{self.opts.model_name}_change", args=[target.pk]))

    def _asked(self, request: HttpRequest, source: Topic, form: TargetForm, status: int = 200) -> HttpResponse:
        target = form.cleaned_data.get("target") if form.is_bound and (form.is_valid() or form.cleaned_data) else None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Satukan “%s”") % source,
            "opts": self.opts,
            "source": source,
            "target": target,
            "form": form,
            "media": self.media + form.media,
            "effect": effect_of(source, target) if target else None,
        }
        failed = form.is_bound and not form.is_valid() and status == 200
        return TemplateResponse(request, "admin/news/topic/merge.html", context, status=400 if failed else status)
