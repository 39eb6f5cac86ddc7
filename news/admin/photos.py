"""The photo library in the newsroom: a grid to search, and each photo with its focal point and where it is used."""

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.admin.photo_files import PhotoFiles
from news.admin.photo_filters import (
    SEARCHED,
    ArchiveFilter,
    OrientationFilter,
    UploaderFilter,
    UseFilter,
    matching,
)
from news.admin.photo_forms import FOCAL, WORDS, PhotoForm
from news.admin.photo_picker import PhotoPicker
from news.models import Photo
from news.uses import editions_using, with_use_counts
from offices.admin.scoping import OfficeScopedAdmin


def focal_picker(photo: Photo | None, alt: str = "") -> str:
    """The picture on which a focal point is chosen, with its crops; empty where no photo is chosen yet."""
    context = {"photo": photo, "alt": alt}
    if photo is not None:
        context |= {
            "src": photo.private_url(photo.width_for(640)),
            "width": str(photo.width),
            "height": str(photo.height),
        }
    return render_to_string("admin/news/photo/_focal.html", context)


@admin.register(Photo)
class PhotoAdmin(PhotoPicker, PhotoFiles, OfficeScopedAdmin):
    form = PhotoForm
    list_display = ("title", "office", "credit", "uploaded_at")
    list_filter = (
        UseFilter,
        UploaderFilter,
        ("uploaded_at", admin.DateFieldListFilter),
        OrientationFilter,
        ArchiveFilter,
    )
    list_select_related = ("office__region",)
    list_per_page = 48
    search_fields = SEARCHED
    recorded_by_verbs = frozenset({ADDITION})
    fields = ("picture", FOCAL, *WORDS, "office", "size", "uploaded_by", "uploaded_at")
    readonly_fields = ("picture", "office", "size", "uploaded_by", "uploaded_at")
    change_list_template = "admin/news/photo/change_list.html"
    change_form_template = "admin/news/photo/change_form.html"

    @admin.display(description=_("foto"))
    def picture(self, photo):
        return focal_picker(photo, photo.alt or photo.title)

    @admin.display(description=_("ukuran"))
    def size(self, photo):
        return f"{photo.width} × {photo.height}"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("office__region")

    def get_search_results(self, request, queryset, search_term):
        """Whoever searches as they type, to place a photo in an edition, is offered none that is archived."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(archived_at=None)
        return matching(queryset, search_term), False

    def get_fields(self, request, obj=None):
        return self.fields if self.has_change_permission(request, obj) else [f for f in self.fields if f != FOCAL]

    def get_urls(self):
        archive_view = self.admin_site.admin_view(self.archive_view)
        return [
            path("<int:photo_id>/archive/", archive_view, name="news_photo_archive"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """Django's list with the counts of its rows, two queries whatever their number."""
        response = super().changelist_view(request, {"title": _("Pustaka foto"), **(extra_context or {})})
        listed = getattr(response, "context_data", {}).get("cl")
        if listed is not None:
            keys = [photo.pk for photo in listed.result_list]
            counted = with_use_counts(Photo.objects.filter(pk__in=keys), request.user)
            counts = {photo.pk: photo for photo in counted.only("pk")}
            for photo in listed.result_list:
                photo.uses_count, photo.live_count = counts[photo.pk].uses_count, counts[photo.pk].live_count
            response.context_data["shows_offices"] = len({photo.office_id for photo in listed.result_list}) > 1
        return response

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        editions = list(editions_using(obj, request.user)) if obj else []
        context |= {"photo": obj, "editions": editions, "show_save_and_add_another": False}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def archive_view(self, request, photo_id):
        """Hide a photo from those who pick one, or show it again; where it is used nothing changes."""
        photo = self.get_object(request, str(photo_id))
        if request.method != "POST":
            raise BadRequest(_("Gunakan tombol pada halaman foto."))
        if not self.has_change_permission(request, photo):
            raise PermissionDenied
        photo.archived_at = None if photo.archived_at else timezone.now()
        photo.save(update_fields=["archived_at"])
        said = _("Foto diarsipkan dan tidak ditawarkan lagi.") if photo.archived_at else _("Foto ditawarkan lagi.")
        self.log_change(request, photo, str(said))
        messages.success(request, said)
        return HttpResponseRedirect(reverse("admin:news_photo_change", args=[photo.pk]))
