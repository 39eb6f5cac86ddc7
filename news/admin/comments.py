"""Comments beside the form of an article: write, settle, retract."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.comments import (
    colleagues,
    comment_on,
    comments_of,
    may_comment,
    may_settle,
    people_named,
    retract,
    settle,
)
from news.models import Article, Comment, Edition
from news.models.comments import LONGEST_COMMENT, LONGEST_QUOTE
from news.refusals import NotNow
from news.states import LIVE, WORKING
from offices.scope import rows_in_scope

DEEDS = {
    "settle": (settle, gettext_lazy("Komentar ditandai selesai.")),
    "retract": (retract, gettext_lazy("Komentar ditarik.")),
}


class CommentPages:
    """Mixed into the page of an article."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:article_id>/comment/", wrap(self.comment_view), name="news_article_comment"),
            path(
                "<int:article_id>/comment/<int:comment_id>/<str:deed>/",
                wrap(self.comment_deed_view),
                name="news_article_comment_deed",
            ),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context.update(comments_beside(request.user, obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def comment_view(self, request, article_id):
        """Say something about the edition that is shown; a refusal answers 403, or 409 with what was typed."""
        edition = self.edition_of(request, article_id)
        if request.method != "POST":
            raise BadRequest(_("Gunakan tombol pada halaman naskah."))
        text, quoted = request.POST.get("text", ""), request.POST.get("quoted", "")
        try:
            comment = comment_on(edition, text, by=request.user, quoted=quoted)
        except NotNow as refusal:
            return self._comment_refused(request, edition, refusal, text)
        messages.success(request, _("Komentar terkirim."))
        unknown = people_named(comment.text, colleagues(edition.article))[1]
        if unknown:
            names = ", ".join(f"@{name}" for name in unknown)
            messages.warning(request, _("Bukan rekan di kantor ini, jadi tidak diberi tahu: %s") % names)
        return _back_to(comment)

    def _comment_refused(self, request: HttpRequest, edition: Edition, refusal: NotNow, text: str = "") -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Komentar belum tersimpan"),
            "opts": self.opts,
            "sentences": [str(refusal)],
            "typed": text,
            "back": reverse("admin:news_article_change", args=[edition.article_id]),
        }
        return TemplateResponse(request, "admin/news/refused.html", context, status=409)

    def comment_deed_view(self, request, article_id, comment_id, deed):
        """Settle or retract one comment of this article."""
        edition = self.edition_of(request, article_id)
        readable = rows_in_scope(request.user, Comment.objects.select_related("edition__article__office__region"))
        comment = readable.filter(pk=comment_id, edition__article=edition.article_id).first()
        if comment is None:
            raise Http404
        if request.method != "POST" or deed not in DEEDS:
            raise BadRequest(_("Gunakan tombol pada halaman naskah."))
        take, done = DEEDS[deed]
        try:
            take(comment, by=request.user)
        except NotNow as refusal:
            return self._comment_refused(request, edition, refusal)
        messages.success(request, done)
        return _back_to(comment)


def _back_to(comment: Comment) -> HttpResponseRedirect:
    page = reverse("admin:news_article_change", args=[comment.edition.article_id])
    return HttpResponseRedirect(f"{page}#komentar-{comment.pk}")


def comments_beside(user, edition: Edition) -> dict:
    """What the comments of an article need beside the form of `edition`, in three queries."""
    rows = comment_rows(edition.article)
    for row in rows:
        comment = row["comment"]
        row["may_settle"] = comment.is_open and may_settle(user, comment)
        row["may_retract"] = not comment.retracted_at and comment.author_id == user.pk and may_comment(user, edition)
    speaks = edition.state in (*WORKING, *LIVE) and may_comment(user, edition)
    return {
        "comments": rows,
        "open_comments": sum(row["comment"].is_open for row in rows),
        "may_comment": speaks,
        "colleagues": list(colleagues(edition.article)) if speaks else [],
        "longest_comment": LONGEST_COMMENT,
        "longest_quote": LONGEST_QUOTE,
    }


def comment_rows(article: Article) -> list[dict]:
    """Every comment on the editions of `article` with the people it mentions, oldest first."""
    rows = []
    for comment in comments_of(article):
        comment.edition.article = article
        rows.append({"comment": comment, "mentioned": list(comment.mentioned.all())})
    return rows
