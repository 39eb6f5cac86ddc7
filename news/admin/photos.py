"""The photo library in the newsroom: an upload page of its own, and files for the own staff only."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from news.library import add_photo
from news.models import Photo
from offices.admin.scoping import OfficeScopedAdmin, offices_to_write_for
from offices.models import Office

WORDS = ("title", "caption", "credit", "alt")


class UploadForm(forms.ModelForm):
    """A picture file, the library it goes to, and what is known about it."""

    office = forms.ModelChoiceField(label=_("Kantor"), queryset=Office.objects.none(), empty_label=None)
    file = forms.FileField(label=_("Berkas"), help_text=_("JPEG, PNG, atau WebP; paling besar 20 MB."))

    class Meta:
        model = Photo
        fields = WORDS

    field_order = ("office", "file", *WORDS)

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.fields["file"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp"


@admin.register(Photo)
class PhotoAdmin(OfficeScopedAdmin):
    list_display = ("thumbnail", "title", "office", "credit", "uploaded_at")
    list_display_links = ("title",)
    list_select_related = ("office__region",)
    search_fields = ("title", "caption", "credit")
    recorded_by_verbs = frozenset({ADDITION})
    fields = ("preview", *WORDS, "office", "size", "uploaded_by", "uploaded_at")
    readonly_fields = ("preview", "office", "size", "uploaded_by", "uploaded_at")

    @admin.display(description=_("foto"))
    def thumbnail(self, photo):
        return self._image(photo, photo.widths[0], 160)

    @admin.display(description=_("foto"))
    def preview(self, photo):
        return self._image(photo, max(w for w in photo.widths if w <= 640 or w == photo.widths[0]), 640)

    @admin.display(description=_("ukuran"))
    def size(self, photo):
        return f"{photo.width} × {photo.height}"

    @staticmethod
    def _image(photo, width, shown):
        height = round(shown * photo.height / photo.width)
        return format_html(
            '<img src="{}" alt="{}" width="{}" height="{}" class="library-photo">',
            photo.private_url(width),
            photo.alt or photo.title,
            shown,
            height,
        )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("office__region")

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
        form = UploadForm(request.POST or None, request.FILES or None, offices=offices)
        if request.method == "POST" and form.is_valid():
            photo = self._stored(request, form)
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

    def _stored(self, request, form):
        """The new photo, or None with the guard's sentence on the form."""
        words = {name: form.cleaned_data[name] for name in WORDS}
        file, office = form.cleaned_data["file"], form.cleaned_data["office"]
        try:
            photo = add_photo(file, office=office, by=request.user, **words)
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
