"""What the pages of photos and attachments share: an upload page of its own, an archive, and where a file is used."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.uses import editions_using
from offices.admin.scoping import OfficeScopedAdmin, offices_to_write_for
from offices.templatetags.dates import short_time


class LibraryAdmin(OfficeScopedAdmin):
    """Files of an office that never change, are never deleted, and may be archived.

    A subclass names its `upload_form`, whose fields but for the file are handed to `take_in` with the file first.
    """

    upload_form: type
    upload_title: Any
    recorded_by_verbs = frozenset({ADDITION})

    def take_in(self, file: Any, **known: Any) -> Any:
        raise NotImplementedError

    def named(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    @admin.display(description=_("diunggah"), ordering="uploaded_at")
    def moment(self, file):
        return short_time(file.uploaded_at, file.office.region)

    def get_urls(self):
        archive_view = self.admin_site.admin_view(self.archive_view)
        return [path("<int:key>/archive/", archive_view, name=self.named("archive")), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("office__region")

    def get_search_results(self, request, queryset, search_term):
        """Whoever searches as they type, to place a file in an edition, is offered none that is archived."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(archived_at=None)
        return super().get_search_results(request, queryset, search_term)

    def add_view(self, request, form_url="", extra_context=None):
        """Upload outside any transaction: work on a file must not hold the write lock."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.filled(request) if request.method == "POST" else self.empty(request)
        if request.method == "POST" and form.is_valid():
            row = self.stored(request, form)
            if row:
                return self.response_add(request, row)
        context = {
            **self.admin_site.each_context(request),
            "form": form,
            "opts": self.opts,
            "title": self.upload_title,
            "is_popup": IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST,
            "is_popup_var": IS_POPUP_VAR,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/news/photo/upload.html", context, status=400 if form.errors else 200)

    def empty(self, request: HttpRequest) -> Any:
        initial = self.get_changeform_initial_data(request)
        return self.upload_form(offices=offices_to_write_for(request.user, self.model), initial=initial)

    def filled(self, request: HttpRequest) -> Any:
        return self.upload_form(request.POST, request.FILES, offices=offices_to_write_for(request.user, self.model))

    def stored(self, request: HttpRequest, form: Any, **more: Any) -> Any:
        """The new row, or None with the guard's sentence on the form."""
        known = dict(form.cleaned_data)
        file = known.pop("file")
        try:
            row = self.take_in(file, by=request.user, **known, **more)
        except ValidationError as refusal:
            form.add_error("file", refusal)
            return None
        self.log_addition(request, row, _("Berkas diunggah."))
        return row

    def response_add(self, request, obj, post_url_continue=None):
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, _("“%(title)s” sudah masuk pustaka.") % {"title": obj.title})
        return self.back_to(obj)

    def back_to(self, row: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse(f"admin:{self.named('change')}", args=[row.pk]))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        editions = list(editions_using(obj, request.user)) if obj else []
        context |= {"file": obj, "editions": editions, "show_save_and_add_another": False}
        context["archive_url"] = reverse(f"admin:{self.named('archive')}", args=[obj.pk]) if obj else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

    def archive_view(self, request, key):
        """Hide a file from those who pick one, or show it again; where it is used nothing changes."""
        row = self.get_object(request, str(key))
        if request.method != "POST":
            raise BadRequest(_("Gunakan tombol pada halaman berkas."))
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        row.archived_at = None if row.archived_at else timezone.now()
        row.save(update_fields=["archived_at"])
        said = _("Berkas diarsipkan dan tidak ditawarkan lagi.") if row.archived_at else _("Berkas ditawarkan lagi.")
        self.log_change(request, row, str(said))
        messages.success(request, said)
        return self.back_to(row)


def private_file(name: str, **kwargs: Any) -> FileResponse:
    """A file of private storage, not to be kept by anybody between us and the reader; 404 where it is lost."""
    private = storages["private"]
    if not private.exists(name):
        raise Http404
    response = FileResponse(private.open(name), **kwargs)
    response["Cache-Control"] = "private, max-age=3600"
    return response
