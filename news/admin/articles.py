"""Articles in the newsroom: list, form, steps, history, and the search for an article to point to."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.http import HttpRequest, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from news.admin.assigning import AssignViews
from news.admin.comments import CommentPages, comment_rows
from news.admin.comparison import ComparisonPages
from news.admin.duplicates import Duplicable
from news.admin.editorial import WorkingEditionAdmin
from news.admin.inlines import choice_label, choosable_articles
from news.admin.pins import Pinnable
from news.admin.preview import PreviewPages
from news.admin.schedules import ScheduleViews
from news.admin.sharelinks import ShareLinkPages
from news.admin.steps import StepViews
from news.models import Article, Edition
from news.states import State
from offices.scope import rows_in_scope
from offices.templatetags.dates import short_time

CHOICES_A_PAGE = 15


class StateFilter(admin.SimpleListFilter):
    """Articles by the state of their newest edition."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.filter(newest_state=self.value()) if self.value() in State.values else queryset


@admin.register(Article)
class ArticleAdmin(
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
    list_display = ("headline", "state", "office", "writer", "saved", "published")
    list_display_links = ("headline",)
    list_filter = (StateFilter, "public_state", "rubric")
    search_fields = ("editions__headline",)
    ordering = ("-pk",)
    change_form_template = "admin/news/article/change_form.html"

    def get_queryset(self, request):
        newest = Edition.objects.filter(article=OuterRef("pk")).order_by("-number").values("state")[:1]
        editions = Edition.objects.order_by("number").select_related("started_by").defer("body")
        found = super().get_queryset(request).select_related("office__region", "rubric")
        return found.annotate(newest_state=Subquery(newest)).prefetch_related(Prefetch("editions", editions))

    @staticmethod
    def _newest(article: Article) -> Edition:
        return list(article.editions.all())[-1]

    @admin.display(description=_("judul"))
    def headline(self, article):
        return self._newest(article).headline

    @admin.display(description=_("status"))
    def state(self, article):
        edition = self._newest(article)
        return format_html('<span class="state state--{}">{}</span>', edition.state, edition.get_state_display())

    @admin.display(description=_("penulis"))
    def writer(self, article):
        return self._newest(article).started_by

    @admin.display(description=_("disimpan"))
    def saved(self, article):
        return short_time(self._newest(article).saved_at, article.office.region)

    @admin.display(description=_("pertama terbit"), ordering="first_published_at")
    def published(self, article):
        return short_time(article.first_published_at, article.office.region) or "–"

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

        A headline that is not public is searched only where the person reads it: a hit would give it away.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        term = request.GET.get("term", "").replace("\x00", "").strip()[:100]
        named = rows_in_scope(request.user, Article.objects.all()).filter(editions__headline__icontains=term)
        wanted = Q(live_edition__headline__icontains=term) | Q(pk__in=named.values("pk"))
        found = choosable_articles(request.user).filter(wanted).order_by("-pk")
        start = _page_number(request) * CHOICES_A_PAGE
        rows = list(found[start : start + CHOICES_A_PAGE + 1])
        results = [{"id": str(a.pk), "text": choice_label(a)} for a in rows[:CHOICES_A_PAGE]]
        return JsonResponse({"results": results, "pagination": {"more": len(rows) > CHOICES_A_PAGE}})


def _page_number(request: HttpRequest) -> int:
    """The page asked for, counted from 0, at most 50."""
    asked = request.GET.get("page", "1")
    return min(50, int(asked)) - 1 if asked.isascii() and asked.isdigit() and 0 < len(asked) < 4 and int(asked) else 0
