"""Demands of readers in the newsroom: a list by deadline, and each with what was said and the steps that answer it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from news.answering import LONGEST_ANSWER, answer, steps_open_to
from news.demands import TABLE
from news.models import Demand
from news.models.demands import PERSONAL, SETTLED, DemandStep
from news.refusals import NotNow
from offices.admin.scoping import OfficeScopedAdmin
from offices.scope import reach_of
from offices.templatetags.dates import short_time

LABELS = {
    DemandStep.REFUSE: _("Alasan, dikirim kepada peminta"),
    DemandStep.RESOLVE: _("Penjelasan, dikirim kepada peminta"),
}
HINTS = {
    DemandStep.RESOLVE: _("Misalnya berita sudah diperbaiki atau ditarik sebelum permintaan ini."),
}


class StandingFilter(admin.SimpleListFilter):
    """What waits, what is late, and what is done."""

    title = _("keadaan")
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        return [("ditunggu", _("Menunggu jawaban")), ("lewat", _("Lewat tenggat")), ("selesai", _("Selesai"))]

    def queryset(self, request, queryset):
        match self.value():
            case "ditunggu":
                return queryset.awaited()
            case "lewat":
                return queryset.overdue(timezone.now())
            case "selesai":
                return queryset.filter(state__in=SETTLED)
        return queryset


@admin.register(Demand)
class DemandAdmin(OfficeScopedAdmin):
    """Read by those who answer and those who watch over them; changed by the steps alone."""

    list_display = ("number", "kind", "headline", "standing", "deadline", "office")
    list_filter = (StandingFilter, "kind")
    search_fields = ("number", "edition__headline", "name")
    ordering = ("-opened_at", "-pk")
    change_form_template = "admin/news/demand/change_form.html"
    readonly_fields = ("headline", "office", "deadline", "proof")
    fieldsets = (
        (_("Yang diminta"), {"fields": ("kind", "headline", "office", "wrong", "right", "proof")}),
        (_("Peminta"), {"fields": ("name", "capacity", "email", "phone")}),
    )

    def get_list_display(self, request):
        """Whose article it is about is said to those who read those of several offices."""
        columns = super().get_list_display(request)
        reach = reach_of(request.user, Demand.scope.readers)
        several = reach.nation or reach.provinces or len(reach.offices) > 1
        return columns if several else [name for name in columns if name != "office"]

    def lookup_allowed(self, lookup, value, request):
        """Not what came from the person: a filter would find it out piece by piece."""
        return lookup.split("__")[0] not in (*PERSONAL, "form_key") and super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).before_the_newsroom().with_article().select_related("correction")

    @admin.display(description=_("berita"))
    def headline(self, demand):
        return demand.edition.headline

    @admin.display(description=_("kantor"))
    def office(self, demand):
        return demand.article.office

    @admin.display(description=_("keadaan"))
    def standing(self, demand):
        late = format_html(' <strong class="task__alert">{}</strong>', _("Lewat tenggat")) if demand.is_overdue else ""
        return format_html('<span class="state">{}</span>{}', demand.standing, late)

    @admin.display(description=_("tenggat"), ordering="due_at")
    def deadline(self, demand):
        return short_time(demand.due_at, demand.article.office.region)

    @admin.display(description=_("tautan bukti"))
    def proof(self, demand):
        """A link that tells the other side nothing of us; its whole address is shown, as it may lead anywhere."""
        link = '<a href="{0}" rel="noopener noreferrer nofollow" target="_blank">{0}</a>'
        return format_html(link, demand.evidence) if demand.evidence else "–"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context.update(_desk(request, obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self):
        step = self.admin_site.admin_view(self.step_view)
        return [path("<int:demand_id>/step/<str:step>/", step, name="news_demand_step"), *super().get_urls()]

    def step_view(self, request, demand_id, step):
        """Answer a demand; a refusal answers 403 or 409 with its sentence, and nothing has changed."""
        demand = self.get_object(request, str(demand_id))
        if request.method != "POST" or step not in DemandStep.values:
            raise BadRequest(_("Gunakan tombol pada halaman permintaan."))
        page = reverse("admin:news_demand_change", args=[demand.pk])
        try:
            answered = answer(demand, DemandStep(step), by=request.user, note=request.POST.get("note", ""))
        except NotNow as refusal:
            return self._refused(request, refusal, page)
        if step == DemandStep.ACCEPT:
            messages.success(request, _("Edisi perbaikan dimulai. Permintaan ini selesai ketika edisi itu terbit."))
            return HttpResponseRedirect(reverse("admin:news_article_change", args=[answered.article_id]))
        messages.success(request, _("Permintaan selesai; jawabannya dikirim kepada peminta."))
        return HttpResponseRedirect(page)

    def _refused(self, request: HttpRequest, refusal: NotNow, page: str) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Belum dapat dilakukan"),
            "opts": self.opts,
            "sentences": [str(refusal)],
            "typed": request.POST.get("note", ""),
            "back": page,
        }
        return TemplateResponse(request, "admin/news/refused.html", context, status=409)


def _desk(request: HttpRequest, demand: Demand) -> dict[str, Any]:
    """What stands above what was said: how the demand stands, what can be done, what was done and told."""
    steps = [
        {
            "step": step,
            "rule": TABLE[step],
            "label": LABELS.get(step, ""),
            "hint": HINTS.get(step, ""),
        }
        for step in steps_open_to(request.user, demand)
    ]
    return {
        "demand": demand,
        "article": demand.article,
        "region": demand.article.office.region,
        "demand_steps": steps,
        "transitions": demand.transitions.select_related("actor"),
        "letters": demand.letters.order_by("pk"),
        "longest_answer": LONGEST_ANSWER,
    }
