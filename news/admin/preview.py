"""The preview of an edition in the newsroom: on the real page, and in a frame as wide as a phone or a desk."""

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from news.admin.editorial import OFFICE
from news.attachments import documents_of
from news.models import Attachment, Edition
from news.views.articles import preview_of


class PreviewPages:
    """Mixed into the page of articles."""

    def get_urls(self):
        page, sizes = never_cache(require_safe(self.preview_view)), never_cache(require_safe(self.sizes_view))
        page = xframe_options_sameorigin(csp_replace({"frame-ancestors": [SELF]})(page))
        sizes = csp_update({"frame-src": [SELF]})(sizes)
        wrap = self.admin_site.admin_view
        return [
            path("<int:article_id>/preview/", wrap(page), name="news_article_preview"),
            path("<int:article_id>/preview/sizes/", wrap(sizes), name="news_article_preview_sizes"),
            *super().get_urls(),
        ]

    def preview_view(self, request, article_id):
        """The edition on the real page, with private photos, for those whose scope covers it."""
        shown = self.edition_of(request, article_id)
        edition = Edition.objects.with_content().select_related(OFFICE, "article__rubric").get(pk=shown.pk)
        for row in edition.photos.all():
            row.private = True
        context = preview_of(request, edition)
        context["documents"] = documents_of(edition, Attachment.private_url)
        context.update(is_preview=True, robots="noindex")
        return render(request, "news/article_detail.html", context)

    def sizes_view(self, request, article_id):
        """The preview in a frame of our own page, at the width of a phone or of a desk."""
        edition = self.edition_of(request, article_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Pratinjau: %s") % edition.headline,
            "opts": self.opts,
            "article": edition.article,
            "headline": edition.headline,
        }
        return TemplateResponse(request, "admin/news/article/preview.html", context)
