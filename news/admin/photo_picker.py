"""What the dialog of the article form asks of the photo library: pages of photos as JSON, and uploads in place."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _

from news.admin.photo_filters import matching
from news.models import Photo
from news.paging import page_of
from offices.scope import EDIT, rows_in_scope
from offices.templatetags.dates import short_date

PHOTOS_A_PAGE = 24
LONGEST_TERM = 100


def described(photo: Photo) -> dict[str, Any]:
    """A photo, loaded with its office's region, as the dialog shows it and a row takes it over."""
    return {
        "id": str(photo.pk),
        **{name: getattr(photo, name) for name in ("title", "caption", "credit", "alt")},
        "focal_x": round(photo.focal_x * 100),
        "focal_y": round(photo.focal_y * 100),
        "classes": photo.focal_classes(),
        "thumb": photo.thumbnail_url(),
        "src": photo.private_url(photo.width_for(640)),
        "uploaded": short_date(photo.uploaded_at, photo.office.region),
    }


class PhotoPicker:
    """Mixed into the admin of photos: those of the libraries one writes for, and new ones, without leaving the text."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("pick/", wrap(self.pick_view), name="news_photo_pick"),
            path("upload/", wrap(self.upload_view), name="news_photo_upload"),
            *super().get_urls(),
        ]

    def pick_view(self, request):
        """A page of photos that are not archived, newest first, or with `id` the one photo."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        photos = rows_in_scope(request.user, Photo.objects.select_related("office__region"), EDIT)
        if key := _number(request, "id"):
            return JsonResponse({"photos": [described(photo) for photo in photos.filter(pk=key)], "older": None})
        photos = photos.filter(archived_at=None)
        if office := _number(request, "office"):
            photos = photos.filter(office=office)
        photos = matching(photos, request.GET.get("q", "")[:LONGEST_TERM])
        page = page_of(photos, request.GET, field="uploaded_at", size=PHOTOS_A_PAGE)
        return JsonResponse({"photos": [described(photo) for photo in page.rows], "older": page.older})

    def upload_view(self, request):
        """Take in one file, outside any transaction; a refusal answers 400 with the guard's sentences."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return JsonResponse({"errors": [_("Kirim berkasnya dari formulir berita.")]}, status=405)
        form = self.filled(request)
        photo = self.stored(request, form) if form.is_valid() else None
        if photo is None:
            return JsonResponse({"errors": [str(e) for errors in form.errors.values() for e in errors]}, status=400)
        return JsonResponse({"photo": described(photo)}, status=201)


def _number(request: HttpRequest, name: str) -> int | None:
    """The key that the parameter `name` holds; one that no column holds finds nothing."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
