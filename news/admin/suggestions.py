"""What would stand beside an article by itself, shown to its editors, who pick from it by hand or veto it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from news.access import may_write
from news.models import Article, Edition, RelatedPick
from news.models.related import MOST_PICKS
from news.refusals import NotNow
from news.related.reasons import suggestions_for
from news.related.vetoes import lift_veto, may_veto, veto, vetoed_beside
from news.states import PublicState, State

ANCHOR = "#terkait"


class SuggestionPages:
    """Mixed into the article's admin page: the suggestions below its form, and what their buttons do."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:article_id>/veto/", wrap(self.veto_view), name="news_article_veto"),
            path("<int:article_id>/unveto/", wrap(self.unveto_view), name="news_article_unveto"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context.update(self._suggestions(request, obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _suggestions(self, request: HttpRequest, edition: Edition) -> dict[str, Any]:
        """Nothing for whoever can do nothing about them, nor for what will not be public again."""
        may_pick = edition.is_working and may_write(request.user, edition)
        vetoes = may_veto(request.user, edition.article)
        ended = edition.state == State.DISCARDED or edition.article.public_state == PublicState.REMOVED
        if ended or not (may_pick or vetoes):
            return {}
        loaded = Edition.objects.with_content().select_related("article__office__region__parent").get(pk=edition.pk)
        picks = edition.picks.count()
        return {
            "suggestions": suggestions_for(loaded),
            "vetoed": vetoed_beside(edition.article) if vetoes else [],
            "may_veto": vetoes,
            "may_pick": may_pick and picks < MOST_PICKS,
            "picks_are_full": may_pick and picks >= MOST_PICKS,
            "shows_suggestions": True,
        }

    def take_suggestion(self, request: HttpRequest, edition: Edition) -> bool:
        """Add the suggestion whose button saved the form to the hand-picked ones; returns whether there was one."""
        key = request.POST.get("_pick", "")
        if not is_row_key(key):
            return False
        article = Article.objects.published().exclude(pk=edition.article_id).filter(pk=int(key)).first()
        if article is None or edition.picks.count() >= MOST_PICKS:
            self.message_user(request, _("Saran itu tidak dapat dipilih; mungkin tidak lagi terbit."), messages.WARNING)
            return False
        last = edition.picks.aggregate(last=Max("position"))["last"]
        known = {"position": 0 if last is None else last + 1}
        return RelatedPick.objects.get_or_create(edition=edition, article=article, defaults=known)[1]

    def veto_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Never suggest an article here again; a refusal answers 403 or 409 with its sentence."""
        return self._decided(request, article_id, veto, _("Berita itu tidak akan disarankan lagi di sini."))

    def unveto_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Let it be suggested again."""
        return self._decided(request, article_id, lift_veto, _("Berita itu dapat disarankan lagi."))

    def _decided(self, request: HttpRequest, article_id: int, verb: Any, told: Any) -> HttpResponse:
        edition = self.edition_of(request, article_id)
        key = request.POST.get("neighbour", "")
        if request.method != "POST" or not is_row_key(key):
            raise BadRequest(_("Gunakan tombol pada halaman naskah."))
        try:
            verb(edition.article, int(key), by=request.user)
        except NotNow as refusal:
            return self._refused(request, edition, refusal)
        messages.success(request, told)
        return back_to_suggestions(edition)


def back_to_suggestions(edition: Edition) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:news_article_change", args=[edition.article_id]) + ANCHOR)


def is_row_key(text: str) -> bool:
    """Whether it can be the number of a row; larger ones no database has."""
    return text.isascii() and text.isdigit() and len(text) <= 18
