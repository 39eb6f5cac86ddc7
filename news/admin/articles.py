"""Articles in the newsroom: what they are made of, their history, and the search for an article to point to."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from news.admin.assigning import AssignViews
from news.admin.bulk import BulkSteps
from news.admin.comments import CommentPages, comment_rows
from news.admin.comparison import ComparisonPages
from news.admin.duplicates import Duplicable
from news.admin.editorial import WorkingEditionAdmin
from news.admin.inlines import choice_label, choosable_articles
from news.admin.listing import ArticleList
from news.admin.pins import Pinnable
from news.admin.preview import PreviewPages
from news.admin.schedules import ScheduleViews
from news.admin.sharelinks import ShareLinkPages
from news.admin.steps import StepViews
from news.admin.suggestions import is_row_key
from news.models import Article
from offices.scope import rows_in_scope

CHOICES_A_PAGE = 15


@admin.register(Article)
class ArticleAdmin(
    ArticleList,
    BulkSteps,
    CommentPages,
    AssignViews,
    StepViews,
    ScheduleViews,
    Pinnable,
    Duplicable,
    ComparisonPages,
    PreviewPages,
    ShareLinkPages,
    WorkingEditionAdmin,
):
    change_form_template = "admin/news/article/change_form.html"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("choose/", wrap(self.choose_view), name="news_article_choose"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        """Every step of every edition of the article, newest first."""
        edition = self.edition_of(request, object_id)
        steps = edition.article.transitions.select_related("actor", "edition").order_by("-pk")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Riwayat: %s") % edition.headline,
            "opts": self.opts,
            "edition": edition,
            "article": edition.article,
            "region": edition.article.office.region,
            "transitions": steps,
            "address_changes": edition.article.address_changes.select_related("actor").order_by("-pk"),
            "contributions": edition.contributions.select_related("user").order_by("first_at"),
            "comments": comment_rows(edition.article),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/news/article/history.html", context)

    def choose_view(self, request):
        """Articles to point to, as JSON for the "Baca juga" dialog and the hand-picked list.

        A headline that is not public is searched only where the person reads it: a hit would give it away. The article
        `beside` which they will stand is not among them.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        term = request.GET.get("term", "").replace("\x00", "").strip()[:100]
        named = rows_in_scope(request.user, Article.objects.all()).filter(editions__headline__icontains=term)
        wanted = Q(live_edition__headline__icontains=term) | Q(pk__in=named.values("pk"))
        beside = request.GET.get("beside", "")
        others = ~Q(pk=int(beside)) if is_row_key(beside) else Q()
        found = choosable_articles(request.user).filter(wanted, others).order_by("-pk")
        start = _page_number(request) * CHOICES_A_PAGE
        rows = list(found[start : start + CHOICES_A_PAGE + 1])
        results = [{"id": str(a.pk), "text": choice_label(a)} for a in rows[:CHOICES_A_PAGE]]
        return JsonResponse({"results": results, "pagination": {"more": len(rows) > CHOICES_A_PAGE}})


def _page_number(request: HttpRequest) -> int:
    """The page asked for, counted from 0, at most 50."""
    asked = request.GET.get("page", "1")
    return min(50, int(asked)) - 1 if asked.isascii() and asked.isdigit() and 0 < len(asked) < 4 and int(asked) else 0
