"""The files of the photo library: taken in by an upload page of their own, shown to the own staff only."""

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from news.admin.photo_forms import WORDS, UploadForm
from news.library import add_photo
from news.models import Photo
from offices.admin.scoping import offices_to_write_for


class PhotoFiles:
    """Mixed into the admin of photos: the upload page and the files."""

    def get_urls(self):
        file_view = self.admin_site.admin_view(self.file_view)
        return [
            path("<int:photo_id>/file/<int:width>/", file_view, name="news_photo_file"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Upload outside any transaction: image work must not hold the write lock."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        offices = offices_to_write_for(request.user, Photo)
        initial = self.get_changeform_initial_data(request)
        form = UploadForm(request.POST or None, request.FILES or None, offices=offices, initial=initial)
        if request.method == "POST" and form.is_valid():
            photo = self.stored(request, form)
            if photo:
                return self.response_add(request, photo)
        context = {
            **self.admin_site.each_context(request),
            "form": form,
            "opts": self.opts,
            "title": _("Unggah foto"),
            "is_popup": IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST,
            "is_popup_var": IS_POPUP_VAR,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/news/photo/upload.html", context, status=400 if form.errors else 200)

    def stored(self, request, form, **more):
        """The new photo, or None with the guard's sentence on the form."""
        words = {name: form.cleaned_data[name] for name in WORDS}
        file, office = form.cleaned_data["file"], form.cleaned_data["office"]
        try:
            photo = add_photo(file, office=office, by=request.user, **words, **more)
        except ValidationError as refusal:
            form.add_error("file", refusal)
            return None
        self.log_addition(request, photo, _("Foto diunggah."))
        return photo

    def response_add(self, request, obj, post_url_continue=None):
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, _("Foto “%(title)s” sudah masuk pustaka.") % {"title": obj.title})
        return HttpResponseRedirect(reverse("admin:news_photo_change", args=[obj.pk]))

    def file_view(self, request, photo_id, width):
        """One rendition from private storage, for whoever may see the photo."""
        photo = self.get_object(request, str(photo_id))
        if width not in photo.widths:
            raise Http404
        name, private = photo.rendition_name(width), storages["private"]
        if not private.exists(name):
            raise Http404
        response = FileResponse(private.open(name), content_type="image/webp")
        response["Cache-Control"] = "private, max-age=3600"
        return response
