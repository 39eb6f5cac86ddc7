"""Any two editions of an article side by side, in the newsroom."""

from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from news.comparison import Comparison, compare
from news.contents import content_in_words
from news.models import Edition
from offices.scope import rows_in_scope


class ComparisonPages:
    """Mixed into the page of articles."""

    def get_urls(self):
        view = self.admin_site.admin_view(never_cache(require_safe(self.compare_view)))
        return [path("<int:article_id>/compare/", view, name="news_article_compare"), *super().get_urls()]

    def compare_view(self, request, article_id):
        """The editions named by their ids in `from` and `to`; without them the two that are likeliest wanted."""
        shown = self.edition_of(request, article_id)
        editions = list(_editions(request, shown))
        old, new = _chosen(request, editions, shown)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Bandingkan edisi: %s") % shown.headline,
            "opts": self.opts,
            "article": shown.article,
            "region": shown.article.office.region,
            "headline": shown.headline,
            "editions": editions,
            "old": old,
            "new": new,
            "comparison": _compared(request, old, new) if old != new else None,
        }
        return TemplateResponse(request, "admin/news/article/compare.html", context)


def _editions(request: HttpRequest, shown: Edition):
    rows = rows_in_scope(request.user, Edition.objects.filter(article=shown.article_id))
    return rows.order_by("-number").defer("body")


def _chosen(request: HttpRequest, editions: list[Edition], shown: Edition) -> tuple[Edition, Edition]:
    """The asked for ones, or 404; else the one shown, and before it the live one or its forerunner."""
    newer = _asked(request, "to", editions) or next(e for e in editions if e.pk == shown.pk)
    before = [edition for edition in editions if edition.number < newer.number]
    live = [edition for edition in editions if edition.is_live and edition != newer]
    return _asked(request, "from", editions) or next(iter([*live, *before]), newer), newer


def _asked(request: HttpRequest, name: str, editions: list[Edition]) -> Edition | None:
    wanted = request.GET.get(name)
    if wanted is None:
        return None
    found = next((edition for edition in editions if str(edition.pk) == wanted), None)
    if found is None:
        raise Http404
    return found


def _compared(request: HttpRequest, *pair: Edition) -> Comparison:
    whole = Edition.objects.with_content().in_bulk([edition.pk for edition in pair])
    return compare(*(content_in_words(whole[edition.pk], request.user) for edition in pair))
