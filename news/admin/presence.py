"""Who else is at the form of an article, told at the top of it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from news.admin.owners import refusal_of_anothers
from news.models import Edition
from news.presence import BEAT, be_present, leave, others_at
from offices.templatetags.dates import short_time


class PresencePages:
    """Mixed into the page of an article."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.presence_view))
        return [path("<int:article_id>/presence/", view, name="news_article_presence"), *super().get_urls()]

    def presence_view(self, request: HttpRequest, article_id: int) -> JsonResponse:
        """A sign of life from an open form, or the last one; who else is there, and the version that is stored."""
        if refusal := refusal_of_anothers(request, request.POST.get("account")):
            return JsonResponse({"sentence": refusal}, status=409)
        edition = self.edition_of(request, article_id)
        if not self.has_change_permission(request, edition):
            raise PermissionDenied
        if "leaving" in request.POST:
            leave(edition, request.user)
        else:
            be_present(edition, request.user)
        saved_at = short_time(edition.saved_at, edition.article.office.region)
        newer = _("Naskah ini disimpan rekan Anda pada %(when)s. Saat Anda menyimpan, kedua tulisan disandingkan.")
        return JsonResponse(
            {
                "others": _sentences(request, edition),
                "edition": edition.pk,
                "version": edition.version,
                "newer": newer % {"when": saved_at},
            }
        )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["beat"] = BEAT
        context["others"] = _sentences(request, obj) if obj and self.has_change_permission(request, obj) else []
        return super().render_change_form(request, context, add, change, form_url, obj)


def _sentences(request: HttpRequest, edition: Edition) -> list[str]:
    region = edition.article.office.region
    return [
        _("%(name)s juga membuka naskah ini sejak %(since)s.")
        % {"name": row.user, "since": short_time(row.since, region)}
        for row in others_at(edition, request.user)
    ]
