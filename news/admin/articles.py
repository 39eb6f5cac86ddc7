"""Articles in the newsroom: list, form, steps, preview, history, and the search for an article to point to."""

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from news.access import is_contributor, may, may_write
from news.admin.editorial import OFFICE, WorkingEditionAdmin
from news.admin.forms import StepForm
from news.admin.inlines import choice_label, choosable_articles
from news.models import Article, Edition, Transition
from news.readiness import problems, warnings
from news.refusals import NotComplete, NotNow, StaleVersion
from news.states import TABLE, PublicState, State, Step
from news.views.articles import page_of
from news.workflow import pointing_at, steps_open_to, take_step
from news.writing import start_edition
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
class ArticleAdmin(WorkingEditionAdmin):
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
            path("<int:article_id>/step/<str:step>/", wrap(self.step_view), name="news_article_step"),
            path("<int:article_id>/correct/", wrap(self.correct_view), name="news_article_correct"),
            path("<int:article_id>/preview/", wrap(never_cache(self.preview_view)), name="news_article_preview"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context.update(self._desk(request, obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _desk(self, request: HttpRequest, edition: Edition) -> dict:
        """What stands beside the form: the steps open to this person, and the checklist."""
        steps = steps_open_to(request.user, edition)
        live = _live_beside(edition)
        public_steps = steps_open_to(request.user, live) if live else []
        return {
            "edition": edition,
            "article": edition.article,
            "region": edition.article.office.region,
            "steps": [*_buttons(steps, edition), *_buttons(public_steps, live)],
            "problems": list(problems(edition)) if edition.is_working else [],
            "warnings": list(warnings(edition)) if edition.is_working else [],
            "may_correct": edition.is_live and may(request.user, Step.CORRECT, edition),
            "is_approved": edition.state == State.APPROVED,
            "is_own_work": edition.state == State.SUBMITTED
            and may_write(request.user, edition)
            and is_contributor(request.user, edition),
            "returned": _last_return(edition),
            "is_public": edition.article.public_state == PublicState.LIVE,
            "last_steps": edition.article.transitions.select_related("actor").order_by("-pk")[:5],
            "pointing_here": list(pointing_at(edition.article)) if Step.WITHDRAW in (*steps, *public_steps) else [],
            "may_submit_too": Step.SUBMIT in steps and may_write(request.user, edition),
        }

    def step_view(self, request, article_id, step):
        """Take one step; a refusal answers 403 or 409 with its sentences, and nothing has changed."""
        shown = self.edition_of(request, article_id)
        form = StepForm(request.POST)
        if request.method != "POST" or step not in Step.values or not form.is_valid():
            raise BadRequest(_("Langkah ini tidak lengkap; muat ulang halaman dan coba lagi."))
        asked = form.cleaned_data
        edition = shown.article.editions.filter(pk=asked["edition"]).select_related(OFFICE).first()
        try:
            if edition is None:
                raise StaleVersion
            taken = take_step(edition, Step(step), by=request.user, note=asked["note"], version=asked["version"])
        except NotNow as refusal:
            return self._refused(request, shown, refusal)
        messages.success(request, _("“%(step)s” tercatat.") % {"step": taken.get_step_display()})
        return self._back_to(edition)

    def _refused(self, request: HttpRequest, edition: Edition, refusal: NotNow) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Belum dapat dilakukan"),
            "opts": self.opts,
            "back": reverse("admin:news_article_change", args=[edition.article_id]),
            "sentences": refusal.problems if isinstance(refusal, NotComplete) else [str(refusal)],
        }
        return TemplateResponse(request, "admin/news/refused.html", context, status=409)

    @staticmethod
    def _back_to(edition: Edition) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[edition.article_id]))

    def correct_view(self, request, article_id):
        """Begin a new edition of a published article; the public keeps reading the live one."""
        edition = self.edition_of(request, article_id)
        if request.method != "POST":
            raise BadRequest(_("Gunakan tombol pada halaman naskah."))
        try:
            start_edition(edition.article, by=request.user)
        except NotNow as refusal:
            return self._refused(request, edition, refusal)
        messages.success(request, _("Edisi baru dimulai. Pembaca tetap melihat edisi yang terbit."))
        return self._back_to(edition)

    def preview_view(self, request, article_id):
        """The edition on the real page, with private photos, for those whose scope covers it."""
        shown = self.edition_of(request, article_id)
        edition = Edition.objects.with_content().select_related(OFFICE, "article__rubric").get(pk=shown.pk)
        edition.article.rubric = edition.rubric
        for row in edition.photos.all():
            row.private = True
        context = page_of(request, edition)
        context.update(is_preview=True, robots="noindex", canonical_url="", share_links=[], share_image="")
        return render(request, "news/article_detail.html", context)

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
            "contributions": edition.contributions.select_related("user").order_by("first_at"),
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


def _buttons(steps: list[Step], edition: Edition | None) -> list[dict]:
    return [{"step": step, "rule": TABLE[step], "edition": edition} for step in steps]


def _live_beside(edition: Edition) -> Edition | None:
    """The live edition while `edition` is its successor in the making: it can still be withdrawn or removed."""
    live = edition.article.editions.live().first() if edition.is_working else None
    if live:
        live.article = edition.article
    return live


def _last_return(edition: Edition) -> Transition | None:
    """The step that sent `edition` back to its writer, while it is there."""
    if edition.state != State.CHANGES_REQUESTED:
        return None
    return edition.transitions.filter(step=Step.REQUEST_CHANGES).select_related("actor").last()


def _page_number(request: HttpRequest) -> int:
    """The page asked for, counted from 0, at most 50."""
    asked = request.GET.get("page", "1")
    return min(50, int(asked)) - 1 if asked.isascii() and asked.isdigit() and 0 < len(asked) < 4 and int(asked) else 0
