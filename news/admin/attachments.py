"""Documents in the newsroom: the office's library of PDF files, where each is used, and the file for the own staff."""

from django.contrib import admin
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from news.admin.attachment_forms import AttachmentUploadForm
from news.admin.library import LibraryAdmin
from news.admin.photo_filters import ArchiveFilter, UploaderFilter
from news.attachments import add_attachment, download, length_of
from news.models import Attachment
from news.uses import with_use_counts


@admin.register(Attachment)
class AttachmentAdmin(LibraryAdmin):
    upload_form = AttachmentUploadForm
    upload_title = _("Unggah dokumen")
    list_display = ("title", "length", "uses", "office", "moment")
    list_filter = (UploaderFilter, "uploaded_at", ArchiveFilter)
    list_select_related = ("office__region",)
    search_fields = ("title",)
    fields = ("title", "link", "length", "office", "uploaded_by", "moment")
    readonly_fields = ("link", "length", "office", "uploaded_by", "moment")
    change_form_template = "admin/news/attachment/change_form.html"

    def take_in(self, file, **known):
        return add_attachment(file, **known)

    def get_queryset(self, request):
        return with_use_counts(super().get_queryset(request), request.user)

    def get_urls(self):
        file_view = self.admin_site.admin_view(self.file_view)
        return [path("<int:key>/file/", file_view, name="news_attachment_file"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Pustaka lampiran"), **(extra_context or {})})

    @admin.display(description=_("ukuran"))
    def length(self, attachment):
        return length_of(attachment)

    @admin.display(description=_("dipakai di"))
    def uses(self, attachment):
        return _("%(count)d berita") % {"count": attachment.uses_count}

    @admin.display(description=_("berkas"))
    def link(self, attachment):
        return format_html('<a href="{}">{}</a>', attachment.private_url(), _("Unduh PDF"))

    def file_view(self, request, key):
        """The document from private storage, for whoever may see it; kept, never shown as a page."""
        response = download(self.get_object(request, str(key)))
        response["Cache-Control"] = "private, max-age=3600"
        return response
