"""The list of articles in the newsroom: what stands in a row, what it is narrowed by, and how it is searched."""

from datetime import timedelta

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import OuterRef, Prefetch, Subquery, Sum
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from news.models import Article, Edition, ReadCount
from news.reads import DAYS_SHOWN
from news.states import WORKING, PublicState, State
from offices.admin.scoping import MOST_WORDS
from offices.scope import reach_of
from offices.templatetags.dates import short_time

CHOOSE_ALL = _("Pilih semua naskah pada halaman ini")
AT_REST = {
    State.PUBLISHED: PublicState.LIVE,
    State.WITHDRAWN: PublicState.WITHDRAWN,
    State.REMOVED: PublicState.REMOVED,
    State.DISCARDED: PublicState.NEVER,
}
"""Where nothing is being worked on, the state of what an article shows follows from what the public meets."""


class StateFilter(admin.SimpleListFilter):
    """Articles by the state of the edition that their row shows; read from indexes, never from every edition."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [choice for choice in State.choices if choice[0] != State.SUPERSEDED]

    def queryset(self, request, queryset):
        state = self.value()
        working = Edition.objects.working()
        if state in WORKING:
            return queryset.filter(pk__in=working.filter(state=state).values("article"))
        if state in AT_REST:
            return queryset.filter(public_state=AT_REST[state]).exclude(pk__in=working.values("article"))
        return queryset


class ArticleList:
    """Mixed into the article's admin: each row shows the edition that its page shows."""

    list_display = ("headline", "state", "office", "writer", "saved", "published", "read")
    list_display_links = ("headline",)
    list_filter = (StateFilter, "public_state", "rubric")
    search_fields = ("editions__headline",)
    ordering = ("-pk",)

    def get_list_display(self, request):
        """Which office a text is from is said to those who read those of several."""
        columns = super().get_list_display(request)
        reach = reach_of(request.user)
        several = reach.nation or reach.provinces or len(reach.offices) > 1
        return columns if several else [name for name in columns if name != "office"]

    def get_queryset(self, request):
        editions = Edition.objects.select_related("started_by").defer("body")
        since = timezone.localdate() - timedelta(days=DAYS_SHOWN - 1)
        lately = ReadCount.objects.filter(article=OuterRef("pk"), day__gte=since).order_by().values("article")
        found = super().get_queryset(request).select_related("office__region")
        counted = found.annotate(times_read=Subquery(lately.annotate(times=Sum("reads")).values("times")))
        return counted.prefetch_related(Prefetch("editions", editions))

    def get_search_results(self, request, queryset, search_term):
        """Each word in the headline of any edition of the rows, which are the person's own; no row comes twice."""
        for word in search_term.replace("\x00", "").split()[:MOST_WORDS]:
            named = Edition.objects.filter(headline__icontains=word).order_by()
            queryset = queryset.filter(pk__in=named.values("article"))
        return queryset, False

    @staticmethod
    def _shown(article: Article) -> Edition:
        return max(article.editions.all(), key=lambda e: (e.is_working, e.is_live, e.number))

    @admin.display(description=format_html('<input type="checkbox" id="action-toggle" aria-label="{}">', CHOOSE_ALL))
    def action_checkbox(self, article):
        """Django's, named by the headline on the row: an article names itself by its live edition only."""
        label = _("Pilih: %(headline)s") % {"headline": self._shown(article).headline}
        box = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
        return format_html(box, ACTION_CHECKBOX_NAME, str(article.pk), label)

    @admin.display(description=_("judul"))
    def headline(self, article):
        return self._shown(article).headline

    @admin.display(description=_("status"))
    def state(self, article):
        edition = self._shown(article)
        return format_html('<span class="state state--{}">{}</span>', edition.state, edition.get_state_display())

    @admin.display(description=_("penulis"))
    def writer(self, article):
        return self._shown(article).started_by

    @admin.display(description=_("disimpan"))
    def saved(self, article):
        return short_time(self._shown(article).saved_at, article.office.region)

    @admin.display(description=_("pertama terbit"), ordering="first_published_at")
    def published(self, article):
        return short_time(article.first_published_at, article.office.region) or "–"

    @admin.display(description=_("dibaca 7 hari"))
    def read(self, article):
        if article.public_state != PublicState.LIVE:
            return "–"
        return number_format(article.times_read or 0, force_grouping=True)
