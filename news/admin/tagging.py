"""The tags that the article form suggests while one types."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import path

from news.models import Tag
from news.tagging import suggested
from offices.scope import rows_in_scope


class TagSuggestions:
    """Mixed into the page of an article."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.tags_view)
        return [path("tags/", view, name="news_article_tags"), *super().get_urls()]

    def tags_view(self, request: HttpRequest) -> JsonResponse:
        """Tags in use as JSON, with how many editions carry each, for those who write somewhere."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        found = rows_in_scope(request.user, Tag.objects.all())
        rows = suggested(request.GET.get("term", ""), found)
        return JsonResponse({"tags": [{"name": tag.name, "uses": tag.uses} for tag in rows]})
