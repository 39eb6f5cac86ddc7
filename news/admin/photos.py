"""The photo library in the newsroom: a grid to search, and each photo with its focal point and where it is used."""

from django.contrib import admin
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext_lazy as _

from news.admin.library import LibraryAdmin, private_file
from news.admin.photo_filters import (
    SEARCHED,
    ArchiveFilter,
    OrientationFilter,
    UploaderFilter,
    UseFilter,
    matching,
)
from news.admin.photo_forms import FOCAL, WORDS, PhotoForm, UploadForm
from news.admin.photo_picker import PhotoPicker
from news.admin.photo_replacing import PhotoReplacing
from news.library import add_photo
from news.models import Photo
from news.uses import with_use_counts


def focal_picker(photo: Photo | None, alt: str = "") -> str:
    """The picture on which a focal point is chosen, with its crops; empty where no photo is chosen yet."""
    context = {"photo": photo, "alt": alt}
    if photo is not None:
        context["src"] = photo.private_url(photo.width_for(640))
    return render_to_string("admin/news/photo/_focal.html", context)


@admin.register(Photo)
class PhotoAdmin(PhotoPicker, PhotoReplacing, LibraryAdmin):
    form = PhotoForm
    upload_form = UploadForm
    upload_title = _("Unggah foto")
    list_display = ("title", "office", "credit", "moment")
    list_filter = (UseFilter, UploaderFilter, "uploaded_at", OrientationFilter, ArchiveFilter)
    list_select_related = ("office__region",)
    list_per_page = 48
    search_fields = SEARCHED
    fields = ("picture", FOCAL, *WORDS, "office", "size", "uploaded_by", "moment")
    readonly_fields = ("picture", "office", "size", "uploaded_by", "moment")
    change_list_template = "admin/news/photo/change_list.html"
    change_form_template = "admin/news/photo/change_form.html"

    def take_in(self, file, **known):
        return add_photo(file, **known)

    @admin.display(description=_("foto"))
    def picture(self, photo):
        return focal_picker(photo, photo.alt or photo.title)

    @admin.display(description=_("ukuran"))
    def size(self, photo):
        return f"{photo.width} × {photo.height}"

    def get_search_results(self, request, queryset, search_term):
        narrowed, may_repeat = super().get_search_results(request, queryset, "")
        return matching(narrowed, search_term), may_repeat

    def get_fields(self, request, obj=None):
        return self.fields if self.has_change_permission(request, obj) else [f for f in self.fields if f != FOCAL]

    def get_urls(self):
        file_view = self.admin_site.admin_view(self.file_view)
        return [
            path("<int:photo_id>/file/<int:width>/", file_view, name="news_photo_file"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """Django's list with the counts of its rows, one query whatever their number."""
        response = super().changelist_view(request, {"title": _("Pustaka foto"), **(extra_context or {})})
        listed = getattr(response, "context_data", {}).get("cl")
        if listed is not None:
            count_uses(listed.result_list, request.user)
            response.context_data["shows_offices"] = len({photo.office_id for photo in listed.result_list}) > 1
        return response

    def file_view(self, request, photo_id, width):
        """One rendition from private storage, for whoever may see the photo."""
        photo = self.get_object(request, str(photo_id))
        if width not in photo.widths:
            raise Http404
        return private_file(photo.rendition_name(width), content_type="image/webp")


def count_uses(photos, user) -> None:
    """Write on each of the loaded `photos` how many articles use it, and how many of those are public."""
    counted = with_use_counts(Photo.objects.filter(pk__in=[photo.pk for photo in photos]), user)
    counts = {photo.pk: photo for photo in counted.only("pk")}
    for photo in photos:
        photo.uses_count, photo.live_count = counts[photo.pk].uses_count, counts[photo.pk].live_count
